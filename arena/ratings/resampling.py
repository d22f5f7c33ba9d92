"""The Bayesian bootstrap over clusters for integer arrays: `evidence` for large tables.

Clusters in which the same two agents scored the same are drawn together, as one gamma weight, so that the cost of a
resample depends on how many different clusters there are and not on how many games.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from arena.ratings.bradley_terry import VIRTUAL_LOSSES, VIRTUAL_WINS, strengths
from arena.ratings.paired import Games
from arena.ratings.sandwich import FloatArray, IntArray, totals

# Scores of a cluster are compared after rounding, so that the order in which they were added does not matter.
_DECIMALS: Final = 9


class Patterns(NamedTuple):
    """Different clusters, and how often each occurs.

    Attributes:
        counts: of each pattern, shape (K,).
        pattern: of each entry.
        cell: i * A + j of each entry: i scored against j.
        score: how much.
    """

    counts: npt.NDArray[np.int64]
    pattern: IntArray
    cell: IntArray
    score: FloatArray


def patterns_of(games: Games, agents: int) -> Patterns:
    """The different clusters of the games. Clusters that hold several pairs are all taken as different."""
    low, high = np.minimum(games.first, games.second), np.maximum(games.first, games.second)
    pairs = np.multiply(low, agents, dtype=np.int64) + high
    weight = np.ones(len(pairs)) if games.weight is None else games.weight
    of_low = np.where(games.first == low, games.score, 1 - games.score) * weight
    if games.cluster is None:
        return _merged(pairs, of_low, weight - of_low, agents)
    pair = np.zeros(int(games.cluster.max()) + 1, dtype=np.int64)
    pair[games.cluster] = pairs
    if np.array_equal(pair[games.cluster], pairs):
        scores = totals(games.cluster, of_low), totals(games.cluster, weight - of_low)
        return _merged(pair, *scores, agents)
    used = np.unique(games.cluster, return_inverse=True)[1]
    counts = np.ones(int(used.max()) + 1, dtype=np.int64)
    return Patterns(counts, *_both_ways(used, pairs, of_low, weight - of_low, agents))


def resampled(games: Games, agents: int, resamples: int = 100, seed: int = 0) -> FloatArray:
    """Strengths under random weights of clusters and of the prior's virtual games: shape (resamples, A).

    Args:
        games: of one pool; seats are not told apart.
        agents: how many there are.
        resamples: how many rows to draw.
        seed: the same seed gives the same rows.
    """
    found, rng = patterns_of(games, agents), np.random.default_rng(seed)
    rows = np.empty((resamples, agents))
    for row in rows:
        weights = rng.gamma(found.counts)
        scores = totals(found.cell, found.score * weights[found.pattern], agents**2)
        wins, losses = rng.gamma(VIRTUAL_WINS, size=agents), rng.gamma(VIRTUAL_LOSSES, size=agents)
        row[:] = strengths(scores.reshape(agents, agents), wins, losses)
    return rows


def _merged(pair: IntArray, low: FloatArray, high: FloatArray, agents: int) -> Patterns:
    """Clusters of one pair each, those with equal scores merged; clusters without games vanish."""
    low_values, low_code = np.unique(np.round(low, _DECIMALS), return_inverse=True)
    high_values, high_code = np.unique(np.round(high, _DECIMALS), return_inverse=True)
    code = (pair * len(low_values) + low_code) * len(high_values) + high_code
    different, counts = np.unique(code, return_counts=True)
    rest, high_code = np.divmod(different, len(high_values))
    pair, low_code = np.divmod(rest, len(low_values))
    entries = _both_ways(np.arange(len(counts)), pair, low_values[low_code], high_values[high_code], agents)
    return Patterns(counts, *entries)


def _both_ways(
    pattern: IntArray, pair: IntArray, low: FloatArray, high: FloatArray, agents: int
) -> tuple[IntArray, IntArray, FloatArray]:
    """Entries for what the lower-numbered agent scored and for what the other did."""
    first, second = np.divmod(pair, agents)
    cells = np.concatenate([pair, second * agents + first])
    return np.concatenate([pattern, pattern]), cells, np.concatenate([low, high])
