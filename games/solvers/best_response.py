"""Exact values of policies: expected returns, best responses, NashConv and exploitability.

A profile is one strategy per seat, each an array over that seat's sequences (see `games.solvers.sequences`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from games.core import Seat
from games.solvers.sequences import FloatArray, SeatTree
from games.solvers.tree import FlatTree

Profile = Sequence[FloatArray]


def expected_returns(tree: FlatTree, profile: Profile) -> FloatArray:
    """Expected return of every seat when all play their strategies; shape (seats,)."""
    probability = tree.chance[tree.terminal]
    for seat, reach in zip(tree.seats, reaches(tree, profile), strict=True):
        probability = probability * reach[seat.at_terminal]
    return np.asarray(probability @ tree.returns)


def best_response_values(tree: FlatTree, profile: Profile) -> FloatArray:
    """For every seat, the most it can expect when the others play their strategies; shape (seats,)."""
    reach = reaches(tree, profile)
    return np.array([_fold_best(own, final_values(tree, reach, seat))[0] for seat, own in enumerate(tree.seats)])


def best_response(tree: FlatTree, profile: Profile, seat: Seat) -> FloatArray:
    """A pure strategy of a seat that is best against the others' strategies, the first of equal actions."""
    own = tree.seats[seat]
    values = _fold_best(own, final_values(tree, reaches(tree, profile), seat))
    strategy = np.zeros(own.num_sequences)
    strategy[0] = 1.0
    for first, size in zip(own.first, own.size, strict=True):
        strategy[first + np.argmax(values[first : first + size])] = 1.0
    return strategy


def nash_conv(tree: FlatTree, profile: Profile) -> float:
    """How much all seats together could gain by each deviating alone; 0 exactly in a Nash equilibrium.

    Lanctot et al., A unified game-theoretic approach to multiagent reinforcement learning, NeurIPS 2017.
    """
    reach = reaches(tree, profile)
    gain = 0.0
    for seat, own in enumerate(tree.seats):
        values = final_values(tree, reach, seat)
        expected = values @ reach[seat]
        gain += float(_fold_best(own, values)[0] - expected)
    return gain


def exploitability(tree: FlatTree, profile: Profile) -> float:
    """NashConv per seat: what a seat loses on average to opponents who know its strategy, in zero-sum games."""
    return nash_conv(tree, profile) / len(tree.seats)


def reaches(tree: FlatTree, profile: Profile) -> list[FloatArray]:
    """Each seat's probabilities of playing its sequences."""
    return [own.reach(strategy) for own, strategy in zip(tree.seats, profile, strict=True)]


def final_values(tree: FlatTree, reach: Sequence[FloatArray], seat: Seat) -> FloatArray:
    """Counterfactual value that ends right after each sequence of a seat, shape (sequences,).

    The sum, over the terminal nodes at which the sequence is the seat's last, of its return times the probability
    that chance and the others go there.
    """
    return summed(tree.seats[seat], times_others(tree, reach, seat, tree.stakes[seat]))


def summed(own: SeatTree, at_terminal: FloatArray) -> FloatArray:
    """Sum, for each sequence, over the terminal nodes at which it is the seat's last; shape (sequences,)."""
    return np.asarray(np.bincount(own.at_terminal, at_terminal, minlength=own.num_sequences), dtype=np.float64)


def times_others(tree: FlatTree, reach: Sequence[FloatArray], seat: Seat, at_terminal: FloatArray) -> FloatArray:
    """Something at each terminal node times the probability that the other seats play their part of the way there."""
    for other, tree_of_other in enumerate(tree.seats):
        if other != seat:
            at_terminal = at_terminal * reach[other][tree_of_other.at_terminal]
    return at_terminal


def _fold_best(own: SeatTree, values: FloatArray) -> FloatArray:
    """Counterfactual value of each sequence when the seat goes on as well as it can; entry 0 is the whole game's."""
    for level in reversed(own.levels):
        best = np.maximum.reduceat(values[level.sequences], level.first)
        above = values[level.above]
        above += np.bincount(level.parent, best, minlength=len(above))
    return values
