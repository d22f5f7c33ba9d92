"""How many rounds of deleting dominated actions an agent's play survives, in one-shot matrix games."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool
from arena.metrics.intervals import mean_value
from arena.metrics.matrix_rounds import rounds_by, stage_of
from arena.metrics.needs import kind
from games.core import Seat
from games.matrix.matrix_game import MatrixGame
from games.matrix.stages import payoff_arrays
from games.solvers.dominance import Elimination, iterated_strict_dominance


def rounds_needed(elimination: Elimination, seat: Seat) -> int:
    """The last round in which an action of a seat is deleted; 0 when none ever is."""
    return max((number for number, deleted in enumerate(elimination.rounds, 1) if deleted[seat]), default=0)


def rounds_survived(elimination: Elimination, seat: Seat, action: int) -> int:
    """The rounds of deletion that an action survives, of those that the seat needs.

    To avoid actions that are deleted in round k takes k steps of "it knows that I know that ... is rational" (Bernheim,
    Rationalizable strategic behavior; Pearce, likewise; Econometrica 1984).
    """
    deleted_in = elimination.depth(seat, action)
    return rounds_needed(elimination, seat) if deleted_in is None else deleted_in - 1


@lru_cache(maxsize=16)
def _elimination(stage: MatrixGame) -> Elimination:
    return iterated_strict_dominance(*payoff_arrays(stage))


def _depths(pool: Pool, agent: str) -> Iterator[tuple[str, float]]:
    elimination = _elimination(stage_of(pool))
    for cluster, rounds in rounds_by(pool, agent):
        if rounds_needed(elimination, rounds.seat):
            for action in rounds.own:
                yield cluster, float(rounds_survived(elimination, rounds.seat, action))


def _compute(pool: Pool, agent: str) -> Result:
    return mean_value(_depths(pool, agent), "no match in a seat of which strict dominance deletes an action")


ITERATED_DOMINANCE: Final = Metric(
    name="iterated_dominance_depth",
    family=Family.RATIONALITY,
    meaning="Rounds of deleting strictly dominated actions that the agent's action survives; a mean over matches.",
    where="seats of which some action is deleted; as many rounds at most as the seat's last deletion needs",
    needs=(kind("a matrix game, played once", MatrixGame),),
    unit="rounds",
    high=None,
    source="Bernheim 1984, Pearce 1984 (rationalisability); mixtures dominate too",
    compute=_compute,
)
