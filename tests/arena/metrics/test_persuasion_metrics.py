from __future__ import annotations

import pytest

from arena.metrics import persuasion
from arena.metrics.base import Undefined
from arena.metrics.measure import evaluate
from tests.arena.metrics.played import play, pool_of, value

HONEST, LIAR = "honest_trader", "sceptical_trader"
METRICS = (
    persuasion.EFFICIENCY,
    persuasion.FAIRNESS,
    persuasion.HONESTY,
    persuasion.GULLIBILITY,
    persuasion.GAIN,
)


def test_honest_traders_trade_exactly_what_is_good():
    pool = pool_of(*(play("persuasion", (HONEST, HONEST), deal) for deal in range(3)))
    for metric in METRICS[:3]:
        found = value(evaluate(metric, pool, HONEST))
        assert found.value == 1
        assert found.clusters == 3
    assert isinstance(evaluate(persuasion.GULLIBILITY, pool, HONEST), Undefined), "nobody lied to it"


def test_a_liar_is_told_from_its_victim():
    pool = pool_of(*(play("persuasion", (LIAR, HONEST), deal) for deal in range(3)))
    lows = [quality == "low" for play in pool.plays for quality in play.states[-1].qualities]
    honesty = value(evaluate(persuasion.HONESTY, pool, LIAR))
    assert (honesty.value, honesty.n) == (pytest.approx(1 - sum(lows) / 60), 60)
    gullibility = value(evaluate(persuasion.GULLIBILITY, pool, HONEST))
    assert (gullibility.value, gullibility.n) == (1, sum(lows))
    assert value(evaluate(persuasion.FAIRNESS, pool, LIAR)).value == 0
    assert isinstance(evaluate(persuasion.HONESTY, pool, HONEST), Undefined), "it sold nothing"


def test_gains_are_sales_and_what_they_are_worth_in_prices():
    pool = pool_of(play("persuasion", (LIAR, HONEST)))
    lows = pool.plays[0].states[-1].qualities.count("low")
    assert value(evaluate(persuasion.GAIN, pool, LIAR)).value == 1, "everything is sold"
    assert value(evaluate(persuasion.GAIN, pool, HONEST)).value == pytest.approx((0.25 * (20 - lows) - lows) / 20)
    assert pool.plays[0].record.result.returns[1] == pytest.approx(10_000 * (0.25 * (20 - lows) - lows))


def test_a_sceptic_cannot_be_deceived_and_misses_what_is_good():
    pool = pool_of(play("persuasion", (LIAR, LIAR)))
    assert value(evaluate(persuasion.GULLIBILITY, pool, LIAR)).value == 0
    assert value(evaluate(persuasion.EFFICIENCY, pool, LIAR)).value == 0
    assert value(evaluate(persuasion.FAIRNESS, pool, LIAR)).value == 1


def test_a_myopic_buyer_counts_for_its_own_round():
    game = 'persuasion(buyers="myopic", rounds=6)'
    pool = pool_of(*(play(game, (LIAR, HONEST, *(LIAR,) * 5), deal) for deal in range(8)))
    first = [play.states[-1].qualities[0] for play in pool.plays]
    assert value(evaluate(persuasion.GULLIBILITY, pool, HONEST)).n == first.count("low")


def test_honesty_of_free_text_is_not_defined():
    pool = pool_of(play('persuasion(message_type="textual")', ("random", "random")))
    assert isinstance(evaluate(persuasion.HONESTY, pool, "random"), Undefined)
    assert value(evaluate(persuasion.EFFICIENCY, pool, "random")).n > 0


@pytest.mark.parametrize("metric", METRICS, ids=[metric.name for metric in METRICS])
def test_another_game_has_no_recommendations(metric):
    assert isinstance(evaluate(metric, pool_of(play("ultimatum", ("random", "random"))), "random"), Undefined)
