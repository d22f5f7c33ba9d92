"""Players who divide and haggle: the ultimatum game, and games about the price of one good."""

from __future__ import annotations

import math
from abc import abstractmethod
from typing import ClassVar, Final

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, choices, game_of
from games.core import Seat
from games.economic.coached_bargaining import CoachedView
from games.economic.haggling import ACCEPT, REJECT, SELLER, NegotiationView
from games.economic.ultimatum import Ultimatum, UltimatumState

# After a game without a deal, and after one with.
_ADVICE: Final = (
    "1. Move towards the other side earlier. 2. Say why your price is fair. 3. Take what gains you anything at last.",
    "1. Open further from the other side. 2. Concede in smaller steps. 3. Let the other side make the next move.",
)


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


class Haggler(Bot):
    """Names a price by a rule, and accepts what is as good as the price that it would name next."""

    plays = ("buyer_seller", "price_negotiation")

    @abstractmethod
    def price(self, view: NegotiationView, seat: Seat) -> int:
        """The price of its next offer."""

    def choose(self, request: DecisionRequest) -> str:
        view, seat = request.information_key, request.seat
        assert isinstance(view, NegotiationView), "what haggling tells a seat"
        return haggled(request, view, self.price(view, seat))


class ConcessionBargainer(Haggler):
    """Asks for much, concedes with time, and accepts what is as good as what it would ask for next.

    Faratin, Sierra and Jennings, Negotiation decision functions for autonomous agents, 1998 (time-dependent tactics).
    """

    Params = ConcessionParams
    params: ConcessionParams
    title: ClassVar[str] = "Starts high and concedes with time, never below its own value"

    def price(self, view: NegotiationView, seat: Seat) -> int:
        last = max(1, (view.horizon or self.params.rounds) - 1)
        conceded = math.pow(min(1.0, len(view.offers) / last), 1 / self.params.speed)
        return _at_margin(view, seat, self.params.opening + conceded * (self.params.closing - self.params.opening))


class MarginParams(AgentParams):
    """Parameters of bargainers who ask for a gain in proportion to their value."""

    margin: float = Field(0.3, ge=0, le=10, description="Gain that it asks for, as a part of its value.")


class DifferenceSplitter(Haggler):
    """Asks for a moderate gain first, and then meets the other half-way between both last offers.

    Raiffa, The art and science of negotiation, 1982 (split the difference).
    """

    Params = MarginParams
    params: MarginParams
    title: ClassVar[str] = "Splits the difference between the last offers, never below its own value"

    def price(self, view: NegotiationView, seat: Seat) -> int:
        first = _at_margin(view, seat, self.params.margin)
        theirs, own = view.offers[1 - seat :: 2], view.offers[seat::2]
        if not theirs:
            return first
        middle = ((own[-1].price if own else first) + theirs[-1].price) / 2
        if seat == SELLER:
            return min(view.limit, max(view.value, math.ceil(middle)))
        return min(view.value, math.floor(middle))


class HardHaggler(Haggler):
    """Names one price and never another; only the last offer it takes for any gain.

    Schelling, An essay on bargaining, 1956 (commitment).
    """

    Params = MarginParams
    params: MarginParams
    title: ClassVar[str] = "Names one price and sticks to it"

    def price(self, view: NegotiationView, seat: Seat) -> int:
        return _at_margin(view, seat, self.params.margin)


class LearningHagglerParams(AgentParams):
    """Parameters of the learning haggler."""

    margin: float = Field(0.2, ge=0, le=10, description="Least gain that it asks for in the first game, part of value.")
    step: float = Field(0.25, ge=0, le=10, description="How much more that is after each deal.")


class LearningHaggler(Bot):
    """Splits the difference, but asks for a gain that grows with every deal; as a critic it advises to do so."""

    Params = LearningHagglerParams
    params: LearningHagglerParams
    plays = ("coached_bargaining",)
    title: ClassVar[str] = "Asks for more after every deal, and as a critic advises to do so"

    def choose(self, request: DecisionRequest) -> str:
        view, seat = request.information_key, request.seat
        assert isinstance(view, CoachedView), "what the coached bargaining tells a seat"
        if view.current is None:
            return self.advice(request, view)
        deals = sum(game.answer == ACCEPT for game in view.past)
        least = _at_margin(view.current, seat, self.params.margin + self.params.step * deals)
        middle = DifferenceSplitter().price(view.current, seat)
        return haggled(request, view.current, max(least, middle) if seat == SELLER else min(least, middle))

    def advice(self, request: DecisionRequest, view: CoachedView) -> str:
        """What it writes as the critic after a game."""
        return _ADVICE[view.past[-1].answer == ACCEPT]


def haggled(request: DecisionRequest, view: NegotiationView, ask: int) -> str:
    """The action of who would name this price next: to accept what is as good, or else to name it or to reject.

    To the last offer it says yes if there is anything to gain.
    """
    if view.offers and view.answer is None:
        wanted = 1 if len(view.offers) == view.horizon else _gain(view, request.seat, ask)
        if _gain(view, request.seat, view.offers[-1].price) >= wanted:
            return ACCEPT
    return f"offer {ask}" if request.legal_actions is None else REJECT


def _at_margin(view: NegotiationView, seat: Seat, margin: float) -> int:
    """The price that gains a part of the seat's value, rounded in its own favour."""
    if seat == SELLER:
        return min(view.limit, math.ceil(view.value * (1 + margin)))
    return max(0, min(view.limit, math.floor(view.value * (1 - margin))))


def _gain(view: NegotiationView, seat: Seat, price: int) -> int:
    """What a deal at a price is worth to the seat."""
    return price - view.value if seat == SELLER else view.value - price
