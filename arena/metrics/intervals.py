"""Observations that come with their clusters, to values with 95 % intervals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from math import fsum, sqrt
from typing import Final, TypeVar

from scipy.special import ndtri, stdtrit

from arena.metrics.base import Result, Undefined, Value
from arena.ratings.payoffs import LEVEL, clustered_mean

Item = TypeVar("Item")

_UPPER: Final = (1 + LEVEL) / 2
_MOST_GROUPS: Final = 50
# Relative to the estimate: smaller half-widths are where iterations stopped, or rounding.
_NO_SPREAD: Final = 1e-6


def mean_value(values: Iterable[tuple[str, float]], nothing: str) -> Result:
    """The mean of values that come with their clusters, with Student's t interval (`arena.ratings.payoffs`).

    Args:
        values: cluster and value of each observation.
        nothing: the reason to give when there are no observations.
    """
    found = clustered_mean(values)
    if found is None:
        return Undefined(nothing)
    return Value(found.mean, found.low, found.high, found.n, found.clusters)


def share_value(hits: Iterable[tuple[str, bool]], nothing: str) -> Result:
    """The share of hits, with Wilson's interval at the effective number of observations.

    Observations of a cluster are alike, so that n of them count as n divided by the design effect (the cluster-robust
    variance over the binomial one, at least 1), and fewer still where few clusters estimate it: the factor
    (z / t)^2 with clusters - 1 degrees of freedom. Where all observations agree, the design effect is unknown, and each
    cluster counts once. Korn and Graubard, Confidence intervals for proportions with small expected number of positive
    counts estimated from survey data, Survey Methodology 1998; Dean and Pagano, Evaluating confidence interval
    methods for binomial proportions in clustered surveys, 2015.

    Args:
        hits: cluster of each observation, and whether it is a hit.
        nothing: the reason to give when there are no observations.
    """
    by_cluster: defaultdict[str, list[bool]] = defaultdict(list)
    for cluster, hit in hits:
        by_cluster[cluster].append(hit)
    groups = list(by_cluster.values())
    if not groups:
        return Undefined(nothing)
    n = sum(map(len, groups))
    share = sum(map(sum, groups)) / n
    low, high = wilson(share, _effective_number(groups, share, n))
    return Value(share, low, high, n, len(groups))


def wilson(share: float, n: float) -> tuple[float, float]:
    """Wilson's 95 % interval of a share of n independent observations; n may be a fraction.

    Wilson, Probable inference, the law of succession, and statistical inference, 1927.
    """
    z = float(ndtri(_UPPER))
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (centre - half if share > 0 else 0.0), (centre + half if share < 1 else 1.0)


def jackknife(
    items: Iterable[tuple[str, Item]], estimate: Callable[[Sequence[Item]], float | None], nothing: str
) -> Result:
    """An estimate from all items, with an interval from leaving out one group of clusters at a time.

    Variance (G-1)/G times the squared deviations of the G estimates from their mean, and Student's t with G-1 degrees
    of freedom (Efron and Stein, The jackknife estimate of variance, 1981; with groups: Kott, The delete-a-group
    jackknife, 2001). Each cluster is a group of its own up to 50 of them. No interval where an estimate without some
    group does not exist, or where leaving out groups changes nothing.

    Args:
        items: cluster and content of each observation.
        estimate: the number for some items; None when they do not define it.
        nothing: the reason to give when all items together do not define it.
    """
    listed = list(items)
    point = estimate([item for _, item in listed])
    if point is None:
        return Undefined(nothing)
    clusters = sorted({cluster for cluster, _ in listed})
    group_of = {cluster: number % _MOST_GROUPS for number, cluster in enumerate(clusters)}
    others = [
        estimate([item for cluster, item in listed if group_of[cluster] != left])
        for left in range(min(len(clusters), _MOST_GROUPS))
    ]
    half = _half_width([other for other in others if other is not None]) if None not in others else None
    if half is None:
        return Value(point, None, None, len(listed), len(clusters))
    return Value(point, point - half, point + half, len(listed), len(clusters))


def _half_width(estimates: Sequence[float]) -> float | None:
    groups = len(estimates)
    if groups < 2:
        return None
    centre = fsum(estimates) / groups
    variance = (groups - 1) / groups * fsum((each - centre) ** 2 for each in estimates)
    half = float(stdtrit(groups - 1, _UPPER)) * sqrt(variance)
    return half if half > _NO_SPREAD * max(1.0, abs(centre)) else None


def _effective_number(groups: Sequence[Sequence[bool]], share: float, n: int) -> float:
    """What n clustered observations count as; never less than one and never more than n."""
    count = len(groups)
    if share in (0.0, 1.0) or count < 2:
        return float(count)
    residuals = fsum((sum(group) - share * len(group)) ** 2 for group in groups)
    design_effect = max(1.0, residuals * count / (count - 1) / (n * share * (1 - share)))
    few = float(ndtri(_UPPER)) / float(stdtrit(count - 1, _UPPER))
    return max(1.0, n / design_effect * few * few)
