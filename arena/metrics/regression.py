"""Straight lines through observations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum

Point = tuple[float, float]


def slope(points: Sequence[Point]) -> float | None:
    """The ordinary least-squares slope of the second numbers on the first; None when the first are all alike."""
    if not points:
        return None
    middle = fsum(x for x, _ in points) / len(points)
    spread = fsum((x - middle) ** 2 for x, _ in points)
    return fsum((x - middle) * y for x, y in points) / spread if spread > 0 else None


def pooled_slope(groups: Iterable[Sequence[Point]]) -> float | None:
    """The slope through the points of all groups together."""
    return slope([point for group in groups for point in group])
