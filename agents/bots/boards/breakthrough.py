"""A breakthrough player that counts pawns, how far they are, which hang and which nobody can stop."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, ClassVar, Final, NamedTuple

from agents.bots.boards.player import BoardPlayer, bounded
from games.board.breakthrough import Breakthrough, BreakthroughState
from games.core import Game, Seat

# In pawns: a pawn one row before its goal, a pawn that nobody can meet, one that is attacked and not defended.
_ADVANCED: Final = 1.5
_FREE: Final = 3.0
_HANGING: Final = 0.5


class RacingBreakthrough(BoardPlayer):
    """Looks ahead for the position with more, safer and further pawns.

    The features are those of R. Lorentz and T. Horey, Programming Breakthrough, CG 2013; their weights here are ours.
    """

    plays = ("breakthrough",)
    title: ClassVar[str] = "Counts pawns, their advance, and those that hang or run free, and looks a few plies ahead"

    def value(self, game: Game[Any, Any], state: Any) -> float:
        assert isinstance(game, Breakthrough), "the only game it plays"
        return pawn_lead(game.params.rows, game.params.columns, state)


class Rows(NamedTuple):
    """Bit sets of a board: each row from the bottom, and all squares but those of the first and of the last column."""

    each: tuple[int, ...]
    not_first: int
    not_last: int


def pawn_lead(rows: int, columns: int, state: BreakthroughState) -> float:
    """How much better the first seat's pawns stand than the second's, between -1 and 1.

    Exchanging the sides and turning the board upside down changes the sign only.
    """
    first, second = (_standing(rows, columns, state, seat) for seat in (0, 1))
    return bounded((first - second) / 4)


def _standing(rows: int, columns: int, state: BreakthroughState, seat: Seat) -> float:
    """Worth of a seat's pawns, in pawns."""
    own, other = state[seat], state[1 - seat]
    board = _rows(rows, columns)
    hanging = own & _attacked(board, columns, other, 1 - seat) & ~_attacked(board, columns, own, seat)
    free = own & ~_reachable(board, columns, other, 1 - seat)
    worth = own.bit_count() - _HANGING * hanging.bit_count()
    for number, row in enumerate(board.each if seat == 0 else reversed(board.each)):
        advance = (number / (rows - 2)) ** 2
        worth += advance * (_ADVANCED * (own & row).bit_count() + _FREE * (free & row).bit_count())
    return worth


def _attacked(board: Rows, columns: int, pawns: int, seat: Seat) -> int:
    """The squares diagonally ahead of some pawns."""
    left, right = pawns & board.not_first, pawns & board.not_last
    if seat == 0:
        return left << columns - 1 | right << columns + 1
    return left >> columns + 1 | right >> columns - 1


def _reachable(board: Rows, columns: int, pawns: int, seat: Seat) -> int:
    """The squares that some pawns could come to, were nothing in their way."""
    reached = pawns
    for _ in board.each:
        ahead = reached << columns if seat == 0 else reached >> columns
        reached |= ahead | _attacked(board, columns, reached, seat)
    return reached


@lru_cache(maxsize=16)
def _rows(rows: int, columns: int) -> Rows:
    row = (1 << columns) - 1
    squares = (1 << rows * columns) - 1
    first = sum(1 << number * columns for number in range(rows))
    return Rows(
        tuple(row << number * columns for number in range(rows)), squares & ~first, squares & ~(first << columns - 1)
    )
