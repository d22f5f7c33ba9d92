"""Connect four, on boards and with line lengths of choice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple, Self

from pydantic import Field, model_validator

from games.core import Game, GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose

_MARKS: Final = "XO"


class ConnectFourParams(GameParams):
    """Parameters of connect four."""

    rows: int = Field(6, ge=2, le=9, description="Cells in a column.")
    columns: int = Field(7, ge=2, le=9, description="Columns of the board.")
    connect: int = Field(4, ge=2, le=9, description="Stones in a line that win.")

    @model_validator(mode="after")
    def _a_line_fits(self) -> Self:
        if self.connect > max(self.rows, self.columns):
            raise ValueError(f"no line of {self.connect} fits on {self.rows} rows and {self.columns} columns")
        return self


class ConnectFourState(NamedTuple):
    """Stones as bit sets: those of the seat to move, and all of them.

    A column takes `rows + 1` bits, the lowest cell first; its topmost bit stays empty, so that no line runs from
    one column into the next.
    """

    own: int = 0
    taken: int = 0


class ConnectFour(Game[ConnectFourState, int]):
    """Drop stones into columns; four in a line win. Actions are column numbers from 1."""

    Params = ConnectFourParams
    params: ConnectFourParams
    info = GameInfo(
        name="connect_four",
        version=1,
        title="Connect four",
        summary="Take turns dropping stones into columns; four of your stones in a line win.",
        family="board",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.ZERO_SUM,
        tags=("board", "classic"),
        references=(
            "J. D. Allen, The Complete Book of Connect 4, 2010 (the first seat wins on 6 rows and 7 columns)",
            "OEIS A212693 (number of positions after n moves)",
        ),
    )

    def __init__(self, params: ConnectFourParams | None = None) -> None:
        super().__init__(params)
        rows, columns, height = self.params.rows, self.params.columns, self.params.rows + 1
        self._bottoms = {column + 1: 1 << column * height for column in range(columns)}
        self._tops = [(column, bottom << rows - 1) for column, bottom in self._bottoms.items()]
        self._full = sum(bottom * ((1 << rows) - 1) for bottom in self._bottoms.values())
        self._lines = [_shifts(step, self.params.connect) for step in (1, height, height - 1, height + 1)]

    def initial_state(self) -> ConnectFourState:
        return ConnectFourState()

    def to_move(self, state: ConnectFourState) -> tuple[Seat, ...]:
        own, taken = state
        if taken == self._full or self._has_line(own ^ taken):
            return ()
        return (taken.bit_count() & 1,)

    def legal_actions(self, state: ConnectFourState, seat: Seat) -> list[int]:
        taken = state.taken
        return [column for column, top in self._tops if not taken & top]

    def apply(self, state: ConnectFourState, actions: Mapping[Seat, int]) -> ConnectFourState:
        own, taken = state
        (column,) = actions.values()
        # Adding a column's lowest bit carries through its stones to its first free cell.
        return ConnectFourState(own ^ taken, taken | taken + self._bottoms[column])

    def returns(self, state: ConnectFourState) -> tuple[float, ...]:
        if not self._has_line(state.own ^ state.taken):
            return (0.0, 0.0)
        return (-1.0, 1.0) if state.taken.bit_count() % 2 == 0 else (1.0, -1.0)

    def utility_bounds(self) -> tuple[float, float]:
        return -1.0, 1.0

    def max_turns(self) -> int:
        return self.params.rows * self.params.columns

    def rules_text(self, seat: Seat) -> str:
        rows, columns, connect = self.params.rows, self.params.columns, self.params.connect
        return (
            f"You play connect four with a line length of {connect} on an upright board of {rows} rows and {columns} "
            f"columns, numbered 1 to {columns} from the left.\n"
            f"You are {_MARKS[seat]}, the other player is {_MARKS[1 - seat]}; X moves first, then you take turns.\n"
            "A move drops one of your stones into a column that is not full; it falls to the lowest free cell there.\n"
            f"{connect} of your own stones next to each other in a row, a column or a diagonal win at once (+1, and -1 "
            "for the other player). A full board without such a line is a draw (0).\n"
            f"Write a move as the number of the column, for example: {(columns + 1) // 2}"
        )

    def observation(self, state: ConnectFourState, seat: Seat) -> str:
        return f"The board (X, O; . is free; column numbers below):\n{self._board(state)}\n{self._status(state, seat)}"

    def parse_action(self, state: ConnectFourState, seat: Seat, text: str) -> int:
        return choose(text, {str(column): column for column in self.legal_actions(state, seat)}, r"\d+")

    def render(self, state: ConnectFourState) -> str:
        return self._board(state)

    def outcome_text(self, state: ConnectFourState) -> str:
        value = self.returns(state)[0]
        return "draw" if value == 0 else f"{_MARKS[0 if value > 0 else 1]} has {self.params.connect} in a line"

    def _has_line(self, stones: int) -> bool:
        """Whether a bit set holds a line: each shift keeps the cells where a longer run starts."""
        for shifts in self._lines:
            runs = stones
            for shift in shifts:
                runs &= runs >> shift
            if runs:
                return True
        return False

    def _status(self, state: ConnectFourState, seat: Seat) -> str:
        if self.to_move(state):
            return f"{_MARKS[state.taken.bit_count() % 2]} is to move; you are {_MARKS[seat]}."
        result = {1.0: "You have won", -1.0: "You have lost", 0.0: "A draw"}[self.returns(state)[seat]]
        return f"The game is over: {self.outcome_text(state)}. {result}."

    def _board(self, state: ConnectFourState) -> str:
        own, taken = state
        first = own if taken.bit_count() % 2 == 0 else own ^ taken
        lines = []
        for row in reversed(range(self.params.rows)):
            cells = [bottom << row for bottom in self._bottoms.values()]
            lines.append(" ".join("." if not taken & cell else "X" if first & cell else "O" for cell in cells))
        return "\n".join([*lines, " ".join(map(str, self._bottoms))])


def _shifts(step: int, length: int) -> tuple[int, ...]:
    """Shifts that leave a bit set's runs of `length` cells, `step` bits apart: each doubles the run, the last fits."""
    shifts, run = [], 1
    while run < length:
        grow = min(run, length - run)
        shifts.append(grow * step)
        run += grow
    return tuple(shifts)
