"""Payoff tables by name: classic games, and the 144 ordinal games by number."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from games.matrix.ordinal import GAMES, ordinal_game


class Table(NamedTuple):
    """A payoff table.

    Attributes:
        payoffs: payoffs[row][column] = (row player's, column player's).
        actions: labels of the actions, those of the column player too.
    """

    payoffs: tuple[tuple[tuple[float, float], ...], ...]
    actions: tuple[str, ...]


# The symmetric ordinal games have the ranks of Robinson and Goforth, with the columns exchanged so that equal actions
# have equal names.
CLASSICS: Final[Mapping[str, Table]] = MappingProxyType(
    {
        "assurance": Table((((4, 4), (1, 2)), ((2, 1), (3, 3))), ("join", "wait")),
        "battle_of_the_sexes": Table((((10, 7), (0, 0)), ((0, 0), (7, 10))), ("football", "ballet")),
        "chicken": Table((((3, 3), (2, 4)), ((4, 2), (1, 1))), ("swerve", "straight")),
        "compromise": Table((((1, 1), (2, 4)), ((4, 2), (3, 3))), ("yield", "insist")),
        "concord": Table((((4, 4), (2, 3)), ((3, 2), (1, 1))), ("left", "right")),
        "coordination": Table((((4, 4), (2, 1)), ((1, 2), (3, 3))), ("left", "right")),
        "deadlock": Table((((2, 2), (1, 4)), ((4, 1), (3, 3))), ("cooperate", "defect")),
        "harmony": Table((((4, 4), (3, 2)), ((2, 3), (1, 1))), ("left", "right")),
        "hero": Table((((1, 1), (3, 4)), ((4, 3), (2, 2))), ("stay", "move")),
        "matching_pennies": Table((((1, -1), (-1, 1)), ((-1, 1), (1, -1))), ("heads", "tails")),
        "peace": Table((((4, 4), (3, 1)), ((1, 3), (2, 2))), ("peace", "war")),
        "prisoners_dilemma": Table((((3, 3), (0, 5)), ((5, 0), (1, 1))), ("cooperate", "defect")),
        "rock_paper_scissors": Table(
            (((0, 0), (-1, 1), (1, -1)), ((1, -1), (0, 0), (-1, 1)), ((-1, 1), (1, -1), (0, 0))),
            ("rock", "paper", "scissors"),
        ),
        "stag_hunt": Table((((4, 4), (0, 3)), ((3, 0), (3, 3))), ("stag", "hare")),
    }
)
_ORDINAL: Final = "ordinal_"
_OWN_NAMES: Final = (("A1", "A2"), ("B1", "B2"))


def payoffs_of(name: str) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The payoffs of a table: of a classic game, or of `ordinal_1` to `ordinal_144`.

    Raises:
        ValueError: there is no table of this name.
    """
    number = _number(name)
    return _classic(name).payoffs if number is None else ordinal_game(number).payoffs


def labels_of(name: str) -> tuple[tuple[str, ...], ...]:
    """The labels of a table's actions, seat by seat.

    Raises:
        ValueError: there is no table of this name.
    """
    return (_classic(name).actions,) * 2 if _number(name) is None else _OWN_NAMES


def _number(name: str) -> int | None:
    """The number of an ordinal game; None for other names."""
    digits = name.removeprefix(_ORDINAL)
    return int(digits) if digits != name and digits.isdecimal() and len(digits) <= len(str(GAMES)) else None


def _classic(name: str) -> Table:
    if name not in CLASSICS:
        raise ValueError(
            f"there is no table {name!r}; there are {', '.join(CLASSICS)}, and ordinal_1 to ordinal_{GAMES}"
        )
    return CLASSICS[name]
