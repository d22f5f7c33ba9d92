"""Bradley-Terry strengths by penalised maximum likelihood, on aggregated scores.

Model (Bradley and Terry 1952): agent i beats agent j with probability 1 / (1 + exp(x_j - x_i)). A draw counts as half a
win and half a loss, so that a rating is a statement about expected score. Strengths x are in logits and sum to 0.

The prior is weak and stated: each agent also drew one virtual game against the pool's mean. It keeps the strength of an
agent that won or lost everything finite, where maximum likelihood has none (Ford 1957), and pulls little elsewhere.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import expit

FloatArray = npt.NDArray[np.float64]

CENTRE: Final = 1000.0
POINTS_PER_LOGIT: Final = 400 / float(np.log(10))

# Half a win and half a loss: one draw.
VIRTUAL_WINS: Final = 0.5
VIRTUAL_LOSSES: Final = 0.5

_MAX_STEPS: Final = 200
_CONVERGED: Final = 1e-9


def to_ratings(fitted: FloatArray) -> FloatArray:
    """Strengths in logits as ratings: mean `CENTRE`, 400 points for odds of 10 to 1 (Elo 1978)."""
    return CENTRE + POINTS_PER_LOGIT * fitted


def strengths(
    scores: FloatArray,
    virtual_wins: FloatArray | float = VIRTUAL_WINS,
    virtual_losses: FloatArray | float = VIRTUAL_LOSSES,
) -> FloatArray:
    """The strengths that fit the scores best.

    Args:
        scores: shape (..., A, A); `scores[i, j]` is what i scored against j: wins plus half the draws, weighted.
        virtual_wins: what each agent scored against the mean, of a shape that broadcasts to (..., A).
        virtual_losses: what the mean scored against each agent, likewise.

    Returns:
        Logits of shape (..., A), each row summing to 0.

    Raises:
        ValueError: no finite strengths fit; this cannot happen with a prior.
    """
    shape = scores.shape[:-1]
    wins, losses = np.broadcast_to(virtual_wins, shape), np.broadcast_to(virtual_losses, shape)
    fitted: FloatArray = np.zeros(shape)
    for _ in range(_MAX_STEPS):
        step = _newton_step(fitted, scores, wins, losses)
        fitted = fitted + step
        if np.max(np.abs(step), initial=0.0) < _CONVERGED:
            return fitted
    raise ValueError("no finite strengths fit: some agents never scored against others, and there is no prior")


def _newton_step(fitted: FloatArray, scores: FloatArray, wins: FloatArray, losses: FloatArray) -> FloatArray:
    """One Newton step within the plane where strengths sum to 0, cut so that no difference changes by over 1 logit.

    Steps of that length never lose likelihood (the logistic loss is self-concordant: Bach 2010).
    """
    expected = expit(fitted[..., :, None] - fitted[..., None, :])
    games = scores + scores.swapaxes(-1, -2)
    against_mean = expit(fitted)
    gradient = (scores - games * expected).sum(-1) + wins * (1 - against_mean) - losses * against_mean
    weights = games * expected * (1 - expected)
    diagonal = weights.sum(-1) + (wins + losses) * against_mean * (1 - against_mean)
    step = _solve_in_plane(_with_diagonal(-weights, diagonal), gradient)
    return np.asarray(step / np.maximum(1.0, np.ptp(step, axis=-1, keepdims=True)))


def _solve_in_plane(curvature: FloatArray, gradient: FloatArray) -> FloatArray:
    """Solve `curvature @ step = gradient` for a step that sums to 0, by one Lagrange multiplier."""
    agents = gradient.shape[-1]
    bordered = np.ones((*gradient.shape[:-1], agents + 1, agents + 1))
    bordered[..., :agents, :agents] = curvature
    bordered[..., agents, agents] = 0.0
    target = np.zeros((*gradient.shape[:-1], agents + 1, 1))
    target[..., :agents, 0] = gradient
    return np.linalg.solve(bordered, target)[..., :agents, 0]


def _with_diagonal(matrix: FloatArray, diagonal: FloatArray) -> FloatArray:
    places = np.arange(diagonal.shape[-1])
    matrix[..., places, places] = diagonal
    return matrix
