"""How good stated beliefs are: scores of probability forecasts, and their calibration.

A forecast names the probability of every outcome; a score compares it with the outcome that came.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from math import fsum, isclose, log2
from typing import NamedTuple, TypeVar

Outcome = TypeVar("Outcome", bound=Hashable)
Forecast = Mapping[Outcome, float]


def brier_score(forecast: Forecast[Outcome], outcome: Outcome) -> float:
    """Sum of squared differences from the outcome's indicator: 0 is perfect, 2 sure of something else.

    Brier, Verification of forecasts expressed in terms of probability, 1950 (his original, over all classes).

    Raises:
        ValueError: the forecast is no distribution.
    """
    _check(forecast)
    named = fsum((p - (key == outcome)) ** 2 for key, p in forecast.items())
    return named if outcome in forecast else named + 1


def log_score(forecast: Forecast[Outcome], outcome: Outcome) -> float:
    """Surprise at the outcome in bits: 0 is perfect, infinite for what had been ruled out.

    Good, Rational decisions, 1952.

    Raises:
        ValueError: the forecast is no distribution.
    """
    _check(forecast)
    probability = forecast.get(outcome, 0.0)
    return -log2(probability) if probability > 0 else float("inf")


class CalibrationBin(NamedTuple):
    """Forecasts of about the same probability.

    Attributes:
        stated: their mean.
        came_true: the share of them that came true.
        n: how many they are.
    """

    stated: float
    came_true: float
    n: int


def calibration(forecasts: Sequence[tuple[float, bool]], bins: int = 10) -> list[CalibrationBin]:
    """Stated probabilities against how often they came true, in bins of equal width that hold any.

    Murphy and Winkler, Reliability of subjective probability forecasts, 1977.

    Args:
        forecasts: probability stated for an event, and whether it happened.
        bins: number of bins; the last one holds probability 1 too.
    """
    held: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for stated, came in forecasts:
        held[min(int(stated * bins), bins - 1)].append((stated, came))
    return [
        CalibrationBin(fsum(p for p, _ in each) / len(each), sum(came for _, came in each) / len(each), len(each))
        for each in held
        if each
    ]


def calibration_error(forecasts: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Mean distance of stated probabilities from shares that came true, bins weighed by size; from 0 to 1.

    Naeini, Cooper and Hauskrecht, Obtaining well calibrated probabilities using Bayesian binning, 2015.

    Raises:
        ValueError: there are no forecasts.
    """
    if not forecasts:
        raise ValueError("calibration needs at least one forecast")
    found = calibration(forecasts, bins)
    return fsum(each.n * abs(each.stated - each.came_true) for each in found) / len(forecasts)


def _check(forecast: Forecast[Outcome]) -> None:
    if min(forecast.values(), default=-1.0) < 0 or not isclose(fsum(forecast.values()), 1, abs_tol=1e-6):
        raise ValueError(f"a forecast's probabilities must be at least 0 and sum to 1, but it is {dict(forecast)}")
