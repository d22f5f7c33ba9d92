"""What the seat is worth to an agent: payoffs in the first seat against those in others, of the same deals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import fsum
from typing import Final

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool
from arena.metrics.intervals import mean_value
from arena.records import Outcome


def seat_gaps(pool: Pool, agent: str) -> Iterator[tuple[str, float]]:
    """Per cluster: the agent's mean payoff in seat 0 less that in the other seats, where it had both."""
    found: defaultdict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for record in pool.rated:
        returns = record.result.returns
        if record.result.outcome is not Outcome.COMPLETED or returns is None:
            continue
        for seat, who in enumerate(record.header.seats):
            if who.agent == agent:
                found[record.header.cluster][min(seat, 1)].append(returns[seat])
    for cluster, (first, others) in found.items():
        if first and others:
            yield cluster, fsum(first) / len(first) - fsum(others) / len(others)


def _gap(pool: Pool, agent: str) -> Result:
    return mean_value(seat_gaps(pool, agent), "the agent had no deal both in the first seat and in another")


SEAT_GAP: Final = Metric(
    name="seat_gap",
    family=Family.RELIABILITY,
    meaning="Mean payoff in the first seat (or role) less that in the others, deal by deal.",
    where="deals that the agent completed both in seat 0 and in another seat; equal deals, so luck cancels",
    unit="payoff",
    low=None,
    high=None,
    source="paired differences by deal; for ratings: Rao and Kupper 1967 and Davidson and Beaver 1977 (order effects)",
    compute=_gap,
)
