"""Exact values of single actions when everybody follows a reference profile, for regret and luck correction."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from games.core import Seat
from games.solvers.best_response import Profile, final_values, reaches, summed, times_others
from games.solvers.sequences import FloatArray, SeatTree
from games.solvers.tree import FlatTree


class ActionValues(NamedTuple):
    """What a seat's actions are worth to it, given where it is.

    Attributes:
        values: expected final return of each sequence's last action, shape (sequences,): the seat is at the
            information set, takes the action, and all follow the profile from there. NaN where the others and chance
            never lead to the set, so that nothing is defined. Entry 0 is the value of the game.
        others: probability that chance and the others play their part of the way to each set, shape (sets,).
        reach: probability that play comes to each set when all follow the profile, shape (sets,).
    """

    values: FloatArray
    others: FloatArray
    reach: FloatArray


def action_values(tree: FlatTree, profile: Profile, seat: Seat) -> ActionValues:
    """The value of every action of a seat at every information set of it.

    The counterfactual values of Zinkevich et al. (Regret minimization in games with incomplete information, 2007)
    divided by the counterfactual reach. Where `others` is tiny, the values hang on play that the reference hardly ever
    sees: metrics should mask such sets.
    """
    own, reach = tree.seats[seat], reaches(tree, profile)
    strategy = np.asarray(profile[seat])
    values = _folded(own, strategy, final_values(tree, reach, seat))
    # Every way to go on has probability 1 in all: the same sums with returns of 1 are the probabilities of being there.
    mass = _folded(own, strategy, summed(own, times_others(tree, reach, seat, tree.chance[tree.terminal])))
    with np.errstate(invalid="ignore"):
        values = np.where(mass > 0, values / mass, np.nan)
    parents = np.array([each.parent for each in own.sets], dtype=np.int64)
    others = mass[own.first]
    return ActionValues(values, others, others * reach[seat][parents])


def _folded(own: SeatTree, strategy: FloatArray, values: FloatArray) -> FloatArray:
    """Counterfactual value of each sequence when the seat goes on by its strategy; entry 0 is the whole game's."""
    for level in reversed(own.levels):
        of_set = np.add.reduceat(strategy[level.sequences] * values[level.sequences], level.first)
        above = values[level.above]
        above += np.bincount(level.parent, of_set, minlength=len(above))
    return values
