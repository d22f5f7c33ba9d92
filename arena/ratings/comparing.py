"""What a fit says of its agents against each other: who is better, at which rank, and on whose scale.

The interval of one strength depends on what the strengths are measured from; differences do not. So all of this rests
on differences and their covariance.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, stdtrit

from arena.ratings.bradley_terry import CENTRE, POINTS_PER_LOGIT
from arena.ratings.paired import PairFit
from arena.ratings.sandwich import FloatArray


def difference_variances(covariance: FloatArray) -> FloatArray:
    """Variance of x_i - x_j for all pairs: V_ii + V_jj - 2 V_ij, shape (A, A)."""
    own = np.diagonal(covariance)
    return np.maximum(0.0, own[:, None] + own[None, :] - 2 * covariance)


def better_probabilities(fit: PairFit) -> FloatArray:
    """How probable it is that i is better than j, shape (A, A), 1/2 on the diagonal.

    Phi((x_i - x_j) / sd) with the clustered standard deviation of the difference: the normal approximation to the
    posterior under a flat prior.
    """
    deviation = np.sqrt(difference_variances(fit.covariance[:-1, :-1]))
    np.fill_diagonal(deviation, 1.0)
    return np.asarray(ndtr((fit.strengths[:, None] - fit.strengths[None, :]) / deviation))


def rank_intervals(fit: PairFit, level: float = 0.95) -> npt.NDArray[np.int64]:
    """Best and worst plausible rank of each agent, shape (A, 2); 1 is the first.

    One agent's A - 1 differences to others are tested together (Bonferroni); who is surely better counts before it, who
    is surely worse behind it. Each agent's ranks hold its true rank with at least the level's probability (Mogstad,
    Romano, Shaikh and Wilhelm 2024). Student's t with the fewer clusters of the two, and no certainty below two.
    """
    agents = len(fit.strengths)
    groups = np.minimum(fit.clusters[:-1, None], fit.clusters[None, :-1])
    degrees = np.where(groups > 1, groups - 1.0, np.nan)
    cut = stdtrit(degrees, 1 - (1 - level) / (2 * max(1, agents - 1)))
    margin = cut * np.sqrt(difference_variances(fit.covariance[:-1, :-1]) * groups / degrees)
    ahead = fit.strengths[:, None] - fit.strengths[None, :]
    return np.stack([1 + (ahead < -margin).sum(1), agents - (ahead > margin).sum(1)], axis=1)


def anchored_ratings(fit: PairFit, agent: int, rating: float = CENTRE, level: float = 0.95) -> FloatArray:
    """Ratings in points on the scale where one agent has a known rating: columns estimate, low, high; shape (A, 3).

    The anchor's own interval is its rating alone: what is known of it by definition is not in doubt. Every other
    interval is that of its difference to the anchor, with the fewer clusters of the two; an end that the games do not
    bound is infinite, for all others too when it is the anchor that only won or only lost.
    """
    spread = difference_variances(fit.covariance[:-1, :-1])[agent]
    groups = np.minimum(fit.clusters[:-1], fit.clusters[agent])
    degrees = np.where(groups > 1, groups - 1.0, np.nan)
    half = stdtrit(degrees, (1 + level) / 2) * np.sqrt(spread * groups / degrees)
    ahead = fit.strengths - fit.strengths[agent]
    low, high = ahead - half, ahead + half
    low[(fit.only_lost | fit.only_won[agent]) & ~np.isnan(half)] = -np.inf
    high[(fit.only_won | fit.only_lost[agent]) & ~np.isnan(half)] = np.inf
    low[agent] = high[agent] = 0.0
    return rating + POINTS_PER_LOGIT * np.stack([ahead, low, high], axis=1)


def in_words(fit: PairFit, agent: int) -> str:
    """The rating of one agent with its interval, in points, as a person would say it.

    An agent that only won is "at least" its lower bound, one that only lost "at most" its upper one: no game says how
    far beyond it is. The pool's mean is 1000.
    """
    low, high = (CENTRE + POINTS_PER_LOGIT * float(end) for end in fit.intervals()[agent])
    if np.isnan(low) or np.isnan(high):
        return f"{CENTRE + POINTS_PER_LOGIT * fit.strengths[agent]:.0f}, with fewer than two clusters to say how surely"
    if np.isinf(high):
        return f"at least {low:.0f}"
    if np.isinf(low):
        return f"at most {high:.0f}"
    return f"{CENTRE + POINTS_PER_LOGIT * fit.strengths[agent]:.0f} ({low:.0f} to {high:.0f})"
