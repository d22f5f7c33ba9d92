"""Planning and revision over rounds in which a player submits a plan, sees how it does, and may change it.

Figures of AdvGameBench (arXiv 2506.12012) as its public evaluators compute them, and over-correction in two senses
that its text leaves open.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from arena.metrics.regression import slope


class PlannedRound(NamedTuple):
    """One round: the plan in canonical form, what it costs, and whether it won."""

    plan: Hashable
    cost: float
    won: bool


def win_rate(rounds: Sequence[PlannedRound]) -> float | None:
    """Share of rounds won; None without rounds."""
    return sum(each.won for each in rounds) / len(rounds) if rounds else None


def over_budget_ratio(rounds: Sequence[PlannedRound], budget: float) -> float | None:
    """Share of rounds whose plan costs more than the budget; None without rounds."""
    return sum(each.cost > budget for each in rounds) / len(rounds) if rounds else None


def correction_rate(rounds: Sequence[PlannedRound]) -> float | None:
    """Share of changes from round to round that show in the cost, as upstream; None for fewer than two rounds."""
    return _share(before.cost != after.cost for before, after in pairwise(rounds))


def revision_rate(rounds: Sequence[PlannedRound]) -> float | None:
    """Share of changes from round to round that show in the plan, cost or not; None for fewer than two rounds."""
    return _share(before.plan != after.plan for before, after in pairwise(rounds))


def correction_success(rounds: Sequence[PlannedRound]) -> float | None:
    """Share of changes of cost after which the round was won; None without such a change (upstream says 0)."""
    return _share(after.won for before, after in pairwise(rounds) if before.cost != after.cost)


def needless_revisions(rounds: Sequence[PlannedRound]) -> float | None:
    """Over-correction: share of revisions of a plan that had just won; None without revisions."""
    return _share(before.won for before, _ in _revisions(rounds))


def harmful_revisions(rounds: Sequence[PlannedRound]) -> float | None:
    """Over-correction: share of revisions that turned a won round into a lost one; None without revisions."""
    return _share(before.won and not after.won for before, after in _revisions(rounds))


def improvement_slope(rounds: Sequence[PlannedRound]) -> float | None:
    """Least-squares slope of winning (0 or 1) on the number of the round; None for fewer than two rounds."""
    return slope([(float(number), float(each.won)) for number, each in enumerate(rounds)])


def _revisions(rounds: Sequence[PlannedRound]) -> Iterator[tuple[PlannedRound, PlannedRound]]:
    return ((before, after) for before, after in pairwise(rounds) if before.plan != after.plan)


def _share(hits: Iterator[bool]) -> float | None:
    found = list(hits)
    return sum(found) / len(found) if found else None
