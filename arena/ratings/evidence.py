"""What agents scored against each other, cluster by cluster, and the same under random weights of clusters.

Matches that share a deal are not independent, clusters are; so clusters are what is resampled. Each gets a random
weight from the exponential distribution (Rubin 1981; Newton and Raftery 1994). Clusters with equal scores are handled
together (a sum of n exponential weights is a gamma weight), so that the cost depends on how many different results
there are, not on how many matches.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from arena.ratings.bradley_terry import FloatArray
from arena.ratings.results import MatchScore, comparisons

# Shares of a score are compared after rounding, so that the order in which they were added does not matter.
_DECIMALS: Final = 12

ClusterScores = tuple[tuple[int, int, float], ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the agents of a pool scored against each other, cluster by cluster.

    Attributes:
        agents: names, sorted; agents that were never compared are left out.
        patterns: the different score lists that clusters have; an entry (i, j, s) says that i scored s against j.
        counts: number of clusters with each pattern.
    """

    agents: tuple[str, ...]
    patterns: tuple[ClusterScores, ...]
    counts: tuple[int, ...]

    def scores(self) -> FloatArray:
        """All clusters together: shape (A, A), what i scored against j."""
        return np.asarray(_weighted_scores(self, np.array([self.counts], dtype=np.float64))[0])


def evidence(matches: Iterable[MatchScore]) -> Evidence:
    """Gather the comparisons of one pool by cluster. The order of the matches does not matter."""
    by_cluster: defaultdict[str, defaultdict[tuple[str, str], float]] = defaultdict(lambda: defaultdict(float))
    for match in matches:
        for first, second, score, weight in comparisons(match):
            scored = by_cluster[match.cluster]
            scored[first, second] += weight * score
            scored[second, first] += weight * (1 - score)
    agents = tuple(sorted({name for scored in by_cluster.values() for pair in scored for name in pair}))
    place = {name: number for number, name in enumerate(agents)}
    patterns = Counter(
        tuple(sorted((place[a], place[b], round(s, _DECIMALS)) for (a, b), s in scored.items() if s))
        for scored in by_cluster.values()
    )
    ordered = sorted(patterns)
    return Evidence(agents, tuple(ordered), tuple(patterns[pattern] for pattern in ordered))


def resampled_scores(found: Evidence, resamples: int, seed: int = 0) -> FloatArray:
    """Scores under random weights of clusters: shape (resamples, A, A)."""
    weights = np.random.default_rng(seed).gamma(found.counts, size=(resamples, len(found.patterns)))
    return _weighted_scores(found, weights)


def _weighted_scores(found: Evidence, weights: FloatArray) -> FloatArray:
    """Scores with each pattern weighted: weights of shape (R, patterns) to scores of shape (R, A, A)."""
    agents = len(found.agents)
    cells = [(row, i * agents + j, score) for row, pattern in enumerate(found.patterns) for i, j, score in pattern]
    rows, columns, values = zip(*cells, strict=True)
    by_pattern = csr_array((values, (rows, columns)), shape=(len(found.patterns), agents * agents))
    return np.asarray(weights @ by_pattern).reshape(-1, agents, agents)
