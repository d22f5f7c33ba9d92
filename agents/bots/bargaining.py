"""Players who divide and haggle: the ultimatum game and the price negotiation."""

from __future__ import annotations

import math
from typing import ClassVar

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, choices, game_of
from games.core import Seat
from games.economic.price_negotiation import ACCEPT, REJECT, SELLER, NegotiationView
from games.economic.ultimatum import Ultimatum, UltimatumState


class FairSplitterParams(AgentParams):
    """Parameters of the fair splitter."""

    least: float = Field(0.3, ge=0, le=1, description="Smallest part of the pie that it accepts.")


class FairSplitter(Bot):
    """Offers half, and rejects offers that it finds unfair.

    Gueth, Schmittberger and Schwarze, An experimental analysis of ultimatum bargaining, 1982: what most people do.
    """

    Params = FairSplitterParams
    params: FairSplitterParams
    plays = ("ultimatum",)
    title: ClassVar[str] = "Offers half and rejects unfair offers"

    def choose(self, request: DecisionRequest) -> str:
        offer, texts = _offer(request), choices(request)
        if offer is None:
            return texts[(len(texts) - 1) // 2]
        game = game_of(request.game)
        assert isinstance(game, Ultimatum), "the one game it plays"
        return "accept" if offer >= self.params.least * game.params.pie else "reject"


class RationalSplitter(Bot):
    """Offers as little as it can but something, and accepts anything: the subgame-perfect play for tokens alone."""

    plays = ("ultimatum",)
    title: ClassVar[str] = "Offers the least and accepts anything"

    def choose(self, request: DecisionRequest) -> str:
        offer, texts = _offer(request), choices(request)
        if offer is None:
            return texts[1]
        return "accept" if offer > 0 else "reject"


def _offer(request: DecisionRequest) -> int | None:
    """The offer to answer; None when it is the seat's turn to make one."""
    state = request.information_key
    assert isinstance(state, UltimatumState), "the ultimatum game has perfect information"
    return state.offer


class ConcessionParams(AgentParams):
    """Parameters of the concession bargainer."""

    opening: float = Field(0.5, ge=0, le=10, description="Gain that its first price asks for, as a part of its value.")
    closing: float = Field(0.05, ge=0, le=10, description="Gain that its last price asks for, as a part of its value.")
    speed: float = Field(
        1.0, gt=0, le=100, description="How it concedes: 1 evenly, below 1 late (Boulware), above 1 early (Conceder)."
    )
    rounds: int = Field(10, ge=1, le=1000, description="Rounds that it expects where it is not told.")


class ConcessionBargainer(Bot):
    """Asks for much, concedes with time, and accepts what is as good as what it would ask for next.

    Faratin, Sierra and Jennings, Negotiation decision functions for autonomous agents, 1998 (time-dependent tactics).
    """

    Params = ConcessionParams
    params: ConcessionParams
    plays = ("price_negotiation",)
    title: ClassVar[str] = "Starts high and concedes with time, never below its own value"

    def choose(self, request: DecisionRequest) -> str:
        view = request.information_key
        assert isinstance(view, NegotiationView), "what the price negotiation tells a seat"
        if request.legal_actions is None:
            return f"offer {self._price(view, request.seat)}"
        gain = _gain(view, request.seat, view.offers[-1].price)
        if len(view.offers) == view.horizon:
            return ACCEPT if gain > 0 else REJECT
        return ACCEPT if gain >= _gain(view, request.seat, self._price(view, request.seat)) else REJECT

    def _price(self, view: NegotiationView, seat: Seat) -> int:
        """The price it asks for in the next offer, rounded in its own favour."""
        last = max(1, (view.horizon or self.params.rounds) - 1)
        conceded = math.pow(min(1.0, len(view.offers) / last), 1 / self.params.speed)
        margin = self.params.opening + conceded * (self.params.closing - self.params.opening)
        if seat == SELLER:
            return min(view.limit, math.ceil(view.value * (1 + margin)))
        return max(0, math.floor(view.value * (1 - margin)))


def _gain(view: NegotiationView, seat: Seat, price: int) -> int:
    """What a deal at a price is worth to the seat."""
    return price - view.value if seat == SELLER else view.value - price
