"""Players who barter, by what goods are worth to themselves."""

from __future__ import annotations

from itertools import permutations
from math import ceil, floor
from typing import ClassVar

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot
from games.economic.trading import ACCEPT, DENY, Bundle, TradeView

# Rounding must not turn an even swap into a loss.
_ROUNDING = 1e-9
_MOST_TIMES = 5


class TraderParams(AgentParams):
    """Parameters of a trader."""

    opening: float = Field(1.4, ge=1, le=100, description="What it asks for at first, as a multiple of what it gives.")
    step: float = Field(0.1, ge=0, le=100, description="By how much it asks for less in every further proposal.")


class GreedyTrader(Bot):
    """Takes only what is worth more to it than what it gives; asks for much at first, and concedes step by step.

    It never says anything, and goes through pairs of goods in turn: what it has most of against what it has least of.
    """

    Params = TraderParams
    params: TraderParams
    plays = ("resource_exchange", "simple_negotiation")
    title: ClassVar[str] = "Trades for gain, and concedes step by step"
    least: ClassVar[float] = 1.0

    def choose(self, request: DecisionRequest) -> str:
        view = request.information_key
        assert isinstance(view, TradeView), "what a game of trade tells a seat"
        if view.talks.asked:
            offer = view.talks.proposals[-1]
            gain = _worth(view, offer.give) - _worth(view, offer.get)
            wanted = ACCEPT if gain >= self.least else DENY
            return wanted if wanted in (request.legal_actions or ()) else DENY
        return self._proposal(view)

    def _proposal(self, view: TradeView) -> str:
        """The next pair of goods with a swap at the ratio that it asks for now; a pass where there is none."""
        made = len(view.talks.proposals) // 2
        markup = max(1.0, self.params.opening - self.params.step * made)
        swaps = [swap for swap in (self._swap(view, *pair, markup) for pair in _pairs(view)) if swap]
        return swaps[made % len(swaps)] if swaps else "pass"

    def _swap(self, view: TradeView, give: int, get: int, markup: float) -> str:
        """A swap of two goods that is worth the multiple, up to five times the smallest; empty where there is none."""
        ours, theirs = view.values[give] * markup, view.values[get]
        if not ours or not theirs:
            return ""
        got = max(1, ceil(ours / theirs - _ROUNDING))
        given = floor(got * theirs / ours + _ROUNDING)
        too_little = given > view.holdings[give] or got * theirs - given * view.values[give] < self.least
        if too_little:
            return ""
        times = max(1, min(_MOST_TIMES, view.holdings[give] // (2 * given)))
        return f"give {times * given} {view.goods[give]} get {times * got} {view.goods[get]}"


class FairTraderParams(TraderParams):
    """Parameters of a fair trader."""

    opening: float = Field(1.0, ge=1, le=100, description="What it asks for at first, as a multiple of what it gives.")


class FairTrader(GreedyTrader):
    """Takes whatever is worth no less to it than what it gives, and proposes even swaps."""

    Params = FairTraderParams
    params: FairTraderParams
    title: ClassVar[str] = "Trades whatever costs it nothing, and proposes even swaps"
    least: ClassVar[float] = 0.0


def _worth(view: TradeView, bundle: Bundle) -> int:
    return sum(value * n for value, n in zip(view.values, bundle, strict=True))


def _pairs(view: TradeView) -> list[tuple[int, int]]:
    """Goods to give and to get, that of which it has most more than of the other first."""
    places = range(len(view.goods))
    return sorted(permutations(places, 2), key=lambda pair: (view.holdings[pair[1]] - view.holdings[pair[0]], pair))
