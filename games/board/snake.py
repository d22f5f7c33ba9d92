"""Snake, for two to four players who move at once."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from operator import add
from typing import Final, NamedTuple, Self

from pydantic import Field, model_validator

from games.board.squares import diagram, square
from games.core import CHANCE, Game, GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose

# Steps of row and column; row 0 is at the bottom.
STEPS: Final = {"up": (1, 0), "down": (-1, 0), "left": (0, -1), "right": (0, 1)}

_MOVES: Final = tuple(STEPS)
WALL: Final = "a wall"
HEAD: Final = "a head"
BODY: Final = "a body"

_APPLE: Final = "*"
_HEADS: Final = "ABCD"
_BODIES: Final = "#%&="


class SnakeParams(GameParams):
    """Parameters of snake."""

    num_players: int = Field(2, ge=2, le=4, description="Number of snakes.")
    width: int = Field(5, ge=4, le=20, description="Columns of the board.")
    height: int = Field(5, ge=4, le=20, description="Rows of the board.")
    apples: int = Field(2, ge=1, le=10, description="Apples on the board; an eaten one is replaced.")
    turns: int = Field(20, ge=1, le=500, description="Most moves of every snake.")

    @model_validator(mode="after")
    def _apples_fit(self) -> Self:
        most = self.width * self.height // 2
        if self.apples > most:
            raise ValueError(f"apples must take at most half of the board, {most} cells, but are {self.apples}")
        return self


class Crash(NamedTuple):
    """The end of a snake: in which turn, from 1, and against what: `WALL`, `HEAD` or `BODY`."""

    turn: int
    cause: str


class SnakeState(NamedTuple):
    """Where the snakes are.

    Attributes:
        snakes: cells of each snake from its head to its tail, counted row by row from a1; empty after a crash.
        apples: cells of the apples, ascending.
        eaten: apples that each snake has eaten.
        crashes: how each snake ended; None while it lives.
        turns: finished turns.
    """

    snakes: tuple[tuple[int, ...], ...]
    apples: tuple[int, ...]
    eaten: tuple[int, ...]
    crashes: tuple[Crash | None, ...]
    turns: int = 0


class Snake(Game[SnakeState, int | str]):
    """Snakes move one cell at once, grow by apples, and are out when they crash; the last one alive wins.

    An action is a direction; chance names the cell of each new apple. Snakes are ranked by how long they lived, those
    alive first, and then by apples; the utility of a seat is the share of the others that it beats less the share that
    beat it, which for two is +1, 0 or -1, and adds up to 0 for any number.

    The rules are those of TextArena but for these. Snakes start in fixed places opposite each other, while there they
    are drawn; the first apples lie on different cells; a new apple appears after all have moved; a turn is a move of
    every snake, while the 40 turns there count the moves of two snakes singly; three or four are scored as said above,
    while there utility depends on the number of groups of equal rank and need not add up to 0; and a text that is no
    move is no crash.
    """

    Params = SnakeParams
    params: SnakeParams
    info = GameInfo(
        name="snake",
        version=1,
        title="Snake",
        summary="Steer a snake to apples among other snakes, all moving at once; who crashes is out.",
        family="board",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.EXPLICIT,
        information=Information.PERFECT,
        utility=Utility.ZERO_SUM,
        max_players=4,
        tags=("board", "grid", "spiral", "textarena"),
        references=(
            "L. Guertler et al., TextArena, 2025, arXiv 2504.11442 (Snake-v0: 5 by 5 cells, 2 apples, 40 single moves)",
            "B. Liu et al., SPIRAL, 2025, arXiv 2506.24119 (tries its models on it)",
        ),
    )

    def __init__(self, params: SnakeParams | None = None) -> None:
        super().__init__(params)
        self._cells = range(self.params.width * self.params.height)
        # For each cell and direction the next cell, None for a wall.
        self._next = [{move: self._beyond(cell, *step) for move, step in STEPS.items()} for cell in self._cells]

    def initial_state(self) -> SnakeState:
        width, height, seats = self.params.width, self.params.height, self.params.num_players
        low, high = width + 1, (height - 2) * width + width - 2
        corners = (low, high, high - (width - 3), low + (width - 3))
        return SnakeState(tuple((cell,) for cell in corners[:seats]), (), (0,) * seats, (None,) * seats)

    def to_move(self, state: SnakeState) -> tuple[Seat, ...]:
        alive = tuple([seat for seat, crash in enumerate(state.crashes) if crash is None])
        if len(alive) < 2 or state.turns >= self.params.turns:
            return ()
        return (CHANCE,) if len(state.apples) < self.params.apples and self._free(state) else alive

    def legal_actions(self, state: SnakeState, seat: Seat) -> Sequence[str]:
        return _MOVES

    def chance_outcomes(self, state: SnakeState) -> list[tuple[int | str, float]]:
        free = self._free(state)
        return [(cell, 1 / len(free)) for cell in free]

    def sample_chance(self, state: SnakeState, rng: random.Random) -> int:
        return rng.choice(self._free(state))

    def apply(self, state: SnakeState, actions: Mapping[Seat, int | str]) -> SnakeState:
        if CHANCE in actions:
            apples = tuple(sorted((*state.apples, int(actions[CHANCE]))))
            return SnakeState(state.snakes, apples, state.eaten, state.crashes, state.turns)
        targets = {seat: self.beyond(state.snakes[seat][0], str(move)) for seat, move in actions.items()}
        turn, causes = state.turns + 1, _crashes(state, targets)
        reached = [None if seat in causes else targets.get(seat) for seat in range(len(state.snakes))]
        meals = [cell in state.apples for cell in reached]
        bodies = [
            () if cell is None else (cell, *(snake if eats else snake[:-1]))
            for snake, cell, eats in zip(state.snakes, reached, meals, strict=True)
        ]
        crashes = [Crash(turn, causes[seat]) if seat in causes else crash for seat, crash in enumerate(state.crashes)]
        return SnakeState(
            tuple(bodies),
            tuple([apple for apple in state.apples if apple not in reached]),
            tuple(map(add, state.eaten, meals)),
            tuple(crashes) if causes else state.crashes,
            turn,
        )

    def beyond(self, cell: int, move: str) -> int | None:
        """The cell that a move from a cell leads to; None for a wall."""
        return self._next[cell][move]

    def returns(self, state: SnakeState) -> tuple[float, ...]:
        if self.to_move(state):
            return (0.0,) * len(state.snakes)
        last = state.turns + 1
        ranks = [
            (last if crash is None else crash.turn, eaten)
            for crash, eaten in zip(state.crashes, state.eaten, strict=True)
        ]
        others = len(ranks) - 1
        return tuple((sum(own > rank for rank in ranks) - sum(own < rank for rank in ranks)) / others for own in ranks)

    def utility_bounds(self) -> tuple[float, float]:
        return -1.0, 1.0

    def max_turns(self) -> int:
        return self.params.apples + self.params.turns * (1 + self.params.num_players)

    def rules_text(self, seat: Seat) -> str:
        own = self.params
        others = "another snake" if own.num_players == 2 else f"{own.num_players - 1} other snakes"
        result = (
            "+1 for the better snake and -1 for the other one, or 0 for both"
            if own.num_players == 2
            else "the share of the other snakes that you beat, less the share that beat you: from +1 to -1"
        )
        return (
            f"You play snake on a board of {own.width} columns and {own.height} rows, against {others}. Cells are "
            "named by column letter and row number; a1 is at the bottom left.\n"
            f"You steer snake {_HEADS[seat]}. Every turn all snakes move at the same time: their heads go one cell up "
            "(to the next higher row number), down, left or right, and their bodies follow. All snakes start as a head "
            "only.\n"
            f"A snake whose head comes to an apple ({_APPLE}) eats it and grows by one cell: its tail stays where it "
            "is in that turn. Otherwise its tail moves on. As long as there is room, "
            f"{'an apple lies' if own.apples == 1 else f'{own.apples} apples lie'} on the board; after one is eaten, a "
            "new one appears on a random free cell.\n"
            "A snake crashes and is off the board when its head leaves the board, when it comes to the same cell as "
            "another head, when two heads change places, or when it comes to a cell of a body, its own or another's. A "
            "cell that a tail, or a head without a body, leaves in the same turn is free. Snakes that crash into a "
            "wall or a head are taken off before bodies are looked at.\n"
            f"The game ends when fewer than two snakes are left, and after {own.turns} turns. Whoever lives longer is "
            "better; of those that live equally long, whoever has eaten more apples. Your result is "
            f"{result}.\n"
            "Write a move as one word: up, down, left or right"
        )

    def observation(self, state: SnakeState, seat: Seat) -> str:
        lines = [self._turn_text(state, seat), self.render(state)]
        return "\n".join([*lines, *(self._snake_text(state, other, seat) for other in range(len(state.snakes)))])

    def action_to_text(self, state: SnakeState, seat: Seat, action: int | str) -> str:
        return self._name(action) if isinstance(action, int) else action

    def parse_action(self, state: SnakeState, seat: Seat, text: str) -> int | str:
        if seat == CHANCE:
            return super().parse_action(state, seat, text)
        return choose(text, {move: move for move in _MOVES}, r"(?!)")

    def render(self, state: SnakeState) -> str:
        marks = dict.fromkeys(state.apples, _APPLE)
        for number, snake in enumerate(state.snakes):
            marks |= dict.fromkeys(snake[1:], _BODIES[number]) | dict.fromkeys(snake[:1], _HEADS[number])
        width = self.params.width
        return diagram(self.params.height, width, lambda row, column: marks.get(row * width + column, "."))

    def outcome_text(self, state: SnakeState) -> str:
        ends = ("alive" if crash is None else f"crashed in turn {crash.turn}" for crash in state.crashes)
        scores = zip(ends, state.eaten, strict=True)
        return "; ".join(f"snake {_HEADS[seat]} {end}, {eaten} eaten" for seat, (end, eaten) in enumerate(scores))

    def _beyond(self, cell: int, up: int, right: int) -> int | None:
        row, column = divmod(cell, self.params.width)
        inside = 0 <= row + up < self.params.height and 0 <= column + right < self.params.width
        return (row + up) * self.params.width + column + right if inside else None

    def _free(self, state: SnakeState) -> list[int]:
        taken = {*state.apples, *(cell for snake in state.snakes for cell in snake)}
        return [cell for cell in self._cells if cell not in taken]

    def _name(self, cell: int) -> str:
        return square(*divmod(cell, self.params.width))

    def _turn_text(self, state: SnakeState, seat: Seat) -> str:
        movers = self.to_move(state)
        if not movers:
            return f"The game is over after {state.turns} turns. Your result: {self.returns(state)[seat]:+.3g}"
        now = f"Turn {state.turns + 1} of {self.params.turns}."
        if movers == (CHANCE,):
            return f"{now} An apple is about to appear."
        return f"{now} You steer snake {_HEADS[seat]}. The board ({_APPLE} apple, . free):"

    def _snake_text(self, state: SnakeState, other: Seat, seat: Seat) -> str:
        """Where a snake is, or how it ended."""
        name = f"Snake {_HEADS[other]}{' (you)' if other == seat else ''}"
        eaten = f"apples eaten: {state.eaten[other]}"
        crash = state.crashes[other]
        if crash is not None:
            return f"{name}: crashed into {crash.cause} in turn {crash.turn}; {eaten}"
        head, *body = map(self._name, state.snakes[other])
        tail = f", body {_BODIES[other]} from there to the tail {' '.join(body)}" if body else ""
        return f"{name}: head {head}{tail}; {eaten}"


def _crashes(state: SnakeState, targets: Mapping[Seat, int | None]) -> dict[Seat, str]:
    """What each snake crashes into when their heads come to these cells, None being beyond the board."""
    cells = list(targets.values())
    came_from = {state.snakes[seat][0]: cell for seat, cell in targets.items()}
    causes: dict[Seat, str] = {}
    for seat, cell in targets.items():
        if cell is None:
            causes[seat] = WALL
        elif cells.count(cell) > 1 or came_from.get(cell) == state.snakes[seat][0]:
            causes[seat] = HEAD
    left = {seat: cell for seat, cell in targets.items() if seat not in causes}
    bodies: set[int] = set()
    for seat, cell in left.items():
        snake = state.snakes[seat]
        bodies.update(snake if cell in state.apples else snake[:-1])
    return causes | {seat: BODY for seat, cell in left.items() if cell in bodies}
