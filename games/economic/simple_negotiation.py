"""Barter with private values: whoever has gained more in worth at the end wins (SPIRAL, TextArena)."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Final

from pydantic import Field

from games.core import CHANCE, GameParams, Seat
from games.economic.trading import Action, Bundle, TradeState, Trading
from games.info import ActionKind, Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose

_WORTH: Final = {"wheat": 5, "wood": 10, "sheep": 15, "brick": 25, "ore": 40}
_SPREAD: Final = 0.2
_LEAST_WORTH: Final = 5
_MOST_WORTH: Final = 40
_FEWEST: Final = 5
_MOST: Final = 25


class SimpleNegotiationParams(GameParams):
    """Parameters of the negotiation."""

    goods: int = Field(5, ge=2, le=len(_WORTH), description="Kinds of goods, of wheat, wood, sheep, brick and ore.")
    turns: int = Field(10, ge=1, le=100, description="Proposals of both players together.")


class SimpleNegotiation(Trading):
    """Goods and private values are dealt; players trade as often as they agree; the larger gain in worth wins.

    Each player has 5 to 25 of each good, and values it up to a fifth above or below a common worth (5, 10, 15, 25 and
    40) but between 5 and 40, all equally likely. As in TextArena the result is a win, a draw or a loss; unlike there a
    proposal and its words are one action, and an offer must be answered before anything else.
    """

    Params = SimpleNegotiationParams
    params: SimpleNegotiationParams
    info = GameInfo(
        name="simple_negotiation",
        version=1,
        title="Simple negotiation",
        summary="Two players trade goods that they value differently; the larger gain in worth wins.",
        family="economic",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.EXPLICIT,
        information=Information.IMPERFECT,
        utility=Utility.ZERO_SUM,
        actions=ActionKind.MIXED,
        tags=("bargaining", "trade", "talk"),
        references=(
            "L. Guertler et al., TextArena, arXiv 2504.11442 (SimpleNegotiation; rules restated)",
            "B. Liu et al., SPIRAL: self-play on zero-sum games, arXiv 2506.24119",
        ),
    )

    @property
    def goods(self) -> tuple[str, ...]:
        return tuple(_WORTH)[: self.params.goods]

    @property
    def most_proposals(self) -> int:
        return self.params.turns

    @property
    def ends_at_deal(self) -> bool:
        return False

    @property
    def _numbers(self) -> int:
        """How many numbers are dealt: amounts of both seats, then values of both."""
        return 4 * self.params.goods

    def aim(self, seat: Seat) -> list[str]:
        common = ", ".join(f"{good} {worth}" for good, worth in list(_WORTH.items())[: self.params.goods])
        return [
            f"Each player has {_FEWEST} to {_MOST} of each good, drawn by chance. What one is worth to you is drawn "
            f"too, from a fifth below to a fifth above a common worth ({common}), but never below {_LEAST_WORTH} or "
            f"above {_MOST_WORTH}, and apart from what it is worth to the other.",
            "At the end the player whose goods have gained more in worth, each counted by the own worths, wins. Your "
            "result is 1 for a win, 0 for a draw and -1 for a loss.",
        ]

    def initial_state(self) -> TradeState:
        return TradeState()

    def to_move(self, state: TradeState) -> tuple[Seat, ...]:
        return super().to_move(state) if state.start else (CHANCE,)

    def chance_outcomes(self, state: TradeState) -> Sequence[tuple[Action, float]]:
        numbers = self._range(len(state.dealt))
        return [(number, 1 / len(numbers)) for number in numbers]

    def sample_chance(self, state: TradeState, rng: random.Random) -> Action:
        numbers = self._range(len(state.dealt))
        return numbers[int(rng.random() * len(numbers))]

    def _range(self, place: int) -> range:
        """What the number at a place can be."""
        goods = self.params.goods
        if place < 2 * goods:
            return range(_FEWEST, _MOST + 1)
        worth = _WORTH[self.goods[place % goods]]
        margin = round(_SPREAD * worth)
        return range(max(_LEAST_WORTH, worth - margin), min(_MOST_WORTH, worth + margin) + 1)

    def apply(self, state: TradeState, actions: Mapping[Seat, Action]) -> TradeState:
        drawn = actions.get(CHANCE)
        if not isinstance(drawn, int):
            return super().apply(state, actions)
        dealt = (*state.dealt, drawn)
        if len(dealt) < self._numbers:
            return TradeState(dealt=dealt)
        first, second, worths, others = (self._part(dealt, number) for number in range(4))
        return TradeState((first, second), (worths, others))

    def _part(self, dealt: Bundle, number: int) -> Bundle:
        goods = self.params.goods
        return dealt[number * goods : (number + 1) * goods]

    def returns(self, state: TradeState) -> tuple[float, ...]:
        if not state.start:
            return (0.0, 0.0)
        ahead = self.gain(state, 0) - self.gain(state, 1)
        won = float((ahead > 0) - (ahead < 0))
        return won, 0.0 - won

    def utility_bounds(self) -> tuple[float, float]:
        return -1.0, 1.0

    def max_turns(self) -> int:
        return self._numbers + 2 * self.params.turns

    def action_to_text(self, state: TradeState, seat: Seat, action: Action) -> str:
        if not isinstance(action, int):
            return super().action_to_text(state, seat, action)
        goods, place = self.params.goods, len(state.dealt)
        kind = "has" if place < 2 * goods else "values"
        return f"player {place // goods % 2 + 1} {kind} {self.goods[place % goods]} {action}"

    def parse_action(self, state: TradeState, seat: Seat, text: str) -> Action:
        if seat != CHANCE:
            return super().parse_action(state, seat, text)
        texts = {self.action_to_text(state, CHANCE, number): number for number in self._range(len(state.dealt))}
        return choose(text, texts, r"player [12] (has|values) [a-z]+ \d+")
