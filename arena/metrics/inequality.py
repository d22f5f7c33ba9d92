"""How equally a good is divided among seats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import fsum
from typing import Final

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool
from arena.metrics.intervals import mean_value


def gini(shares: Sequence[float]) -> float:
    """Gini's coefficient: sum of all |x_i - x_j| over 2 n sum(x); 0 when all are equal, (n-1)/n when one has all.

    Gini, Variabilita e mutabilita, 1912.

    Raises:
        ValueError: a share is negative, or nothing is shared.
    """
    total, ordered = _total(shares), sorted(shares)
    n = len(ordered)
    return fsum((2 * rank - n + 1) * share for rank, share in enumerate(ordered)) / (n * total)


def jain(shares: Sequence[float]) -> float:
    """Jain's index: sum(x)^2 over n sum(x^2); 1 when all are equal, 1/n when one has all.

    Jain, Chiu and Hawe, A quantitative measure of fairness and discrimination, 1984.

    Raises:
        ValueError: a share is negative, or nothing is shared.
    """
    total = _total(shares)
    return total**2 / (len(shares) * fsum(share**2 for share in shares))


def min_max_ratio(shares: Sequence[float]) -> float:
    """The least share over the largest: 1 when all are equal, 0 when somebody has nothing.

    Raises:
        ValueError: a share is negative, or nothing is shared.
    """
    _total(shares)
    return min(shares) / max(shares)


def _total(shares: Sequence[float]) -> float:
    total = fsum(shares)
    if not shares or min(shares) < 0 or not total > 0:
        raise ValueError(f"shares must not be negative and must add up to more than 0, but they are {list(shares)}")
    return total


def _of_matches(name: str, index: Callable[[Sequence[float]], float], meaning: str, source: str) -> Metric:
    def compute(pool: Pool, agent: str) -> Result:
        found = (
            (record.header.cluster, index(record.result.returns))
            for record in pool.rated
            if record.result.returns
            and len(record.result.returns) > 1
            and agent in {seat.agent for seat in record.header.seats}
            if min(record.result.returns) >= 0 < sum(record.result.returns)
        )
        return mean_value(found, "no match in which all payoffs are at least 0 and some are more")

    return Metric(
        name=name,
        family=Family.SOCIAL,
        meaning=meaning,
        where="completed matches of the agent in which no payoff is negative and some are more than 0",
        unit="index",
        source=source,
        compute=compute,
    )


GINI: Final = _of_matches("gini", gini, "Inequality of payoffs in the agent's matches; 0 is equal.", "Gini 1912")
JAIN: Final = _of_matches(
    "jain", jain, "Fairness of payoffs in the agent's matches; 1 is equal.", "Jain, Chiu and Hawe 1984"
)
MIN_MAX: Final = _of_matches(
    "min_max_ratio", min_max_ratio, "Least over largest payoff in the agent's matches; 1 is equal.", "ratio of extremes"
)
