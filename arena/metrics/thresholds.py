"""Measures of games in which enough have to join: public goods with a threshold, and the assurance game."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool
from arena.metrics.intervals import share_value
from arena.metrics.needs import kind
from games.dilemmas.assurance import STAG, Assurance, AssuranceRound
from games.dilemmas.threshold_public_goods import ThresholdPublicGoods, ThresholdRound

_THRESHOLD: Final = kind("public goods with a threshold", ThresholdPublicGoods)
_ASSURANCE: Final = kind("the assurance game", Assurance)
_NOTHING: Final = "no finished round"
_ROUNDS: Final = "every finished round, once for all seats of the agent"


def _rounds(pool: Pool, agent: str) -> Iterator[tuple[str, Any]]:
    """Cluster and final state of every finished round of matches with the agent."""
    matches = {played.play.record.header.match_id: played for played in pool.played_by(agent)}
    for played in matches.values():
        for finished in played.end.past:
            yield played.cluster, finished


def _gifts(holds: Callable[[ThresholdRound, tuple[int, ...]], bool]) -> Callable[[Pool, str], Result]:
    """The share of rounds whose gifts have a property."""

    def compute(pool: Pool, agent: str) -> Result:
        assert isinstance(pool.game, ThresholdPublicGoods), "the metric needs public goods with a threshold"
        stage = pool.game.stage
        assert isinstance(stage, ThresholdRound), "this is its round"
        return share_value(
            ((cluster, holds(stage, finished.actions)) for cluster, finished in _rounds(pool, agent)), _NOTHING
        )

    return compute


def _stags(pool: Pool, agent: str) -> Result:
    choices = (
        (played.cluster, finished.actions[played.seat] == STAG)
        for played in pool.played_by(agent)
        for finished in played.end.past
    )
    return share_value(choices, _NOTHING)


def _catches(pool: Pool, agent: str) -> Result:
    assert isinstance(pool.game, Assurance), "the metric needs the assurance game"
    stage = pool.game.stage
    assert isinstance(stage, AssuranceRound), "this is its round"
    caught = ((cluster, stage.is_caught(finished.actions)) for cluster, finished in _rounds(pool, agent))
    return share_value(caught, _NOTHING)


PROVISION: Final = Metric(
    name="provision_rate",
    family=Family.SOCIAL,
    meaning="Share of rounds in which the threshold is reached.",
    where=_ROUNDS,
    needs=(_THRESHOLD,),
    source="Croson and Marks, Step returns in threshold public goods, Experimental Economics 1999",
    compute=_gifts(ThresholdRound.provided),
)
EQUILIBRIUM: Final = Metric(
    name="threshold_equilibrium_rate",
    family=Family.STRATEGY,
    meaning="Share of rounds in which nobody could have got more by giving another amount.",
    where=_ROUNDS,
    needs=(_THRESHOLD,),
    source="Bagnoli and Lipman, Provision of public goods: fully implementing the core, 1989; pure Nash equilibria",
    compute=_gifts(ThresholdRound.is_equilibrium),
)
STAGS: Final = Metric(
    name="stag_rate",
    family=Family.SOCIAL,
    meaning="Share of rounds in which the agent hunts the stag.",
    where="every finished round",
    needs=(_ASSURANCE,),
    source="Skyrms, The stag hunt and the evolution of social structure, 2004",
    compute=_stags,
)
CATCHES: Final = Metric(
    name="hunt_success_rate",
    family=Family.SOCIAL,
    meaning="Share of rounds in which enough players hunt the stag.",
    where=_ROUNDS,
    needs=(_ASSURANCE,),
    source="Pacheco, Santos, Souza and Skyrms, N-person stag hunt dilemmas, 2009 (a threshold of hunters)",
    compute=_catches,
)
