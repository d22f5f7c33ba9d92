"""What metrics may ask of the game that a pool plays. A need that only one module has is declared there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from games.core import Game
from games.dilemmas.prisoners_dilemma import PrisonersDilemma
from games.info import Dynamics, Information, Utility
from games.matrix.stages import matrix_stage

NEEDS: Final = "needs "
"""How the reason begins where the game is not what a metric needs."""


class Need(NamedTuple):
    """Something that a game must be or have for a metric to be defined.

    Attributes:
        text: what it is, for people: it goes on after "needs".
        holds: whether a game has it.
    """

    text: str
    holds: Callable[[Game[Any, Any]], bool]


def kind(text: str, *classes: type[Game[Any, Any]]) -> Need:
    """The need of a game of one of some classes."""
    return Need(text, lambda game: isinstance(game, classes))


def _is_solvable(game: Game[Any, Any]) -> bool:
    info = game.info
    open_turns = info.information is Information.PERFECT and info.dynamics is Dynamics.SEQUENTIAL
    return info.solvable and game.num_players == 2 and info.utility is Utility.ZERO_SUM and not open_turns


REPLAY: Final = Need("a game that is installed here in the version that was played", lambda game: True)
SOLVABLE: Final = Need(
    "a two-player zero-sum game with hidden information or moves at once, small enough to be solved", _is_solvable
)
MATRIX: Final = Need("a matrix game, once or in rounds, without noise", lambda game: matrix_stage(game) is not None)
PRISONERS_DILEMMA: Final = kind("the iterated prisoner's dilemma", PrisonersDilemma)
