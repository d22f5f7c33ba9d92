"""Mean payoffs with intervals that respect clusters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum, sqrt
from typing import Final

from scipy.special import stdtrit

from arena.ratings.results import MatchScore

LEVEL: Final = 0.95

# Relative to the mean: smaller differences of clusters are rounding.
_NO_SPREAD: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean with its interval.

    Attributes:
        mean: the estimate.
        low: lower end of the 95 % interval; None where the clusters do not differ, or are fewer than two: then nothing
            says how much results can differ.
        high: upper end, likewise.
        n: number of values.
        clusters: number of independent groups among them.
    """

    mean: float
    low: float | None
    high: float | None
    n: int
    clusters: int


def clustered_mean(values: Iterable[tuple[str, float]], level: float = LEVEL) -> Mean | None:
    """The mean of values that come with their clusters; None when there are none.

    Cluster-robust variance of a mean with the factor G/(G-1), and Student's t with G-1 degrees of freedom
    (Cameron and Miller 2015, a regression on a constant alone). With one value per cluster it is the ordinary interval
    of a mean.
    """
    by_cluster: defaultdict[str, list[float]] = defaultdict(list)
    for cluster, value in values:
        by_cluster[cluster].append(value)
    n, groups = sum(map(len, by_cluster.values())), len(by_cluster)
    if not n:
        return None
    mean = fsum(value for group in by_cluster.values() for value in group) / n
    residuals = fsum(fsum(value - mean for value in group) ** 2 for group in by_cluster.values())
    if groups < 2 or sqrt(residuals) / n <= _NO_SPREAD * max(1.0, abs(mean)):
        return Mean(mean, None, None, n, groups)
    half = float(stdtrit(groups - 1, (1 + level) / 2)) * sqrt(residuals * groups / (groups - 1)) / n
    return Mean(mean, mean - half, mean + half, n, groups)


def mean_payoffs(matches: Iterable[MatchScore]) -> dict[str, Mean]:
    """Mean payoff of every agent over the seats it had in completed matches."""
    values: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for match in matches:
        for agent, payoff in zip(match.agents, match.payoffs or (), strict=False):
            values[agent].append((match.cluster, payoff))
    means = {agent: clustered_mean(found) for agent, found in sorted(values.items())}
    return {agent: mean for agent, mean in means.items() if mean is not None}


def payoffs_against(matches: Iterable[MatchScore]) -> dict[tuple[str, str], Mean]:
    """Mean payoff of every agent in the completed matches in which another one sat too, by (agent, opponent)."""
    values: defaultdict[tuple[str, str], list[tuple[str, float]]] = defaultdict(list)
    for match in matches:
        for agent, payoff in zip(match.agents, match.payoffs or (), strict=False):
            for opponent in sorted(set(match.agents) - {agent}):
                values[agent, opponent].append((match.cluster, payoff))
    means = {pair: clustered_mean(found) for pair, found in sorted(values.items())}
    return {pair: mean for pair, mean in means.items() if mean is not None}
