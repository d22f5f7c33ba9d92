from __future__ import annotations

import pytest

from arena.metrics import public_goods
from arena.metrics.base import Undefined
from tests.arena.metrics.played import play, pool_of, value

PAIR = "public_goods(num_players=2, rounds=20)"


def test_a_free_rider_gives_nothing():
    pool = pool_of(play(PAIR, ("free_rider", "random")))
    assert value(public_goods.CONTRIBUTION.compute(pool, "free_rider")).value == 0
    assert value(public_goods.FREE_RIDING.compute(pool, "free_rider")).value == 1
    assert 0.2 < value(public_goods.CONTRIBUTION.compute(pool, "random")).value < 0.8


def test_a_conditional_cooperator_gives_one_more_for_one_more():
    pool = pool_of(*(play(PAIR, ("conditional_cooperator", "random"), deal) for deal in range(3)))
    found = value(public_goods.CONDITIONAL.compute(pool, "conditional_cooperator"))
    assert found.value == pytest.approx(1, abs=0.05)
    assert abs(value(public_goods.CONDITIONAL.compute(pool, "random")).value) < 0.5


def test_shares_are_of_the_endowment_and_others_are_averaged():
    pool = pool_of(play("public_goods(rounds=3)", ("free_rider", "free_rider", "random", "random")))
    records = pool.plays[0].states[-1].past
    (_, first), (_, second) = public_goods.givings(pool, "random")
    assert first.own == tuple(finished.actions[2] / 20 for finished in records)
    assert first.others == pytest.approx([share / 3 for share in second.own])


def test_the_trend_of_a_decline_is_its_step():
    giving = public_goods.Giving((1.0, 0.75, 0.5), (0.0, 0.0, 0.0))
    assert public_goods.pooled_slope([public_goods.course(giving)]) == pytest.approx(-0.25)
    assert public_goods.pooled_slope([public_goods.responses(giving)]) is None


def test_one_round_has_no_trend():
    pool = pool_of(play("public_goods(num_players=2, rounds=1)", ("free_rider", "random")))
    for metric in (public_goods.TREND, public_goods.CONDITIONAL):
        assert isinstance(metric.compute(pool, "random"), Undefined)
