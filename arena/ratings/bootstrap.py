"""Intervals for Bradley-Terry strengths: a Bayesian bootstrap over clusters.

Matches that share a deal are not independent, clusters are; so clusters are what is resampled. Each gets a random
weight from the exponential distribution, and the strengths are fitted anew (Rubin 1981; Newton and Raftery 1994).
Clusters with equal scores are handled together (a sum of n exponential weights is a gamma weight), so that the cost
depends on how many different results there are, not on how many matches.

Two things go beyond the textbook, both because percentile intervals are too narrow without them:

* The virtual half win and half loss of the prior get gamma weights of shape 1/2: added to the wins and losses of a
  binomial sample, they make the resampled share follow the posterior of Jeffreys (Brown, Cai and DasGupta 2001). An
  agent that won everything thus gets a wide interval. With fixed virtual games it would get a narrow one, because
  resampling cannot vary what never varied.
* The percentiles are widened for few clusters as a Student-t interval is (the expanded percentile interval of
  Hesterberg 2015).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array
from scipy.special import ndtr, stdtrit

from arena.ratings.bradley_terry import VIRTUAL_LOSSES, VIRTUAL_WINS, FloatArray, strengths
from arena.ratings.results import MatchScore, comparisons

RESAMPLES: Final = 1000
LEVEL: Final = 0.95

# Numbers held at once, per array: 32 MB.
_BATCH_NUMBERS: Final = 4_000_000
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

    def clusters_of_agents(self) -> list[int]:
        """In how many clusters each agent was compared."""
        found = [0] * len(self.agents)
        for pattern, count in zip(self.patterns, self.counts, strict=True):
            for agent in {agent for i, j, _ in pattern for agent in (i, j)}:
                found[agent] += count
        return found


@dataclass(frozen=True, slots=True)
class Spread:
    """How sure the place of one agent is.

    Attributes:
        low: lower end of the strength, in logits.
        high: upper end.
        rank_low: best plausible rank; 1 is the first.
        rank_high: worst plausible rank.
    """

    low: float
    high: float
    rank_low: int
    rank_high: int


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


def resampled_strengths(found: Evidence, resamples: int = RESAMPLES, seed: int = 0) -> FloatArray:
    """Strengths under random weights of clusters and virtual games: shape (resamples, A)."""
    rng = np.random.default_rng(seed)
    agents, patterns = len(found.agents), len(found.patterns)
    batch = max(1, _BATCH_NUMBERS // max(agents**2, patterns))
    fitted = []
    for start in range(0, resamples, batch):
        size = min(batch, resamples - start)
        scores = _weighted_scores(found, rng.gamma(found.counts, size=(size, patterns)))
        wins = rng.gamma(VIRTUAL_WINS, size=(size, agents))
        losses = rng.gamma(VIRTUAL_LOSSES, size=(size, agents))
        fitted.append(strengths(scores, wins, losses))
    return np.concatenate(fitted)


def spreads(found: Evidence, resampled: FloatArray, level: float = LEVEL) -> list[Spread | None]:
    """The interval of each agent's strength and rank; None for an agent with fewer than two clusters."""
    ranks = (-resampled).argsort(axis=1).argsort(axis=1) + 1
    clusters = found.clusters_of_agents()
    return [
        None if count < 2 else _spread(resampled[:, agent], ranks[:, agent], expanded_tail(count, level))
        for agent, count in enumerate(clusters)
    ]


def expanded_tail(clusters: int, level: float = LEVEL) -> float:
    """The share of resamples to cut at each end: less than (1 - level) / 2, the more so the fewer the clusters.

    Hesterberg 2015, with the factor that fits exponential weights, whose variance is smaller by
    (clusters - 1) / (clusters + 1) than that of a sample mean.
    """
    quantile = stdtrit(clusters - 1, (1 + level) / 2)
    return float(ndtr(-np.sqrt((clusters + 1) / (clusters - 1)) * quantile))


def _spread(strength: FloatArray, rank: np.ndarray[tuple[int], np.dtype[np.int64]], tail: float) -> Spread:
    low, high = np.quantile(strength, [tail, 1 - tail])
    rank_low, rank_high = np.quantile(rank, [tail, 1 - tail], method="inverted_cdf")
    return Spread(float(low), float(high), int(rank_low), int(rank_high))


def _weighted_scores(found: Evidence, weights: FloatArray) -> FloatArray:
    """Scores with each pattern weighted: weights of shape (R, patterns) to scores of shape (R, A, A)."""
    agents = len(found.agents)
    cells = [(row, i * agents + j, score) for row, pattern in enumerate(found.patterns) for i, j, score in pattern]
    rows, columns, values = zip(*cells, strict=True)
    by_pattern = csr_array((values, (rows, columns)), shape=(len(found.patterns), agents * agents))
    return np.asarray(weights @ by_pattern).reshape(-1, agents, agents)
