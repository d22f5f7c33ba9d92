"""All equilibria of two-player games in matrix form."""

from __future__ import annotations

from itertools import combinations
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from games.solvers.matrix import checked, unit_range
from games.solvers.sequences import FloatArray

TOLERANCE: Final = 1e-9
"""Probabilities below it, and gains below it as a share of the payoffs' range, count as 0."""

BoolArray = npt.NDArray[np.bool_]


class Mixed(NamedTuple):
    """A pair of mixed strategies.

    Attributes:
        row: the row player's probabilities.
        column: the column player's probabilities.
    """

    row: FloatArray
    column: FloatArray


class BimatrixEquilibria(NamedTuple):
    """The equilibria of a two-player game.

    Attributes:
        equilibria: the extreme ones, those with small supports first.
        degenerate: whether some mixture has more best replies than actions, so that there may be infinitely many.
    """

    equilibria: list[Mixed]
    degenerate: bool


class _Corners(NamedTuple):
    """Corners of a player's strategies cut up by the other's best replies.

    Attributes:
        mixtures: a mixture in each row.
        support: whether each action is played.
        best: whether each action of the other player is a best reply.
    """

    mixtures: FloatArray
    support: BoolArray
    best: BoolArray

    @property
    def degenerate(self) -> bool:
        """Whether a mixture has more best replies than actions."""
        return bool((self.best.sum(axis=1) > self.support.sum(axis=1)).any())


def bimatrix_equilibria(row_payoffs: FloatArray, column_payoffs: FloatArray) -> BimatrixEquilibria:
    """All equilibria, by enumeration of supports of equal size.

    In a nondegenerate game these are all there are. In a degenerate one, where there may be infinitely many, they are
    the extreme ones, of which all others are convex combinations (Mangasarian, Equilibrium points of bimatrix games,
    1964; von Stengel, Computing equilibria for two-person games, 2002). The work grows as
    binomial(rows + columns, rows): ten actions each take seconds.

    Raises:
        ValueError: the payoffs are not two finite matrices of one shape.
    """
    row, column = checked((row_payoffs, column_payoffs))
    rows, columns = _corners(unit_range(column).T), _corners(unit_range(row))
    # In equilibrium nothing is played that is no best reply.
    wrong = rows.support.astype(int) @ ~columns.best.T + ~rows.best @ columns.support.T.astype(int)
    found = [Mixed(rows.mixtures[i], columns.mixtures[j]) for i, j in np.argwhere(wrong == 0)]
    found.sort(key=lambda pair: (np.count_nonzero(pair.row), np.count_nonzero(pair.column)))
    return BimatrixEquilibria(found, rows.degenerate or columns.degenerate)


def _corners(payoffs: FloatArray) -> _Corners:
    """The corners of the mixtures over columns that leave the player of the rows indifferent among its best replies."""
    replies, actions = payoffs.shape
    found = [
        mixture
        for size in range(1, min(payoffs.shape) + 1)
        for support in combinations(range(actions), size)
        for mixture in _indifferent(payoffs, np.array(support))
    ]
    # Degenerate corners are found from several supports.
    distinct = {tuple(np.round(mixture, 7)): mixture for mixture in found}
    mixtures = np.array(list(distinct.values())).reshape(-1, actions)
    values = mixtures @ payoffs.T
    best = values >= values.max(axis=1, keepdims=True) - TOLERANCE
    return _Corners(mixtures, mixtures > 0, best.reshape(-1, replies))


def _indifferent(payoffs: FloatArray, support: npt.NDArray[np.int64]) -> list[FloatArray]:
    """The mixtures over a support to which as many rows as it has actions are best replies, each the only such one."""
    size = len(support)
    rows = np.array(list(combinations(range(len(payoffs)), size)))
    # Unknowns: the probabilities and the value that all these rows must have.
    systems = np.zeros((len(rows), size + 1, size + 1))
    systems[:, :size, :size] = payoffs[:, support][rows]
    systems[:, :size, size] = -1.0
    systems[:, size, :size] = 1.0
    systems = systems[np.linalg.matrix_rank(systems) == size + 1]
    solutions = np.linalg.solve(systems, np.append(np.zeros(size), 1.0)[:, np.newaxis])[:, :, 0]
    weights, value = solutions[:, :size], solutions[:, size]
    possible = (weights >= -TOLERANCE).all(axis=1)
    possible &= (weights @ payoffs[:, support].T <= value[:, np.newaxis] + TOLERANCE).all(axis=1)
    mixtures = np.zeros((int(possible.sum()), payoffs.shape[1]))
    mixtures[:, support] = np.where(weights[possible] > TOLERANCE, weights[possible], 0.0)
    return list(mixtures / mixtures.sum(axis=1, keepdims=True))
