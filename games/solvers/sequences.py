"""One seat's side of a tree: its information sets and its sequences, laid out for vectorised passes.

A sequence is what a seat has done on the way to a node: sequence 0 is nothing yet, and every action at every
information set adds one. A strategy is an array over sequences: entry 0 is 1, the others are the probability of the
sequence's last action at its information set (von Stengel, Efficient computation of behavior strategies, 1996).
Information sets are sorted by level, the number of own earlier decisions, so that a level is a slice.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]


class InformationSet(NamedTuple):
    """Nodes that a seat cannot tell apart.

    Attributes:
        key: the seat's information state (`Game.information_state`).
        actions: the legal actions.
        parent: the seat's own sequence that leads here.
    """

    key: Hashable
    actions: tuple[Any, ...]
    parent: int


class Level(NamedTuple):
    """The information sets before which a seat has made equally many decisions.

    Attributes:
        sequences: their sequences.
        above: the sequences of the level before; the empty sequence for the first level.
        first: start of each set's sequences, within `sequences`.
        own_set: the set of each sequence, within the level.
        parent: the sequence that leads to each set, within `above`.
        before: the sequence that each sequence prolongs.
    """

    sequences: slice
    above: slice
    first: IntArray
    own_set: IntArray
    parent: IntArray
    before: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class SeatTree:
    """A seat's information sets and sequences.

    Attributes:
        sets: the information sets, by level.
        first: first sequence of each set.
        size: number of actions of each set.
        levels: slices of the levels, top down.
        at_terminal: the seat's sequence at each terminal node.
    """

    sets: tuple[InformationSet, ...]
    first: IntArray
    size: IntArray
    levels: tuple[Level, ...]
    at_terminal: IntArray

    @property
    def num_sequences(self) -> int:
        """Number of sequences, the empty one included."""
        return int(self.levels[-1].sequences.stop) if self.levels else 1

    def uniform(self) -> FloatArray:
        """The strategy that plays every legal action alike."""
        return np.concatenate(([1.0], np.repeat(1 / self.size, self.size)))

    def normalised(self, weights: FloatArray) -> FloatArray:
        """The strategy proportional to non-negative weights, uniform at sets whose weights are all 0."""
        if not self.sets:
            return np.ones(1)
        strategy = self.uniform()
        total = np.repeat(np.add.reduceat(weights, self.first), self.size)
        np.divide(weights[1:], total, out=strategy[1:], where=total > 0)
        return strategy

    def reach(self, strategy: FloatArray) -> FloatArray:
        """For each sequence, the probability that a seat with this strategy plays all of it when it can."""
        reach = strategy.copy()
        for level in self.levels:
            reach[level.sequences] *= reach[level.before]
        return reach


class SeatRecorder:
    """A seat's information sets in the order in which a walk finds them."""

    def __init__(self) -> None:
        self._sets: list[InformationSet] = []
        self._places: dict[tuple[Hashable, int], tuple[int, int]] = {}
        self._num_sequences = 1

    def record(self, found: InformationSet) -> tuple[int, int]:
        """Index and first sequence of the set with this key and parent, in the order of finding."""
        place = self._places.setdefault((found.key, found.parent), (len(self._sets), self._num_sequences))
        if place[0] == len(self._sets):
            self._sets.append(found)
            self._num_sequences += len(found.actions)
        elif found.actions != self._sets[place[0]].actions:
            known = self._sets[place[0]].actions
            raise ValueError(f"the information state {found.key} has legal actions {known} and also {found.actions}")
        return place

    def tree(self, at_terminal: IntArray) -> tuple[SeatTree, IntArray]:
        """The seat's tree, with its sets sorted by level, and the new index of each set.

        Args:
            at_terminal: the seat's sequence at each terminal node, in the order of finding.
        """
        size = np.array([len(each.actions) for each in self._sets], dtype=np.int64)
        depth = _depths(self._sets, size)
        order = np.argsort(depth, kind="stable")
        renumbered = _renumbering(size, order)
        sets = tuple(self._sets[index]._replace(parent=int(renumbered[self._sets[index].parent])) for index in order)
        first = np.cumsum(size[order]) - size[order] + 1
        parent = np.array([each.parent for each in sets], dtype=np.int64)
        levels = _levels(depth[order], first, size[order], parent)
        return SeatTree(sets, first, size[order], levels, renumbered[at_terminal]), np.argsort(order)


def _depths(sets: Sequence[InformationSet], size: IntArray) -> IntArray:
    """Number of own decisions before each set."""
    set_of_sequence = np.concatenate(([-1], np.repeat(np.arange(len(sets)), size)))
    depth = np.zeros(len(sets), dtype=np.int64)
    for index, each in enumerate(sets):
        if each.parent:
            depth[index] = depth[set_of_sequence[each.parent]] + 1
    return depth


def _renumbering(size: IntArray, order: IntArray) -> IntArray:
    """The new number of each sequence when the sets are put in another order."""
    old_first = np.cumsum(size) - size + 1
    new_first = np.empty_like(size)
    new_first[order] = np.cumsum(size[order]) - size[order] + 1
    shift = np.repeat(new_first - old_first, size)
    return np.concatenate(([0], np.arange(1, 1 + len(shift)) + shift))


def _levels(depth: IntArray, first: IntArray, size: IntArray, parent: IntArray) -> tuple[Level, ...]:
    """The levels of sets that are sorted by depth."""
    levels = []
    above = slice(0, 1)
    for level in range(int(depth.max(initial=-1)) + 1):
        begin, end = np.searchsorted(depth, (level, level + 1))
        start, stop = int(first[begin]), int(first[end - 1] + size[end - 1])
        levels.append(
            Level(
                sequences=slice(start, stop),
                above=above,
                first=first[begin:end] - start,
                own_set=np.repeat(np.arange(end - begin), size[begin:end]),
                parent=parent[begin:end] - above.start,
                before=np.repeat(parent[begin:end], size[begin:end]),
            )
        )
        above = slice(start, stop)
    return tuple(levels)
