"""What the checks look at: nodes of a game, gathered once and shared by all checks."""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from games.core import Seat
from games.testing.failures import located
from games.testing.playouts import (
    AnyGame,
    Counterfactual,
    Node,
    Play,
    choices,
    counterfactuals,
    random_play,
    spread,
    whole_tree,
)


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard the checks look. The defaults take well under a second for most games.

    Attributes:
        seed: of the random plays.
        plays: most random plays.
        turns: turns of random play, and of plays with one choice changed, after which no further play is begun.
        tree: largest tree, in nodes, that is walked in full instead.
        nodes: most nodes that are looked at one by one, where the tree is larger.
        actions: most actions that are tried at a node.
    """

    seed: int = 0
    plays: int = 12
    turns: int = 1_500
    tree: int = 1_000
    nodes: int = 250
    actions: int = 12


class Sighting(NamedTuple):
    """What one seat sees and knows at one node.

    Attributes:
        node: where.
        seat: who.
        deciding: whether the seat moves here.
        observation: what it reads.
        information: its information state.
        told: number of the sequence of its observations and actions at its earlier decisions; 0 where it is blind.
        recalled: number of the sequence of its information states and actions at its earlier decisions, likewise.
    """

    node: Node
    seat: Seat
    deciding: bool
    observation: str
    information: Hashable
    told: int
    recalled: int


class Evidence:
    """Nodes of one game, gathered when they are first asked for."""

    def __init__(self, game: AnyGame, effort: Effort | None = None) -> None:
        self.game = game
        self.effort = effort or Effort()

    @cached_property
    def plays(self) -> tuple[Play, ...]:
        """Random plays from start to end."""
        rng = random.Random(self.effort.seed)
        plays: list[Play] = []
        while len(plays) < self.effort.plays and sum(map(len, plays)) < self.effort.turns:
            plays.append(random_play(self.game, rng))
        return tuple(plays)

    @cached_property
    def tree(self) -> tuple[Node, ...] | None:
        """Every node, where there are few."""
        return whole_tree(self.game, self.effort.tree)

    @cached_property
    def counterfactuals(self) -> tuple[Counterfactual, ...]:
        """The random plays with one choice changed."""
        rng = random.Random(self.effort.seed)
        found: list[Counterfactual] = []
        turns = 0
        for play in self.plays:
            for changed in counterfactuals(self.game, play, rng, reach=40):
                found.append(changed)
                turns += len(changed.pairs)
                if turns > self.effort.turns:
                    return tuple(found)
        return tuple(found)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes that checks look at one by one: the whole tree, or some nodes of the plays and all their ends."""
        if self.tree is not None:
            return self.tree
        inner = [node for play in self.plays for node in play[:-1]]
        return (*spread(inner, self.effort.nodes), *(play[-1] for play in self.plays))

    @cached_property
    def ends(self) -> tuple[Node, ...]:
        """The nodes at which nobody is to move."""
        return tuple(node for node in self.nodes if not node.seats)

    @cached_property
    def sightings(self) -> tuple[Sighting, ...]:
        """What seats see and know, over the tree, or over the plays and the changed plays, where it is large."""
        return tuple(_sightings(self.game, self._connected_nodes()))

    def _connected_nodes(self) -> Iterator[Node]:
        """Nodes with all their ancestors, parents first."""
        if self.tree is not None:
            yield from self.tree
            return
        for play in self.plays:
            yield from play
        for changed in self.counterfactuals:
            for _, node in changed.pairs:
                yield node


def at_every_node(evidence: Evidence, test: Callable[[AnyGame, Node], None]) -> None:
    """Run a test at the nodes of the evidence; a failure says where."""
    for node in evidence.nodes:
        with located(evidence.game, node):
            test(evidence.game, node)


def some_choices(evidence: Evidence, node: Node, seat: Seat) -> list[Hashable]:
    """A few of the actions of a mover, spread over all."""
    rng = random.Random(evidence.effort.seed)
    return spread(choices(evidence.game, node.state, seat, rng), evidence.effort.actions)


def _sightings(game: AnyGame, nodes: Iterator[Node]) -> Iterator[Sighting]:
    """One sighting per seat and node; equal memories get equal numbers."""
    numbers: dict[Hashable, int] = {}
    earlier: dict[tuple[Node, Seat], Sighting] = {}
    for node in nodes:
        for seat in range(game.num_players):
            with located(game, node):
                before = earlier[node.parent, seat] if node.parent else None
                sighting = _sighting(game, node, seat, _memory(before, node, numbers))
            earlier[node, seat] = sighting
            blind = sighting.deciding and game.is_blind(node.state, seat)
            yield sighting._replace(told=0, recalled=0) if blind else sighting


def _sighting(game: AnyGame, node: Node, seat: Seat, memory: tuple[int, int]) -> Sighting:
    observation = game.observation(node.state, seat)
    information = game.information_state(node.state, seat)
    return Sighting(node, seat, seat in node.seats, observation, information, *memory)


def _memory(before: Sighting | None, node: Node, numbers: dict[Hashable, int]) -> tuple[int, int]:
    """Numbers of what a seat has been told and has known at its decisions before this node."""
    if before is None:
        return 0, 0
    if not before.deciding or node.actions is None:
        return before.told, before.recalled
    action = node.actions[before.seat]
    told = numbers.setdefault(("told", before.told, before.observation, action), len(numbers) + 1)
    recalled = numbers.setdefault(("recalled", before.recalled, before.information, action), len(numbers) + 1)
    return told, recalled
