"""Counting in whole game trees of sequential games: every history is a node of its own."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import Any, NamedTuple

from games.core import CHANCE, Game, Seat


class NodeCounts(NamedTuple):
    chance: int
    decision: int
    terminal: int


def node_counts(game: Game[Any, Any]) -> NodeCounts:
    """How many nodes of each kind the tree has."""
    movers = [seats for _, seats in nodes(game)]
    chance, terminal = movers.count((CHANCE,)), movers.count(())
    return NodeCounts(chance, len(movers) - chance - terminal, terminal)


def information_sets(game: Game[Any, Any]) -> set[tuple[Seat, Hashable]]:
    """The information states at which some seat decides, with the seat."""
    deciding = ((state, seats[0]) for state, seats in nodes(game) if seats and seats[0] != CHANCE)
    return {(seat, game.information_state(state, seat)) for state, seat in deciding}


def nodes(game: Game[Any, Any]) -> Iterator[tuple[Any, tuple[Seat, ...]]]:
    """Every node with who moves there."""
    waiting = [game.initial_state()]
    while waiting:
        state = waiting.pop()
        seats = game.to_move(state)
        yield state, seats
        if seats:
            waiting.extend(game.apply(state, {seats[0]: action}) for action in actions(game, state, seats[0]))


def actions(game: Game[Any, Any], state: Any, seat: Seat) -> Sequence[Any]:
    """The legal actions of a seat, or the outcomes of chance."""
    if seat == CHANCE:
        return [action for action, _ in game.chance_outcomes(state)]
    legal = game.legal_actions(state, seat)
    assert legal is not None
    return legal


def play(game: Game[Any, Any], *texts: str) -> Any:
    """The state after these action texts, chance's among them, each read by the seat that moves."""
    state = game.initial_state()
    for text in texts:
        (seat,) = game.to_move(state)
        state = game.apply(state, {seat: game.parse_action(state, seat, text)})
    return state
