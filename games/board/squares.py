"""Squares of a board by name, as in chess: a letter for the column, a number for the row, a1 at the bottom left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pydantic import AfterValidator

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
SQUARE: Final = r"[a-z]\d{1,2}"
_MARKS_EXPECTED: Final = "two different visible ASCII characters, none of them '.'"


def square(row: int, column: int) -> str:
    """The name of a square; rows and columns count from 0, row 0 at the bottom.

    >>> square(0, 1)
    'b1'
    """
    return f"{LETTERS[column]}{row + 1}"


def diagram(rows: int, columns: int, mark: Callable[[int, int], str]) -> str:
    """The board with its coordinates, the first row at the bottom.

    Args:
        rows: number of rows.
        columns: number of columns.
        mark: what stands on a square, given its row and column.
    """
    width = len(str(rows))
    lines = [
        f"{row + 1:>{width}} {' '.join(mark(row, column) for column in range(columns))}"
        for row in reversed(range(rows))
    ]
    return "\n".join([*lines, f"{' ' * width} {' '.join(LETTERS[:columns])}"])


def _two_marks(marks: str) -> str:
    if len(marks) != 2 or marks[0] == marks[1] or not all("!" <= mark <= "~" and mark != "." for mark in marks):
        raise ValueError(f"marks must be {_MARKS_EXPECTED}, but are {marks!r}")
    return marks


CheckedMarks: Final = AfterValidator(_two_marks)
MARKS_DESCRIPTION: Final = "How the pieces of the first and of the second player are drawn."
"""What the parameter `marks` of board games says of itself."""
