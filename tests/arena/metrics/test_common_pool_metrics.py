"""Measures of the society with a common pool, on players whose numbers are known."""

from __future__ import annotations

import pytest

from arena.metrics import common_pool
from arena.metrics.base import Undefined
from arena.metrics.measure import evaluate
from games.dilemmas.common_pool import CommonPool
from games.dilemmas.common_pool_parts import Round
from tests.arena.metrics.played import play, pool_of, value

ALL = (
    common_pool.SURVIVAL_TIME,
    common_pool.SURVIVAL_RATE,
    common_pool.EFFICIENCY,
    common_pool.SIMILARITY,
    common_pool.EFFORT,
    common_pool.COMPLIANCE,
    common_pool.PUNISHING,
)
SCARCE = "common_pool(growth=0.3, rounds=40, start=50)"


def numbers(pool, agent: str) -> list[float | None]:
    found = [evaluate(metric, pool, agent) for metric in ALL]
    return [None if isinstance(each, Undefined) else each.value for each in found]


def test_full_effort_does_not_survive_scarcity() -> None:
    pool = pool_of(*(play(SCARCE, ["full_effort"] * 5, deal) for deal in range(2)))
    time, rate, efficiency, similarity, effort, compliance, punishing = numbers(pool, "full_effort")
    assert time == 24
    assert (rate, similarity, effort, compliance, punishing) == (0, 1, 1, 1, None)
    assert efficiency == pytest.approx(0.306, abs=0.001)
    assert value(common_pool.SURVIVAL_RATE.compute(pool, "full_effort")).n == 2


def test_stewards_survive_it_agree_and_keep_to_the_limit() -> None:
    pool = pool_of(play(SCARCE, ["steward"] * 5))
    time, rate, efficiency, similarity, effort, compliance, punishing = numbers(pool, "steward")
    assert (time, rate, similarity, compliance, punishing) == (40, 1, 1, 1, None)
    assert efficiency == pytest.approx(0.95, abs=0.05)
    assert effort == pytest.approx(0.37)


def test_stewards_punish_whatever_they_see_above_the_limit() -> None:
    pool = pool_of(*(play("common_pool", ["full_effort", *["steward"] * 4], deal) for deal in range(3)))
    punishing = value(common_pool.PUNISHING.compute(pool, "steward"))
    assert punishing.value == 1
    assert punishing.clusters == 3
    assert isinstance(common_pool.PUNISHING.compute(pool, "full_effort"), Undefined)


def test_norms_are_as_alike_as_proposals_are_near() -> None:
    game = CommonPool()
    assert game.params.highest_limit == 70
    assert common_pool.norm_similarity(game, Round(100, None, proposals=(0, 70, None))) == 0
    assert common_pool.norm_similarity(game, Round(100, None, proposals=(10, 24, 17))) == pytest.approx(1 - 28 / 210)
    assert common_pool.norm_similarity(game, Round(100, None, proposals=(10, None))) is None


def test_what_is_not_played_has_no_measure() -> None:
    pool = pool_of(play("common_pool(rounds=2, voting=False)", ["steward"] * 5))
    for metric in (common_pool.SIMILARITY, common_pool.COMPLIANCE, common_pool.PUNISHING):
        assert isinstance(evaluate(metric, pool, "steward"), Undefined)
    dead = pool_of(play("common_pool(growth=0, rounds=2)", ["full_effort"] * 5))
    assert isinstance(evaluate(common_pool.EFFICIENCY, dead, "full_effort"), Undefined)


def test_other_games_have_none_of_it() -> None:
    pool = pool_of(play("public_goods(rounds=1)", ["free_rider"] * 4))
    for metric in ALL:
        found = evaluate(metric, pool, "free_rider")
        assert isinstance(found, Undefined)
        assert "common pool" in found.reason
