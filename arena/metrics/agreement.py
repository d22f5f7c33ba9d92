"""How far several judges of the same things agree, beyond what chance would bring about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from math import fsum

# What separates two values on a scale whose values are numbered from 0 up, given how often each occurs.
Difference = Callable[[int, int, Sequence[float]], float]


def nominal(first: int, second: int, _: Sequence[float]) -> float:
    """Values are alike or not."""
    return float(first != second)


def ordinal(first: int, second: int, totals: Sequence[float]) -> float:
    """Values are in order: the square of how many votes lie between them, each end counted half."""
    low, high = sorted((first, second))
    return (fsum(totals[low : high + 1]) - (totals[low] + totals[high]) / 2) ** 2


def krippendorff_alpha(units: Sequence[Sequence[int]], values: int, difference: Difference = ordinal) -> float | None:
    """Krippendorff's alpha: 1 - D_o / D_e, from 1 (agreement) over 0 (chance) to below 0 (systematic disagreement).

    Krippendorff, Content analysis, 2004, chapter 11. Units may have any number of judgements; those with fewer than two
    say nothing of agreement and do not count.

    Args:
        units: for each judged thing, the values that its judges gave, numbered from 0 up.
        values: number of values.
        difference: what separates two values.

    Returns:
        The coefficient; None where fewer than two things are comparable or all judgements are the same.
    """
    paired = [unit for unit in units if len(unit) > 1]
    weights: list[list[float]] = [[0.0] * values for _ in range(values)]
    for unit in paired:
        counts = Counter(unit)
        for first in counts:
            for second in counts:
                pairs = counts[first] * (counts[second] - (first == second))
                weights[first][second] += pairs / (len(unit) - 1)
    totals = [fsum(row) for row in weights]
    n = fsum(totals)
    apart = [[difference(first, second, totals) for second in range(values)] for first in range(values)]
    expected = fsum(
        totals[first] * totals[second] * apart[first][second] for first in range(values) for second in range(values)
    )
    if len(paired) < 2 or expected == 0:
        return None
    observed = fsum(weights[a][b] * apart[a][b] for a in range(values) for b in range(values))
    return 1 - (n - 1) * observed / expected
