from __future__ import annotations

import pytest

from arena.metrics.base import Undefined
from arena.metrics.measure import evaluate
from arena.metrics.seat_bias import SEAT_GAP, seat_gaps
from tests.arena.metrics.played import play, pool_of, value

SPLIT = "ultimatum(pie=10)"


def test_the_gap_is_that_of_payoffs_of_the_same_deal_in_both_seats():
    pool = pool_of(*(play(SPLIT, seats, 0) for seats in (["fair_splitter", "random"], ["random", "fair_splitter"])))
    (cluster, gap), *rest = seat_gaps(pool, "fair_splitter")
    first, second = (record.result.returns for record in pool.records)
    assert (cluster, rest) == ("deal 0", [])
    assert gap == first[0] - second[1]


def test_whoever_sat_in_one_seat_only_has_no_gap():
    pool = pool_of(play(SPLIT, ["rational_splitter", "random"]))
    assert isinstance(evaluate(SEAT_GAP, pool, "random"), Undefined)


def test_a_proposer_that_takes_nearly_all_has_a_large_gap():
    seatings = (["rational_splitter", "rational_splitter"], ["rational_splitter", "rational_splitter"])
    pool = pool_of(*(play(SPLIT, seats, deal) for deal in range(3) for seats in seatings))
    assert value(evaluate(SEAT_GAP, pool, "rational_splitter")).value == pytest.approx(10, abs=2)
