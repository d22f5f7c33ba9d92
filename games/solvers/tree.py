"""The whole tree of a small game as flat arrays: what every tabular solver and every exact metric walks.

Nodes stand in breadth-first order, so that parents come before children and a depth is a slice. Seats that move at
once take a node each, one after the other; what they know is their information state before any of them has moved.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from games.core import CHANCE, REFEREE, Game, Seat
from games.solvers.sequences import FloatArray, InformationSet, IntArray, SeatTree, seat_tree

TERMINAL: Final = -3
MAX_NODES: Final = 2_000_000


class Unsolvable(ValueError):
    """A game that a solver cannot take; the message says why."""


@dataclass(frozen=True, slots=True, eq=False)
class FlatTree:
    """A game tree.

    Attributes:
        game: the game.
        parent: parent of each node; -1 for the root.
        action: index of the action that led to each node, among those of its parent; -1 for the root.
        player: who moves at each node: a seat, `CHANCE` or `TERMINAL`.
        information_set: at nodes of a seat, index into `seats[player].sets`; -1 elsewhere.
        chance: probability that chance plays its part of the way to each node.
        depth_start: first node of each depth, then the number of nodes.
        terminal: the terminal nodes.
        returns: final returns, shape (terminals, seats).
        seats: each seat's own decisions.
    """

    game: Game[Any, Any]
    parent: IntArray
    action: IntArray
    player: IntArray
    information_set: IntArray
    chance: FloatArray
    depth_start: IntArray
    terminal: IntArray
    returns: FloatArray
    seats: tuple[SeatTree, ...]

    @property
    def num_nodes(self) -> int:
        """Number of nodes, chance and terminal nodes included."""
        return len(self.parent)


def flatten(game: Game[Any, Any], max_nodes: int = MAX_NODES) -> FlatTree:
    """Lay out the whole tree of a game.

    A seat remembers what it did: histories that share an information state but not the seat's own past actions
    become information sets of their own, so that every seat has perfect recall.

    Raises:
        Unsolvable: an action is open, a referee rules, chance cannot be listed, or there are more than `max_nodes`.
    """
    return _Walk(game, max_nodes).tree()


class _Node(NamedTuple):
    """A node of the frontier.

    Attributes:
        state: the last state of the game.
        pending: what the first of the seats that move at once have chosen there.
        parent: number of the parent.
        action: index of the action that led here.
        chance: probability that chance plays its part of the way here.
        memory: each seat's own sequence so far.
    """

    state: Hashable
    pending: tuple[Any, ...]
    parent: int
    action: int
    chance: float
    memory: tuple[int, ...]


class _Walk:
    """The lists that grow while a tree is walked, depth by depth."""

    def __init__(self, game: Game[Any, Any], max_nodes: int) -> None:
        self.game = game
        self.max_nodes = max_nodes
        self.placed: list[tuple[int, int, int, int, float]] = []
        self.depth_start = [0]
        self.terminals: list[tuple[int, ...]] = []
        self.returns: list[tuple[float, ...]] = []
        self.sets: list[list[InformationSet]] = [[] for _ in range(game.num_players)]
        self.known: list[dict[tuple[Hashable, int], tuple[int, int]]] = [{} for _ in range(game.num_players)]
        self.num_sequences = [1] * game.num_players

    def tree(self) -> FlatTree:
        """Walk everything and pack the arrays."""
        frontier = [_Node(self.game.initial_state(), (), -1, -1, 1.0, (0,) * self.game.num_players)]
        while frontier:
            frontier = [child for node in frontier for child in self._place(node)]
            self.depth_start.append(len(self.placed))
        parent, action, player, information_set = np.array([row[:4] for row in self.placed], dtype=np.int64).T
        seats, renumbering = self._seats()
        for seat, new_index in enumerate(renumbering):
            own = player == seat
            information_set[own] = new_index[information_set[own]]
        return FlatTree(
            game=self.game,
            parent=parent,
            action=action,
            player=player,
            information_set=information_set,
            chance=np.array([row[4] for row in self.placed]),
            depth_start=np.array(self.depth_start),
            terminal=np.flatnonzero(player == TERMINAL),
            returns=np.array(self.returns),
            seats=seats,
        )

    def _seats(self) -> tuple[tuple[SeatTree, ...], list[IntArray]]:
        last = np.array(self.terminals, dtype=np.int64).T
        made = [seat_tree(sets, own) for sets, own in zip(self.sets, last, strict=True)]
        return tuple(tree for tree, _ in made), [renumbering for _, renumbering in made]

    def _place(self, node: _Node) -> Iterator[_Node]:
        """Give a node its number; its children."""
        if len(self.placed) >= self.max_nodes:
            raise Unsolvable(f"{self.game}: the tree has more than {self.max_nodes:,} nodes")
        movers = self.game.to_move(node.state)
        if not movers:
            self.terminals.append(node.memory)
            self.returns.append(self.game.returns(node.state))
            self._number(node, TERMINAL, -1)
            return iter(())
        if movers == (REFEREE,):
            raise Unsolvable(f"{self.game}: a referee decides, so that there is no tree to solve")
        return self._after_chance(node) if movers == (CHANCE,) else self._after_decision(node, movers)

    def _number(self, node: _Node, player: int, information_set: int) -> int:
        self.placed.append((node.parent, node.action, player, information_set, node.chance))
        return len(self.placed) - 1

    def _after_chance(self, node: _Node) -> Iterator[_Node]:
        number = self._number(node, CHANCE, -1)
        for index, (action, probability) in enumerate(_outcomes(self.game, node.state)):
            state = self.game.apply(node.state, {CHANCE: action})
            yield _Node(state, (), number, index, node.chance * probability, node.memory)

    def _after_decision(self, node: _Node, movers: tuple[Seat, ...]) -> Iterator[_Node]:
        seat = movers[len(node.pending)]
        information_set, first, actions = self._information_set(node, seat)
        number = self._number(node, seat, information_set)
        for index, action in enumerate(actions):
            state, pending = node.state, (*node.pending, action)
            if len(pending) == len(movers):
                state, pending = self.game.apply(state, dict(zip(movers, pending, strict=True))), ()
            memory = (*node.memory[:seat], first + index, *node.memory[seat + 1 :])
            yield _Node(state, pending, number, index, node.chance, memory)

    def _information_set(self, node: _Node, seat: Seat) -> tuple[int, int, Sequence[Any]]:
        """Index of the node's information set, its first sequence, and the legal actions."""
        actions = self.game.legal_actions(node.state, seat)
        if actions is None:
            raise Unsolvable(f"{self.game}: seat {seat} may write anything, so that there is no tree to solve")
        key = self.game.information_state(node.state, seat)
        found = self.known[seat].get((key, node.memory[seat]))
        if found is None:
            found = len(self.sets[seat]), self.num_sequences[seat]
            self.known[seat][key, node.memory[seat]] = found
            self.sets[seat].append(InformationSet(key, tuple(actions), node.memory[seat]))
            self.num_sequences[seat] += len(actions)
        elif tuple(actions) != self.sets[seat][found[0]].actions:
            raise Unsolvable(f"{self.game}: seat {seat} has different legal actions in the one information state {key}")
        return *found, actions


def _outcomes(game: Game[Any, Any], state: Hashable) -> Sequence[tuple[Any, float]]:
    try:
        return game.chance_outcomes(state)
    except NotImplementedError as error:
        raise Unsolvable(f"{game}: {error}") from error
