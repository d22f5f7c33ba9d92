"""Conformance checks that any package can run on its own game.

>>> from games.board.tic_tac_toe import TicTacToe
>>> all(result.ok for result in check_game(TicTacToe()))
True
"""

from games.testing.check import CHECKS, CheckResult, check_game, description, parametrize_with_checks
from games.testing.evidence import Effort
from games.testing.failures import CheckFailure
from games.testing.playthrough import playthrough, write_playthrough

__all__ = [
    "CHECKS",
    "CheckFailure",
    "CheckResult",
    "Effort",
    "check_game",
    "description",
    "parametrize_with_checks",
    "playthrough",
    "write_playthrough",
]
