"""Alpha-rank: how long a population that copies winners dwells on each agent.

One population plays one agent at a time. Now and then a mutant appears, which takes over or dies out by chance; the
rank is the stationary distribution over the agent that all play (Omidshafiei et al., alpha-Rank: multi-agent evaluation
by evolution, Scientific Reports 2019). Agents in a cycle share it.

A diagnostic and never the only order, least of all with infinite alpha, where only the signs of the leads count. Show
it with its bands (`arena.ratings.bands`).
"""

from __future__ import annotations

from math import inf
from typing import Final

import numpy as np

from arena.ratings.bradley_terry import FloatArray

POPULATION: Final = 50

# Chance that a worse mutant takes over under infinite alpha. Elimination without subtraction stays exact this low.
_SLIP: Final = 1e-12


def alpha_rank(lead: FloatArray, alpha: float = inf, population: int = POPULATION) -> FloatArray:
    """Share of time that each agent is what the population plays, shape (A,).

    Args:
        lead: payoff of i against j, shape (A, A), antisymmetric.
        alpha: intensity of selection, above 0; infinite: the better of two agents always takes over, the worse in the
            limit never.
        population: number of individuals, at least 2.

    Raises:
        ValueError: the leads are not antisymmetric, or a parameter is out of range.
    """
    if lead.ndim != 2 or not np.all(np.isfinite(lead)) or not np.allclose(lead, -lead.T, atol=1e-9):
        raise ValueError("expected finite antisymmetric leads: what i is ahead of j, j is behind i")
    if not alpha > 0 or population < 2:
        raise ValueError(f"expected alpha above 0 and at least 2 individuals, got {alpha} and {population}")
    takeover = _sure_takeover(lead) if alpha == inf else _takeover(lead, alpha, population)
    np.fill_diagonal(takeover, 0.0)
    return _stationary(takeover)


def _takeover(lead: FloatArray, alpha: float, population: int) -> FloatArray:
    """Probability that one mutant j among agents i takes over, shape (A, A).

    Fixation in a Moran process, equation 1 of the paper: (1 - exp(-u)) / (1 - exp(-population u)), where u is alpha
    times the lead of mutants in a population that does not meet itself.
    """
    gain = alpha * population / (population - 1) * lead.T
    size = np.abs(gain)
    even = size < 1e-12
    size = np.where(even, 1.0, size)
    better = -np.expm1(-size) / -np.expm1(-population * size)
    # A mutant that is behind: the same odds times exp(-(population - 1) size); the floor keeps the chain connected.
    worse = np.maximum(better * np.exp(-(population - 1) * size), np.finfo(float).tiny ** 0.5)
    return np.where(even, 1 / population, np.where(gain > 0, better, worse))


def _sure_takeover(lead: FloatArray) -> FloatArray:
    return np.where(lead.T > 0, 1.0, np.where(lead.T < 0, _SLIP, 0.5))


def _stationary(rates: FloatArray) -> FloatArray:
    """The stationary distribution of a chain with these rates of leaving i for j.

    Elimination of one state after the other without a subtraction, so that tiny rates lose no digits (Grassmann,
    Taksar and Heyman 1985).
    """
    rates = rates.copy()
    states = len(rates)
    for last in range(states - 1, 0, -1):
        rates[:last, last] /= rates[last, :last].sum()
        rates[:last, :last] += np.outer(rates[:last, last], rates[last, :last])
    share = np.ones(states)
    for state in range(1, states):
        share[state] = share[:state] @ rates[:state, state]
    return np.asarray(share / share.sum())
