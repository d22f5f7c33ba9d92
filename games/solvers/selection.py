"""One equilibrium of a game in matrix form, and forward-looking play of a game that restricts the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from games.solvers.bimatrix import bimatrix_equilibria
from games.solvers.matrix import checked, pure_equilibria
from games.solvers.sequences import FloatArray

Cell = tuple[int, ...]
Allowed = tuple[tuple[int, ...], ...]


class ForwardLooking(NamedTuple):
    """Play of two games in turn that looks ahead from the first.

    Attributes:
        first: each player's mixture in the first game.
        second: each player's mixture in the second game, by the outcome of the first.
    """

    first: tuple[FloatArray, ...]
    second: Mapping[Cell, tuple[FloatArray, ...]]


def selected_equilibrium(*payoffs: FloatArray) -> tuple[FloatArray, ...]:
    """One equilibrium, as a mixture per player: the pure one with the largest sum of payoffs, the first among equals.

    Without a pure one it is the first extreme mixed equilibrium of two players.

    Raises:
        ValueError: more than two players have no pure equilibrium.
    """
    arrays = checked(payoffs)
    if cells := pure_equilibria(*arrays):
        best = max(cells, key=lambda cell: sum(float(own[cell]) for own in arrays))
        return tuple(np.eye(size)[action] for size, action in zip(arrays[0].shape, best, strict=True))
    if len(arrays) != 2:
        raise ValueError(f"there is no pure equilibrium, and mixed ones are not computed for {len(arrays)} players")
    pair = bimatrix_equilibria(*arrays).equilibria[0]
    return pair.row, pair.column


def expected_payoffs(payoffs: Sequence[FloatArray], mixtures: Sequence[FloatArray]) -> list[float]:
    """What each player expects when all play their mixtures."""
    return [_averaged(own, mixtures) for own in payoffs]


def forward_looking(
    first: Sequence[FloatArray], second: Sequence[FloatArray], allowed: Mapping[Cell, Allowed]
) -> ForwardLooking:
    """A subgame-perfect equilibrium of two games in turn, by backward induction over selected equilibria.

    After each outcome of the first game the second is played with the actions that are left; its value is added to
    the payoffs of that outcome (Selten, Reexamination of the perfectness concept, 1975).

    Args:
        first: payoffs in the first game, one array per player.
        second: payoffs in the second one.
        allowed: for each outcome of the first game, the actions that each player has in the second.

    Raises:
        ValueError: some equilibrium cannot be selected, as for `selected_equilibrium`.
    """
    totals = [own.astype(float) for own in first]
    replies: dict[Cell, tuple[FloatArray, ...]] = {}
    for cell in np.ndindex(first[0].shape):
        left = [own[np.ix_(*allowed[cell])] for own in second]
        mixtures = selected_equilibrium(*left)
        for own, value in zip(totals, expected_payoffs(left, mixtures), strict=True):
            own[cell] += value
        sizes = zip(mixtures, allowed[cell], second[0].shape, strict=True)
        replies[cell] = tuple(_widened(mixture, actions, size) for mixture, actions, size in sizes)
    return ForwardLooking(selected_equilibrium(*totals), replies)


def _averaged(payoffs: FloatArray, mixtures: Sequence[FloatArray]) -> float:
    values = payoffs
    for mixture in mixtures:
        values = np.tensordot(mixture, values, axes=(0, 0))
    return float(values)


def _widened(mixture: FloatArray, actions: Sequence[int], size: int) -> FloatArray:
    """A mixture over some of the actions as one over all of them."""
    wide = np.zeros(size)
    wide[list(actions)] = mixture
    return wide
