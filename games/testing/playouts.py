"""Ways through a game: random plays, the whole tree where it is small, and plays with one choice changed."""

from __future__ import annotations

import random
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any, Final, NamedTuple, TypeVar

from games.core import CHANCE, REFEREE, Game, Seat
from games.info import Chance

AnyGame = Game[Any, Any]
Item = TypeVar("Item")

LONGEST_PLAY: Final = 10_000
_SAMPLES: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A state and the way it was reached.

    Attributes:
        state: the state.
        seats: who moves here.
        parent: the node one turn earlier; None at the start.
        actions: what was done there, by seat; empty at the start.
        depth: number of turns so far.
    """

    state: Hashable
    seats: tuple[Seat, ...]
    parent: Node | None = None
    actions: Mapping[Seat, Hashable] | None = None
    depth: int = 0


Play = tuple[Node, ...]


class Turn(NamedTuple):
    """One turn of a play: where, and what was done there."""

    node: Node
    actions: Mapping[Seat, Hashable]


class Counterfactual(NamedTuple):
    """A play in which one choice was replaced and every other one kept for as long as it stayed possible.

    Attributes:
        mover: whose choice it was: a seat, `CHANCE` or `REFEREE`.
        ordinal: how many choices the mover had made before, from 0.
        pairs: nodes at the same depth of the play and of the changed one, from the turn after the choice on.
    """

    mover: Seat
    ordinal: int
    pairs: tuple[tuple[Node, Node], ...]


def first_node(game: AnyGame) -> Node:
    """The start of every play."""
    state = game.initial_state()
    return Node(state, game.to_move(state))


def next_node(game: AnyGame, node: Node, actions: Mapping[Seat, Hashable]) -> Node:
    """The node that these actions lead to."""
    state = game.apply(node.state, dict(actions))
    return Node(state, game.to_move(state), node, actions, node.depth + 1)


def turns_before(node: Node) -> tuple[Turn, ...]:
    """The turns that led to a node, oldest first."""
    turns = []
    while node.parent is not None and node.actions is not None:
        turns.append(Turn(node.parent, node.actions))
        node = node.parent
    return tuple(reversed(turns))


def choices(game: AnyGame, state: Hashable, seat: Seat, rng: random.Random) -> Sequence[Hashable]:
    """What a mover may do: outcomes of chance (a few draws where they cannot be listed), actions, or examples."""
    if seat == CHANCE and game.info.chance is Chance.SAMPLED:
        return list(dict.fromkeys(game.sample_chance(state, rng) for _ in range(_SAMPLES)))
    if seat == CHANCE:
        return [outcome for outcome, _ in game.chance_outcomes(state)]
    legal = game.legal_actions(state, seat)
    return game.example_actions(state, seat) if legal is None else legal


def random_play(game: AnyGame, rng: random.Random) -> Play:
    """One play of uniformly random actions, cut one turn after `max_turns` and wherever nobody can act."""
    nodes = [first_node(game)]
    longest = min(game.max_turns() + 1, LONGEST_PLAY)
    while nodes[-1].seats and len(nodes) <= longest:
        actions = _random_actions(game, nodes[-1], rng)
        if actions is None:
            break
        nodes.append(next_node(game, nodes[-1], actions))
    return tuple(nodes)


def whole_tree(game: AnyGame, most: int) -> tuple[Node, ...] | None:
    """Every node, parents first; None when there are more than `most` or chance cannot be listed.

    Where actions are open, the examples stand for all of them.
    """
    if game.info.chance is Chance.SAMPLED:
        return None
    nodes = [first_node(game)]
    done = 0
    while done < len(nodes):
        if len(nodes) + children_count(game, nodes[done]) > most:
            return None
        nodes.extend(children(game, nodes[done]))
        done += 1
    return tuple(nodes)


def children(game: AnyGame, node: Node) -> list[Node]:
    """The nodes one turn later, for every choice or joint choice; none at the end."""
    joint = product(*_options(game, node)) if node.seats else ()
    return [next_node(game, node, dict(zip(node.seats, actions, strict=True))) for actions in joint]


def children_count(game: AnyGame, node: Node) -> int:
    """How many nodes `children` makes."""
    return prod(map(len, _options(game, node))) if node.seats else 0


def counterfactuals(game: AnyGame, play: Play, rng: random.Random, reach: int) -> Iterator[Counterfactual]:
    """The play with one choice replaced, for each early draw and some moves, followed for at most `reach` turns."""
    made: dict[Seat, int] = {}
    chosen = _turns_to_change(play)
    for turn, node in enumerate(play[:-1]):
        for mover in node.seats:
            ordinal = made.get(mover, 0)
            made[mover] = ordinal + 1
            if turn in chosen:
                yield from _changed(game, play[turn : turn + reach + 1], (mover, ordinal), rng)


def spread(items: Sequence[Item], most: int) -> list[Item]:
    """At most this many of the items, evenly spaced, the first and the last among them."""
    if len(items) <= most:
        return list(items)
    step = (len(items) - 1) / max(most - 1, 1)
    return [items[round(index * step)] for index in range(most)]


def _random_actions(game: AnyGame, node: Node, rng: random.Random) -> dict[Seat, Hashable] | None:
    """An action of each seat to move; None when one of them has none."""
    if node.seats == (CHANCE,):
        return {CHANCE: game.sample_chance(node.state, rng)}
    options = {seat: choices(game, node.state, seat, rng) for seat in node.seats}
    if not all(len(option) for option in options.values()):
        return None
    return {seat: option[int(rng.random() * len(option))] for seat, option in options.items()}


def _options(game: AnyGame, node: Node) -> list[Sequence[Hashable]]:
    return [choices(game, node.state, seat, random.Random(0)) for seat in node.seats]


def _turns_to_change(play: Play) -> set[int]:
    """The first draws and rulings, and some of the other turns."""
    turns = range(len(play) - 1)
    of_nature = [turn for turn in turns if play[turn].seats[0] in (CHANCE, REFEREE)]
    of_seats = [turn for turn in turns if play[turn].seats[0] not in (CHANCE, REFEREE)]
    return {*of_nature[:24], *spread(of_seats, 12)}


def _changed(game: AnyGame, rest: Play, choice: tuple[Seat, int], rng: random.Random) -> Iterator[Counterfactual]:
    """The rest of a play with its first choice by this mover replaced, in up to two ways."""
    mover, ordinal = choice
    factual = rest[1].actions
    assert factual is not None
    others = [option for option in choices(game, rest[0].state, mover, rng) if option != factual[mover]]
    for option in rng.sample(others, min(2, len(others))):
        changed = next_node(game, rest[0], {**factual, mover: option})
        yield Counterfactual(mover, ordinal, tuple(_followed(game, rest[1:], changed, rng)))


def _followed(game: AnyGame, rest: Play, changed: Node, rng: random.Random) -> Iterator[tuple[Node, Node]]:
    """Pairs of nodes, for as long as the choices of the play stay possible after the change."""
    for node, following in zip(rest, (*rest[1:], None), strict=True):
        yield node, changed
        if following is None or following.actions is None or changed.seats != node.seats:
            return
        if not all(_possible(game, changed.state, seat, action, rng) for seat, action in following.actions.items()):
            return
        changed = next_node(game, changed, following.actions)


def _possible(game: AnyGame, state: Hashable, seat: Seat, action: Hashable, rng: random.Random) -> bool:
    if seat == CHANCE:
        return game.info.chance is Chance.SAMPLED or action in choices(game, state, seat, rng)
    legal = game.legal_actions(state, seat)
    if legal is not None:
        return action in legal
    # What was done at a node of another kind may have no text here at all, which is a ValueError like a wrong action.
    try:
        return bool(game.parse_action(state, seat, game.action_to_text(state, seat, action)) == action)
    except ValueError:
        return False
