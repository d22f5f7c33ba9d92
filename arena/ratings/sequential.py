"""Tests that stop when they know, and intervals that hold at every moment.

The unit is the pair: two matches of one deal with seats swapped, which share the luck of the deal. Its score is one of
0, 1/2, 1, 3/2 and 2; testing on these five (the pentanomial) rather than on single matches needs fewer matches, the
fewer the more the deal decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, log
from typing import Final

import numpy as np

from arena.ratings.bradley_terry import POINTS_PER_LOGIT, FloatArray

# Mean score per match of a pair, by outcome.
SCORES: Final = np.array([0.0, 0.25, 0.5, 0.75, 1.0])

# What an outcome that was never seen counts as, so that the likelihood stays finite; the value that engine tests use.
_UNSEEN: Final = 1e-3
# The mixture's parameter r that makes the bound narrowest at variance v is about this share of v, at level 0.95.
_TUNING: Final = 0.12
# Values before which the variance is not known well enough.
_FLOOR: Final = 20
_MOST_ELO: Final = 2000.0


class Verdict(StrEnum):
    """What a sequential test says."""

    CONTINUE = "continue"
    ACCEPT_ELO0 = "accept elo0"
    ACCEPT_ELO1 = "accept elo1"


@dataclass(frozen=True, slots=True)
class EloTest:
    """A test of whether the first agent is `elo0` or `elo1` points ahead, in expected score.

    Attributes:
        elo0: the smaller lead, in points.
        elo1: the larger lead.
        alpha: how often elo1 may be accepted when elo0 is true.
        beta: how often elo0 may be accepted when elo1 is true.
        floor: pairs before which nothing is decided: with fewer, the variance is not known well enough.
    """

    elo0: float
    elo1: float
    alpha: float = 0.05
    beta: float = 0.05
    floor: int = 20

    def __post_init__(self) -> None:
        if not -_MOST_ELO <= self.elo0 < self.elo1 <= _MOST_ELO:
            raise ValueError(f"expected elo0 below elo1, both within {_MOST_ELO:g}; got {self.elo0} and {self.elo1}")
        if not 0 < self.alpha < 0.5 or not 0 < self.beta < 0.5:
            raise ValueError(f"expected error rates between 0 and 0.5, got {self.alpha} and {self.beta}")


def pentanomial(pairs: Sequence[tuple[float, float]]) -> tuple[int, int, int, int, int]:
    """How many pairs ended with each score of the first agent, from 0 to 2 in halves.

    Args:
        pairs: the first agent's two scores in each pair: 1, 0.5 or 0 each.

    Raises:
        ValueError: a score is something else.
    """
    counts = [0] * len(SCORES)
    for pair in pairs:
        if not set(pair) <= {0.0, 0.5, 1.0}:
            raise ValueError(f"expected scores of 1, 0.5 or 0, got {pair}")
        counts[round(2 * sum(pair))] += 1
    none, half, one, more, both = counts
    return none, half, one, more, both


def log_likelihood_ratio(counts: Sequence[float], elo0: float, elo1: float) -> float:
    """Generalised log-likelihood ratio of a lead of elo1 against elo0; above 0 speaks for elo1.

    Each side is the best likelihood among all distributions over the five outcomes whose mean is the score that the
    lead implies: the draw rate and the luck of deals are not assumed but fitted (Van den Bergh, A practical
    introduction to the GSPRT, 2020; Owen, Empirical likelihood, 2001).

    Args:
        counts: pairs with each outcome (`pentanomial`).
        elo0: the smaller lead, in points.
        elo1: the larger lead.

    Raises:
        ValueError: there are not five counts, or one is negative.
    """
    if len(counts) != len(SCORES) or min(counts) < 0:
        raise ValueError(f"expected five counts of at least 0, got {list(counts)}")
    seen = np.maximum(np.asarray(counts, dtype=np.float64), _UNSEEN)
    shares = seen / seen.sum()
    return float(seen @ (np.log(_tilted(shares, _score(elo1))) - np.log(_tilted(shares, _score(elo0)))))


def decide(counts: Sequence[float], test: EloTest) -> Verdict:
    """What the pairs so far say, by the bounds of Wald, Sequential tests of statistical hypotheses, 1945."""
    if sum(counts) < test.floor:
        return Verdict.CONTINUE
    ratio = log_likelihood_ratio(counts, test.elo0, test.elo1)
    if ratio >= log((1 - test.beta) / test.alpha):
        return Verdict.ACCEPT_ELO1
    return Verdict.ACCEPT_ELO0 if ratio <= log(test.beta / (1 - test.alpha)) else Verdict.CONTINUE


def confidence_sequence(values: FloatArray, tuned_at: int, level: float = 0.95) -> tuple[FloatArray, FloatArray]:
    """Lower and upper ends of intervals for the mean after each value, which all hold at once.

    The normal mixture bound on a sum with variance v so far, sqrt((v + r) log((v + r) / (r a^2))) with a = 1 - level
    (Robbins 1970; Howard, Ramdas, McAuliffe and Sekhon, Time-uniform, nonparametric, nonasymptotic confidence
    sequences, Annals of Statistics 2021, equation 14), the variance estimated from the values. Looking often and
    stopping when one likes does no harm. The price: at `tuned_at` it is 1.55 times as wide as an interval for that
    moment alone.

    Args:
        values: independent, in order: one per deal, for instance a pair's mean payoff. Shape (n,).
        tuned_at: number of values at which the interval is to be as narrow as it can be, at least 2.
        level: probability that no interval misses the mean; approximate, for values without heavy tails.

    Returns:
        Two arrays of shape (n,); -inf and inf before the twentieth value and as long as all values are the same.

    Raises:
        ValueError: a value is not finite, or a parameter is out of range.
    """
    if not np.all(np.isfinite(values)) or tuned_at < 2 or not 0 < level < 1:
        raise ValueError("expected finite values, tuned_at of at least 2 and a level between 0 and 1")
    number = np.arange(1, len(values) + 1)
    # Around the first value, so that equal values have variance 0 exactly.
    shifted = values - values[:1]
    mean = np.cumsum(shifted) / number
    variance = (np.cumsum(shifted**2) - number * mean**2) / np.maximum(number - 1, 1)
    # Per unit of variance: the bound scales with it, and so the tuning is in numbers of values.
    tuned = _TUNING * tuned_at
    bound = np.sqrt((number + tuned) * np.log((number + tuned) / (tuned * (1 - level) ** 2)))
    known = (number >= _FLOOR) & (variance > 0)
    half = np.where(known, np.sqrt(np.maximum(variance, 0)) * bound / number, np.inf)
    return values[:1] + mean - half, values[:1] + mean + half


def _score(elo: float) -> float:
    """Expected score per match of an agent that is this many points ahead."""
    return 1 / (1 + exp(-elo / POINTS_PER_LOGIT))


def _tilted(shares: FloatArray, mean: float) -> FloatArray:
    """The most likely distribution with this mean: shares / (1 + t (score - mean)), for the one t that gives it."""
    from scipy.optimize import brentq

    away = SCORES - mean
    # Within these ends every denominator is positive.
    low, high = -1 / away.max(), -1 / away.min()
    margin = 1e-12 * (high - low)
    tilt = brentq(lambda t: float((shares * away / (1 + t * away)).sum()), low + margin, high - margin, xtol=1e-14)
    return np.asarray(shares / (1 + tilt * away))
