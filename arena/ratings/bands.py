"""Bands for diagnostics: any number per agent that is computed from leads, refitted under resampled clusters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from arena.ratings.bradley_terry import FloatArray
from arena.ratings.cyclic import log_odds
from arena.ratings.evidence import Evidence, resampled_scores

RESAMPLES: Final = 200
LEVEL: Final = 0.95
# Shape of the gamma weight of the half win and half loss that every pair is given: with them the share of a
# binomial sample follows the posterior of Jeffreys (Brown, Cai and DasGupta 2001).
_VIRTUAL: Final = 0.5

Statistic = Callable[[FloatArray], FloatArray]


@dataclass(frozen=True, slots=True)
class Bands:
    """One number per agent with its bootstrap band.

    Attributes:
        agents: names, sorted.
        value: from all clusters, shape (A,).
        low: lower ends of the percentile bands, shape (A,).
        high: upper ends, likewise.
        clusters: number of clusters.
    """

    agents: tuple[str, ...]
    value: FloatArray
    low: FloatArray
    high: FloatArray
    clusters: int


def bands(found: Evidence, statistic: Statistic, resamples: int = RESAMPLES, seed: int = 0) -> Bands:
    """A diagnostic with its 95 % bands.

    Args:
        found: what the agents of a pool scored, cluster by cluster.
        statistic: from log-odds of shape (A, A), antisymmetric, to numbers of shape (A,): `nash_ratings`,
            `maximal_lottery` or `alpha_rank`.
        resamples: number of refits.
        seed: of the weights.
    """
    rng = np.random.default_rng(seed)
    refitted = [statistic(_lead(scores, rng)) for scores in resampled_scores(found, resamples, seed)]
    low, high = np.quantile(refitted, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    return Bands(found.agents, statistic(log_odds(found.scores())), low, high, sum(found.counts))


def _lead(scores: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Log-odds with random virtual games, so that a pair that one agent always won varies too."""
    virtual = np.maximum(rng.gamma(_VIRTUAL, size=scores.shape), np.finfo(float).tiny)
    np.fill_diagonal(virtual, 1.0)
    virtual = scores + virtual
    return np.asarray(np.log(virtual) - np.log(virtual.T))
