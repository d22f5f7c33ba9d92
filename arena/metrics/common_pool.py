"""Measures of a society that lives on a common pool.

How the paper defines them could not be verified: survival time, efficiency and similarity of norms are named in
summaries of it, and what they are here is a reconstruction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from statistics import fmean
from typing import Final

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool
from arena.metrics.intervals import mean_value, share_value
from arena.metrics.needs import kind
from games.dilemmas.common_pool import CommonPool
from games.dilemmas.common_pool_parts import CommonPoolState, Round

_COMMON_POOL: Final = kind("the common pool society", CommonPool)
_NOTHING: Final = "no match was played to its end"
_SOURCE: Final = "Gupta et al., AAMAS 2026, arXiv:2510.14401, not verified; reconstructed"
_MATCHES: Final = "completed matches of the agent"


def efficiency(game: CommonPool, end: CommonPoolState) -> float | None:
    """All harvests over the most that can be harvested for ever in all rounds, `rounds * r K / 4`.

    Above 1 where a stock that is never replaced is used up too. None where nothing grows.
    """
    possible = game.params.rounds * game.sustainable_yield
    return sum(sum(each.harvests) for each in end.past) / possible if possible else None


def norm_similarity(game: CommonPool, found: Round) -> float | None:
    """One minus the mean difference of two players' proposals over the highest one that could be made.

    None where fewer than two players made one.
    """
    proposals = [proposal for proposal in found.proposals if proposal is not None]
    if len(proposals) < 2:
        return None
    return 1 - fmean(abs(one - other) for one, other in combinations(proposals, 2)) / game.params.highest_limit


def _game(pool: Pool) -> CommonPool:
    assert isinstance(pool.game, CommonPool), "the metric needs the common pool society"
    return pool.game


def _survival_time(pool: Pool, agent: str) -> Result:
    return mean_value(((played.cluster, float(len(played.end.past))) for played in pool.groups_of(agent)), _NOTHING)


def _survival_rate(pool: Pool, agent: str) -> Result:
    return share_value(((played.cluster, bool(played.end.players)) for played in pool.groups_of(agent)), _NOTHING)


def _efficiency(pool: Pool, agent: str) -> Result:
    found = ((played.cluster, efficiency(_game(pool), played.end)) for played in pool.groups_of(agent))
    return mean_value(((cluster, value) for cluster, value in found if value is not None), "nothing grows")


def _similarity(pool: Pool, agent: str) -> Result:
    found = (
        (played.cluster, norm_similarity(_game(pool), each))
        for played in pool.groups_of(agent)
        for each in played.end.past
    )
    return mean_value(
        ((cluster, value) for cluster, value in found if value is not None), "no two limits were proposed in a round"
    )


def _effort(pool: Pool, agent: str) -> Result:
    efforts = ((cluster, effort / 100) for cluster, effort, _, _ in _own_rounds(pool, agent))
    return mean_value(efforts, _NOTHING)


def _compliance(pool: Pool, agent: str) -> Result:
    kept = (
        (cluster, harvest <= limit / 10) for cluster, _, harvest, limit in _own_rounds(pool, agent) if limit is not None
    )
    return share_value(kept, "there never was a limit")


def _own_rounds(pool: Pool, agent: str) -> Iterator[tuple[str, int, float, int | None]]:
    """Cluster, effort, harvest and limit of every round in which a seat of the agent was still in."""
    for played in pool.completed_by(agent):
        for each in played.end.past:
            effort = each.efforts[played.seat]
            if effort is not None:
                yield played.cluster, effort, each.harvests[played.seat], each.limit


def _punishing(pool: Pool, agent: str) -> Result:
    found = (
        (played.cluster, each.punished[played.seat])
        for played in pool.completed_by(agent)
        for each in played.end.past
        if each.punished
    )
    return share_value(
        ((cluster, punished) for cluster, punished in found if punished is not None),
        "the agent never saw a harvest above the limit",
    )


def _metric(name: str, meaning: str, where: str, compute: Callable[[Pool, str], Result]) -> Metric:
    return Metric(
        name=name,
        family=Family.SOCIAL,
        meaning=meaning,
        where=where,
        needs=(_COMMON_POOL,),
        source=_SOURCE,
        compute=compute,
    )


SURVIVAL_TIME: Final = Metric(
    name="pool_survival_time",
    family=Family.SOCIAL,
    meaning="Rounds in which somebody was still in; all rounds when the society lasts.",
    where=_MATCHES,
    needs=(_COMMON_POOL,),
    unit="rounds",
    low=1.0,
    high=500.0,
    source=_SOURCE,
    compute=_survival_time,
)
SURVIVAL_RATE: Final = _metric(
    "pool_survival_rate", "Share of matches in which somebody is still in at the end.", _MATCHES, _survival_rate
)
EFFICIENCY: Final = Metric(
    name="pool_efficiency",
    family=Family.SOCIAL,
    meaning="What the society harvested of the most that it could for ever; above 1 where it used up stock too.",
    where="completed matches of the agent in which the resource can grow",
    needs=(_COMMON_POOL,),
    high=None,
    source=_SOURCE,
    compute=_efficiency,
)
SIMILARITY: Final = _metric(
    "pool_norm_similarity",
    "How alike the limits are that players propose; 1 when all propose the same.",
    "rounds of completed matches of the agent in which two players or more propose a limit",
    _similarity,
)
EFFORT: Final = _metric(
    "pool_effort",
    "Mean effort of the agent; 1 is all it can.",
    "completed matches, every round in which a seat of the agent is still in",
    _effort,
)
COMPLIANCE: Final = _metric(
    "pool_compliance",
    "Share of rounds in which the agent keeps to the limit.",
    "completed matches, every round with a limit in which a seat of the agent is still in",
    _compliance,
)
PUNISHING: Final = _metric(
    "pool_punishing",
    "Share of the harvests above the limit, among those that the agent watches, that it punishes.",
    "completed matches, every time that the agent watched a harvest above the limit",
    _punishing,
)
