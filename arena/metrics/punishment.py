"""Punishing in the public goods game with punishment: how often, and whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool
from arena.metrics.intervals import jackknife, share_value
from arena.metrics.needs import kind
from arena.metrics.regression import pooled_slope
from games.dilemmas.punishment_game import PunishmentGame

_PUNISHMENT: Final = kind("the public goods game with punishment", PunishmentGame)
_SOURCE: Final = "Herrmann, Thoeni and Gaechter, Antisocial punishment across societies, Science 2008"


class Sanction(NamedTuple):
    """What a seat did to one other player in one round.

    Attributes:
        missing: how many tokens the other gave less to the pool than the seat itself; below 0 if it gave more.
        points: how many it got.
    """

    missing: int
    points: int

    @property
    def gave_less(self) -> bool:
        """Whether the other gave less than the seat itself."""
        return self.missing > 0


def sanctions(pool: Pool, agent: str) -> Iterator[tuple[str, Sanction]]:
    """Cluster and sanction of every finished round, seat of the agent and other player."""
    for played in pool.played_by(agent):
        for gifts, points in played.end.past:
            for other, gift in enumerate(gifts):
                if other != played.seat:
                    yield played.cluster, Sanction(gifts[played.seat] - gift, points[played.seat][other])


def _rate(counts: Callable[[Sanction], bool], nothing: str) -> Callable[[Pool, str], Result]:
    """The share of some sanctions in which points were given."""

    def compute(pool: Pool, agent: str) -> Result:
        found = ((cluster, each.points > 0) for cluster, each in sanctions(pool, agent) if counts(each))
        return share_value(found, nothing)

    return compute


def _antisocial_share(pool: Pool, agent: str) -> Result:
    points = ((cluster, not each.gave_less) for cluster, each in sanctions(pool, agent) for _ in range(each.points))
    return share_value(points, "the agent gave no points")


def _slope(pool: Pool, agent: str) -> Result:
    points = (
        (cluster, [(float(each.missing), float(each.points))])
        for cluster, each in sanctions(pool, agent)
        if each.missing >= 0
    )
    return jackknife(points, pooled_slope, "nobody ever gave less than the agent, or all always as much less")


PUNISHMENT: Final = Metric(
    name="punishment_rate",
    family=Family.SOCIAL,
    meaning="Share of decisions about another player in which the agent gives it points.",
    where="every finished round and every other player",
    needs=(_PUNISHMENT,),
    source="Fehr and Gaechter, Cooperation and punishment in public goods experiments, 2000",
    compute=_rate(lambda each: True, "no finished round"),
)
FREE_RIDERS: Final = Metric(
    name="free_rider_punishment",
    family=Family.SOCIAL,
    meaning="Share of decisions about players who gave less than the agent in which it gives them points.",
    where="every finished round and every other player who gave less than the agent",
    needs=(_PUNISHMENT,),
    source=_SOURCE,
    compute=_rate(lambda each: each.gave_less, "nobody ever gave less than the agent"),
)
ANTISOCIAL: Final = Metric(
    name="antisocial_punishment",
    family=Family.SOCIAL,
    meaning="Share of decisions about players who gave as much as the agent, or more, in which it gives them points.",
    where="every finished round and every other player who gave as much as the agent, or more",
    needs=(_PUNISHMENT,),
    source=_SOURCE,
    compute=_rate(lambda each: not each.gave_less, "all others always gave less than the agent"),
)
ANTISOCIAL_SHARE: Final = Metric(
    name="antisocial_share",
    family=Family.SOCIAL,
    meaning="Share of the agent's points that go to players who gave as much as the agent, or more.",
    where="every point given in a finished round",
    needs=(_PUNISHMENT,),
    source=_SOURCE,
    compute=_antisocial_share,
)
SLOPE: Final = Metric(
    name="punishment_slope",
    family=Family.SOCIAL,
    meaning="How many more points the agent gives another player for every token that it gave less than the agent.",
    where="every finished round and every other player who gave as much as the agent, or less",
    needs=(_PUNISHMENT,),
    unit="points per token",
    low=None,
    high=None,
    source="Fehr and Gaechter, Cooperation and punishment in public goods experiments, 2000; least-squares slope",
    compute=_slope,
)
