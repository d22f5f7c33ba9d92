"""How much of what a pool shows is cyclic: rock beats scissors, which no rating can say.

The log-odds of each pair split into a part that differences of ratings explain and a cyclic rest, orthogonal to each
other (Jiang, Lim, Yao and Ye, Statistical ranking and combinatorial Hodge theory, 2011). The share of the rest in the
sum of squares is the cyclic share. Chance results look cyclic too, so that the expected noise is taken off first. Under
`MIN_GAMES` games a pair what is left is biased low, and there is no number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from arena.ratings.bradley_terry import FloatArray

MIN_GAMES: Final = 20
RESAMPLES: Final = 1000

# Added to wins and to losses, so that log-odds stay finite (Haldane 1956; Anscombe 1956).
_HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class CyclicShare:
    """The cyclic share of a pool.

    Attributes:
        share: from 0 (ratings say it all) to 1; None where it is not identifiable.
        low: lower end of the 95 % interval, likewise.
        high: upper end, likewise.
        games: games of the pair that met least.
        reason: why there is no number, in words; None where there is one.
    """

    share: float | None
    low: float | None
    high: float | None
    games: float
    reason: str | None


def log_odds(scores: FloatArray) -> FloatArray:
    """Log-odds of each pair, 0 where it never met; shape (..., A, A), antisymmetric.

    Args:
        scores: what i scored against j: wins plus half the draws; shape (..., A, A).
    """
    return np.asarray(np.log(scores + _HALF) - np.log(scores.swapaxes(-1, -2) + _HALF))


def hodge_split(lead: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The ratings that explain most of the leads, shape (..., A), and the cyclic rest, shape (..., A, A)."""
    ratings = lead.mean(axis=-1)
    return ratings, lead - (ratings[..., :, None] - ratings[..., None, :])


def cyclic_share(scores: FloatArray, resamples: int = RESAMPLES, seed: int = 0) -> CyclicShare:
    """The debiased cyclic share with its interval.

    With F the log-odds, C their cyclic part and v their variances: (|C|^2 - (A-2)/A sum v) / (|F|^2 - sum v), over
    pairs; (A-2)/A is the share of dimensions that are cyclic. The interval adds normal noise of variance v and takes
    off both doses. Matches count as independent: of matches that share a deal, enter the mean score as one.

    Args:
        scores: what i scored against j, shape (A, A): wins plus half the draws.
        resamples: draws for the interval.
        seed: of these draws.
    """
    games = scores + scores.T
    agents = len(scores)
    fewest = float(games[~np.eye(agents, dtype=bool)].min(initial=np.inf)) if agents > 1 else 0.0
    if agents < 3:
        return CyclicShare(None, None, None, fewest, "not identifiable: a cycle needs three agents")
    if fewest < MIN_GAMES:
        reason = f"not identifiable: a pair met {fewest:g} times, at least {MIN_GAMES} are needed"
        return CyclicShare(None, None, None, fewest, reason)
    lead, noise = log_odds(scores), _noise(scores)
    share = float(_share(lead, noise))
    rng = np.random.default_rng(seed)
    draws = np.triu(rng.standard_normal((resamples, agents, agents)) * np.sqrt(noise), 1)
    resampled = _share(lead + draws - draws.swapaxes(-1, -2), 2 * noise)
    if np.isnan(share) or np.isnan(resampled).mean() > 0.05:
        return CyclicShare(None, None, None, fewest, "not identifiable: the agents cannot be told apart")
    low, high = np.nanquantile(resampled, [0.025, 0.975])
    return CyclicShare(share, float(low), float(high), fewest, None)


def _noise(scores: FloatArray) -> FloatArray:
    """Variance of the log-odds of each pair, 0 on the diagonal."""
    noise = 1 / (scores + _HALF) + 1 / (scores.T + _HALF)
    np.fill_diagonal(noise, 0.0)
    return np.asarray(noise)


def _share(lead: FloatArray, noise: FloatArray) -> FloatArray:
    """The debiased share, cut to 0..1; NaN where nothing but noise is seen."""
    agents, expected = len(noise), noise.sum()
    cyclic = (hodge_split(lead)[1] ** 2).sum((-1, -2)) - (agents - 2) / agents * expected
    total = (lead**2).sum((-1, -2)) - expected
    return np.asarray(np.clip(np.divide(cyclic, total, out=np.full(np.shape(total), np.nan), where=total > 0), 0, 1))
