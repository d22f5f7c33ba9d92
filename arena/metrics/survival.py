"""Failed attempts before success: does the tail die out fast enough for trial and error to end?

Zhan et al., Evaluating intelligence via trial and error, arXiv 2502.18858: a player whose failures have neither a
finite mean nor a finite variance is limited, one with a finite mean capable, one with both autonomous. For a tail like
x^-alpha the mean is finite above alpha = 2 and the variance above 3. The paper reads alpha off a plot; here it is
estimated, with censoring where attempts were stopped (Clauset, Shalizi and Newman, Power-law distributions in
empirical data, 2009, section 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from math import log, log1p
from typing import Final, NamedTuple

import numpy as np
from scipy.optimize import brentq, minimize_scalar
from scipy.special import chdtri, zeta

ENOUGH: Final = 30
_ALPHA_RANGE: Final = (1.0001, 60.0)
_RATIO: Final = float(chdtri(1, 0.05))


class Level(StrEnum):
    """How a player gets on by trial and error."""

    LIMITED = "limited"
    CAPABLE = "capable"
    AUTONOMOUS = "autonomous"


class Trials(NamedTuple):
    """One task: failed attempts, and whether it ended with success rather than by a limit."""

    failures: int
    solved: bool = True


class Tail(NamedTuple):
    """A power law fitted to the tasks with at least one failure.

    Attributes:
        alpha: the exponent.
        low: lower end of the 95 % profile-likelihood interval.
        high: upper end.
        n: number of such tasks.
        censored: how many of them ended by a limit.
        against_geometric: log-likelihood over that of a geometric tail; below 0 the tail is no power law but dies out
            exponentially.
    """

    alpha: float
    low: float
    high: float
    n: int
    censored: int
    against_geometric: float


def fit_tail(trials: Sequence[Trials]) -> Tail | None:
    """The exponent of greatest likelihood; None for fewer than 30 tasks with a failure.

    Each solved task contributes x^-alpha / zeta(alpha), each censored one P(X >= x) = zeta(alpha, x) / zeta(alpha).
    """
    failed = [each for each in trials if each.failures > 0]
    solved = np.array([each.failures for each in failed if each.solved], dtype=float)
    stopped = np.array([each.failures for each in failed if not each.solved], dtype=float)
    if len(failed) < ENOUGH or not len(solved):
        return None
    logs = float(np.log(solved).sum())

    def log_likelihood(alpha: float) -> float:
        tails = float(np.log(zeta(alpha, stopped)).sum())
        return -alpha * logs + tails - len(failed) * log(zeta(alpha, 1))

    found = minimize_scalar(lambda alpha: -log_likelihood(alpha), bounds=_ALPHA_RANGE, method="bounded")
    alpha, most = float(found.x), -float(found.fun)

    def above(other: float) -> float:
        return log_likelihood(other) - most + _RATIO / 2

    lowest, highest = _ALPHA_RANGE
    low = lowest if above(lowest) >= 0 else float(brentq(above, lowest, alpha))
    high = float("inf") if above(highest) >= 0 else float(brentq(above, alpha, highest))
    return Tail(alpha, low, high, len(failed), len(stopped), most - _geometric(failed, len(solved)))


def survival_level(tail: Tail) -> Level:
    """The level that the lower end of the interval reaches; a tail that is better called geometric is autonomous.

    Better means a log-likelihood that is higher by half the chi-squared quantile of one parameter.
    """
    if tail.low > 3 or tail.against_geometric < -_RATIO / 2:
        return Level.AUTONOMOUS
    return Level.CAPABLE if tail.low > 2 else Level.LIMITED


def _geometric(failed: Sequence[Trials], solved: int) -> float:
    """Greatest log-likelihood of a geometric distribution from 1 on, with the same censoring."""
    further = sum(each.failures - 1 for each in failed)
    stop = solved / (solved + further)
    return solved * log(stop) + (further * log1p(-stop) if further else 0.0)
