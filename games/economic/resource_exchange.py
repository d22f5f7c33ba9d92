"""Two players with different stocks of two or more goods, who may agree on one exchange (NegotiationArena)."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

from pydantic import Field, model_validator

from games.core import GameParams, Seat
from games.economic.trading import MOST_GOODS, TradeState, Trading
from games.info import ActionKind, Chance, Dynamics, GameInfo, Information, Utility

_NAMES = ("x", "y", "z", "w", "v", "u")


class ResourceExchangeParams(GameParams):
    """Parameters of the resource exchange."""

    holdings: tuple[tuple[int, ...], tuple[int, ...]] = Field(
        ((25, 5), (5, 25)), description="What each player has at the start: so much of x, y, ..."
    )
    values: tuple[tuple[int, ...], tuple[int, ...]] = Field(
        ((1, 1), (1, 1)), description="What one of each good is worth to each player."
    )
    turns: int = Field(8, ge=1, le=100, description="Proposals of both players together.")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        sizes = set(map(len, (*self.holdings, *self.values)))
        if len(sizes) > 1 or not 2 <= min(sizes) <= len(_NAMES):
            raise ValueError(f"holdings and values need as many numbers for each player, 2 to {len(_NAMES)}")
        if any(not 0 <= n <= MOST_GOODS for row in (*self.holdings, *self.values) for n in row):
            raise ValueError(f"holdings and values are whole numbers from 0 to {MOST_GOODS}")
        return self


class ResourceExchange(Trading):
    """Players propose exchanges in turn until one is accepted, or turns are used up.

    With equal values, as in the paper, one player's gain is the other's loss, so that no exchange but an even one is
    reasonable; with different values both can gain. The paper's messages have tagged fields; here a proposal and its
    words are one action, and a player who denies proposes next.

    Both see all that happens, so that information is perfect in the sense of `GameInfo`; what a seat is not told is
    the other's part of the parameters.
    """

    Params = ResourceExchangeParams
    params: ResourceExchangeParams
    info = GameInfo(
        name="resource_exchange",
        version=1,
        title="Resource exchange",
        summary="Two players with different stocks of goods take turns at proposing exchanges until one is accepted.",
        family="economic",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.ZERO_SUM,
        actions=ActionKind.MIXED,
        tags=("bargaining", "trade", "talk"),
        references=(
            "F. Bianchi et al., How well can LLMs negotiate? NegotiationArena platform and analysis, arXiv 2402.05863 "
            "(25 and 5 against 5 and 25, most items in total, 8 turns)",
        ),
    )

    def __init__(self, params: ResourceExchangeParams | None = None) -> None:
        super().__init__(params)
        if len(set(self.params.values)) > 1:
            self.info = replace(type(self).info, utility=Utility.GENERAL_SUM)

    @property
    def goods(self) -> tuple[str, ...]:
        return _NAMES[: len(self.params.holdings[0])]

    @property
    def most_proposals(self) -> int:
        return self.params.turns

    @property
    def ends_at_deal(self) -> bool:
        return True

    def aim(self, seat: Seat) -> list[str]:
        worth = ", ".join(
            f"{value} for each {good}" for value, good in zip(self.params.values[seat], self.goods, strict=True)
        )
        return [
            f"What you have counts for you: {worth}. Your result is how much more it counts at the end than at the "
            "start; more is better. Without an exchange it is 0 for both."
        ]

    def initial_state(self) -> TradeState:
        return TradeState(self.params.holdings, self.params.values)

    def returns(self, state: TradeState) -> tuple[float, ...]:
        return tuple(float(self.gain(state, seat)) for seat in range(2))

    def utility_bounds(self) -> tuple[float, float]:
        lowest, highest = [], []
        for seat, values in enumerate(self.params.values):
            own, other = self.params.holdings[seat], self.params.holdings[1 - seat]
            lowest.append(-sum(value * n for value, n in zip(values, own, strict=True)))
            highest.append(sum(value * n for value, n in zip(values, other, strict=True)))
        return float(min(lowest)), float(max(highest))

    def max_turns(self) -> int:
        return 2 * self.params.turns
