"""Records to tables of metrics, one per pool."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from arena.metrics.base import Metric, Result, Undefined
from arena.metrics.evidence import Pool
from arena.metrics.registry import load_metrics
from arena.records import MatchRecord


@dataclass(frozen=True, slots=True)
class MetricRow:
    """One metric of one agent.

    Attributes:
        agent: whose it is.
        metric: the metric.
        result: the value, or why there is none.
    """

    agent: str
    metric: Metric
    result: Result


@dataclass(frozen=True, slots=True)
class MetricTable:
    """The metrics of a pool.

    Attributes:
        pool: game, parameters and version.
        matches: number of matches that are not void.
        voids: number of void ones.
        rows: by agent, each with every metric in the order of the registry.
    """

    pool: str
    matches: int
    voids: int
    rows: tuple[MetricRow, ...]


def measure(records: Iterable[MatchRecord], metrics: Sequence[Metric] | None = None) -> list[MetricTable]:
    """The metrics of every agent in every pool of the records, pools by name.

    Args:
        records: matches of any number of pools.
        metrics: which to compute; all that are registered when None.
    """
    chosen = load_metrics() if metrics is None else metrics
    pools: defaultdict[str, list[MatchRecord]] = defaultdict(list)
    for record in records:
        pools[record.header.pool].append(record)
    return [_table(Pool(name, tuple(found)), chosen) for name, found in sorted(pools.items())]


def evaluate(metric: Metric, pool: Pool, agent: str) -> Result:
    """One metric of one agent, its interval cut to the metric's range; or why it is not defined.

    Where beliefs are asked for, a metric that needs the game inside looks at that game.
    """
    missing = pool.missing(metric.needs)
    inside = None if missing is None else pool.inside
    if inside is not None:
        pool, missing = inside, inside.missing(metric.needs)
    if missing is not None:
        return Undefined(missing)
    result = metric.compute(pool, agent)
    if isinstance(result, Undefined):
        return result
    return replace(result, low=_at_least(result.low, metric.low), high=_at_most(result.high, metric.high))


def _at_least(end: float | None, bound: float | None) -> float | None:
    return end if end is None or bound is None else max(end, bound)


def _at_most(end: float | None, bound: float | None) -> float | None:
    return end if end is None or bound is None else min(end, bound)


def _table(pool: Pool, metrics: Sequence[Metric]) -> MetricTable:
    rows = (MetricRow(agent, metric, evaluate(metric, pool, agent)) for agent in pool.agents for metric in metrics)
    return MetricTable(pool.name, len(pool.rated), len(pool.records) - len(pool.rated), tuple(rows))
