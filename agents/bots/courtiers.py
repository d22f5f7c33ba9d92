"""Players of Coup: an honest one, one who seldom bluffs, and one who always does."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from itertools import chain
from math import comb
from typing import ClassVar, Final

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, game_of
from games.beliefs import Question
from games.cards.coup import Coup, CoupView
from games.cards.coup_turns import BLOCKERS, CLAIMS, COPIES, COSTS, HAND, LOOT, ROLES, Move, claim_of
from games.core import Seat
from games.transforms import answers

# From the card to keep the longest to the one to lose first.
_WORTH: Final = ("duke", "captain", "assassin", "contessa", "ambassador")


class _Courtier(Bot):
    """What all share: they show a card that they have, keep good cards of different kinds, and coup whoever leads."""

    plays = ("coup",)

    def choose(self, request: DecisionRequest) -> str:
        game, view = game_of(request.game), request.information_key
        assert isinstance(game, Coup), "the one game it plays"
        assert isinstance(view, CoupView), "what Coup tells a seat"
        return game.words.move_text(self._move(request, view))

    def _move(self, request: DecisionRequest, view: CoupView) -> Move:
        hand = view.hands[-1]
        match view.stage:
            case "act":
                return self.act(request, view)
            case "challenge":
                return Move("challenge" if self.doubts(request, view) else "allow")
            case "block":
                card = self.blocking(request, view)
                return Move("allow") if card is None else Move("block", None, (card,))
            case "prove":
                return Move("show", None, (_claim(view)[1],))
            case "lose":
                return Move("lose", None, (_best_first(hand)[-1],))
        return Move("keep", None, tuple(sorted(_best_first(hand)[: HAND - len(view.lost[request.seat])])))

    def believe(self, request: DecisionRequest, questions: tuple[Question, ...]) -> str:
        """A claim is as likely as cards are that it does not see; nobody knows what another one thinks of it."""
        view = request.information_key
        assert isinstance(view, CoupView), "what Coup tells a seat"
        (question,) = questions
        if question.viewer is not None:
            return super().believe(request, questions)
        chance = claim_probability(view)
        return answers.write(questions, (answers.whole_percents((chance, 1 - chance)),))

    @abstractmethod
    def act(self, request: DecisionRequest, view: CoupView) -> Move:
        """The action to declare."""

    @abstractmethod
    def doubts(self, request: DecisionRequest, view: CoupView) -> bool:
        """Whether to challenge the claim on the table."""

    @abstractmethod
    def blocking(self, request: DecisionRequest, view: CoupView) -> str | None:
        """The card to block with; None to allow the action."""


class CoupHonest(_Courtier):
    """Claims only what it holds, blocks whenever it can, and challenges only what cannot be true."""

    title: ClassVar[str] = "Claims only cards that it holds, and doubts only the impossible"

    def act(self, request: DecisionRequest, view: CoupView) -> Move:
        return _action(view, request.seat, view.hands[-1])

    def doubts(self, request: DecisionRequest, view: CoupView) -> bool:
        return _seen(view, _claim(view)[1]) == COPIES

    def blocking(self, request: DecisionRequest, view: CoupView) -> str | None:
        assert view.act is not None, "asked about an action"
        return next((card for card in BLOCKERS[view.act.kind] if card in view.hands[-1]), None)


class CoupRulesParams(AgentParams):
    """Parameters of the courtier with rules."""

    bluff: float = Field(0.1, ge=0, le=1, description="Probability of claiming a card that it does not hold.")
    doubt_from: int = Field(2, ge=0, le=3, description="Challenges when it sees at least so many copies of a card.")


class CoupRules(CoupHonest):
    """Mostly honest: bluffs seldom, but with its last card at stake, and doubts claims of cards that it sees itself."""

    Params = CoupRulesParams
    params: CoupRulesParams
    title: ClassVar[str] = "Seldom bluffs, and challenges when it sees two or three of the claimed card"

    def act(self, request: DecisionRequest, view: CoupView) -> Move:
        hand = view.hands[-1]
        if request.rng().random() < self.params.bluff and _seen(view, "duke") < COPIES:
            hand = (*hand, "duke")
        return _action(view, request.seat, hand)

    def doubts(self, request: DecisionRequest, view: CoupView) -> bool:
        return _seen(view, _claim(view)[1]) >= self.params.doubt_from

    def blocking(self, request: DecisionRequest, view: CoupView) -> str | None:
        assert view.act is not None, "asked about an action"
        held = super().blocking(request, view)
        if held is not None:
            return held
        # An assassin leaves the last card no other way out.
        at_stake = view.act.kind == "assassinate" and len(view.hands[-1]) == 1
        bluffs = at_stake or request.rng().random() < self.params.bluff
        card = BLOCKERS[view.act.kind][0]
        return card if bluffs and _seen(view, card) < COPIES else None


class CoupLiar(_Courtier):
    """A sentinel of deceit: whatever it holds, claims the assassin when it can pay and else the duke; doubts nobody.

    Challenges ruin it.
    """

    title: ClassVar[str] = "Always claims the assassin or the duke, whatever it holds"

    def act(self, request: DecisionRequest, view: CoupView) -> Move:
        return _action(view, request.seat, ("assassin", "duke"))

    def doubts(self, request: DecisionRequest, view: CoupView) -> bool:
        return False

    def blocking(self, request: DecisionRequest, view: CoupView) -> str | None:
        assert view.act is not None, "asked about an action"
        return "duke" if view.act.kind == "foreign aid" else None


def _action(view: CoupView, seat: Seat, claims: Sequence[str]) -> Move:
    """The action of who may claim these cards; what others have claimed they can block, it does not try.

    In this order: coup, assassinate, tax, steal, exchange, foreign aid, income.
    """
    leader, coins = _leader(view, seat), view.coins
    if coins[seat] >= COSTS["coup"]:
        return Move("coup", leader)
    if "assassin" in claims and coins[seat] >= COSTS["assassinate"] and not _guarded(view, "assassinate", leader):
        return Move("assassinate", leader)
    if "duke" in claims:
        return Move("tax")
    rivals = _rivals(view, seat)
    prey = [other for other in rivals if coins[other] >= LOOT and not _guarded(view, "steal", other)]
    if "captain" in claims and prey:
        return Move("steal", max(prey, key=coins.__getitem__))
    if "ambassador" in claims:
        return Move("exchange")
    return Move("income" if any(_guarded(view, "foreign aid", other) for other in rivals) else "foreign aid")


def _rivals(view: CoupView, seat: Seat) -> list[Seat]:
    return [other for other, lost in enumerate(view.lost) if other != seat and len(lost) < HAND]


def _leader(view: CoupView, seat: Seat) -> Seat:
    """The other player with the most influence, then the most coins."""
    return max(_rivals(view, seat), key=lambda other: (-len(view.lost[other]), view.coins[other]))


def _guarded(view: CoupView, kind: str, seat: Seat) -> bool:
    """Whether a seat has ever claimed a card that blocks an action."""
    claimed = {CLAIMS.get(said.move.kind) for said in view.log if said.seat == seat}
    blocked = {card for said in view.log if said.seat == seat and said.move.kind == "block" for card in said.move.cards}
    return not (claimed | blocked).isdisjoint(BLOCKERS[kind])


def _claim(view: CoupView) -> tuple[Seat, str]:
    """Who claims which card now."""
    assert view.act is not None, "something has been declared"
    return claim_of(view.act, view.turn, view.block)


def claim_probability(view: CoupView) -> float:
    """Probability of the claim on the table if the claimant held any cards but those seen (hypergeometric)."""
    claimant, card = _claim(view)
    unseen = COPIES * len(ROLES) - len(view.hands[-1]) - sum(map(len, view.lost))
    others, held = unseen - COPIES + _seen(view, card), HAND - len(view.lost[claimant])
    return 1 - comb(others, held) / comb(unseen, held)


def _seen(view: CoupView, card: str) -> int:
    """Copies of a card in the own hand and face up."""
    return [*view.hands[-1], *chain(*view.lost)].count(card)


def _best_first(hand: Sequence[str]) -> list[str]:
    """Cards from the best to the worst; a further copy of a card is worse than any first one."""
    order = sorted(hand, key=_WORTH.index)
    copies = [order[:place].count(card) for place, card in enumerate(order)]
    return [order[place] for place in sorted(range(len(order)), key=lambda place: copies[place])]
