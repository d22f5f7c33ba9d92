"""The whole tree of a small game as flat arrays: what every tabular solver and every exact metric walks.

Nodes stand in breadth-first order, so that parents come before children and a depth is a slice. Seats that move at
once take a node each, one after the other; what they know is their information state before any of them has moved.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from games.core import CHANCE, REFEREE, Game, Seat
from games.solvers.sequences import FloatArray, InformationSet, IntArray, SeatRecorder, SeatTree

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
        stakes: each seat's returns times the probability that chance plays its part, shape (seats, terminals).
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
    stakes: FloatArray
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
        ValueError: one information state has different legal actions, which no game may have.
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
        self.memories: list[tuple[int, ...]] = []
        self.returns: list[tuple[float, ...]] = []
        self.seats = [SeatRecorder() for _ in range(game.num_players)]

    def tree(self) -> FlatTree:
        """Walk everything and pack the arrays."""
        depth_start = [0]
        frontier = [_Node(self.game.initial_state(), (), -1, -1, 1.0, (0,) * self.game.num_players)]
        while frontier:
            frontier = [child for node in frontier for child in self._place(node)]
            depth_start.append(len(self.placed))
        parent, action, player, information_set = np.array([row[:4] for row in self.placed], dtype=np.int64).T
        seats = []
        for seat, at_terminal in enumerate(np.array(self.memories, dtype=np.int64).T):
            own, renumbered = self.seats[seat].tree(at_terminal)
            information_set[player == seat] = renumbered[information_set[player == seat]]
            seats.append(own)
        chance = np.array([row[4] for row in self.placed])
        terminal = np.flatnonzero(player == TERMINAL)
        returns = np.array(self.returns)
        return FlatTree(
            game=self.game,
            parent=parent,
            action=action,
            player=player,
            information_set=information_set,
            chance=chance,
            depth_start=np.array(depth_start),
            terminal=terminal,
            returns=returns,
            stakes=np.ascontiguousarray(returns.T) * chance[terminal],
            seats=tuple(seats),
        )

    def _place(self, node: _Node) -> list[_Node]:
        """Give a node its number; its children."""
        movers = self.game.to_move(node.state)
        if not movers:
            self._number(node, TERMINAL, -1)
            self.memories.append(node.memory)
            self.returns.append(self.game.returns(node.state))
            return []
        if movers == (REFEREE,):
            raise Unsolvable(f"{self.game}: a referee decides, so that there is no tree to solve")
        return self._after_chance(node) if movers == (CHANCE,) else self._after_decision(node, movers)

    def _number(self, node: _Node, player: int, information_set: int) -> int:
        if len(self.placed) >= self.max_nodes:
            raise Unsolvable(f"{self.game}: the tree has more than {self.max_nodes:,} nodes")
        self.placed.append((node.parent, node.action, player, information_set, node.chance))
        return len(self.placed) - 1

    def _after_chance(self, node: _Node) -> list[_Node]:
        number = self._number(node, CHANCE, -1)
        try:
            outcomes = self.game.chance_outcomes(node.state)
        except NotImplementedError as error:  # how a game says that its chance can be drawn but not listed
            raise Unsolvable(f"{self.game}: {error}") from error
        return [
            _Node(self.game.apply(node.state, {CHANCE: action}), (), number, index, node.chance * p, node.memory)
            for index, (action, p) in enumerate(outcomes)
        ]

    def _after_decision(self, node: _Node, movers: tuple[Seat, ...]) -> list[_Node]:
        seat = movers[len(node.pending)]
        actions = self.game.legal_actions(node.state, seat)
        if actions is None:
            raise Unsolvable(f"{self.game}: seat {seat} may write anything, so that there is no tree to solve")
        key = self.game.information_state(node.state, seat)
        information_set, first = self.seats[seat].record(InformationSet(key, tuple(actions), node.memory[seat]))
        number = self._number(node, seat, information_set)
        children = []
        for index, action in enumerate(actions):
            state, pending = node.state, (*node.pending, action)
            if len(pending) == len(movers):
                state, pending = self.game.apply(state, dict(zip(movers, pending, strict=True))), ()
            memory = (*node.memory[:seat], first + index, *node.memory[seat + 1 :])
            children.append(_Node(state, pending, number, index, node.chance, memory))
        return children
