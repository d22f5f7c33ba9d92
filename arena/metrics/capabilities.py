"""What each module of an agent contributes: Shapley values and Banzhaf indices over mixes of modules.

A coalition is the set of modules that are under study, the rest being replaced by a default; its worth is how well the
agent does then, such as its success rate. With k modules all 2**k mixes must have been played, on the same tasks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import combinations
from math import comb, fsum

from arena.metrics.base import Result
from arena.metrics.intervals import mean_value

Coalition = frozenset[str]
Worth = Mapping[Coalition, float]
"""How well an agent does, by the coalition of its modules."""

NO_TASK = "no task"


class Index(StrEnum):
    """How contributions to different coalitions are weighed.

    Shapley: all orders in which modules may join are alike, so that contributions add up to the worth of all modules
    together over that of none (Shapley, A value for n-person games, 1953).
    Banzhaf: all coalitions of the others are alike (Banzhaf, Weighted voting doesn't work, 1965). Contributions do not
    add up to anything. What the published scripts of CapaBench compute as Shapley values are these.
    """

    SHAPLEY = "shapley"
    BANZHAF = "banzhaf"

    def weight(self, joined: int, others: int) -> float:
        """Weight of a coalition of `joined` out of `others` modules; the weights of all of them sum to 1."""
        return 1 / ((others + 1) * comb(others, joined)) if self is Index.SHAPLEY else 0.5**others


def contributions(worth: Worth, index: Index = Index.SHAPLEY) -> dict[str, float]:
    """The weighted mean of what each module adds to the coalitions of the others, by module.

    Yang et al., CapaBench: Who's the MVP? A game-theoretic evaluation benchmark for modular attribution in LLM agents,
    2025.

    Raises:
        ValueError: the worth of some coalition is missing.
    """
    modules = _modules(worth)
    return {
        module: fsum(
            index.weight(len(joined), len(modules) - 1) * (worth[joined | {module}] - worth[joined])
            for joined in _coalitions(modules - {module})
        )
        for module in sorted(modules)
    }


def interactions(worth: Worth, index: Index = Index.SHAPLEY) -> dict[tuple[str, str], float]:
    """How much more two modules add together than apart, by pair; below 0 where one stands in for the other.

    Grabisch and Roubens, An axiomatic approach to the concept of interaction among players in cooperative games, 1999.

    Raises:
        ValueError: the worth of some coalition is missing.
    """
    modules = _modules(worth)
    return {
        (one, other): fsum(
            index.weight(len(joined), len(modules) - 2)
            * (worth[joined | {one, other}] - worth[joined | {one}] - worth[joined | {other}] + worth[joined])
            for joined in _coalitions(modules - {one, other})
        )
        for one, other in combinations(sorted(modules), 2)
    }


def attributed(scores: Mapping[Coalition, Mapping[str, float]], index: Index = Index.SHAPLEY) -> dict[str, Result]:
    """Contributions with 95 % intervals over tasks, by module.

    Contributions are linear in the scores, so that those of the mean scores are the means of those of the single tasks,
    and their interval is that of a mean: no resampling is needed. Tasks are paired, as all mixes play all of them.

    Args:
        scores: for each coalition, the score of each task.
        index: how coalitions are weighed.

    Raises:
        ValueError: the scores of some coalition are missing, or not all coalitions have the same tasks.
    """
    modules = _modules(scores)
    tasks = set(scores[frozenset()])
    for coalition, found in scores.items():
        if set(found) != tasks:
            differing = sorted(tasks ^ set(found))[0]
            raise ValueError(f"task {differing!r} is not scored for both {_named(coalition)} and {_named(frozenset())}")
    of_task = {
        task: contributions({coalition: scores[coalition][task] for coalition in scores}, index)
        for task in sorted(tasks)
    }
    return {
        module: mean_value(((task, found[module]) for task, found in of_task.items()), NO_TASK)
        for module in sorted(modules)
    }


def _modules(worth: Mapping[Coalition, object]) -> Coalition:
    """The modules that occur, after a look at whether all their coalitions do."""
    modules = frozenset().union(*worth)
    missing = next((coalition for coalition in _coalitions(modules) if coalition not in worth), None)
    if missing is not None:
        raise ValueError(
            f"the worth of all coalitions of {_named(modules)} is needed; that of {_named(missing)} is not there"
        )
    return modules


def _coalitions(modules: Coalition) -> Iterator[Coalition]:
    """Every subset, smaller ones first."""
    for size in range(len(modules) + 1):
        yield from map(frozenset, combinations(sorted(modules), size))


def _named(coalition: Coalition) -> str:
    return " + ".join(sorted(coalition)) or "no module"
