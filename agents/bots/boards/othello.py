"""An othello player that wants corners, moves to choose from and discs with no free square beside them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, ClassVar, Final, NamedTuple

from agents.bots.boards.player import BoardPlayer, bounded
from games.board.othello import Othello, OthelloState
from games.core import Game

_CORNER: Final = 8.0
# For a disc beside a corner that is still free: the other side may then take it.
_BESIDE: Final = 3.0
_MOVE: Final = 1.0
_OPEN: Final = 0.3
# The last free squares at which discs begin to count, and what one is worth when the board is full.
_LATE: Final = 10
_DISC: Final = 2.0


class MobileOthello(BoardPlayer):
    """Looks ahead for the position with more corners and moves, and fewer discs that the other may turn.

    The features, corners, current and potential mobility, are among those of P. Rosenbloom, A world-championship-level
    Othello program, Artificial Intelligence 19, 1982; their weights here are ours.
    """

    plays = ("othello",)
    title: ClassVar[str] = "Weighs corners, mobility and, late, discs, and looks a few plies ahead"
    usual_positions = 1000

    def value(self, game: Game[Any, Any], state: Any) -> float:
        assert isinstance(game, Othello), "the only game it plays"
        return board_lead(game.params.size, state)


class Squares(NamedTuple):
    """A board as bit sets.

    Attributes:
        steps: for each of the eight directions its shift (left, or right when negative), and the squares from which a
            step that way stays on the board.
        corners: each corner with the squares beside it.
    """

    steps: tuple[tuple[int, int], ...]
    corners: tuple[tuple[int, int], ...]


def board_lead(size: int, state: OthelloState) -> float:
    """How much better the first seat stands than the second, between -1 and 1.

    Exchanging the discs changes the sign only.
    """
    first, second, _ = state
    squares = _squares(size)
    free = ~(first | second) & (1 << size * size) - 1
    lead = _MOVE * (mobility(size, first, second) - mobility(size, second, first))
    beside_free = _around(squares, free)
    lead -= _OPEN * _more(first & beside_free, second & beside_free)
    for corner, beside in squares.corners:
        if free & corner:
            lead -= _BESIDE * _more(first & beside, second & beside)
        else:
            lead += _CORNER * _more(first & corner, second & corner)
    lateness = max(0.0, 1 - free.bit_count() / _LATE)
    return bounded((lead + _DISC * lateness * _more(first, second)) / 10)


def mobility(size: int, own: int, other: int) -> int:
    """On how many squares a side may place a disc, given its discs and the other's as bit sets."""
    found = 0
    for shift, inner in _squares(size).steps:
        line = _step(own & inner, shift) & other
        while line:
            after = _step(line & inner, shift)
            found |= after & ~own
            line = after & other
    return (found & ~other).bit_count()


def _more(first: int, second: int) -> int:
    return first.bit_count() - second.bit_count()


def _around(squares: Squares, cells: int) -> int:
    """The squares that touch some cells."""
    around = 0
    for shift, inner in squares.steps:
        around |= _step(cells & inner, shift)
    return around


def _step(cells: int, shift: int) -> int:
    return cells << shift if shift > 0 else cells >> -shift


@lru_cache(maxsize=8)
def _squares(size: int) -> Squares:
    near = [(up, right) for up in (-1, 0, 1) for right in (-1, 0, 1) if up or right]
    board = [(row, column) for row in range(size) for column in range(size)]

    def bits(places: Iterable[tuple[int, int]]) -> int:
        return sum(1 << row * size + column for row, column in places)

    def inner(up: int, right: int) -> int:
        return bits((row, column) for row, column in board if (row + up, column + right) in board)

    def beside(row: int, column: int) -> int:
        return bits(place for up, right in near if (place := (row + up, column + right)) in board)

    ends = (0, size - 1)
    return Squares(
        tuple((up * size + right, inner(up, right)) for up, right in near),
        tuple((bits([(row, column)]), beside(row, column)) for row in ends for column in ends),
    )
