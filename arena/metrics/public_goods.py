"""Giving in public goods games that are played in rounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool
from arena.metrics.intervals import jackknife, mean_value, share_value
from arena.metrics.needs import kind
from arena.metrics.regression import Point, pooled_slope
from games.dilemmas.public_goods import PublicGoods
from games.dilemmas.punishment_game import PunishmentGame, gifts_of
from games.dilemmas.threshold_public_goods import ThresholdPublicGoods

_GAMES: Final = (PublicGoods, PunishmentGame, ThresholdPublicGoods)
_PUBLIC_GOODS: Final = kind("a public goods game in rounds", *_GAMES)
_NOTHING: Final = "no finished round"


class Giving(NamedTuple):
    """What a seat and, on average, the others gave in each round, as shares of the endowment."""

    own: tuple[float, ...]
    others: tuple[float, ...]


def givings(pool: Pool, agent: str) -> Iterator[tuple[str, Giving]]:
    """Cluster and contributions of each match of an agent, once per seat."""
    assert isinstance(pool.game, _GAMES), "the metric needs a public goods game in rounds"
    endowment = pool.game.params.endowment
    for played in pool.played_by(agent):
        rounds = list(map(gifts_of, played.end.past))
        own = tuple(given[played.seat] / endowment for given in rounds)
        others = tuple((sum(given) - given[played.seat]) / (len(given) - 1) / endowment for given in rounds)
        yield played.cluster, Giving(own, others)


def responses(giving: Giving) -> list[Point]:
    """The others' share in a round, and one's own in the next."""
    return list(zip(giving.others, giving.own[1:], strict=False))


def course(giving: Giving) -> list[Point]:
    """The number of each round, and one's own share in it."""
    return [(float(number), share) for number, share in enumerate(giving.own)]


def _contribution(pool: Pool, agent: str) -> Result:
    shares = ((cluster, share) for cluster, giving in givings(pool, agent) for share in giving.own)
    return mean_value(shares, _NOTHING)


def _free_riding(pool: Pool, agent: str) -> Result:
    zeros = ((cluster, share == 0) for cluster, giving in givings(pool, agent) for share in giving.own)
    return share_value(zeros, _NOTHING)


def _conditional(pool: Pool, agent: str) -> Result:
    points = ((cluster, responses(giving)) for cluster, giving in givings(pool, agent))
    return jackknife(points, pooled_slope, "the others always gave the same, or no second round was played")


def _trend(pool: Pool, agent: str) -> Result:
    points = ((cluster, course(giving)) for cluster, giving in givings(pool, agent))
    return jackknife(points, pooled_slope, "no second round was played")


CONTRIBUTION: Final = Metric(
    name="contribution_share",
    family=Family.SOCIAL,
    meaning="Share of the endowment that the agent gives.",
    where="every finished round",
    needs=(_PUBLIC_GOODS,),
    source="Fehr and Gaechter, Cooperation and punishment in public goods experiments, 2000",
    compute=_contribution,
)
FREE_RIDING: Final = Metric(
    name="free_rider_rate",
    family=Family.SOCIAL,
    meaning="Share of rounds in which the agent gives nothing.",
    where="every finished round",
    needs=(_PUBLIC_GOODS,),
    source="Fehr and Gaechter, Cooperation and punishment in public goods experiments, 2000",
    compute=_free_riding,
)
CONDITIONAL: Final = Metric(
    name="conditional_cooperation",
    family=Family.SOCIAL,
    meaning="How much more the agent gives when the others gave one more in the round before.",
    where="rounds from the second on, where the others' gifts varied",
    needs=(_PUBLIC_GOODS,),
    unit="tokens per token",
    low=None,
    high=None,
    source="Fischbacher, Gaechter and Fehr, Are people conditionally cooperative?, 2001; least-squares slope over play",
    compute=_conditional,
)
TREND: Final = Metric(
    name="contribution_trend",
    family=Family.SOCIAL,
    meaning="Change of the share given from one round to the next; giving that decays is below 0.",
    where="matches of two rounds or more",
    needs=(_PUBLIC_GOODS,),
    unit="share per round",
    low=-1.0,
    source="Ledyard, Public goods: a survey of experimental research, 1995 (decay); least-squares slope",
    compute=_trend,
)
