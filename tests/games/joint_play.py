"""Playing and walking games in which several seats may move at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from games.core import CHANCE, Game, Seat


def play(game: Game[Any, Any], *turns: str | Sequence[str]) -> Any:
    """The state after these turns, each the texts of the seats to move, in order (a lone seat's text as it is)."""
    state = game.initial_state()
    for turn in turns:
        texts = (turn,) if isinstance(turn, str) else turn
        seats = game.to_move(state)
        joint = {seat: game.parse_action(state, seat, text) for seat, text in zip(seats, texts, strict=True)}
        state = game.apply(state, joint)
    return state


def nodes(game: Game[Any, Any]) -> Iterator[tuple[Any, tuple[Seat, ...]]]:
    """Every history of a small game with who moves there."""
    waiting = [game.initial_state()]
    while waiting:
        state = waiting.pop()
        seats = game.to_move(state)
        yield state, seats
        if seats:
            choices = [actions(game, state, seat) for seat in seats]
            waiting += [game.apply(state, dict(zip(seats, joint, strict=True))) for joint in product(*choices)]


def actions(game: Game[Any, Any], state: Any, seat: Seat) -> Sequence[Any]:
    """The listed actions of a seat, or the outcomes of chance."""
    if seat == CHANCE:
        return [action for action, _ in game.chance_outcomes(state)]
    return game.example_actions(state, seat)


def ends(game: Game[Any, Any], state: Any, probability: float = 1.0) -> Iterator[tuple[Any, float]]:
    """The states in which chance stops moving from here on, with their probabilities."""
    if game.to_move(state) != (CHANCE,):
        yield state, probability
        return
    for outcome, weight in game.chance_outcomes(state):
        yield from ends(game, game.apply(state, {CHANCE: outcome}), probability * weight)
