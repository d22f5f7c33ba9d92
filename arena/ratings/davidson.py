"""Bradley-Terry with draws (Davidson 1970): what is needed to predict a draw, which strengths alone cannot.

With d = x_i - x_j, the chances of win, draw and loss are as exp(d / 2), nu and exp(-d / 2). Two equals draw with chance
nu / (nu + 2). Ratings proper count a draw as half a win instead and hold under any law of draws; this model is for
forecasts.

The prior is weak: each agent half won and half lost against the mean, as in the ratings, and two equals half drew and
half decided one game. It keeps strengths finite after wins alone, and nu positive where nothing was drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import expit, softmax

from arena.ratings.bradley_terry import VIRTUAL_LOSSES, VIRTUAL_WINS
from arena.ratings.sandwich import FloatArray, inverse_in_plane

_MAX_STEPS: Final = 500
_CONVERGED: Final = 1e-9


@dataclass(frozen=True, slots=True)
class DavidsonFit:
    """Strengths in logits, summing to 0, and the logarithm of nu."""

    strengths: FloatArray
    log_nu: float

    def chances(self, first: int, second: int) -> tuple[float, float, float]:
        """The chances that the first wins, that it is a draw, and that the second wins."""
        table = _chances(self.strengths, self.log_nu)[:, first, second]
        return float(table[0]), float(table[1]), float(table[2])


def fit_davidson(wins: FloatArray, draws: FloatArray) -> DavidsonFit:
    """The most likely strengths and tendency to draw, by Newton's method.

    Args:
        wins: shape (A, A); `wins[i, j]` is how often i beat j.
        draws: shape (A, A), symmetric; how often i and j drew.

    Raises:
        ValueError: the draws are not symmetric, or a count is negative or NaN.
    """
    if not np.array_equal(draws, draws.T):
        raise ValueError("expected as many draws of i with j as of j with i; the table is not symmetric")
    if not ((wins >= 0).all() and (draws >= 0).all()):
        raise ValueError("expected counts of 0 or more; negative ones or NaN are among them")
    place: FloatArray = np.zeros(len(wins) + 1)
    for _ in range(_MAX_STEPS):
        gradient, curvature = _slopes(place, wins, draws)
        step = inverse_in_plane(curvature, len(wins)) @ gradient
        step /= max(1.0, float(np.ptp(step[:-1]) + abs(step[-1])))
        place = place + step
        if np.abs(step).max() < _CONVERGED:
            return DavidsonFit(place[:-1], float(place[-1]))
    raise ValueError("no strengths fit: the counts differ by too many orders of magnitude")


def _chances(x: FloatArray, log_nu: float) -> FloatArray:
    """Win, draw and loss for all pairs: shape (3, A, A)."""
    ahead = (x[:, None] - x[None, :]) / 2
    return np.asarray(softmax(np.stack([ahead, np.full_like(ahead, log_nu), -ahead]), axis=0))


def _slopes(place: FloatArray, wins: FloatArray, draws: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Gradient and minus the second derivative of the log-likelihood with its prior; nu last."""
    x, log_nu = place[:-1], float(place[-1])
    win, draw, loss = _chances(x, log_nu)
    games = wins + wins.T + draws
    # Every pair stands twice in these tables: once from each side.
    by_strength = (wins - wins.T - games * (win - loss)) / 2
    by_draws = (draws - games * draw).sum() / 2
    weights = games * (win + loss - (win - loss) ** 2) / 4
    mixed = -games * (win - loss) * draw / 2
    curvature = np.zeros((len(place), len(place)))
    curvature[:-1, :-1] = np.diag(weights.sum(1)) - weights
    curvature[-1, :-1] = curvature[:-1, -1] = mixed.sum(1)
    curvature[-1, -1] = (games * draw * (1 - draw)).sum() / 2
    # Two equals draw with chance nu / (nu + 2).
    at = np.append(expit(x), expit(log_nu - np.log(2)))
    curvature += np.diag((VIRTUAL_WINS + VIRTUAL_LOSSES) * at * (1 - at))
    prior = VIRTUAL_WINS - (VIRTUAL_WINS + VIRTUAL_LOSSES) * at
    return np.append(by_strength.sum(1), by_draws) + prior, curvature
