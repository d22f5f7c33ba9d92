"""Dots and boxes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from pydantic import Field

from games.board.squares import LETTERS, SQUARE, square
from games.core import Game, GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose

_EDGE: Final = re.compile(rf"\s*({SQUARE})\s*(?:-|to|\s)\s*({SQUARE})\s*", re.IGNORECASE)


class DotsAndBoxesParams(GameParams):
    """Parameters of dots and boxes."""

    rows: int = Field(3, ge=1, le=8, description="Rows of boxes.")
    columns: int = Field(3, ge=1, le=8, description="Columns of boxes.")


class DotsAndBoxesState(NamedTuple):
    """Lines drawn, as a bit set; boxes of each seat likewise; and the seat whose turn it is."""

    lines: int = 0
    first: int = 0
    second: int = 0
    turn: Seat = 0


class DotsAndBoxes(Game[DotsAndBoxesState, int]):
    """Draw lines between neighbouring dots; who closes a box owns it and moves again. The score is the difference.

    Lines are numbered: the horizontal ones row by row from the bottom left, then the vertical ones.

    Attributes:
        borders: for each line the one or two boxes that it borders, by number.
    """

    Params = DotsAndBoxesParams
    params: DotsAndBoxesParams
    info = GameInfo(
        name="dots_and_boxes",
        version=1,
        title="Dots and boxes",
        summary="Take turns drawing lines between dots; closing a box scores it and gives another move.",
        family="board",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.ZERO_SUM,
        tags=("board", "classic", "combinatorial"),
        references=(
            "E. Berlekamp, The dots-and-boxes game, 2000",
            "J. Barker and R. Korf, Solving dots-and-boxes, AAAI 2012 (values of small boards)",
        ),
    )

    def __init__(self, params: DotsAndBoxesParams | None = None) -> None:
        super().__init__(params)
        rows, columns = self.params.rows, self.params.columns
        across = columns * (rows + 1)
        flat = [((row, column), (row, column + 1)) for row in range(rows + 1) for column in range(columns)]
        upright = [((row, column), (row + 1, column)) for row in range(rows) for column in range(columns + 1)]
        self._names = tuple(f"{square(*start)}-{square(*end)}" for start, end in (*flat, *upright))
        self._numbers = {name: number for number, name in enumerate(self._names)}
        self._all = (1 << len(self._names)) - 1
        sides = [
            (row * columns + column, (row + 1) * columns + column, *self._uprights(across, row, column))
            for row in range(rows)
            for column in range(columns)
        ]
        self._boxes = tuple(sum(1 << line for line in box) for box in sides)
        self.borders = tuple(
            tuple(number for number, box in enumerate(self._boxes) if box >> line & 1)
            for line in range(len(self._names))
        )

    def initial_state(self) -> DotsAndBoxesState:
        return DotsAndBoxesState()

    def to_move(self, state: DotsAndBoxesState) -> tuple[Seat, ...]:
        return () if state.lines == self._all else (state.turn,)

    def legal_actions(self, state: DotsAndBoxesState, seat: Seat) -> list[int]:
        return [line for line in range(len(self._names)) if not state.lines >> line & 1]

    def apply(self, state: DotsAndBoxesState, actions: Mapping[Seat, int]) -> DotsAndBoxesState:
        ((seat, line),) = actions.items()
        lines = state.lines | 1 << line
        closed = sum(1 << box for box in self.borders[line] if self._boxes[box] & lines == self._boxes[box])
        turn = seat if closed else 1 - seat
        if seat == 0:
            return DotsAndBoxesState(lines, state.first | closed, state.second, turn)
        return DotsAndBoxesState(lines, state.first, state.second | closed, turn)

    def returns(self, state: DotsAndBoxesState) -> tuple[float, ...]:
        lead = float(state.first.bit_count() - state.second.bit_count())
        return lead, -lead

    def utility_bounds(self) -> tuple[float, float]:
        boxes = float(len(self._boxes))
        return -boxes, boxes

    def max_turns(self) -> int:
        return len(self._names)

    def rules_text(self, seat: Seat) -> str:
        rows, columns = self.params.rows, self.params.columns
        return (
            f"You play dots and boxes on {rows + 1} rows of {columns + 1} dots, named by column letter and row number; "
            f"a1 is at the bottom left. They make {rows * columns} boxes.\n"
            f"You move {'first' if seat == 0 else 'second'}. A move draws one line between two dots that are next to "
            "each other in a row or a column. Whoever draws the fourth side of a box owns the box and must move again; "
            "one line can close two boxes at once. Otherwise it is the other player's turn.\n"
            "The game is over when all lines are drawn. Your result is your number of boxes minus the other player's; "
            "more is better.\n"
            "Write a move as the two dots, for example: a1-b1"
        )

    def observation(self, state: DotsAndBoxesState, seat: Seat) -> str:
        board = self._board(state, seat)
        return f"The board (o dots, Y your boxes, T the other player's):\n{board}\n{self._status(state, seat)}"

    def action_to_text(self, state: DotsAndBoxesState, seat: Seat, action: int) -> str:
        return self._names[action]

    def parse_action(self, state: DotsAndBoxesState, seat: Seat, text: str) -> int:
        legal = {self._names[line]: line for line in self.legal_actions(state, seat)}
        found = _EDGE.fullmatch(text)
        ends = [f"{found[1]}-{found[2]}".lower(), f"{found[2]}-{found[1]}".lower()] if found else []
        written = next((end for end in ends if end in self._numbers), text)
        return choose(written, legal, rf"{SQUARE}\s*(-|to|\s)\s*{SQUARE}")

    def render(self, state: DotsAndBoxesState) -> str:
        return self._board(state, None)

    def outcome_text(self, state: DotsAndBoxesState) -> str:
        return f"boxes of the first player: {state.first.bit_count()}, of the second: {state.second.bit_count()}"

    def _uprights(self, across: int, row: int, column: int) -> tuple[int, int]:
        left = across + row * (self.params.columns + 1) + column
        return left, left + 1

    def _board(self, state: DotsAndBoxesState, seat: Seat | None) -> str:
        rows, columns = self.params.rows, self.params.columns
        across, lines = columns * (rows + 1), []
        for row in reversed(range(rows + 1)):
            if row < rows:
                cells = [self._upright(state, across + row * (columns + 1) + column) for column in range(columns + 1)]
                owners = [self._owner(state, row * columns + column, seat) for column in range(columns)] + [""]
                lines.append("  " + "".join(f"{cell} {owner} " for cell, owner in zip(cells, owners, strict=True)))
            flats = ["---" if state.lines >> row * columns + column & 1 else "   " for column in range(columns)]
            lines.append(f"{row + 1} o{''.join(f'{flat}o' for flat in flats)}")
        return "\n".join(line.rstrip() for line in [*lines, f"  {'   '.join(LETTERS[: columns + 1])}"])

    def _upright(self, state: DotsAndBoxesState, line: int) -> str:
        return "|" if state.lines >> line & 1 else " "

    def _owner(self, state: DotsAndBoxesState, box: int, seat: Seat | None) -> str:
        for owner, boxes in enumerate((state.first, state.second)):
            if boxes >> box & 1:
                return str(owner + 1) if seat is None else "Y" if owner == seat else "T"
        return " "

    def _status(self, state: DotsAndBoxesState, seat: Seat) -> str:
        own, other = ((state.first, state.second), (state.second, state.first))[seat]
        score = f"Boxes: you {own.bit_count()}, the other player {other.bit_count()}."
        if not self.to_move(state):
            return f"The game is over. {score} Your result: {self.returns(state)[seat]:+g}"
        return f"{score} {'You are' if state.turn == seat else 'The other player is'} to move."
