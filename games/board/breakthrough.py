"""Breakthrough."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Final, NamedTuple

from pydantic import Field

from games.board.squares import MARKS_DESCRIPTION, SQUARE, CheckedMarks, diagram, square
from games.core import Game, GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose

_BETWEEN: Final = re.compile(r"\s*(?:-|x|to|\s)\s*")


class BreakthroughParams(GameParams):
    """Parameters of breakthrough."""

    rows: int = Field(8, ge=5, le=12, description="Rows of the board; each player's pawns fill the nearest two.")
    columns: int = Field(8, ge=3, le=12, description="Columns of the board.")
    marks: Annotated[str, CheckedMarks] = Field("XO", description=MARKS_DESCRIPTION)


class Step(NamedTuple):
    """A move of a pawn between squares, counted row by row from a1."""

    start: int
    end: int


class BreakthroughState(NamedTuple):
    """Squares of each seat's pawns as bit sets (bit 0 is a1), and the seat whose turn it is."""

    first: int
    second: int
    turn: Seat = 0


class Breakthrough(Game[BreakthroughState, Step]):
    """Pawns move one square forward, straight or diagonally, and capture diagonally; the far row wins.

    The first player moves up the board. There are no draws: somebody can always move, and pawns only advance.
    """

    Params = BreakthroughParams
    params: BreakthroughParams
    info = GameInfo(
        name="breakthrough",
        version=1,
        title="Breakthrough",
        summary="Advance your pawns, capture diagonally, and be the first to reach the far row.",
        family="board",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.ZERO_SUM,
        tags=("board",),
        references=("D. Troyka, Breakthrough, About Board Games 8x8 game design competition, 2001",),
    )

    def __init__(self, params: BreakthroughParams | None = None) -> None:
        super().__init__(params)
        rows, columns = self.params.rows, self.params.columns
        self._squares = rows * columns
        low = (1 << 2 * columns) - 1
        self._start = BreakthroughState(low, low << (rows - 2) * columns)
        self._goal = (((1 << columns) - 1) << (rows - 1) * columns, (1 << columns) - 1)
        # For each seat and square: the square straight ahead, and those diagonally ahead.
        self._ahead = [[self._targets(place, way) for place in range(self._squares)] for way in (1, -1)]

    def initial_state(self) -> BreakthroughState:
        return self._start

    def to_move(self, state: BreakthroughState) -> tuple[Seat, ...]:
        first, second, turn = state
        if first & self._goal[0] or second & self._goal[1] or not first or not second:
            return ()
        return (turn,)

    def legal_actions(self, state: BreakthroughState, seat: Seat) -> list[Step]:
        own, other = state[seat], state[1 - seat]
        taken, ahead, steps, pawns = own | other, self._ahead[seat], [], own
        while pawns:
            place = (pawns & -pawns).bit_length() - 1
            pawns &= pawns - 1
            straight, diagonals = ahead[place]
            if straight >= 0 and not taken >> straight & 1:
                steps.append(Step(place, straight))
            steps += [Step(place, end) for end in diagonals if not own >> end & 1]
        return steps

    def apply(self, state: BreakthroughState, actions: Mapping[Seat, Step]) -> BreakthroughState:
        ((seat, (start, end)),) = actions.items()
        own, other = state[seat] ^ (1 << start | 1 << end), state[1 - seat] & ~(1 << end)
        return BreakthroughState(own, other, 1) if seat == 0 else BreakthroughState(other, own, 0)

    def returns(self, state: BreakthroughState) -> tuple[float, ...]:
        if self.to_move(state):
            return (0.0, 0.0)
        return (-1.0, 1.0) if state.turn == 0 else (1.0, -1.0)

    def utility_bounds(self) -> tuple[float, float]:
        return -1.0, 1.0

    def max_turns(self) -> int:
        # Every pawn can step at most so often before one of its side reaches the far row.
        return 4 * self.params.columns * (self.params.rows - 1)

    def rules_text(self, seat: Seat) -> str:
        rows, columns, mark = self.params.rows, self.params.columns, self.params.marks
        goal = rows if seat == 0 else 1
        return (
            f"You play breakthrough on a board of {rows} rows and {columns} columns. Squares are named by column "
            "letter and row number; a1 is at the bottom left.\n"
            f"Your pawns are {mark[seat]} and move {'up, to higher' if seat == 0 else 'down, to lower'} row numbers; "
            f"the other player's are {mark[1 - seat]} and move the other way. {mark[0]} moves first, then you take "
            "turns.\n"
            "A move takes one pawn one row forward: straight ahead onto a free square, or diagonally ahead onto a free "
            "square or onto a pawn of the other player, which is captured. Straight ahead nothing can be captured.\n"
            f"You win (+1, and -1 for the other player) when one of your pawns reaches row {goal}, or when you capture "
            "the last pawn of the other player. There are no draws.\n"
            "Write a move as the pawn's square and where it goes, for example: "
            f"{self._text(self.legal_actions(self._start._replace(turn=seat), seat)[0])}"
        )

    def observation(self, state: BreakthroughState, seat: Seat) -> str:
        return f"The board (. is free):\n{self.render(state)}\n{self._status(state, seat)}"

    def action_to_text(self, state: BreakthroughState, seat: Seat, action: Step) -> str:
        return self._text(action)

    def parse_action(self, state: BreakthroughState, seat: Seat, text: str) -> Step:
        legal = {self._text(step): step for step in self.legal_actions(state, seat)}
        return choose(_BETWEEN.sub("-", text.strip().lower()), legal, rf"{SQUARE}-{SQUARE}")

    def render(self, state: BreakthroughState) -> str:
        columns, marks = self.params.columns, self.params.marks

        def mark(row: int, column: int) -> str:
            place = 1 << row * columns + column
            return marks[0] if state.first & place else marks[1] if state.second & place else "."

        return diagram(self.params.rows, columns, mark)

    def outcome_text(self, state: BreakthroughState) -> str:
        if self.to_move(state):
            return "not over"
        winner = 1 - state.turn
        reason = "reaches the far row" if state[winner] & self._goal[winner] else "captures every pawn"
        return f"{self.params.marks[winner]} {reason}"

    def _targets(self, place: int, way: int) -> tuple[int, tuple[int, ...]]:
        columns = self.params.columns
        straight = place + way * columns
        if not 0 <= straight < self._squares:
            return -1, ()
        column = place % columns
        return straight, tuple(straight + side for side in (-1, 1) if 0 <= column + side < columns)

    def _text(self, step: Step) -> str:
        return "-".join(square(*divmod(place, self.params.columns)) for place in step)

    def _status(self, state: BreakthroughState, seat: Seat) -> str:
        if self.to_move(state):
            return f"{self.params.marks[state.turn]} is to move; you are {self.params.marks[seat]}."
        result = "won" if self.returns(state)[seat] > 0 else "lost"
        return f"The game is over: {self.outcome_text(state)}. You have {result}."
