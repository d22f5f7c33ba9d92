from __future__ import annotations

from math import log

import pytest

from agents.registry import build_referee
from arena.metrics import jury
from arena.metrics.base import Undefined
from arena.metrics.jury import Judged
from arena.metrics.measure import evaluate
from arena.metrics.regression import logit_slope
from tests.arena.metrics.played import play, pool_of

AGAINST, TIE, FOR = range(3)


def debate(*rulings: str, votes: tuple[int, ...] = (), length: float = 0.0) -> Judged:
    return Judged(rulings, votes, length)


def test_a_juror_is_consistent_when_both_orders_give_one_verdict():
    seen = debate("first/second", "second/first", "tie/tie", "first/first", "tie/first")
    assert list(jury.position_consistent(seen)) == [True, True, True, False, False]


def test_who_names_the_first_speaker_both_times_favours_the_first_place():
    seen = debate("first/first", "second/second", "first/second", "tie/first")
    assert list(jury.favours_first(seen)) == [1, -1, 0, 0]


def test_alpha_looks_at_votes_of_jurors_debate_by_debate():
    agreed = [debate(votes=(FOR, FOR, FOR)), debate(votes=(AGAINST, AGAINST, AGAINST))]
    assert jury.alpha(agreed) == 1
    assert jury.alpha([debate(votes=(FOR,)), debate(votes=(AGAINST,))]) is None


def test_the_length_effect_is_the_slope_of_the_log_odds():
    # A side that speaks e times as long wins three times as often as it loses, and the other way round.
    long_side = [debate(votes=(FOR, FOR, FOR, AGAINST), length=0.5)]
    short_side = [debate(votes=(FOR, AGAINST, AGAINST, AGAINST), length=-0.5)]
    assert jury.length_effect(long_side + short_side) == pytest.approx(2 * log(3))
    assert jury.length_effect([debate(votes=(TIE,), length=0.3), debate(votes=(TIE,), length=-0.1)]) == pytest.approx(0)


def test_no_slope_without_variation_or_with_separation():
    assert logit_slope([(1.0, 0.0), (1.0, 1.0)]) is None
    assert logit_slope([(0.0, 0.0), (1.0, 1.0), (2.0, 1.0)]) is None
    assert logit_slope([]) is None


def test_the_metrics_read_real_debates_and_need_one():
    stub = build_referee("stub_jury")
    sides = ["template_debater", "template_debater"]
    pool = pool_of(*(play("debate(jurors=3)", sides, deal, stub) for deal in range(4)))
    found = evaluate(jury.POSITION, pool, "template_debater")
    assert (found.n, found.clusters) == (12, 4)
    other = evaluate(jury.AGREEMENT, pool_of(play("tic_tac_toe", ["random", "random"])), "random")
    assert other == Undefined("needs a debate before a jury")
