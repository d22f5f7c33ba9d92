"""The axis on which the intervals of one pool are drawn, for bars of text and of SVG alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from arena.ratings.tables import AgentRow, PoolTable, Rating


@dataclass(frozen=True, slots=True)
class Bar:
    """An interval placed on an axis from 0 to 1.

    Attributes:
        low: where it begins.
        point: where the estimate is.
        high: where it ends.
        cut_low: whether it goes on below the axis.
        cut_high: whether it goes on above the axis.
    """

    low: float
    point: float
    high: float
    cut_low: bool = False
    cut_high: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """The intervals of a pool on one axis.

    Attributes:
        start: value at the left end of the axis.
        end: value at the right end.
        bars: one per agent, in the order of the table; None for an agent without an estimate.
    """

    start: float
    end: float
    bars: tuple[Bar | None, ...]


class _Ends(NamedTuple):
    low: float
    point: float
    high: float


def scale(table: PoolTable) -> Scale:
    """The ratings of a pool on an axis, or the payoffs in a pool without ratings.

    An interval may be open in effect, that of an agent that won everything; the axis then ends before it does.
    """
    found = [_ends(row, table.rated) for row in table.agents]
    start, end = _axis([ends for ends in found if ends is not None])
    return Scale(start, end, tuple(None if ends is None else _bar(ends, start, end) for ends in found))


def _ends(row: AgentRow, rated: bool) -> _Ends | None:
    """Both ends and the estimate, which stands in for ends that are unknown."""
    if rated and row.rating:
        low, point, high = _open_ends(row.rating)
    elif not rated and row.payoff:
        low, point, high = row.payoff.low, row.payoff.mean, row.payoff.high
    else:
        return None
    return _Ends(point if low is None else low, point, point if high is None else high)


def _open_ends(rating: Rating) -> tuple[float | None, float, float | None]:
    """Ends of a rating; an end that no match bounds lies far beyond the axis."""
    low, high = rating.low, rating.high
    if low is None and high is not None:
        low = -inf
    elif high is None and low is not None:
        high = inf
    return low, rating.rating, high


def _axis(found: Sequence[_Ends]) -> tuple[float, float]:
    """From the lowest to the highest end, cut a typical interval or a quarter of their range beyond the estimates."""
    if not found:
        return 0.0, 1.0
    points = [ends.point for ends in found]
    typical = sorted(_width(ends) for ends in found)[(len(found) - 1) // 2]
    reach = max((max(points) - min(points)) / 4, typical)
    start = max(min(ends.low for ends in found), min(points) - reach)
    end = min(max(ends.high for ends in found), max(points) + reach)
    return (start, end) if end > start else (start - 1, end + 1)


def _width(ends: _Ends) -> float:
    """Of an interval; where one end is open, twice the half that is not."""
    halves = [half for half in (ends.point - ends.low, ends.high - ends.point) if half < inf]
    return 2 * sum(halves) / len(halves)


def _bar(ends: _Ends, start: float, end: float) -> Bar:
    low, point, high = ((value - start) / (end - start) for value in ends)
    return Bar(max(low, 0.0), point, min(high, 1.0), low < 0, high > 1)
