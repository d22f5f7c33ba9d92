"""Quantal response: how steeply the chance of an action grows with its value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from scipy.optimize import brentq
from scipy.special import chdtri

from games.solvers.sequences import FloatArray

# Largest log-likelihood ratio statistic that a 95 % interval of one parameter holds.
_RATIO: Final = float(chdtri(1, 0.05))


class Choice(NamedTuple):
    """One decision: its cluster, the value of each action, and the index of the one taken."""

    cluster: str
    values: tuple[float, ...]
    taken: int


class Precision(NamedTuple):
    """The parameter of a logit choice rule, per unit of payoff.

    Attributes:
        value: estimate, from 0 (any action alike) to the cap.
        low: lower end of the 95 % interval.
        high: upper end; None when the data do not bound it below the cap.
        capped: whether the data ask for the cap or more: no action worse than the best was taken, or hardly any.
        pseudo_r2: 1 minus the log-likelihood over that of uniform play (McFadden).
    """

    value: float
    low: float
    high: float | None
    capped: bool
    pseudo_r2: float


def differing(choices: Sequence[Choice]) -> list[Choice]:
    """The decisions between actions of different values: others say nothing about precision."""
    return [choice for choice in choices if max(choice.values) > min(choice.values)]


def log_likelihoods(choices: Sequence[Choice], precision: float) -> list[float]:
    """Log-likelihood of each decision under the logit rule of a precision; at 0 it is that of uniform play."""
    return list(map(float, _Data(choices).log_likelihoods(precision)))


def fit_precision(choices: Sequence[Choice], cap: float) -> Precision | None:
    """The precision of greatest likelihood; None when no decision offers actions of different values.

    Choice probabilities are exp(precision value) over their sum (McKelvey and Palfrey, Quantal response equilibria
    for normal form games, 1995, with values given rather than found at a fixed point). The log-likelihood is concave.
    The interval holds the values whose likelihood-ratio statistic is below the chi-squared quantile, after division
    by the cluster-robust variance of the score over its information (Chandler and Bate, Inference for clustered data
    using the independence loglikelihood, 2007); at either end of the range, where that ratio says nothing, each
    cluster counts once.
    """
    telling = differing(choices)
    if not telling:
        return None
    data = _Data(telling)
    value = _peak(data, cap)
    target = data.log_likelihood(value) - _RATIO / 2 * data.dispersion(value, interior=0 < value < cap)

    def above(precision: float) -> float:
        return data.log_likelihood(precision) - target

    low = 0.0 if above(0.0) >= 0 else float(brentq(above, 0.0, value))
    high = None if above(cap) >= 0 else float(brentq(above, value, cap))
    r2 = 1 - data.log_likelihood(value) / data.log_likelihood(0.0)
    return Precision(value, low, high, value == cap, r2)


def _peak(data: _Data, cap: float) -> float:
    """Where the score is 0, or the end of the range towards which the likelihood grows."""
    if data.score(0.0) <= 0:
        return 0.0
    if data.score(cap) >= 0:
        return cap
    return float(brentq(data.score, 0.0, cap))


class _Data:
    """Decisions as arrays: shortfalls of each action from the best one, shape (decisions, actions)."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        width = max(len(choice.values) for choice in choices)
        self.legal = np.array([[number < len(choice.values) for number in range(width)] for choice in choices])
        self.shortfall = np.zeros(self.legal.shape)
        self.shortfall[self.legal] = [value - max(choice.values) for choice in choices for value in choice.values]
        self.taken = self.shortfall[np.arange(len(choices)), [choice.taken for choice in choices]]
        self.clusters = [choice.cluster for choice in choices]

    def log_likelihoods(self, precision: float) -> FloatArray:
        weights = self.legal * np.exp(precision * self.shortfall)
        return np.asarray(precision * self.taken - np.log(weights.sum(axis=1)))

    def log_likelihood(self, precision: float) -> float:
        return float(self.log_likelihoods(precision).sum())

    def score(self, precision: float) -> float:
        return float(self._scores(self._probabilities(precision)).sum())

    def dispersion(self, precision: float, interior: bool) -> float:
        """How much more the score varies than independent decisions would make it; at least 1."""
        count = len(set(self.clusters))
        if not interior or count < 2:
            return len(self.clusters) / count
        probabilities = self._probabilities(precision)
        means = (probabilities * self.shortfall).sum(axis=1)
        information = float((probabilities * (self.shortfall - means[:, None]) ** 2).sum())
        of_cluster: defaultdict[str, float] = defaultdict(float)
        for cluster, score in zip(self.clusters, self._scores(probabilities).tolist(), strict=True):
            of_cluster[cluster] += score
        squares = sum(score**2 for score in of_cluster.values())
        return max(1.0, squares * count / (count - 1) / information)

    def _probabilities(self, precision: float) -> FloatArray:
        weights = self.legal * np.exp(precision * self.shortfall)
        return np.asarray(weights / weights.sum(axis=1, keepdims=True))

    def _scores(self, probabilities: FloatArray) -> FloatArray:
        return np.asarray(self.taken - (probabilities * self.shortfall).sum(axis=1))
