"""Contributions one after the other: how much, how freely others are left to pay, and how far from equilibrium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from typing import Final, NamedTuple

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool
from arena.metrics.intervals import jackknife, mean_value, share_value
from arena.metrics.needs import kind
from arena.metrics.regression import pooled_slope
from games.dilemmas.sequential_public_goods import FULL, ContributionsState, SequentialPublicGoods

_SEQUENTIAL: Final = kind("sequential public goods", SequentialPublicGoods)
_NOTHING: Final = "the agent made no contribution"
_UNFINISHED: Final = "no match was played to its end"
_SOURCE: Final = "MAC-SPGG, 2025 (measures after its abstract; formula of the game reconstructed)"


class Contribution(NamedTuple):
    """One contribution of an agent: its seat, what was given before it and by it, in percent."""

    seat: int
    before: tuple[int, ...]
    given: int


def contributions(pool: Pool, agent: str) -> Iterator[tuple[str, Contribution]]:
    """Cluster and content of each contribution of an agent, those of forfeited matches too."""
    for played in pool.played_by(agent):
        given = played.end.given
        if played.seat < len(given):
            yield played.cluster, Contribution(played.seat, given[: played.seat], given[played.seat])


def optimum(game: SequentialPublicGoods) -> float:
    """The greatest sum of payoffs that is possible.

    By a walk over sums: what a seat adds to it depends on the sum given before it alone, fines aside.
    """
    players, params = game.params.num_players, game.params
    best = {0: 0.0}
    for seat in range(players):
        after: dict[int, float] = {}
        for (before, value), given in product(best.items(), game.options):
            # Its cost and bonus, and what its contribution is worth to all.
            own = game.payoff(seat, before, given, FULL * players) - params.multiplier
            total = value + own + params.multiplier * given / FULL
            after[before + given] = max(total, after.get(before + given, total))
        best = after
    return max(value - players * params.penalty * (total < params.threshold) for total, value in best.items())


def _game(pool: Pool) -> SequentialPublicGoods:
    assert isinstance(pool.game, SequentialPublicGoods), "the metric needs sequential public goods"
    return pool.game


def _mean(pool: Pool, agent: str) -> Result:
    return mean_value(((cluster, each.given / FULL) for cluster, each in contributions(pool, agent)), _NOTHING)


def _distance(pool: Pool, agent: str) -> Result:
    replies = _game(pool).replies
    found = (
        (cluster, abs(each.given - replies[each.seat, sum(each.before)]) / FULL)
        for cluster, each in contributions(pool, agent)
    )
    return mean_value(found, _NOTHING)


def _free_riding(pool: Pool, agent: str) -> Result:
    least = _game(pool).params.least
    return share_value(((cluster, each.given <= least) for cluster, each in contributions(pool, agent)), _NOTHING)


def _success(pool: Pool, agent: str) -> Result:
    game = _game(pool)
    hits = ((cluster, sum(end.given) >= game.params.threshold) for cluster, end in _ends(pool, agent))
    return share_value(hits, _UNFINISHED)


def _efficiency(pool: Pool, agent: str) -> Result:
    game = _game(pool)
    best = optimum(game)
    return mean_value(((cluster, sum(game.returns(end)) / best) for cluster, end in _ends(pool, agent)), _UNFINISHED)


def _ends(pool: Pool, agent: str) -> Iterator[tuple[str, ContributionsState]]:
    """Cluster and last state of each match that was played to its end."""
    game = _game(pool)
    for played in pool.played_by(agent):
        if not game.to_move(played.end):
            yield played.cluster, played.end


def _conditional(pool: Pool, agent: str) -> Result:
    points = (
        (cluster, [(sum(each.before) / len(each.before), float(each.given))])
        for cluster, each in contributions(pool, agent)
        if each.before
    )
    return jackknife(points, pooled_slope, "what was given before it never varied")


def _metric(name: str, meaning: str, where: str, compute: Callable[[Pool, str], Result]) -> Metric:
    return Metric(
        name=f"spgg_{name}",
        family=Family.SOCIAL,
        meaning=meaning,
        where=where,
        needs=(_SEQUENTIAL,),
        source=_SOURCE,
        compute=compute,
    )


CONTRIBUTION: Final = _metric(
    "contribution", "Mean contribution, as a part of a full one.", "every contribution of the agent", _mean
)
FREE_RIDING: Final = _metric(
    "free_riding",
    "Share of contributions that are the least possible.",
    "every contribution of the agent",
    _free_riding,
)
SUCCESS: Final = _metric(
    "success", "Share of matches in which the group reached its threshold.", "matches played to their end", _success
)
DISTANCE: Final = _metric(
    "equilibrium_distance",
    "Distance of a contribution from the subgame-perfect one after what was given before, as a part of a full one.",
    "every contribution of the agent",
    _distance,
)
EFFICIENCY: Final = replace(
    _metric(
        "efficiency",
        "Sum of all payoffs as a part of the greatest sum that is possible.",
        "matches played to their end",
        _efficiency,
    ),
    low=None,
)
CONDITIONAL: Final = replace(
    _metric(
        "conditional_slope",
        "How much more the agent gives where those before it gave one more on average (least squares).",
        "contributions after others, where those varied",
        _conditional,
    ),
    low=None,
    high=None,
    unit="percent per percent",
)
