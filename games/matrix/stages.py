"""The matrix game in a game, and its payoffs as arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

from games.core import Game
from games.matrix.matrix_game import MatrixGame
from games.solvers.sequences import FloatArray
from games.transforms.repeated import RepeatedGame


def matrix_stage(game: Game[Any, Any] | None) -> MatrixGame | None:
    """The matrix game that a game is, or that it plays in rounds; None where it is another."""
    stage = game.stage if isinstance(game, RepeatedGame) else game
    return stage if isinstance(stage, MatrixGame) else None


def payoff_arrays(stage: MatrixGame) -> tuple[FloatArray, ...]:
    """One array of payoffs per seat, with an axis for each seat's actions."""
    shape = tuple(map(len, stage.labels))
    table = np.array([stage.payoffs[joint] for joint in np.ndindex(shape)])
    return tuple(own.reshape(shape) for own in table.T)
