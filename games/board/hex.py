"""Hex."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, NamedTuple

from pydantic import Field

from games.board.squares import LETTERS, MARKS_DESCRIPTION, SQUARE, CheckedMarks, square
from games.core import Game, GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose

SWAP: Final = -1
# The six neighbours of a cell, as steps of row and column.
_STEPS: Final = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, -1), (-1, 1))


class HexParams(GameParams):
    """Parameters of hex."""

    size: int = Field(7, ge=2, le=19, description="Rows and columns of the board.")
    swap: bool = Field(True, description="Whether the second player may take over the first stone instead of moving.")
    marks: Annotated[str, CheckedMarks] = Field("XO", description=MARKS_DESCRIPTION)


class HexState(NamedTuple):
    """Cells of each seat's stones as bit sets (bit 0 is a1), the seat whose turn it is, and whether it was swapped."""

    first: int = 0
    second: int = 0
    turn: Seat = 0
    swapped: bool = False


class Hex(Game[HexState, int]):
    """Connect your two sides of a board of hexagons. There is no draw, and the first player wins without swap.

    The first player connects bottom and top (rows), the second one left and right (columns). Swapping mirrors the
    first stone and gives it to the second player, so that both keep their sides.
    """

    Params = HexParams
    params: HexParams
    info = GameInfo(
        name="hex",
        version=1,
        title="Hex",
        summary="Take turns placing stones on hexagons; a chain between your two sides of the board wins.",
        family="board",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.ZERO_SUM,
        tags=("board", "classic"),
        references=(
            "J. Nash, Some games and machines for playing them, RAND D-1164, 1952",
            "C. Browne, Hex strategy: making the right connections, 2000 (swap rule)",
        ),
    )

    def __init__(self, params: HexParams | None = None) -> None:
        super().__init__(params)
        size = self.params.size
        self._cells = range(size * size)
        self._near = [self._neighbours(place) for place in self._cells]
        row = (1 << size) - 1
        column = sum(1 << place * size for place in range(size))
        # For each seat: the side where its chains start, and the one where they end.
        self._sides = ((row, row << size * (size - 1)), (column, column << size - 1))

    def initial_state(self) -> HexState:
        return HexState()

    def to_move(self, state: HexState) -> tuple[Seat, ...]:
        return () if self._connected(state, 1 - state.turn) else (state.turn,)

    def legal_actions(self, state: HexState, seat: Seat) -> list[int]:
        taken = state.first | state.second
        places = [place for place in self._cells if not taken >> place & 1]
        return [*places, SWAP] if self._may_swap(state) else places

    def apply(self, state: HexState, actions: Mapping[Seat, int]) -> HexState:
        ((seat, place),) = actions.items()
        if place == SWAP:
            row, column = divmod(state.first.bit_length() - 1, self.params.size)
            return HexState(0, 1 << column * self.params.size + row, 0, swapped=True)
        if seat == 0:
            return HexState(state.first | 1 << place, state.second, 1, state.swapped)
        return HexState(state.first, state.second | 1 << place, 0, state.swapped)

    def returns(self, state: HexState) -> tuple[float, ...]:
        if not self._connected(state, 1 - state.turn):
            return (0.0, 0.0)
        return (-1.0, 1.0) if state.turn == 0 else (1.0, -1.0)

    def utility_bounds(self) -> tuple[float, float]:
        return -1.0, 1.0

    def max_turns(self) -> int:
        return self.params.size**2 + 1

    def rules_text(self, seat: Seat) -> str:
        size, marks = self.params.size, self.params.marks
        sides = (f"row 1 (bottom) with row {size} (top)", f"column a (left) with column {LETTERS[size - 1]} (right)")
        swap = (
            "After the first stone, the second player may write swap instead of placing one: the first stone then "
            "becomes the second player's and is mirrored (row and column change places), and the first player moves "
            "again.\n"
            if self.params.swap
            else ""
        )
        return (
            f"You play hex on a rhombus of {size} by {size} hexagons, named by column letter and row number; a1 is at "
            "the bottom left.\n"
            "A cell touches its neighbours in the same row and in the same column, and two more: the next column one "
            "row down and the column before one row up. For example, b2 touches a2, c2, b1, b3, c1 and a3.\n"
            f"You place {marks[seat]}, the other player {marks[1 - seat]}; {marks[0]} moves first, then you take "
            "turns. A move places a stone on a free cell; stones never move and are never taken.\n"
            f"{swap}"
            f"You win (+1, and -1 for the other player) when touching stones of yours connect {sides[seat]}; the other "
            f"player connects {sides[1 - seat]}. There are no draws.\n"
            f"Write a move as the name of the cell, for example: {square(size // 2, size // 2)}"
        )

    def observation(self, state: HexState, seat: Seat) -> str:
        return f"The board (. is free; every row is shifted):\n{self.render(state)}\n{self._status(state, seat)}"

    def action_to_text(self, state: HexState, seat: Seat, action: int) -> str:
        return "swap" if action == SWAP else square(*divmod(action, self.params.size))

    def parse_action(self, state: HexState, seat: Seat, text: str) -> int:
        legal = {self.action_to_text(state, seat, action): action for action in self.legal_actions(state, seat)}
        return choose(text, legal, rf"{SQUARE}|swap")

    def render(self, state: HexState) -> str:
        size = self.params.size
        lines = []
        for row in reversed(range(size)):
            cells = " ".join(self._mark(state, row * size + column) for column in range(size))
            lines.append(f"{' ' * row}{row + 1:>2} {cells}")
        # Each row lies half a cell to the right of the one below.
        return "\n".join([*lines, f"   {' '.join(LETTERS[:size])}"])

    def outcome_text(self, state: HexState) -> str:
        if self.to_move(state):
            return "not over"
        return f"{self.params.marks[1 - state.turn]} connects its sides"

    def _may_swap(self, state: HexState) -> bool:
        return self.params.swap and state.turn == 1 and not state.second and state.first.bit_count() == 1

    def _neighbours(self, place: int) -> int:
        size = self.params.size
        row, column = divmod(place, size)
        return sum(
            1 << (row + up) * size + column + right
            for up, right in _STEPS
            if 0 <= row + up < size and 0 <= column + right < size
        )

    def _connected(self, state: HexState, seat: Seat) -> bool:
        """Whether a chain of a seat's stones joins its sides."""
        stones = state[seat]
        start, end = self._sides[seat]
        if not (stones & start and stones & end):
            return False
        chain = waiting = stones & start
        while waiting:
            place = (waiting & -waiting).bit_length() - 1
            waiting &= waiting - 1
            fresh = self._near[place] & stones & ~chain
            chain |= fresh
            waiting |= fresh
        return bool(chain & end)

    def _mark(self, state: HexState, place: int) -> str:
        marks = self.params.marks
        return marks[0] if state.first >> place & 1 else marks[1] if state.second >> place & 1 else "."

    def _status(self, state: HexState, seat: Seat) -> str:
        marks = self.params.marks
        if self.to_move(state):
            note = " The first stone was swapped." if state.swapped else ""
            return f"{marks[state.turn]} is to move; you are {marks[seat]}.{note}"
        result = "won" if self.returns(state)[seat] > 0 else "lost"
        return f"The game is over: {self.outcome_text(state)}. You have {result}."
