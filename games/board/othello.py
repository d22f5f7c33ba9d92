"""Othello."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, NamedTuple, Self

from pydantic import Field, model_validator

from games.board.squares import MARKS_DESCRIPTION, SQUARE, CheckedMarks, diagram, square
from games.core import Game, GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose

PASS: Final = -1


class OthelloParams(GameParams):
    """Parameters of othello."""

    size: int = Field(8, ge=4, le=12, description="Rows and columns of the board: an even number.")
    marks: Annotated[str, CheckedMarks] = Field("XO", description=MARKS_DESCRIPTION)

    @model_validator(mode="after")
    def _is_even(self) -> Self:
        if self.size % 2:
            raise ValueError(f"the size of the board must be even, but is {self.size}")
        return self


class OthelloState(NamedTuple):
    """Squares of each seat's discs as bit sets (bit 0 is a1), and the seat whose turn it is."""

    first: int
    second: int
    turn: Seat = 0


class Othello(Game[OthelloState, int]):
    """Enclose the other's discs to turn them over; who has more in the end wins.

    Actions are squares counted row by row from a1, or `PASS`, which is the only action of a player who can turn
    nothing. The game ends when neither player can turn anything.
    """

    Params = OthelloParams
    params: OthelloParams
    info = GameInfo(
        name="othello",
        version=1,
        title="Othello",
        summary="Place discs that enclose and turn over the other player's; the most discs in the end win.",
        family="board",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.ZERO_SUM,
        tags=("board", "classic"),
        references=(
            "World Othello Federation, Official rules for the game of othello",
            "J. Feinstein, Amenor wins world 6x6 championships, British Othello Federation newsletter, 1993 (6x6)",
        ),
    )

    def __init__(self, params: OthelloParams | None = None) -> None:
        super().__init__(params)
        size = self.params.size
        middle = size // 2
        rising = 1 << (middle - 1) * size + middle - 1 | 1 << middle * size + middle
        falling = 1 << (middle - 1) * size + middle | 1 << middle * size + middle - 1
        self._start = OthelloState(falling, rising)
        self._cells = range(size * size)
        self._rays = [self._from(place) for place in self._cells]

    def initial_state(self) -> OthelloState:
        return self._start

    def to_move(self, state: OthelloState) -> tuple[Seat, ...]:
        own, other = self._sides(state)
        return (state.turn,) if self._can_move(own, other) or self._can_move(other, own) else ()

    def legal_actions(self, state: OthelloState, seat: Seat) -> list[int]:
        own, other = self._sides(state)
        taken = own | other
        places = [place for place in self._cells if not taken >> place & 1 and self._turned(place, own, other)]
        return places or [PASS]

    def apply(self, state: OthelloState, actions: Mapping[Seat, int]) -> OthelloState:
        (place,) = actions.values()
        own, other = self._sides(state)
        if place != PASS:
            turned = self._turned(place, own, other)
            own, other = own | turned | 1 << place, other ^ turned
        return OthelloState(own, other, 1) if state.turn == 0 else OthelloState(other, own, 0)

    def returns(self, state: OthelloState) -> tuple[float, ...]:
        lead = state.first.bit_count() - state.second.bit_count()
        if lead == 0 or self.to_move(state):
            return (0.0, 0.0)
        return (1.0, -1.0) if lead > 0 else (-1.0, 1.0)

    def utility_bounds(self) -> tuple[float, float]:
        return -1.0, 1.0

    def max_turns(self) -> int:
        return 2 * self.params.size**2

    def rules_text(self, seat: Seat) -> str:
        size, marks = self.params.size, self.params.marks
        example = self.legal_actions(self._start, 0)[0]
        return (
            f"You play othello on a board of {size} by {size} squares, named by column letter and row number; a1 is at "
            "the bottom left.\n"
            f"Your discs are {marks[seat]}, the other player's are {marks[1 - seat]}; {marks[0]} moves first.\n"
            "A move places a disc of yours on a free square so that it encloses discs of the other player in at least "
            "one straight line (row, column or diagonal) between itself and another disc of yours, without a gap. All "
            "discs enclosed in this way become yours.\n"
            "If you can enclose nothing, you must pass. When neither player can, the game is over: whoever has more "
            "discs wins (+1, and -1 for the other player); equal numbers are a draw (0).\n"
            f"Write a move as the name of the square, for example: {square(*divmod(example, size))}, or: pass"
        )

    def observation(self, state: OthelloState, seat: Seat) -> str:
        return f"The board (. is free):\n{self.render(state)}\n{self._status(state, seat)}"

    def action_to_text(self, state: OthelloState, seat: Seat, action: int) -> str:
        return "pass" if action == PASS else square(*divmod(action, self.params.size))

    def parse_action(self, state: OthelloState, seat: Seat, text: str) -> int:
        legal = {self.action_to_text(state, seat, action): action for action in self.legal_actions(state, seat)}
        return choose(text, legal, rf"{SQUARE}|pass")

    def render(self, state: OthelloState) -> str:
        size, marks = self.params.size, self.params.marks

        def mark(row: int, column: int) -> str:
            place = 1 << row * size + column
            return marks[0] if state.first & place else marks[1] if state.second & place else "."

        return diagram(size, size, mark)

    def outcome_text(self, state: OthelloState) -> str:
        discs, value = self._count(state), self.returns(state)[0]
        if value == 0:
            return "not over" if self.to_move(state) else f"draw, {discs}"
        return f"{self.params.marks[0 if value > 0 else 1]} wins, {discs}"

    def _sides(self, state: OthelloState) -> tuple[int, int]:
        """Discs of the player to move, and of the other one."""
        return (state.first, state.second) if state.turn == 0 else (state.second, state.first)

    def _from(self, place: int) -> tuple[tuple[int, ...], ...]:
        """The squares in each of the eight directions from a square, nearest first."""
        size = self.params.size
        row, column = divmod(place, size)
        rays = []
        for up in (-1, 0, 1):
            for right in (-1, 0, 1):
                ray = []
                y, x = row + up, column + right
                while (up or right) and 0 <= y < size and 0 <= x < size:
                    ray.append(1 << y * size + x)
                    y, x = y + up, x + right
                if len(ray) > 1:
                    rays.append(tuple(ray))
        return tuple(rays)

    def _can_move(self, own: int, other: int) -> bool:
        taken = own | other
        return any(not taken >> place & 1 and self._turned(place, own, other) for place in self._cells)

    def _turned(self, place: int, own: int, other: int) -> int:
        """The other's discs that a disc on this square would enclose."""
        turned = 0
        for ray in self._rays[place]:
            line = 0
            for cell in ray:
                if not other & cell:
                    if own & cell:
                        turned |= line
                    break
                line |= cell
        return turned

    def _count(self, state: OthelloState) -> str:
        """Numbers of discs."""
        marks = self.params.marks
        return f"{state.first.bit_count()} {marks[0]} to {state.second.bit_count()} {marks[1]}"

    def _status(self, state: OthelloState, seat: Seat) -> str:
        if self.to_move(state):
            mark = self.params.marks
            return f"Discs: {self._count(state)}. {mark[state.turn]} is to move; you are {mark[seat]}."
        result = {1.0: "You have won", -1.0: "You have lost", 0.0: "A draw"}[self.returns(state)[seat]]
        return f"The game is over: {self.outcome_text(state)}. {result}."
