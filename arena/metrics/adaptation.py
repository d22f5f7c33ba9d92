"""How fast players find a fixed pattern in another's play and answer it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool, SeatPlay
from arena.metrics.intervals import mean_value, share_value
from arena.metrics.needs import Need
from games.core import Game
from games.matrix.matrix_game import MatrixGame
from games.matrix.stages import matrix_stage
from games.spec import parse_spec
from games.transforms.repeated import RepeatedGame

PATTERN_PLAYER: Final = "pattern_player"
_NOTHING: Final = f"the agent finished no round against {PATTERN_PLAYER}"
_FAN: Final = (
    "Fan et al., Can large language models serve as rational players in game theory?, 2023 (belief refinement)"
)


def _in_rounds(game: Game[Any, Any]) -> bool:
    return isinstance(game, RepeatedGame) and matrix_stage(game) is not None and game.num_players == 2


_ROUNDS: Final = Need("a matrix game for two in rounds, without noise", _in_rounds)


def rounds_before(hits: Sequence[bool]) -> int:
    """The number of rounds before the one from which on every action is a best reply; all of them if there is none."""
    misses = [number for number, hit in enumerate(hits) if not hit]
    return misses[-1] + 1 if misses else 0


def best_replies(stage: MatrixGame, seat: int, joints: Sequence[tuple[int, ...]]) -> list[bool]:
    """Whether a seat's action was a best reply to the other's, round by round."""
    return [_payoff(stage, seat, joint) >= _most(stage, seat, joint) for joint in joints]


def _payoff(stage: MatrixGame, seat: int, joint: tuple[int, ...]) -> float:
    return stage.payoffs[joint][seat]


def _most(stage: MatrixGame, seat: int, joint: tuple[int, ...]) -> float:
    """The most that a seat could have got against the other's action."""
    return max(
        _payoff(stage, seat, (own, joint[1]) if seat == 0 else (joint[0], own))
        for own in range(len(stage.labels[seat]))
    )


def _matches(pool: Pool, agent: str) -> Iterator[tuple[str, list[bool]]]:
    """Cluster and best replies of each match of an agent against a pattern."""
    stage = matrix_stage(pool.game)
    assert stage is not None, "the metric needs a matrix game"
    for played in pool.played_by(agent):
        if _other(played) == PATTERN_PLAYER and played.end.past:
            yield played.cluster, best_replies(stage, played.seat, [done.actions for done in played.end.past])


def _other(played: SeatPlay) -> str:
    """The registry name of who sat in the other seat."""
    return parse_spec(played.play.record.header.seats[1 - played.seat].spec).name


def _rounds(pool: Pool, agent: str) -> Result:
    return mean_value(((cluster, rounds_before(hits)) for cluster, hits in _matches(pool, agent)), _NOTHING)


def _late(pool: Pool, agent: str) -> Result:
    late = ((cluster, hit) for cluster, hits in _matches(pool, agent) for hit in hits[len(hits) // 2 :])
    return share_value(late, _NOTHING)


ADAPTATION: Final = Metric(
    name="adaptation_rounds",
    family=Family.STRATEGY,
    meaning="Mean number of rounds before the one from which on the agent answers a fixed pattern best.",
    where=f"matches against {PATTERN_PLAYER}; one that ends with another action counts all its rounds",
    needs=(_ROUNDS,),
    unit="rounds",
    high=None,
    source=_FAN,
    compute=_rounds,
)
LATE_REPLIES: Final = Metric(
    name="late_best_replies",
    family=Family.STRATEGY,
    meaning="Share of best replies to a fixed pattern, once half of the rounds are over.",
    where=f"later half of matches against {PATTERN_PLAYER}",
    needs=(_ROUNDS,),
    source=_FAN,
    compute=_late,
)
