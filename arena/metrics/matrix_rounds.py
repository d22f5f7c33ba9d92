"""What was played in matrix games, once or in rounds: joint actions per match, and payoffs as arrays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from arena.metrics.evidence import Pool, SeatPlay
from games.matrix.matrix_game import MatrixGame
from games.matrix.stages import matrix_stage
from games.transforms.repeated import RepeatedGame

Joint = tuple[int, ...]


class SeatRounds(NamedTuple):
    """The joint actions of a match's finished rounds, and the seat they are looked at from."""

    seat: int
    joints: tuple[Joint, ...]

    @property
    def own(self) -> list[int]:
        """The seat's own actions, oldest first."""
        return [joint[self.seat] for joint in self.joints]


def rounds_by(pool: Pool, agent: str) -> Iterator[tuple[str, SeatRounds]]:
    """Cluster and rounds of each match of an agent, once per seat; the pool plays a matrix game."""
    for played in pool.played_by(agent):
        yield played.cluster, SeatRounds(played.seat, _joints(pool, played))


def stage_of(pool: Pool) -> MatrixGame:
    """The matrix game that a pool plays, once or in rounds."""
    stage = matrix_stage(pool.game)
    assert stage is not None, "the metric needs a matrix game"
    return stage


def _joints(pool: Pool, played: SeatPlay) -> tuple[Joint, ...]:
    stages = played.end.past if isinstance(pool.game, RepeatedGame) else (played.end,)
    return tuple(stage.actions for stage in stages if stage.actions)
