from __future__ import annotations

import pytest

from arena.metrics import reliability
from arena.metrics.base import Undefined
from tests.arena.metrics.played import pool_of, value
from tests.factories import attempt, call, decision, forfeit, match, void


def test_every_attempt_counts_and_a_scripted_answer_is_one_good_attempt():
    turns = [
        decision(0, "4", attempt("illegal"), attempt("empty"), attempt()),
        decision(1, "0"),
        decision(0, "5", attempt()),
    ]
    pool = pool_of(match(turns=turns))
    found = value(reliability.ILLEGAL.compute(pool, "ann"))
    assert (found.value, found.n, found.clusters) == (0.25, 4, 1)
    assert value(reliability.EMPTY.compute(pool, "ann")).value == 0.25
    assert value(reliability.ILLEGAL.compute(pool, "bob")).value == 0
    assert value(reliability.REFUSAL.compute(pool, "bob")).n == 1


def test_nobody_asked_is_not_defined():
    assert isinstance(reliability.ILLEGAL.compute(pool_of(match()), "ann"), Undefined)
    assert isinstance(reliability.FORFEIT.compute(pool_of(void()), "ann"), Undefined)


def test_forfeits_count_by_seat_and_voids_not_at_all():
    pool = pool_of(forfeit([0]), match(index=1), void(index=2), match(index=3))
    found = value(reliability.FORFEIT.compute(pool, "ann"))
    assert (found.value, found.n) == (pytest.approx(1 / 3), 3)
    assert value(reliability.FORFEIT.compute(pool, "bob")).value == 0


def test_costs_add_up_attempts_and_unknown_prices_are_not_zero():
    paid = (
        attempt("illegal", calls=(call(cost_usd=0.5, latency_s=2.0),)),
        attempt(calls=(call(cost_usd=0.25, latency_s=1.0),)),
    )
    free = attempt(calls=(call(latency_s=4.0),))
    pool = pool_of(match(turns=[decision(0, "4", *paid)]), match(index=1, turns=[decision(0, "4", free)]))
    money = value(reliability.COST_PER_MATCH.compute(pool, "ann"))
    assert (money.value, money.n) == (0.75, 1)
    seconds = value(reliability.SECONDS_PER_DECISION.compute(pool, "ann"))
    assert (seconds.value, seconds.n) == (3.5, 2)
    assert value(reliability.TOKENS_IN_PER_MATCH.compute(pool, "ann")).value == 150
    assert reliability.COST_PER_MATCH.compute(pool, "bob") == Undefined("no model was asked")
    unknown = reliability.COST_PER_MATCH.compute(pool_of(match(turns=[decision(0, "4", free)])), "ann")
    assert isinstance(unknown, Undefined)


def test_both_seats_of_an_agent_are_matches_of_their_own():
    both = attempt(calls=(call(),))
    pool = pool_of(match(("ann", "ann"), turns=[decision(0, "4", both), decision(1, "5", both, both)]))
    found = value(reliability.TOKENS_OUT_PER_MATCH.compute(pool, "ann"))
    assert (found.value, found.n, found.clusters) == (15, 2, 1)
