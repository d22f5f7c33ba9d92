"""Exact equilibria of two-player zero-sum trees by linear programming over realisation plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from games.solvers.sequences import FloatArray, SeatTree
from games.solvers.tree import FlatTree, Unsolvable

if TYPE_CHECKING:
    from scipy.sparse import coo_array


class TreeSolution(NamedTuple):
    """An equilibrium of a two-player zero-sum game.

    Attributes:
        value: what seat 0 expects.
        profile: each seat's strategy, uniform where it never comes.
    """

    value: float
    profile: list[FloatArray]


def solve_zero_sum(tree: FlatTree) -> TreeSolution:
    """An equilibrium, by one linear programme for each seat.

    Koller, Megiddo and von Stengel, Efficient computation of equilibria for extensive two-person games, 1996,
    section 3: a seat's plan gives each of its sequences the probability that it plays all of it.

    Raises:
        Unsolvable: there are not two seats with opposed payoffs.
        ArithmeticError: the programme fails.
    """
    if len(tree.seats) != 2 or not np.allclose(tree.returns.sum(axis=1), 0.0, atol=1e-12):
        raise Unsolvable(f"{tree.game}: linear programming needs two seats whose returns sum to 0")
    plans = [_best_plan(tree, seat) for seat in range(2)]
    profile = [own.normalised(plan) for own, (_, plan) in zip(tree.seats, plans, strict=True)]
    return TreeSolution(plans[0][0], profile)


def _best_plan(tree: FlatTree, seat: int) -> tuple[float, FloatArray]:
    """The most that a seat can be sure of, and the plan that makes it sure."""
    from scipy.optimize import linprog
    from scipy.sparse import coo_array, hstack

    own, other = tree.seats[seat], tree.seats[1 - seat]
    payoffs = coo_array(
        (tree.stakes[seat], (other.at_terminal, own.at_terminal)), shape=(other.num_sequences, own.num_sequences)
    )
    # Variables: the plan, then what the other seat leaves at each of its information sets and, first, in all.
    # Whatever it does next leaves at least that: left[set of a sequence] <= payoffs + left[sets behind the sequence].
    flow, behind = _constraints(own), _constraints(other)
    result = linprog(
        c=-np.eye(1, own.num_sequences + behind.shape[0], own.num_sequences)[0],
        A_ub=hstack((-payoffs, behind.T), format="csr"),
        b_ub=np.zeros(other.num_sequences),
        A_eq=hstack((flow, coo_array((flow.shape[0], behind.shape[0]))), format="csr"),
        b_eq=np.eye(1, flow.shape[0])[0],
        bounds=[(0, None)] * own.num_sequences + [(None, None)] * behind.shape[0],
        method="highs-ds",
    )
    if not result.success:
        raise ArithmeticError(f"{tree.game}: no equilibrium found: {result.message}")
    return -float(result.fun), np.maximum(result.x[: own.num_sequences], 0.0)


def _constraints(own: SeatTree) -> coo_array:
    """What plans obey: the empty sequence has 1, and the sequences of a set share what leads to it."""
    from scipy.sparse import coo_array

    sets = np.arange(1, len(own.sets) + 1)
    parents = np.array([each.parent for each in own.sets], dtype=np.int64)
    rows = np.concatenate(([0], sets, np.repeat(sets, own.size)))
    columns = np.concatenate(([0], parents, np.arange(1, own.num_sequences)))
    values = np.concatenate(([1.0], -np.ones(len(sets)), np.ones(own.num_sequences - 1)))
    return coo_array((values, (rows, columns)), shape=(len(sets) + 1, own.num_sequences))
