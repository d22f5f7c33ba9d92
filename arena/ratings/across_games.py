"""One headline number per agent across games.

The target, in words: over the games of the board, each game counted alike, how many standard deviations of true
strength does the agent stand above the mean of the agents, on average? A game that was played more often, or whose
ratings spread wider, counts no more than another.

Model: in game g the fitted strength of agent i is x_ig = m_g + tau_g theta_ig + e_ig. The noise e_ig is normal with the
standard error of the fit, taken as independent between agents. The standardised strengths theta_ig have variance 1 and
the same correlation rho between any two games: theta_ig = mu_i + b_ig (Efron and Morris 1975, with a second level).
tau_g is fitted game by game by restricted maximum likelihood, rho by maximum likelihood, and the headline is the mean
over games of what the data say of theta_ig. A game that tells agents not apart adds nothing but its uncertainty.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from arena.ratings.bradley_terry import FloatArray

# Standard normal quantile of a two-sided 95 % interval.
_QUANTILE: Final = 1.959963984540054
# The search for a spread stops at this many times the spread that is seen.
_WIDEST: Final = 3.0
_HIGHEST_CORRELATION: Final = 0.999


@dataclass(frozen=True, slots=True)
class Headline:
    """Strengths across games.

    Attributes:
        strength: mean standardised strength of each agent, shape (A,); 0 is the mean agent.
        low: lower ends of the 95 % intervals, shape (A,).
        high: upper ends, likewise.
        by_game: standardised strengths after shrinkage, shape (G, A).
        spread: standard deviation of true strength in each game, in the unit of its strengths, shape (G,).
        correlation: of standardised strengths between games, from 0 to 1.
    """

    strength: FloatArray
    low: FloatArray
    high: FloatArray
    by_game: FloatArray
    spread: FloatArray
    correlation: float


def headline(strengths: FloatArray, errors: FloatArray) -> Headline:
    """The mean of standardised strengths after shrinkage.

    Args:
        strengths: of each agent in each game, shape (G, A); NaN where an agent did not play.
        errors: their standard errors, same shape.

    Raises:
        ValueError: the shapes differ, a standard error is not positive, or a game has fewer than two agents.
    """
    _check(strengths, errors)
    fits = [_centre_and_spread(*_played(*game)) for game in zip(strengths, errors, strict=True)]
    centres, spread = np.array(fits).T
    shifted = strengths - centres[:, None]
    correlation = _correlation(shifted, errors, spread)
    agents = [_posterior(shifted[:, i], errors[:, i], spread, correlation) for i in range(strengths.shape[1])]
    by_game = np.array([mean for mean, _ in agents]).T
    strength = by_game.mean(axis=0)
    half = _QUANTILE * np.sqrt([covariance.mean() for _, covariance in agents])
    return Headline(strength, strength - half, strength + half, by_game, spread, correlation)


def _check(strengths: FloatArray, errors: FloatArray) -> None:
    if strengths.ndim != 2 or strengths.shape != errors.shape:
        raise ValueError(
            f"expected strengths and errors of one shape (games, agents), got {strengths.shape} and {errors.shape}"
        )
    played = ~np.isnan(strengths)
    if not np.all(np.isfinite(strengths[played])) or not np.all(np.isfinite(errors[played]) & (errors[played] > 0)):
        raise ValueError("expected finite strengths with finite standard errors above 0; NaN strength: did not play")
    if np.any(played.sum(axis=1) < 2):
        few = np.flatnonzero(played.sum(axis=1) < 2).tolist()
        raise ValueError(f"games number {few} have fewer than two agents: nobody there to be compared with")


def _played(strengths: FloatArray, errors: FloatArray) -> tuple[FloatArray, FloatArray]:
    there = ~np.isnan(strengths)
    return strengths[there], errors[there]


def _centre_and_spread(strengths: FloatArray, errors: FloatArray) -> tuple[float, float]:
    """Mean and standard deviation of true strength in one game, by restricted maximum likelihood."""

    def loss(spread: float) -> float:
        weights = 1 / (spread**2 + errors**2)
        residuals = strengths - np.average(strengths, weights=weights)
        return float((weights * residuals**2).sum() - np.log(weights).sum() + np.log(weights.sum()))

    spread = _minimum(loss, _WIDEST * float(np.ptp(strengths)))
    return float(np.average(strengths, weights=1 / (spread**2 + errors**2))), spread


def _correlation(shifted: FloatArray, errors: FloatArray, spread: FloatArray) -> float:
    """The correlation between games under which the strengths are most likely."""

    def loss(correlation: float) -> float:
        total = 0.0
        for agent in range(shifted.shape[1]):
            there = ~np.isnan(shifted[:, agent])
            seen, scale = shifted[there, agent], spread[there]
            covariance = _prior(len(seen), correlation) * np.outer(scale, scale) + np.diag(errors[there, agent] ** 2)
            total += np.linalg.slogdet(covariance)[1] + seen @ np.linalg.solve(covariance, seen)
        return float(total)

    return _minimum(loss, _HIGHEST_CORRELATION) if len(spread) > 1 else 0.0


def _posterior(
    shifted: FloatArray, errors: FloatArray, spread: FloatArray, correlation: float
) -> tuple[FloatArray, FloatArray]:
    """Mean and covariance of one agent's standardised strengths in all games, played or not."""
    there = ~np.isnan(shifted)
    prior = _prior(len(spread), correlation)
    loading = prior[:, there] * spread[there]
    seen = loading[there] * spread[there, None] + np.diag(errors[there] ** 2)
    gain = np.linalg.solve(seen, loading.T).T
    return gain @ shifted[there], prior - gain @ loading.T


def _prior(games: int, correlation: float) -> FloatArray:
    return np.asarray(correlation + (1 - correlation) * np.eye(games))


def _minimum(loss: Callable[[float], float], highest: float) -> float:
    """Where a loss of one variable is least between 0 and `highest`; 0 itself where nothing inside is better."""
    from scipy.optimize import minimize_scalar

    found = float(minimize_scalar(loss, bounds=(0.0, highest), method="bounded").x) if highest > 0 else 0.0
    return found if loss(found) < loss(0.0) else 0.0
