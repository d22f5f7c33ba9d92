"""A snake that stays alive first and eats second."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import ClassVar, Final, NamedTuple

from agents.base import DecisionRequest
from agents.bots.base import Bot, game_of
from games.board.snake import STEPS, Snake, SnakeState
from games.core import Seat

# More steps than any board has.
_FAR: Final = 1000


class Prospect(NamedTuple):
    """What a move promises; the greater the better, first things first.

    Attributes:
        alive: whether it comes to no wall and no body.
        unmet: whether no head can come to the same cell that would not lose by it.
        room: cells that can be reached from there, as far as the snake needs them: its own length and one more.
        nearness: steps to an apple, negative, so that apples which another snake reaches as soon come last.
        freedom: cells that can be reached from there.
    """

    alive: bool
    unmet: bool = False
    room: int = 0
    nearness: int = 0
    freedom: int = 0


class ForagingSnake(Bot):
    """Avoids walls, bodies, heads and dead ends, in this order, and goes to the nearest apple that it reaches first."""

    plays = ("snake",)
    title: ClassVar[str] = "Avoids crashes and dead ends, and goes for the nearest apple that it reaches first"

    def choose(self, request: DecisionRequest) -> str:
        game, state = game_of(request.game), request.information_key
        assert isinstance(game, Snake), "the only game it plays"
        assert isinstance(state, SnakeState), "a game of perfect information"
        prospects = {move: prospect(game, state, request.seat, move) for move in STEPS}
        best = max(prospects.values())
        return request.rng().choice([move for move, found in prospects.items() if found == best])


def prospect(game: Snake, state: SnakeState, seat: Seat, move: str) -> Prospect:
    """What a move of a seat promises, whatever the others do at the same time."""
    snake = state.snakes[seat]
    cell = game.beyond(snake[0], move)
    rivals = [other for other, body in enumerate(state.snakes) if body and other != seat]
    bodies = {part for other in rivals for part in _staying(game, state, other)}
    bodies.update(snake if cell in state.apples else snake[:-1])
    if cell is None or cell in bodies:
        return Prospect(alive=False)
    # Two that meet are ranked by apples; with others left, both lose.
    feared = [other for other in rivals if len(rivals) > 1 or state.eaten[other] >= state.eaten[seat]]
    steps = _steps(game, cell, bodies)
    return Prospect(
        alive=True,
        unmet=all(cell not in _around(game, state.snakes[other][0]) for other in feared),
        room=min(len(steps), len(snake) + 1),
        nearness=_nearness(state.apples, steps, [_steps(game, state.snakes[other][0], bodies) for other in rivals]),
        freedom=len(steps),
    )


def _around(game: Snake, cell: int) -> list[int]:
    """The cells that a head can move to from a cell."""
    return [after for move in STEPS if (after := game.beyond(cell, move)) is not None]


def _staying(game: Snake, state: SnakeState, other: Seat) -> tuple[int, ...]:
    """The cells of a snake that will, or if it eats may, still be taken after the next move."""
    snake = state.snakes[other]
    return snake if set(_around(game, snake[0])).intersection(state.apples) else snake[:-1]


def _steps(game: Snake, start: int, blocked: Collection[int]) -> dict[int, int]:
    """How many steps away from a cell are those that can be reached from it, itself among them."""
    steps, waiting = {start: 0}, deque([start])
    while waiting:
        cell = waiting.popleft()
        for after in _around(game, cell):
            if after not in steps and after not in blocked:
                steps[after] = steps[cell] + 1
                waiting.append(after)
    return steps


def _nearness(apples: Iterable[int], steps: Mapping[int, int], rivals: Sequence[Mapping[int, int]]) -> int:
    """The best of the apples, by the steps to it after this move and those of the rivals before theirs."""

    def distance(apple: int) -> int:
        soonest = min((rival.get(apple, _FAR) for rival in rivals), default=_FAR)
        return steps[apple] if steps[apple] + 1 < soonest else steps[apple] + _FAR

    return -min((distance(apple) for apple in apples if apple in steps), default=2 * _FAR)
