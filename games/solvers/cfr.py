"""Counterfactual regret minimisation on a flat tree, every pass vectorised by level."""

from __future__ import annotations

import numpy as np

from games.solvers.best_response import Profile, final_values, reaches
from games.solvers.sequences import FloatArray, SeatTree
from games.solvers.tree import FlatTree


class CFR:
    """Seats learn one after the other; the average counts every iteration alike.

    Zinkevich, Johanson, Bowling and Piccione, Regret minimization in games with incomplete information, NeurIPS 2007.

    Attributes:
        tree: the game.
        iterations: iterations run so far.
    """

    def __init__(self, tree: FlatTree) -> None:
        self.tree = tree
        self.iterations = 0
        self._current = [own.uniform() for own in tree.seats]
        self._regrets = [np.zeros(own.num_sequences) for own in tree.seats]
        self._played = [np.zeros(own.num_sequences) for own in tree.seats]

    def run(self, iterations: int) -> None:
        """Run more iterations."""
        for _ in range(iterations):
            self.iterations += 1
            self._iterate()

    def average(self) -> Profile:
        """The average strategies: in two-player zero-sum games they approach an equilibrium."""
        return [own.normalised(played) for own, played in zip(self.tree.seats, self._played, strict=True)]

    def _iterate(self) -> None:
        reach = reaches(self.tree, self._current)
        for seat, own in enumerate(self.tree.seats):
            new = regrets(own, self._current[seat], final_values(self.tree, reach, seat))
            self._played[seat] += self._weight() * reach[seat]
            self._regrets[seat] = self._kept(self._regrets[seat] + new)
            self._current[seat] = own.normalised(np.maximum(self._regrets[seat], 0))
            reach[seat] = own.reach(self._current[seat])

    def _weight(self) -> float:
        """How much this iteration's strategies count in the average."""
        return 1.0

    def _kept(self, total: FloatArray) -> FloatArray:
        """The total regrets that the next iteration starts from."""
        return total


class CFRPlus(CFR):
    """CFR whose regrets never fall below 0 and whose average gives iteration t the weight t.

    Tammelin, Solving large imperfect information games using CFR+, 2014.
    """

    def _weight(self) -> float:
        return float(self.iterations)

    def _kept(self, total: FloatArray) -> FloatArray:
        return np.maximum(total, 0)


def regrets(own: SeatTree, strategy: FloatArray, values: FloatArray) -> FloatArray:
    """Counterfactual regret of not having played each sequence's last action, shape (sequences,).

    Args:
        own: the seat.
        strategy: what it plays.
        values: counterfactual values that end right after each sequence (`final_values`); used up.
    """
    regret = np.zeros(own.num_sequences)
    for level in reversed(own.levels):
        of_action = values[level.sequences]
        of_set = np.add.reduceat(strategy[level.sequences] * of_action, level.first)
        regret[level.sequences] = of_action - of_set[level.own_set]
        above = values[level.above]
        above += np.bincount(level.parent, of_set, minlength=len(above))
    return regret
