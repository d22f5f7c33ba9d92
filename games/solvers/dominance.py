"""Dominated actions of games in matrix form, and what survives their iterated deletion.

An action may be dominated by a mixture of others where no single action dominates it, so that each question is a linear
programme (Gale, Kuhn and Tucker 1951; Pearce, Rationalizable strategic behavior, 1984).
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from games.solvers.matrix import checked, own_view, unit_range
from games.solvers.sequences import FloatArray

TOLERANCE: Final = 1e-6
"""Gains below this share of the payoffs' range come from rounding."""


class Elimination(NamedTuple):
    """What iterated strict dominance leaves.

    Attributes:
        rounds: for each round, each player's actions that were deleted in it.
        survivors: each player's actions that are never deleted.
    """

    rounds: tuple[tuple[tuple[int, ...], ...], ...]
    survivors: tuple[tuple[int, ...], ...]

    @property
    def solves(self) -> bool:
        """Whether a single action of every player is left."""
        return all(len(actions) == 1 for actions in self.survivors)

    def depth(self, player: int, action: int) -> int | None:
        """The round, from 1 on, in which an action is deleted; None if never."""
        return next((n for n, deleted in enumerate(self.rounds, 1) if action in deleted[player]), None)


def strictly_dominated(payoffs: FloatArray, player: int = 0) -> list[int]:
    """The actions to which some mixture of a player's actions is better, whatever the others do."""
    own = unit_range(own_view(payoffs, player))
    return [action for action in range(len(own)) if _strict_margin(own, action) > TOLERANCE]


def weakly_dominated(payoffs: FloatArray, player: int = 0) -> list[int]:
    """The actions to which some mixture is never worse and against something better; strictly dominated ones too."""
    own = unit_range(own_view(payoffs, player))
    return [action for action in range(len(own)) if _weak_margin(own, action) > TOLERANCE]


def dominant_action(payoffs: FloatArray, player: int = 0) -> int | None:
    """The action that is strictly better than every other one, whatever the others do; None if there is none."""
    own = own_view(payoffs, player)
    best = int(own[:, 0].argmax())
    return best if (own[best] > np.delete(own, best, axis=0)).all() else None


def iterated_strict_dominance(*payoffs: FloatArray) -> Elimination:
    """Delete all strictly dominated actions of all players, round after round; one array per player.

    What survives does not depend on the order; `Elimination.depth` is by rounds, all players deleting at once.
    """
    games = checked(payoffs)
    alive = [list(range(size)) for size in games[0].shape]
    rounds: list[tuple[tuple[int, ...], ...]] = []
    while True:
        left = np.ix_(*alive)
        deleted = tuple(
            tuple(alive[player][index] for index in strictly_dominated(own[left], player))
            for player, own in enumerate(games)
        )
        if not any(deleted):
            return Elimination(tuple(rounds), tuple(map(tuple, alive)))
        rounds.append(deleted)
        alive = [
            [action for action in actions if action not in gone] for actions, gone in zip(alive, deleted, strict=True)
        ]


def _strict_margin(own: FloatArray, action: int) -> float:
    """How much more than an action some mixture of the others is sure to give; negative if none gives more."""
    from scipy.optimize import linprog

    rest = np.delete(own, action, axis=0) - own[action]
    if not len(rest):
        return 0.0
    if (margin := float(rest.min(axis=1).max())) > TOLERANCE:
        return margin
    # Variables: the mixture, then the margin t; maximise t with t <= gain against every column.
    result = linprog(
        c=np.append(np.zeros(len(rest)), -1.0),
        A_ub=np.column_stack((-rest.T, np.ones(rest.shape[1]))),
        b_ub=np.zeros(rest.shape[1]),
        A_eq=np.append(np.ones(len(rest)), 0.0)[np.newaxis],
        b_eq=[1.0],
        bounds=[(0, 1)] * len(rest) + [(None, None)],
    )
    return -float(result.fun)


def _weak_margin(own: FloatArray, action: int) -> float:
    """The most that a mixture that is never worse than an action gains on it, summed over what the others do."""
    from scipy.optimize import linprog

    gains = own - own[action]
    # The action itself belongs to the mixtures, so that there always is one that is never worse.
    result = linprog(
        c=-gains.sum(axis=1),
        A_ub=-gains.T,
        b_ub=np.zeros(gains.shape[1]),
        A_eq=np.ones((1, len(gains))),
        b_eq=[1.0],
        bounds=[(0, 1)] * len(gains),
    )
    return -float(result.fun)
