"""Populations over a payoff table: what is played when those who earn more have more descendants.

Types are agents with one spec each: an agent that is listed twice under two names is one type, and its matches with
itself are those between the two names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations
from statistics import fmean
from typing import Final

import numpy as np
from scipy.integrate import solve_ivp

from arena.ratings.bradley_terry import FloatArray
from arena.ratings.results import MatchScore

# Steps of the Moran process per individual squared, after which a run that is still mixed is left as it is.
_PATIENCE: Final = 50
_ACCURACY: Final = 1e-10


@dataclass(frozen=True, slots=True)
class PayoffTable:
    """Mean payoffs of each type against each.

    Attributes:
        names: of the types: the first name under which each was seen.
        payoffs: of the row's type against the column's, shape (A, A); NaN where they never met.
    """

    names: tuple[str, ...]
    payoffs: FloatArray

    def unmet(self) -> list[tuple[str, str]]:
        """The pairs of types that never met, matches of a type with itself included; each pair once."""
        places = np.argwhere(np.isnan(np.triu(self.payoffs)))
        return [(self.names[row], self.names[column]) for row, column in places]


def payoff_table(matches: Iterable[MatchScore]) -> PayoffTable:
    """Mean payoffs of each type against each in completed matches; in games of more seats, over pairs of seats.

    Where seats differ, a payoff is the mean over the seats that were played.
    """
    earned: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    names: dict[str, str] = {}
    for match in matches:
        for spec, name in zip(match.specs, match.agents, strict=True):
            names.setdefault(spec, name)
        if match.payoffs is not None:
            for own, other in permutations(range(len(match.specs)), 2):
                earned[match.specs[own], match.specs[other]].append(match.payoffs[own])
    specs = sorted(names, key=lambda spec: names[spec])
    values = [[fmean(earned[row, column]) if earned[row, column] else np.nan for column in specs] for row in specs]
    return PayoffTable(tuple(names[spec] for spec in specs), np.array(values, dtype=float).reshape(len(specs), -1))


def in_units_of_spread(payoffs: FloatArray) -> FloatArray:
    """Payoffs divided by the difference of the largest and the smallest; as they are where all are equal."""
    spread = float(np.ptp(payoffs))
    return payoffs / spread if spread else payoffs


def replicator(payoffs: FloatArray, start: Sequence[float], times: Sequence[float]) -> FloatArray:
    """Shares of the types at some times, shape (times, A), in an infinite population that is wholly mixed.

    A type grows at the rate at which its payoff is above the mean: x_i' = x_i ((A x)_i - x A x) (Taylor and Jonker,
    Evolutionarily stable strategies and game dynamics, 1978).

    Args:
        payoffs: shape (A, A), finite.
        start: shares at time 0; they sum to 1.
        times: ascending, from 0.
    """

    def growth(_: float, shares: FloatArray) -> FloatArray:
        fitness = payoffs @ shares
        return np.asarray(shares * (fitness - shares @ fitness), dtype=float)

    found = solve_ivp(growth, (0, times[-1]), start, t_eval=times, rtol=_ACCURACY, atol=_ACCURACY, method="LSODA")
    shares = np.clip(found.y.T, 0, None)
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), dtype=float)


def fixation(payoffs: FloatArray, population: int, intensity: float = 1.0) -> float:
    """Probability that one individual of the first of two types takes over a population of the second.

    Fitness is the exponential of payoff times the intensity of selection, and nobody meets itself (Traulsen, Shoresh
    and Nowak, Analytical results for individual and group selection of any intensity, 2008, equation for the Moran
    process).

    Args:
        payoffs: shape (2, 2).
        population: number of individuals, at least 2.
        intensity: 0 for neutral drift.
    """
    mutants = np.arange(1, population)
    earned = _earned(payoffs, np.stack((mutants, population - mutants), axis=1))
    lead = np.cumsum(intensity * (earned[:, 0] - earned[:, 1]))
    return float(1 / (1 + np.exp(-lead).sum()))


def moran(
    payoffs: FloatArray, start: Sequence[int], runs: int, rng: np.random.Generator, intensity: float = 1.0
) -> FloatArray:
    """Shares of the types at the end of some runs of the Moran process, shape (runs, A).

    At every step one individual, drawn by fitness as in `fixation`, has a descendant of its type, which takes the place
    of an individual drawn evenly. A run ends when one type is left, or after 50 steps per individual squared.

    Args:
        payoffs: shape (A, A), finite.
        start: number of individuals of each type.
        runs: how many runs.
        rng: source of all draws.
        intensity: of selection, 0 for neutral drift.
    """
    counts, population = np.tile(np.array(start), (runs, 1)), sum(start)
    for _ in range(_PATIENCE * population**2):
        mixed = np.flatnonzero(counts.max(axis=1) < population)
        if not len(mixed):
            break
        now = counts[mixed]
        earned = intensity * _earned(payoffs, now)
        weights = now * np.exp(earned - earned.max(axis=1, keepdims=True))
        counts[mixed, _drawn(weights, rng)] += 1
        # The descendant itself does not die: deaths are drawn among those who were there.
        counts[mixed, _drawn(now.astype(float), rng)] -= 1
    return np.asarray(counts / population, dtype=float)


def _earned(payoffs: FloatArray, counts: FloatArray) -> FloatArray:
    """Mean payoff of an individual of each type against all others, shape (runs, A)."""
    total = counts @ payoffs.T - np.diagonal(payoffs)
    return np.asarray(total / (counts.sum(axis=1, keepdims=True) - 1), dtype=float)


def _drawn(weights: FloatArray, rng: np.random.Generator) -> FloatArray:
    """One type per row, drawn by weight."""
    bounds = np.cumsum(weights, axis=1)
    return np.asarray((rng.random((len(weights), 1)) * bounds[:, -1:] >= bounds).sum(axis=1))
