"""Equilibria of games in matrix form: rows are the first seat's actions, columns the second's."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from games.solvers.sequences import FloatArray


class ZeroSumSolution(NamedTuple):
    """An equilibrium of a two-player zero-sum game.

    Attributes:
        value: what the row player gets.
        row: the row player's probabilities.
        column: the column player's probabilities.
    """

    value: float
    row: FloatArray
    column: FloatArray


def zero_sum_equilibrium(payoffs: FloatArray) -> ZeroSumSolution:
    """An equilibrium of the zero-sum game with these payoffs of the row player, by linear programming.

    Dantzig, A proof of the equivalence of the programming problem and the game problem, 1951.
    """
    value, row = _maximin(np.asarray(payoffs, dtype=float))
    _, column = _maximin(-np.asarray(payoffs, dtype=float).T)
    return ZeroSumSolution(value, row, column)


def pure_equilibria(row_payoffs: FloatArray, column_payoffs: FloatArray) -> list[tuple[int, int]]:
    """All cells in which neither player gains by moving alone, row by row."""
    row_best = row_payoffs == row_payoffs.max(axis=0, keepdims=True)
    column_best = column_payoffs == column_payoffs.max(axis=1, keepdims=True)
    return [(int(row), int(column)) for row, column in np.argwhere(row_best & column_best)]


def _maximin(payoffs: FloatArray) -> tuple[float, FloatArray]:
    """The most that the row player can be sure of, and the mixture that does it."""
    from scipy.optimize import linprog

    rows, columns = payoffs.shape
    # Variables: the mixture, then its guaranteed value v; maximise v with v <= payoff against every column.
    result = linprog(
        c=np.append(np.zeros(rows), -1.0),
        A_ub=np.column_stack((-payoffs.T, np.ones(columns))),
        b_ub=np.zeros(columns),
        A_eq=np.append(np.ones(rows), 0.0)[np.newaxis],
        b_eq=[1.0],
        bounds=[(0, 1)] * rows + [(None, None)],
    )
    if not result.success:
        raise ArithmeticError(f"no equilibrium found for payoffs {payoffs.tolist()}: {result.message}")
    return float(result.x[-1]), np.asarray(result.x[:-1])
