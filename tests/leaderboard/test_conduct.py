from __future__ import annotations

import pytest

from agents.base import AttemptOutcome
from arena.ratings.payoffs import Mean
from arena.ratings.tables import Rating, Score
from arena.records import ActionSource
from leaderboard import numbers
from leaderboard.conduct import Conduct, Sum, conducts
from tests.factories import attempt, call, decision, match, void

FAILED = attempt("illegal", "9", calls=(call(cost_usd=0.5),))
RECORDS = [
    match(turns=[decision(0, "4", FAILED, attempt(calls=(call(),))), decision(1, "0")]),
    match(index=1, turns=[decision(0, "4", attempt("empty", ""), source=ActionSource.RANDOM)]),
    void(index=2, turns=[decision(0, "4", attempt(calls=(call(cost_usd=0.25),)))]),
]


def test_conduct_is_counted_over_all_matches_of_a_pool_void_ones_too():
    found = conducts(RECORDS)
    ann, bob = found["tic_tac_toe@1", "ann"], found["tic_tac_toe@1", "bob"]
    assert ann.attempts == {AttemptOutcome.OK: 2, AttemptOutcome.ILLEGAL: 1, AttemptOutcome.EMPTY: 1}
    assert (ann.tried, ann.fallbacks, ann.calls) == (4, 1, 3)
    assert ann.rate(AttemptOutcome.ILLEGAL) == 0.25
    assert ann.tokens_in == Sum(300, 0, 3)
    assert ann.cost_usd == Sum(0.75, 1, 3)
    assert (bob.tried, bob.calls) == (1, 0)


def test_without_attempts_there_is_no_rate():
    assert Conduct().rate(AttemptOutcome.ILLEGAL) is None
    assert numbers.faults(Conduct()) == ("-", "-", "-")


@pytest.mark.parametrize(
    ("cost", "text"),
    [
        (Sum(), "-"),
        (Sum(0, 3, 3), "unpriced"),
        (Sum(0.0123, 0, 3), "$0.0123"),
        (Sum(12.345, 0, 3), "$12.35"),
        (Sum(0.5, 2, 3), "$0.5000 + 2 unpriced"),
    ],
)
def test_an_unknown_price_is_said_and_never_zero(cost: Sum, text: str):
    assert numbers.money(cost) == text


def test_amounts_are_short_and_show_that_parts_are_unknown():
    shown = [numbers.amount(Sum(value, 0, 1)) for value in (0, 9999, 12_345, 2_500_000)]
    assert shown == ["0", "9999", "12.3k", "2.5M"]
    assert numbers.amount(Sum(10, 1, 2)) == "10+"
    assert numbers.amount(Sum(0, 2, 2)) == "-"


def test_numbers_without_interval_come_without_one():
    assert numbers.payoff(Mean(0.5, None, None, 3, 1)) == "+0.50"
    assert numbers.payoff(Mean(0.5, 0.25, 0.75, 9, 9)) == "+0.50 ±0.25"
    assert numbers.payoff(Mean(-12345.6, -12445.6, -12245.6, 9, 9)) == "-12346 ±100.00"
    assert numbers.payoff(None) == "-"
    assert numbers.rating_interval(Rating(1000)) == "-"
    assert numbers.ranks(2, Rating(1000, 900, 1100, 1, 3)) == "2 (1-3)"
    assert numbers.ranks(2, Rating(1000, 900, 1100, 2, 2)) == "2"


def test_scores_times_and_counts_read_naturally():
    assert numbers.score(Score(12, 0.5, 3)) == "12/0.5/3"
    assert numbers.moment("2026-03-01T12:00:00+00:00") == "2026-03-01 12:00 UTC"
    assert numbers.moment("yesterday") == "yesterday"
    assert [numbers.counted(1, "match"), numbers.counted(2, "match"), numbers.counted(0, "void")] == [
        "1 match",
        "2 matches",
        "0 voids",
    ]
