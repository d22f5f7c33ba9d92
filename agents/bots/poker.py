"""A player of small poker games who looks at the own cards only."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import ClassVar, Final

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, choices, game_of
from games.beliefs import Question
from games.cards.framing import action_names
from games.cards.kuhn_poker import KuhnPoker, KuhnView
from games.cards.leduc_poker import LeducPoker, LeducView
from games.transforms import answers

_LEDUC_DECK: Final = range(6)
_LEDUC_SUITS: Final = 2


class PokerRulesParams(AgentParams):
    """Parameters of the poker player."""

    bet_from: float = Field(0.7, ge=0, le=1, description="Bets and raises with at least this strength.")
    call_from: float = Field(0.4, ge=0, le=1, description="Calls with at least this strength, below bet_from.")
    bluff: float = Field(0.1, ge=0, le=1, description="Probability of betting with a hand too weak to call.")


class PokerRules(Bot):
    """Bets strong hands, calls with middling ones, gives up weak ones and sometimes bluffs with them.

    The strength of a hand is the share of the cards an opponent may hold that it beats, equal ones counted half.
    """

    Params = PokerRulesParams
    params: PokerRulesParams
    plays = ("kuhn_poker", "leduc_poker")
    title: ClassVar[str] = "Bets on good cards, calls with fair ones, sometimes bluffs"

    def believe(self, request: DecisionRequest, questions: tuple[Question, ...]) -> str:
        """Cards are as likely as they are among those not seen; betting tells it nothing."""
        unseen = _unseen(request.information_key, len(questions[0].options))
        return answers.write(questions, tuple(_share_of_unseen(each, unseen) for each in questions))

    def choose(self, request: DecisionRequest) -> str:
        game = game_of(request.game)
        assert isinstance(game, (KuhnPoker, LeducPoker)), "the two games it plays"
        names = action_names(game.params.framing)
        return names.of(self._action(request, [names.given(text) for text in choices(request)]))

    def _action(self, request: DecisionRequest, legal: Sequence[str]) -> str:
        """The action in the game's own language, whatever it is called."""
        strength = _strength(request)
        if strength >= self.params.bet_from:
            return _first_of(("raise", "bet", "call", "check"), legal)
        if strength >= self.params.call_from:
            return _first_of(("check", "call"), legal)
        free = "check" in legal
        if free and request.rng().random() < self.params.bluff:
            return _first_of(("raise", "bet", "check"), legal)
        return "check" if free else "fold"


def _share_of_unseen(question: Question, unseen: Sequence[int]) -> tuple[int, ...]:
    """How likely the cards that a seat does not see make an other's card; nobody knows what an other thinks."""
    if question.viewer is not None:
        return answers.whole_percents([1.0] * len(question.options))
    return answers.whole_percents([unseen.count(rank) for rank in range(len(question.options))])


def _unseen(view: Hashable, ranks: int) -> list[int]:
    """Ranks of the cards that are neither in the own hand nor on the table."""
    if isinstance(view, KuhnView):
        return [rank for rank in range(ranks) if rank != view.card]
    assert isinstance(view, LeducView), "one of the two games it plays"
    return [card // _LEDUC_SUITS for card in _LEDUC_DECK if card not in (view.card, view.public)]


def _strength(request: DecisionRequest) -> float:
    view = request.information_key
    if isinstance(view, KuhnView):
        assert view.card is not None, "cards are dealt before anybody decides"
        return view.card / game_of(request.game).num_players
    assert isinstance(view, LeducView), "one of the two games it plays"
    assert view.card is not None, "cards are dealt before anybody decides"
    return leduc_strength(view.card, view.public)


def leduc_strength(card: int, public: int | None) -> float:
    """Share of the other cards that a card beats, equal ranks counted half; cards 0 to 5 are Js, Jh, Qs, Qh, Ks, Kh."""
    others = [other for other in _LEDUC_DECK if other not in (card, public)]
    return sum(_beats(card, other, public) for other in others) / len(others)


def _beats(card: int, other: int, public: int | None) -> float:
    """1 when a card beats another one at the showdown, 0.5 when they are equal, else 0."""
    mine, theirs = _showdown_rank(card, public), _showdown_rank(other, public)
    return 0.5 if mine == theirs else float(mine > theirs)


def _showdown_rank(card: int, public: int | None) -> tuple[bool, int]:
    """Whether a card makes a pair, then its rank; suits do not count."""
    rank = card // _LEDUC_SUITS
    return public is not None and rank == public // _LEDUC_SUITS, rank


def _first_of(wanted: Sequence[str], legal: Sequence[str]) -> str:
    return next(word for word in wanted if word in legal)
