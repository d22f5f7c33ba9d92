"""How often enough join, among scripted players."""

from __future__ import annotations

import pytest

from arena.metrics import public_goods, thresholds
from arena.metrics.base import Undefined
from arena.metrics.measure import evaluate
from tests.arena.metrics.played import play, pool_of, value

GIFTS = (thresholds.PROVISION, thresholds.EQUILIBRIUM)
HUNTS = (thresholds.STAGS, thresholds.CATCHES)


@pytest.mark.parametrize(("agent", "provided"), [("threshold_filler", 1), ("free_rider", 0)])
def test_groups_that_fill_the_threshold_and_groups_that_give_nothing_are_in_equilibrium(agent: str, provided: int):
    pool = pool_of(play("threshold_public_goods(rounds=4)", (agent,) * 5))
    found = [value(evaluate(metric, pool, agent)) for metric in GIFTS]
    assert [each.value for each in found] == [provided, 1]
    assert {each.n for each in found} == {4}, "a round counts once, not for every seat"
    assert value(evaluate(public_goods.CONTRIBUTION, pool, agent)).value == pytest.approx(25 / 55 * provided)


def test_a_gap_that_the_others_fill_too_late_is_no_equilibrium():
    pool = pool_of(play("threshold_public_goods(rounds=2)", ("free_rider", *["threshold_filler"] * 4)))
    # 100 of 125 tokens; then each of the four gives 50, as the others gave 75.
    assert value(evaluate(thresholds.PROVISION, pool, "free_rider")).value == 0.5
    assert value(evaluate(thresholds.EQUILIBRIUM, pool, "free_rider")).value == 0


def test_optimists_catch_the_stag_and_two_of_them_alone_do_not():
    together = pool_of(play("assurance(rounds=3)", ("assurance_optimist",) * 4))
    assert [value(evaluate(metric, together, "assurance_optimist")).value for metric in HUNTS] == [1, 1]
    pool = pool_of(play("assurance(rounds=3)", ("assurance_optimist", "assurance_pessimist") * 2))
    # Two of four hunt the stag in vain, and then trust a third of the others at first hand: too few.
    assert value(evaluate(thresholds.STAGS, pool, "assurance_optimist")).value == pytest.approx(1 / 3)
    assert value(evaluate(thresholds.STAGS, pool, "assurance_pessimist")).value == 0
    assert value(evaluate(thresholds.CATCHES, pool, "assurance_pessimist")).value == 0


def test_other_games_have_neither():
    pool = pool_of(play("public_goods(rounds=1)", ("free_rider",) * 4))
    for metric in (*GIFTS, *HUNTS):
        assert isinstance(evaluate(metric, pool, "free_rider"), Undefined)
