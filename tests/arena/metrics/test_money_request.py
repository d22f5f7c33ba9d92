from __future__ import annotations

import random

import pytest

from arena.metrics import money_request
from arena.metrics.base import Undefined
from arena.metrics.measure import measure
from games.economic.eleven_twenty import ElevenTwenty
from tests.arena.metrics.played import play, pool_of, value

GAME = ElevenTwenty()
# Requests 11 to 20 in Arad and Rubinstein's basic version, in percent.
OBSERVED = (4, 0, 3, 6, 1, 6, 32, 30, 12, 6)


def test_each_level_answers_best_to_the_one_below():
    for request in range(12, 21):
        values = {own: GAME.payoffs((own, request))[0] for own in GAME.options}
        best = max(values, key=values.__getitem__)
        assert money_request.request_level(GAME, best) == money_request.request_level(GAME, request) + 1


def test_first_steps_of_the_hierarchy_by_hand():
    # Against uniform play 19 brings 19 + 20/10 = 21, more than 20 does. With weights 1, tau and tau^2/2 the next step
    # undercuts 19 (20 (0.1 + tau) / (1 + tau) more), and asks for 20 when hardly anybody is at step 1.
    assert money_request.hierarchy_requests(GAME, 1.5, 2) == [19, 18]
    assert money_request.hierarchy_requests(GAME, 0.001, 2) == [19, 19]
    assert money_request.request_probabilities(GAME, 0) == pytest.approx([0.1] * 10)


@pytest.mark.parametrize("tau", [0.6, 1.5, 3.0])
def test_tau_is_recovered_from_many_requests(tau: float):
    weights = money_request.request_probabilities(GAME, tau)
    requests = random.Random(1).choices(list(GAME.options), weights, k=20_000)
    assert money_request.most_likely_tau(GAME, requests) == pytest.approx(tau, abs=0.06)
    assert sum(weights) == pytest.approx(1)


def test_tau_of_the_published_shares_is_no_less_likely_than_any_other():
    requests = [request for request, percent in zip(GAME.options, OBSERVED, strict=True) for _ in range(percent)]
    tau = money_request.most_likely_tau(GAME, requests)
    assert tau is not None
    assert 1.5 < tau < 4
    assert money_request.most_likely_tau(GAME, []) is None


def test_levels_of_real_matches():
    pool = pool_of(
        *(play("eleven_twenty", ("level_k(level=3)", "level_k(level=0)"), deal) for deal in range(3)),
        *(play("eleven_twenty", ("level_k(level=0)", "level_k(level=3)"), deal) for deal in range(3, 6)),
    )
    three = value(money_request.MEAN_LEVEL.compute(pool, "level_k(level=3)"))
    assert (three.value, three.n, three.clusters) == (3, 6, 6)
    assert value(money_request.LEVEL_3.compute(pool, "level_k(level=3)")).value == 1
    assert value(money_request.LEVEL_0.compute(pool, "level_k(level=0)")).value == 1
    assert value(money_request.HIGHER.compute(pool, "level_k(level=3)")).value == 0


def test_shares_of_levels_add_up_and_random_requests_have_no_steps():
    pool = pool_of(*(play("eleven_twenty", ("random", "random"), deal) for deal in range(30)))
    shares = (money_request.LEVEL_0, money_request.LEVEL_1, money_request.LEVEL_2, money_request.LEVEL_3)
    total = sum(value(metric.compute(pool, "random")).value for metric in (*shares, money_request.HIGHER))
    assert total == pytest.approx(1)
    tau = value(money_request.TAU.compute(pool, "random"))
    assert tau.value < 0.5
    assert (tau.n, tau.clusters) == (60, 30)


def test_tau_of_an_agent_that_varies_has_an_interval():
    records = [play("eleven_twenty", (f"level_k(level={deal % 4})", "random"), deal) for deal in range(16)]
    for record in records:
        seats = (record.header.seats[0].model_copy(update={"agent": "varied"}), record.header.seats[1])
        records[record.header.index] = record.model_copy(
            update={"header": record.header.model_copy(update={"seats": seats})}
        )
    tau = value(money_request.TAU.compute(pool_of(*records), "varied"))
    assert tau.low is not None
    assert tau.high is not None
    assert tau.low < tau.value < tau.high
    assert (tau.n, tau.clusters) == (16, 16)


def test_other_games_and_absent_agents_have_no_levels():
    (table,) = measure([play("ultimatum", ("random", "random"))])
    reasons = {row.metric.name: row.result for row in table.rows}
    assert isinstance(reasons["request_tau"], Undefined)
    assert "11-20" in reasons["request_tau"].reason
    pool = pool_of(play("eleven_twenty", ("random", "random")))
    assert isinstance(money_request.TAU.compute(pool, "nobody"), Undefined)
    assert isinstance(money_request.LEVEL_0.compute(pool, "nobody"), Undefined)
