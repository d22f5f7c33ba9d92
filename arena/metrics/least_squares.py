"""Least squares on factors: what each level adds to a default cell, with cluster-robust intervals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from arena.metrics.base import Result, Undefined, Value
from arena.ratings.payoffs import LEVEL

# Of singular values relative to the largest, of squared lengths, and of half-widths: what counts as nothing.
_NOTHING: Final = 1e-9

Matrix = NDArray[np.float64]


class Factor(NamedTuple):
    """Something that observations differ in.

    Attributes:
        name: what it is.
        levels: what it can be; the first is the default.
    """

    name: str
    levels: tuple[str, ...]


class Observation(NamedTuple):
    """A number, and where it was observed.

    Attributes:
        cluster: shared by observations that are not independent.
        levels: the level of every factor, in their order.
        outcome: the number.
    """

    cluster: str
    levels: tuple[str, ...]
    outcome: float


def terms(factors: Sequence[Factor]) -> tuple[str, ...]:
    """Names of the coefficients: the default cell, then every level of every factor but its default."""
    return ("default", *(f"{factor.name}: {level}" for factor in factors for level in factor.levels[1:]))


def coefficients(factors: Sequence[Factor], observations: Sequence[Observation]) -> list[Result]:
    """The ordinary least-squares coefficients, in the order of `terms`, with 95 % intervals.

    The variance is the cluster-robust one that multiplies the residuals of a cluster by (I - H)^-1, H being its block
    of the hat matrix (CR3, which is the jackknife over clusters), with Student's t of clusters - 1 degrees of freedom:
    Bell and McCaffrey, Bias reduction in standard errors for linear regression with multi-stage samples, 2002. No
    interval where all rests on one cluster, or where the residuals are nothing but rounding.

    Returns:
        Undefined for levels that were not observed or cannot be told apart from others.
    """
    if not observations:
        return [Undefined("nothing was observed")] * len(terms(factors))
    design = np.array([list(_row(factors, each.levels)) for each in observations])
    outcomes = np.array([each.outcome for each in observations])
    left, sizes, right = np.linalg.svd(design, full_matrices=False)
    kept = sizes > _NOTHING * sizes[0]
    estimable = 1 - np.square(right[kept]).sum(axis=0) < _NOTHING
    inverse = right[kept].T @ (left[:, kept] / sizes[kept]).T
    fitted = inverse @ outcomes
    groups = _groups(observations)
    half = _half_widths(design, inverse, outcomes - design @ fitted, groups)
    return [
        _result(float(fitted[place]), float(half[place]), len(observations), len(groups))
        if estimable[place]
        else Undefined("not observed, or not to be told apart from other levels")
        for place in range(len(fitted))
    ]


def _row(factors: Sequence[Factor], levels: Sequence[str]) -> Iterator[float]:
    yield 1.0
    for factor, level in zip(factors, levels, strict=True):
        yield from (float(level == each) for each in factor.levels[1:])


def _groups(observations: Sequence[Observation]) -> list[list[int]]:
    """The places of the observations of each cluster."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(observations):
        found[each.cluster].append(place)
    return list(found.values())


def _half_widths(design: Matrix, inverse: Matrix, residuals: Matrix, groups: Sequence[Sequence[int]]) -> Matrix:
    """Half of each coefficient's interval; NaN where one cluster alone says what it is."""
    count = len(groups)
    if count < 2:
        return np.full(len(inverse), np.nan)
    squares = np.zeros(len(inverse))
    for places in groups:
        share, turned = np.linalg.eigh(design[places] @ inverse[:, places])
        # What a cluster decides alone leaves no residual, and nothing to learn of the error.
        alone = share > 1 - _NOTHING
        squares[np.abs(inverse[:, places] @ turned[:, alone]).sum(axis=1) > _NOTHING] = np.nan
        inflated = turned[:, ~alone] @ ((turned[:, ~alone].T @ residuals[places]) / (1 - share[~alone]))
        squares += np.square(inverse[:, places] @ inflated)
    half: Matrix = float(stdtrit(count - 1, (1 + LEVEL) / 2)) * np.sqrt((count - 1) / count * squares)
    return half


def _result(value: float, half: float, n: int, clusters: int) -> Value:
    """A coefficient; rounding is neither a number nor a width."""
    value = 0.0 if abs(value) < _NOTHING else value
    if np.isnan(half) or half < _NOTHING * max(1.0, abs(value)):
        return Value(value, None, None, n, clusters)
    return Value(value, value - half, value + half, n, clusters)
