"""Lines through observations: straight ones, and logistic ones for shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum
from typing import Final

import numpy as np
from scipy.special import expit

Point = tuple[float, float]

_MOST_STEPS: Final = 50
_CONVERGED: Final = 1e-9
# Beyond this condition number the information is as good as none: the fit runs off to certainty.
_SINGULAR: Final = 1e10


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


def logit_slope(points: Sequence[Point]) -> float | None:
    """Slope of a logistic regression with intercept of shares from 0 to 1 on a covariate, by Newton's method.

    Returns:
        Change of the log odds per unit of the covariate; None where none fits best: the covariate does not vary, or
        one of its sides always wins (Albert and Anderson 1984, separation).
    """
    if len({x for x, _ in points}) < 2:
        return None
    x = np.array([point[0] for point in points])
    design = np.stack([np.ones(len(x)), x - x.mean()], axis=1)
    shares, fitted = np.array([point[1] for point in points]), np.zeros(2)
    for _ in range(_MOST_STEPS):
        expected = expit(design @ fitted)
        information = design.T @ (design * (expected * (1 - expected))[:, None])
        if np.linalg.cond(information) > _SINGULAR:
            return None
        step = np.linalg.solve(information, design.T @ (shares - expected))
        fitted = fitted + step
        if np.abs(step).max() < _CONVERGED:
            return float(fitted[1])
    return None
