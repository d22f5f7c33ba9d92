"""Nash averaging: ratings against the agents that nobody can beat, which copies of an agent do not move.

Two meta-players each pick an agent; the payoff is how far the first agent is ahead of the second. The rating of an
agent is its mean lead over the equilibrium mixture of greatest entropy: 0 for agents in the mixture, below 0 for most
others (Balduzzi, Tuyls, Perolat and Graepel, Re-evaluating evaluation, NeurIPS 2018).

A diagnostic and never the only order: between two data sets of the budgets that language models get, it moves far
more than Bradley-Terry strengths do. Show it with its bands (`arena.ratings.bands`).
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from arena.ratings.bradley_terry import FloatArray

# Leads, relative to the largest, are the same when they agree to so many digits.
_DECIMALS: Final = 12


def nash_ratings(lead: FloatArray) -> FloatArray:
    """Mean lead of each agent over the mixture, shape (A,); at most 0 for every agent.

    Args:
        lead: how far i is ahead of j, for instance in log-odds; shape (A, A), antisymmetric.

    Raises:
        ValueError: the leads are not antisymmetric or not finite.
    """
    return np.asarray(lead @ nash_mixture(lead))


def nash_mixture(lead: FloatArray) -> FloatArray:
    """The equilibrium of greatest entropy of the symmetric zero-sum game with these payoffs, shape (A,).

    Agents with the same leads over everybody count as one, whose share they divide: otherwise, where there is more than
    one equilibrium, copies would draw the mixture towards themselves.

    Raises:
        ValueError: the payoffs are not antisymmetric or not finite.
    """
    if lead.ndim != 2 or not np.all(np.isfinite(lead)) or not np.allclose(lead, -lead.T, atol=1e-9):
        raise ValueError("expected finite antisymmetric leads: what i is ahead of j, j is behind i")
    scaled = lead / max(float(np.abs(lead).max(initial=0.0)), np.finfo(float).tiny)
    _, chosen, kind, copies = np.unique(
        scaled.round(_DECIMALS), axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    share = _mixture_of_kinds(scaled[np.ix_(chosen, chosen)]) / copies
    return np.asarray(share[kind.reshape(-1)])


def _mixture_of_kinds(lead: FloatArray) -> FloatArray:
    # Who is ahead of everybody else is the only equilibrium, and mostly there is somebody; a programme takes longer.
    beats_all = (lead > 0).sum(axis=1) == len(lead) - 1
    if beats_all.any():
        return np.asarray(beats_all, dtype=float)
    mixture, support = _interior_equilibrium(lead)
    return _most_entropy(lead, support) if _many(lead, support) else mixture


def _interior_equilibrium(lead: FloatArray) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
    """An equilibrium that uses every agent that some equilibrium uses, and these agents.

    There is one in which each agent is either used or strictly worse than the mixture (Goldman and Tucker 1956); it
    has the largest smallest sum of use and disadvantage, which is a linear programme.
    """
    from scipy.optimize import linprog

    agents = len(lead)
    one = np.ones((agents, 1))
    result = linprog(
        c=np.append(np.zeros(agents), -1.0),
        A_ub=np.block([[-lead.T, 0 * one], [-lead.T - np.eye(agents), one]]),
        b_ub=np.zeros(2 * agents),
        A_eq=np.append(np.ones(agents), 0.0)[np.newaxis],
        b_eq=[1.0],
        bounds=[(0, 1)] * agents + [(None, None)],
    )
    if not result.success:
        raise ArithmeticError(f"no equilibrium found for leads {lead.tolist()}: {result.message}")
    mixture = np.asarray(result.x[:-1])
    support = mixture > mixture @ lead
    mixture = np.where(support, mixture, 0.0)
    return mixture / mixture.sum(), support


def _many(lead: FloatArray, support: npt.NDArray[np.bool_]) -> bool:
    """Whether the agents in use can be mixed in more ways than one."""
    inside = lead[np.ix_(support, support)]
    return bool(np.linalg.matrix_rank(np.vstack((inside, np.ones(len(inside)))), tol=1e-9) < len(inside))


def _most_entropy(lead: FloatArray, support: npt.NDArray[np.bool_]) -> FloatArray:
    """The equilibrium of greatest entropy, from the dual: shares are exp of weighted leads.

    The agents in use must be worth 0 exactly, so that their weights are free; the others at most 0: weights from 0 up.
    """
    from scipy.optimize import minimize
    from scipy.special import logsumexp, softmax

    payoffs = np.column_stack((lead[np.ix_(support, support)], lead[np.ix_(support, ~support)]))
    used, agents = int(support.sum()), len(lead)

    def dual(weights: FloatArray) -> tuple[float, FloatArray]:
        leads = payoffs @ weights
        return float(logsumexp(leads)), np.asarray(softmax(leads) @ payoffs)

    found = minimize(
        dual,
        np.zeros(agents),
        jac=True,
        method="L-BFGS-B",
        bounds=[(None, None)] * used + [(0, None)] * (agents - used),
        options={"ftol": 1e-15, "gtol": 1e-10, "maxiter": 10_000, "maxfun": 100_000},
    )
    mixture = np.zeros(agents)
    mixture[support] = softmax(payoffs @ found.x)
    return mixture
