"""Solution concepts of games in matrix form that need no search: equilibria, guarantees, efficiency, risk dominance.

A game of n players is n arrays of one shape: entry (a_1, ..., a_n) of the i-th array is player i's payoff when player 1
plays a_1, and so on. With two players, rows are the first one's actions and columns the second one's.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

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


class Guarantee(NamedTuple):
    """What a player can be sure of, whatever the others do.

    Attributes:
        value: the payoff it is sure of, at least.
        mixture: the probabilities of its actions that make it sure.
    """

    value: float
    mixture: FloatArray


def zero_sum_equilibrium(payoffs: FloatArray) -> ZeroSumSolution:
    """An equilibrium of the zero-sum game with these payoffs of the row player, by linear programming.

    Dantzig, A proof of the equivalence of the programming problem and the game problem, 1951.
    """
    value, row = maximin(np.asarray(payoffs, dtype=float))
    _, column = maximin(-np.asarray(payoffs, dtype=float).T)
    return ZeroSumSolution(value, row, column)


def pure_equilibria(*payoffs: FloatArray) -> list[tuple[int, ...]]:
    """All cells in which no player gains by moving alone, in row-major order; one array per player."""
    best = [own == own.max(axis=player, keepdims=True) for player, own in enumerate(checked(payoffs))]
    return _cells(np.all(best, axis=0))


def pareto_optimal(*payoffs: FloatArray) -> list[tuple[int, ...]]:
    """All cells that no other cell beats for one player without being worse for another; one array per player."""
    stacked = np.stack(checked(payoffs))
    flat = stacked.reshape(len(payoffs), -1)
    as_good = (flat[:, :, np.newaxis] >= flat[:, np.newaxis, :]).all(axis=0)
    better = (flat[:, :, np.newaxis] > flat[:, np.newaxis, :]).any(axis=0)
    return _cells(~(as_good & better).any(axis=0).reshape(stacked.shape[1:]))


def own_view(payoffs: FloatArray, player: int) -> FloatArray:
    """One player's payoffs as a matrix: rows are its actions, columns all that the others may do together."""
    moved = np.moveaxis(np.asarray(payoffs, dtype=float), player, 0)
    return moved.reshape(len(moved), -1)


def pure_maximin(payoffs: FloatArray, player: int = 0) -> Guarantee:
    """The most that a player can be sure of by one action, and the first action that does it."""
    worst = own_view(payoffs, player).min(axis=1)
    return Guarantee(float(worst.max()), np.eye(len(worst))[worst.argmax()])


def maximin(payoffs: FloatArray, player: int = 0) -> Guarantee:
    """The most that a player can be sure of by a mixture, and such a mixture, by linear programming.

    The others may act in concert; with two players this is von Neumann's value (Zur Theorie der Gesellschaftsspiele,
    1928).
    """
    from scipy.optimize import linprog

    own = own_view(payoffs, player)
    rows, columns = own.shape
    # Variables: the mixture, then its guaranteed value v; maximise v with v <= payoff against every column.
    result = linprog(
        c=np.append(np.zeros(rows), -1.0),
        A_ub=np.column_stack((-own.T, np.ones(columns))),
        b_ub=np.zeros(columns),
        A_eq=np.append(np.ones(rows), 0.0)[np.newaxis],
        b_eq=[1.0],
        bounds=[(0, 1)] * rows + [(None, None)],
    )
    if not result.success:
        raise ArithmeticError(f"no maximin mixture found for payoffs {own.tolist()}: {result.message}")
    return Guarantee(float(result.x[-1]), np.asarray(result.x[:-1]))


def risk_dominant(row_payoffs: FloatArray, column_payoffs: FloatArray) -> tuple[int, int] | None:
    """The risk-dominant one of the two strict equilibria of a 2x2 game; None when neither is.

    The equilibrium with the larger product of the losses that the players suffer by leaving it alone (Harsanyi and
    Selten, A General Theory of Equilibrium Selection in Games, 1988).

    Raises:
        ValueError: the game is not 2x2 or has not exactly two strict pure equilibria.
    """
    row, column = checked((row_payoffs, column_payoffs))
    if row.shape != (2, 2):
        raise ValueError(f"risk dominance is defined here for 2x2 games, not for one of shape {row.shape}")
    losses = {
        (i, j): (row[i, j] - row[1 - i, j], column[i, j] - column[i, 1 - j]) for i, j in pure_equilibria(row, column)
    }
    strict = {cell: a * b for cell, (a, b) in losses.items() if a > 0 and b > 0}
    if len(strict) != 2:
        raise ValueError(f"risk dominance compares two strict equilibria; this game has {len(strict)}")
    (one, first), (other, second) = strict.items()
    return None if first == second else one if first > second else other


def checked(payoffs: tuple[FloatArray, ...]) -> tuple[FloatArray, ...]:
    """The payoffs of all players as finite float arrays of one shape with an axis for each player.

    Raises:
        ValueError: they are not that.
    """
    arrays = tuple(np.asarray(own, dtype=float) for own in payoffs)
    shapes = [own.shape for own in arrays]
    if not arrays or set(shapes) != {shapes[0]} or len(shapes[0]) != len(arrays) or 0 in shapes[0]:
        raise ValueError(f"a game of n players needs n arrays of one shape with n axes; the shapes are {shapes}")
    if not all(np.isfinite(own).all() for own in arrays):
        raise ValueError("payoffs must be finite numbers; some are NaN or infinite")
    return arrays


def unit_range(payoffs: FloatArray) -> FloatArray:
    """The same preferences with payoffs from 0 to 1, all 0 where they are equal."""
    return np.asarray((payoffs - payoffs.min()) / (float(np.ptp(payoffs)) or 1.0))


def _cells(chosen: npt.ArrayLike) -> list[tuple[int, ...]]:
    return [tuple(int(index) for index in cell) for cell in np.argwhere(chosen)]
