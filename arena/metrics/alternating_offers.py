"""How bargaining with alternating offers ends: what waiting costs, and who gets what. Completed matches only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool, SeatPlay
from arena.metrics.intervals import mean_value
from arena.metrics.needs import kind
from games.core import Seat
from games.economic.bargaining import ACCEPT, ALICE, BOB, Bargaining

_GLEE: Final = "Shapira et al., GLEE, arXiv 2410.05254 (bargaining)"
_BARGAINING: Final = kind("the bargaining with alternating offers", Bargaining)


class Agreement(NamedTuple):
    """How a bargaining ended.

    Attributes:
        share: Alice's share of the pie, from 0 to 1; None without a deal.
        left: for Alice and Bob, what is left of the worth of money at the end, from 0 to 1.
    """

    share: float | None
    left: tuple[float, float]


def efficiency(agreement: Agreement) -> float:
    """Both discounted shares together; 0 without a deal."""
    return gain(agreement, ALICE) + gain(agreement, BOB)


def fairness(agreement: Agreement) -> float:
    """1 - 4 (share - 1/2)^2, and 1 without a deal."""
    return 1.0 if agreement.share is None else 1 - 4 * (agreement.share - 0.5) ** 2


def gain(agreement: Agreement, seat: Seat) -> float:
    """A seat's discounted share; 0 without a deal."""
    if agreement.share is None:
        return 0.0
    return agreement.left[seat] * (agreement.share if seat == ALICE else 1 - agreement.share)


def _agreements(pool: Pool, agent: str) -> Iterator[tuple[SeatPlay, Agreement]]:
    game = pool.game
    assert isinstance(game, Bargaining), "the metric needs the bargaining"
    for played in pool.completed_by(agent):
        offers, dealt = played.end.offers, played.end.answer == ACCEPT
        share = game.parts(offers)[ALICE] / game.params.pie if dealt else None
        alice, bob = (discount ** (len(offers) - 1) for discount in game.discounts)
        yield played, Agreement(share, (alice, bob))


def _metric(name: str, meaning: str, measure: Callable[[Agreement, Seat], float]) -> Metric:
    def compute(pool: Pool, agent: str) -> Result:
        found = ((played.cluster, measure(end, played.seat)) for played, end in _agreements(pool, agent))
        return mean_value(found, "no completed match")

    return Metric(
        name=name,
        family=Family.SOCIAL,
        meaning=meaning,
        where="completed bargainings",
        needs=(_BARGAINING,),
        source=_GLEE,
        compute=compute,
    )


EFFICIENCY: Final = _metric(
    "bargaining_efficiency",
    "What both get together, discounted, as a part of the pie; 0 without a deal.",
    lambda agreement, seat: efficiency(agreement),
)
FAIRNESS: Final = _metric(
    "bargaining_fairness",
    "How near the division is to halves: 1 for halves or no deal, 0 for all or nothing.",
    lambda agreement, seat: fairness(agreement),
)
GAIN: Final = _metric("bargaining_gain", "What the agent gets, discounted, as a part of the pie.", gain)
