"""A player of Texas hold'em who weighs the chance of winning against what it costs to stay in."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from typing import ClassVar, Final

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, game_of
from games.beliefs import Question
from games.cards.betting import CALL, CHECK, FOLD, RAISE_TO, Betting, Options, live
from games.cards.hand_groups import shares
from games.cards.holdem_views import HoldemView, Said
from games.cards.poker_hands import strength
from games.cards.starting_hands import CLASSES, COMBINATIONS, DECK, HANDS, against, class_of, margins
from games.cards.texas_holdem import TexasHoldem
from games.core import Seat
from games.transforms import answers

_BOARD: Final = 5


class HoldemRulesParams(AgentParams):
    """Parameters of the hold'em player."""

    samples: int = Field(60, ge=1, le=10_000, description="Deals that each estimate on the flop and later looks at.")
    bluff: float = Field(0.1, ge=0, le=1, description="Probability of betting with a weak hand where a check is free.")
    margin: float = Field(
        0.03, ge=0, le=0.5, description="By how much equity must exceed what a call costs of the pot."
    )


class HoldemRules(Bot):
    """Raises with good hands, calls where the pot pays for it, gives up the rest, and sometimes bluffs.

    Until somebody raises it opens by a chart of starting hands. Against a raise it compares its hand with those that
    others would raise, the better the more often they did, by the exact table of all-in equities; from the flop on it
    deals the cards that it does not see at random. It takes opponents for independent, and learns nothing about them.
    """

    Params = HoldemRulesParams
    params: HoldemRulesParams
    plays = ("texas_holdem",)
    title: ClassVar[str] = "Plays starting hands by their equity and later streets by pot odds, with some bluffs"

    def believe(self, request: DecisionRequest, questions: tuple[Question, ...]) -> str:
        """Hands are as likely as they are among those that others would raise, the better the more often they did."""
        view = request.information_key
        assert isinstance(view, HoldemView), "what hold'em tells a seat"
        seen, likely = {*view.cards, *view.board}, best(raising_share(_raises(view.said, request.seat)))
        left = [(name, 1.0) for name, cards in HANDS if name in likely and seen.isdisjoint(cards)]
        percents = answers.whole_percents(shares(left))
        return answers.write(questions, (percents,) * len(questions))

    def choose(self, request: DecisionRequest) -> str:
        game, view = game_of(request.game), request.information_key
        assert isinstance(game, TexasHoldem), "the one game it plays"
        assert isinstance(view, HoldemView), "what hold'em tells a seat"
        return game.words.action_text(self._decision(view, request.seat, request.rng()))

    def _decision(self, view: HoldemView, seat: Seat, rng: random.Random) -> str:
        """The action in the game's own language, whatever it is called."""
        betting, options = view.betting, view.options
        assert betting is not None, "a seat decides during a hand"
        assert options is not None, "the seat is to act"
        if not view.board and not _raises(view.said):
            return self._first_in(class_of(*view.cards), betting, options)
        opponents = len(live(betting)) - 1 if view.board else _entered(betting)
        return self._action(betting, options, self._equity(view, opponents, seat, rng), rng)

    def _first_in(self, hand: str, betting: Betting, options: Options) -> str:
        """Before anybody has raised: the chart of starting hands, wider with fewer opponents left."""
        cost, raises = options
        if raises and hand in best(opening_share(len(live(betting)) - 1)):
            return f"{RAISE_TO}{_amount(betting, cost, raises)}"
        if not cost:
            return CHECK
        # Only the small blind gets in cheaply enough to call.
        pays = cost < betting.raise_size and class_equity(hand, 1) > _odds(betting, cost) + self.params.margin
        return CALL if pays else FOLD

    def _equity(self, view: HoldemView, opponents: int, seat: Seat, rng: random.Random) -> float:
        """Chance of winning against so many opponents, ties shared, between 0 and 1."""
        share = raising_share(_raises(view.said, seat))
        if not view.board:
            return class_equity(class_of(*view.cards), share) ** opponents
        return sum(_wins(view, opponents, share, rng) for _ in range(self.params.samples)) / self.params.samples

    def _action(self, betting: Betting, options: Options, equity: float, rng: random.Random) -> str:
        """What to do with this equity: fair is what all who are still in would have on average."""
        fair = 1 / len(live(betting))
        cost, raises = options
        bluffs = not cost and rng.random() < self.params.bluff
        strong = equity > (0.5 if cost else 0.4) * (1 + fair)
        if raises and (strong or bluffs):
            return f"{RAISE_TO}{_amount(betting, cost, raises)}"
        if not cost:
            return CHECK
        return CALL if equity > _odds(betting, cost) + self.params.margin else FOLD


