"""Failed attempts before success: does the tail die out fast enough for trial and error to end?

Zhan et al., Evaluating intelligence via trial and error, arXiv 2502.18858: a player whose failures have neither a
finite mean nor a finite variance is limited, one with a finite mean capable, one with both autonomous. For a tail like
x^-alpha the mean is finite above alpha = 2 and the variance above 3. The paper reads alpha off a plot; here it is
estimated, with censoring where attempts were stopped (Clauset, Shalizi and Newman, Power-law distributions in
empirical data, 2009, section 3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from math import log, log1p
from typing import Final, NamedTuple

import numpy as np
from scipy.optimize import brentq, minimize_scalar
from scipy.special import chdtri, zeta

from agents.base import AttemptOutcome
from arena.metrics.base import Family, Metric, Result, Undefined, Value
from arena.metrics.evidence import Pool
from arena.metrics.intervals import jackknife
from arena.records import DecisionTurn

ENOUGH: Final = 30
_TOO_FEW: Final = f"fewer than {ENOUGH} decisions with a failed attempt, or none of them solved in the end"
_SOURCE: Final = (
    "Zhan et al., Evaluating intelligence via trial and error, arXiv 2502.18858; fitted after Clauset, Shalizi and "
    "Newman, Power-law distributions in empirical data, 2009"
)
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


def trials(pool: Pool, agent: str) -> Iterator[tuple[str, Trials]]:
    """Failed attempts of each decision of an agent that has any, with its cluster; solved when one was accepted."""
    for record in pool.rated:
        for turn in record.turns:
            for decision in turn.decisions if isinstance(turn, DecisionTurn) else ():
                failures = sum(attempt.outcome is not AttemptOutcome.OK for attempt in decision.attempts)
                if failures and record.header.seats[decision.seat].agent == agent:
                    yield record.header.cluster, Trials(failures, solved=failures < len(decision.attempts))


def _exponent(pool: Pool, agent: str) -> Result:
    return jackknife(trials(pool, agent), _alpha, _TOO_FEW)


def _alpha(found: Sequence[Trials]) -> float | None:
    tail = fit_tail(found)
    return None if tail is None else tail.alpha


def _level(pool: Pool, agent: str) -> Result:
    found = list(trials(pool, agent))
    tail = fit_tail([each for _, each in found])
    if tail is None:
        return Undefined(_TOO_FEW)
    number = list(Level).index(survival_level(tail)) + 1
    return Value(number, None, None, len(found), len({cluster for cluster, _ in found}))


EXPONENT: Final = Metric(
    name="survival_exponent",
    family=Family.STRATEGY,
    meaning="Exponent of the power law of failed attempts before success; the greater, the sooner trials end.",
    where=f"decisions with a failed attempt, at least {ENOUGH}; those given up are taken as cut off there",
    unit="exponent",
    low=1.0,
    high=_ALPHA_RANGE[1],
    source=_SOURCE,
    compute=_exponent,
)
LEVEL: Final = Metric(
    name="survival_level",
    family=Family.STRATEGY,
    meaning="1: limited, the mean number of failures may be infinite; 2: capable, only its variance; 3: autonomous.",
    where=f"decisions with a failed attempt, at least {ENOUGH}; the lower end of the exponent's interval decides",
    unit="level",
    low=1.0,
    high=3.0,
    source=_SOURCE,
    compute=_level,
)
