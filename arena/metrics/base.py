"""What a metric is: a number with a meaning, a range, a source and stated needs, or a reason why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from arena.metrics.evidence import Pool
from arena.metrics.needs import Need


class Family(StrEnum):
    """What a metric is about."""

    RATIONALITY = "rationality"
    STRATEGY = "strategy"
    SOCIAL = "social"
    DECEPTION = "deception"
    RELIABILITY = "reliability"


@dataclass(frozen=True, slots=True)
class Value:
    """A number with what it rests on.

    Attributes:
        value: the estimate.
        low: lower end of the 95 % interval; None where nothing says how much the value can differ.
        high: upper end, likewise.
        n: number of observations.
        clusters: number of independent groups among them.
        note: what else the number hangs on, such as an engine; None when nothing.
    """

    value: float
    low: float | None
    high: float | None
    n: int
    clusters: int
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Undefined:
    """There is no number, which is not the same as 0.

    Attributes:
        reason: what is missing, for people.
    """

    reason: str


Result = Value | Undefined


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A number that says something about one agent in one pool.

    Attributes:
        name: registry name.
        family: what it is about.
        meaning: what it says, in one sentence.
        where: the observations that it is defined on, and what is left out.
        needs: what a pool must have.
        unit: what it is counted in.
        low: the least that it can be; None when there is no bound.
        high: the most that it can be, likewise.
        source: paper, chapter or equation that defines it.
        compute: the number, given a pool that has all that is needed, and an agent of it.
    """

    name: str
    family: Family
    meaning: str
    where: str
    needs: tuple[Need, ...] = ()
    unit: str = "share"
    low: float | None = 0.0
    high: float | None = 1.0
    source: str
    compute: Callable[[Pool, str], Result]