def opening_share(opponents: int) -> float:
    """Share of the best starting hands to raise with first: 52 % against one opponent, 20 % against five."""
    return 0.12 + 0.4 / opponents


def raising_share(raises: int) -> float:
    """Share of the best starting hands that others are taken to hold: half of those left for each of their raises."""
    return max(0.5**raises, 0.1)


def _raises(said: Said, besides: Seat | None = None) -> int:
    """Raises of this hand so far, those of one seat left out."""
    return sum(action.startswith(RAISE_TO) for actions in said for actor, action in actions if actor != besides)


def _entered(betting: Betting) -> int:
    """Opponents who have put in chips of their own will and are still in, at least one; others mostly fold."""
    return max(1, sum(betting.acted[seat] for seat in live(betting) if seat != betting.turn))


def _odds(betting: Betting, cost: int) -> float:
    """The part of the pot that a call pays."""
    return cost / (sum(betting.paid) + cost)


def _amount(betting: Betting, cost: int, raises: range) -> int:
    """Two thirds of the pot on top of a call; everything when that is most of the stack."""
    wanted = betting.bets[betting.turn] + cost + (sum(betting.paid) + cost) * 2 // 3
    return raises[-1] if 2 * wanted > raises[-1] + raises[0] else max(wanted, raises[0])


@cache
def ranked() -> tuple[str, ...]:
    """The classes of starting hands, best against a random hand first."""
    return tuple(sorted(CLASSES, key=lambda name: _equity_against(name, CLASSES), reverse=True))


@cache
def best(share: float) -> frozenset[str]:
    """The best classes that together hold this share of all hands, at least one."""
    chosen: list[str] = []
    left = share * sum(COMBINATIONS.values())
    for name in ranked():
        if chosen and left <= 0:
            break
        chosen.append(name)
        left -= COMBINATIONS[name]
    return frozenset(chosen)


@cache
def class_equity(name: str, share: float) -> float:
    """Equity of a starting hand against one of the best that hold this share of all hands, ties counted half."""
    return _equity_against(name, sorted(best(share)))


def _equity_against(name: str, others: Sequence[str]) -> float:
    counts = against(name)
    hands = sum(counts.get(other, 0) for other in others)
    return 0.5 + sum(counts.get(other, 0) * margins()[name, other] for other in others) / (2 * hands)


def _wins(view: HoldemView, opponents: int, share: float, rng: random.Random) -> float:
    """The part of the pot that one random deal of the cards that are not seen gives."""
    unseen = [card for card in DECK if card not in view.cards and card not in view.board]
    missing = _BOARD - len(view.board)
    drawn = rng.sample(unseen, missing + 2 * opponents)
    while share < 1 and class_of(*drawn[:2]) not in best(share):
        drawn = rng.sample(unseen, len(drawn))
    board = (*view.board, *drawn[2 * opponents :])
    mine = strength((*view.cards, *board)).number
    others = [strength((*drawn[2 * place : 2 * place + 2], *board)).number for place in range(opponents)]
    if max(others) > mine:
        return 0.0
    return 1 / (1 + others.count(mine))
