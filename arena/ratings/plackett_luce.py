"""Plackett-Luce strengths from matches of any number of players, with intervals clustered by match or deal.

The first place goes to one of the players with chances as exp(x), the next to one of the rest likewise, and so on (Luce
1959; Plackett 1975). A match of which only the winner is known says only who came first; a match of two is
Bradley-Terry. The prior is that of the ratings: one virtual draw of each agent against the mean.

Taking a ranking apart into pairs would give much the same strengths, but intervals as if the pairs were independent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.special import expit

from arena.ratings.bradley_terry import VIRTUAL_LOSSES, VIRTUAL_WINS
from arena.ratings.sandwich import FloatArray, IntArray, clustered_meat, half_widths, inverse_in_plane, totals

_MAX_STEPS: Final = 500
_CONVERGED: Final = 1e-9


class Ranking(NamedTuple):
    """How one match ended.

    Attributes:
        agents: numbers of the players, best first.
        known: how many places are known from the top; the rest came behind in unknown order. 1: only the winner.
        cluster: number from 0 up, shared by matches that are not independent.
    """

    agents: tuple[int, ...]
    known: int
    cluster: int


@dataclass(frozen=True, slots=True)
class RankingFit:
    """Strengths and how sure they are.

    Attributes:
        strengths: logits, shape (A,), summing to 0.
        covariance: shape (A, A), clustered.
        clusters: in how many clusters each agent played, shape (A,).
    """

    strengths: FloatArray
    covariance: FloatArray
    clusters: npt.NDArray[np.int64]

    def intervals(self, level: float = 0.95) -> FloatArray:
        """Lower and upper end of each strength, shape (A, 2); NaN with fewer than two clusters."""
        half = half_widths(np.diagonal(self.covariance), self.clusters, level)
        return np.stack([self.strengths - half, self.strengths + half], axis=1)


class _Choices(NamedTuple):
    """Every place that was given, with everybody it could have gone to: one entry each."""

    choice: IntArray
    agent: IntArray
    chosen: FloatArray
    cluster: IntArray


def fit_rankings(rankings: Sequence[Ranking], agents: int) -> RankingFit:
    """Strengths by Newton's method, with a sandwich covariance over clusters.

    Args:
        rankings: of one pool.
        agents: how many there are; their numbers run from 0 to `agents` - 1.

    Raises:
        ValueError: a ranking names an agent twice or one that is not there, or knows no place or too many.
    """
    entries = _choices(rankings, agents)
    x = np.zeros(agents)
    for _ in range(_MAX_STEPS):
        chance = _chances(x, entries)
        step = _inverse(x, chance, entries) @ _gradient(x, chance, entries)
        step /= max(1.0, float(np.ptp(step)))
        x = x + step
        if np.abs(step).max() < _CONVERGED:
            return _with_covariance(x, entries)
    raise ValueError("no strengths fit: the matches of the agents differ by too many orders of magnitude")


def _choices(rankings: Sequence[Ranking], agents: int) -> _Choices:
    for ranking in rankings:
        _check(ranking, agents)
    stages = [(place, ranking) for ranking in rankings for place in range(min(ranking.known, len(ranking.agents) - 1))]
    if not stages:
        raise ValueError("expected at least one match; there is none")
    rows = [
        (number, agent, float(rest == 0), ranking.cluster)
        for number, (place, ranking) in enumerate(stages)
        for rest, agent in enumerate(ranking.agents[place:])
    ]
    choice, agent, chosen, cluster = zip(*rows, strict=True)
    return _Choices(np.array(choice), np.array(agent), np.array(chosen), np.array(cluster))


def _check(ranking: Ranking, agents: int) -> None:
    players = ranking.agents
    if len(players) < 2 or len(set(players)) < len(players) or not set(players) <= set(range(agents)):
        raise ValueError(f"expected two or more different agents from 0 to {agents - 1}, got {players}")
    if not 1 <= ranking.known <= len(players):
        raise ValueError(f"expected 1 to {len(players)} known places for {players}, got {ranking.known}")


def _chances(x: FloatArray, entries: _Choices) -> FloatArray:
    """The chance of each entry to be chosen. Only differences of x within a choice matter."""
    odds = np.exp(x - x.max())[entries.agent]
    return np.asarray(odds / totals(entries.choice, odds)[entries.choice])


def _gradient(x: FloatArray, chance: FloatArray, entries: _Choices) -> FloatArray:
    prior = VIRTUAL_WINS - (VIRTUAL_WINS + VIRTUAL_LOSSES) * expit(x)
    return np.asarray(totals(entries.agent, entries.chosen - chance, len(x)) + prior)


def _inverse(x: FloatArray, chance: FloatArray, entries: _Choices) -> FloatArray:
    """Inverse of minus the second derivative: per choice diag(p) - p p^T."""
    shape = (int(entries.choice[-1]) + 1, len(x))
    table = csr_array((chance, (entries.choice, entries.agent)), shape=shape)
    at = expit(x)
    own = totals(entries.agent, chance, len(x)) + (VIRTUAL_WINS + VIRTUAL_LOSSES) * at * (1 - at)
    return inverse_in_plane(np.diag(own) - (table.T @ table).toarray(), len(x))


def _with_covariance(x: FloatArray, entries: _Choices) -> RankingFit:
    chance, at = _chances(x, entries), expit(x)
    meat = clustered_meat(entries.cluster, entries.agent, entries.chosen - chance, len(x))
    bread = _inverse(x, chance, entries)
    middle = meat.matrix + np.diag(VIRTUAL_WINS * (1 - at) ** 2 + VIRTUAL_LOSSES * at**2)
    return RankingFit(x, bread @ middle @ bread, meat.clusters)
