"""Tic-tac-toe."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from games.core import Game, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose

_LINES: Final = tuple(
    sum(1 << cell for cell in line)
    for line in ((0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6))
)
_FULL: Final = 0b111_111_111
_CELLS: Final = tuple(range(9))
_MARKS: Final = "XO"


class TicTacToeState(NamedTuple):
    """Cells of each seat as bit sets (bit 0 is the top left cell), and the seat whose turn it is."""

    crosses: int = 0
    noughts: int = 0
    turn: Seat = 0


def _has_line(cells: int) -> bool:
    return any(cells & line == line for line in _LINES)


class TicTacToe(Game[TicTacToeState, int]):
    """Three in a row on a board of nine cells; solved: a draw with best play."""

    info = GameInfo(
        name="tic_tac_toe",
        version=1,
        title="Tic-tac-toe",
        summary="Take turns marking cells of a 3x3 board; three of your marks in a row win.",
        family="board",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.ZERO_SUM,
        solvable=True,
        tags=("board", "classic"),
        references=("Known value: draw (exhaustive search, 5,478 reachable positions)",),
    )

    def initial_state(self) -> TicTacToeState:
        return TicTacToeState()

    def to_move(self, state: TicTacToeState) -> tuple[Seat, ...]:
        crosses, noughts, turn = state
        if _has_line(noughts if turn == 0 else crosses) or crosses | noughts == _FULL:
            return ()
        return (turn,)

    def legal_actions(self, state: TicTacToeState, seat: Seat) -> list[int]:
        taken = state.crosses | state.noughts
        return [cell for cell in _CELLS if not taken >> cell & 1]

    def apply(self, state: TicTacToeState, actions: Mapping[Seat, int]) -> TicTacToeState:
        crosses, noughts, turn = state
        if turn == 0:
            return TicTacToeState(crosses | 1 << actions[0], noughts, 1)
        return TicTacToeState(crosses, noughts | 1 << actions[1], 0)

    def returns(self, state: TicTacToeState) -> tuple[float, ...]:
        if _has_line(state.crosses):
            return (1.0, -1.0)
        return (-1.0, 1.0) if _has_line(state.noughts) else (0.0, 0.0)

    def utility_bounds(self) -> tuple[float, float]:
        return -1.0, 1.0

    def max_turns(self) -> int:
        return 9

    def rules_text(self, seat: Seat) -> str:
        return (
            "You play tic-tac-toe on a 3x3 board whose cells are numbered 0 to 8, row by row from the top left.\n"
            f"You are {_MARKS[seat]}, the other player is {_MARKS[1 - seat]}, and X moves first. "
            "A move marks one free cell.\n"
            "Three of your own marks in a row, column or diagonal win (+1, and -1 for the other player). "
            "A full board without that is a draw (0).\n"
            "Write a move as the number of the cell, for example: 4"
        )

    def observation(self, state: TicTacToeState, seat: Seat) -> str:
        return f"The board (numbers are free cells):\n{self._board(state)}"

    def parse_action(self, state: TicTacToeState, seat: Seat, text: str) -> int:
        return choose(text, {str(cell): cell for cell in self.legal_actions(state, seat)}, r"\d+")

    def render(self, state: TicTacToeState) -> str:
        return self._board(state)

    def outcome_text(self, state: TicTacToeState) -> str:
        value = self.returns(state)[0]
        return "draw" if value == 0 else f"{_MARKS[0 if value > 0 else 1]} has three in a row"

    @staticmethod
    def _board(state: TicTacToeState) -> str:
        marks = [
            "X" if state.crosses >> cell & 1 else "O" if state.noughts >> cell & 1 else str(cell) for cell in _CELLS
        ]
        return "\n".join(" | ".join(marks[row : row + 3]) for row in (0, 3, 6))
