from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arena.metrics.base import Undefined
from arena.metrics.intervals import jackknife, mean_value, share_value, wilson
from arena.ratings.payoffs import clustered_mean
from tests.arena.metrics.played import value


def test_wilson_gives_the_textbook_interval():
    assert wilson(0.1, 10) == pytest.approx((0.0179, 0.4042), abs=1e-4)
    assert wilson(0.0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)


def test_copies_within_a_cluster_add_no_certainty_to_a_share():
    once = value(share_value([(str(number), number < 3) for number in range(12)], ""))
    copied = value(share_value([(str(number), number < 3) for number in range(12) for _ in range(20)], ""))
    assert (copied.low, copied.high) == pytest.approx((once.low, once.high), abs=0.01)
    assert (copied.n, copied.clusters) == (240, 12)


def test_a_share_of_nothing_or_all_still_has_an_interval_by_clusters():
    found = value(share_value([(str(number % 10), False) for number in range(500)], ""))
    assert (found.value, found.low) == (0.0, 0.0)
    assert found.high == pytest.approx(wilson(0.0, 10)[1])


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcde"), st.booleans()), min_size=1, max_size=40))
def test_intervals_of_shares_hold_the_share_and_stay_in_range(hits: list[tuple[str, bool]]):
    found = value(share_value(hits, ""))
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.value + 1e-12
    assert found.value - 1e-12 <= found.high <= 1


def test_nothing_observed_is_undefined_with_the_reason():
    assert share_value([], "why") == mean_value([], "why") == jackknife([], lambda items: None, "why")
    assert share_value([], "why") == Undefined("why")


def test_the_jackknife_of_a_mean_is_its_t_interval():
    values = [("a", 1.0), ("b", 2.0), ("c", 4.0), ("d", 4.5)]
    found = value(jackknife(values, lambda items: sum(items) / len(items) if items else None, ""))
    expected = clustered_mean(values)
    assert expected
    assert (found.value, found.low, found.high) == pytest.approx((expected.mean, expected.low, expected.high))


@pytest.mark.slow
def test_intervals_of_clustered_shares_cover():
    rng, hits = np.random.default_rng(5), 0
    for _ in range(1000):
        rates = rng.beta(1, 4, size=30)
        found = value(
            share_value([(str(deal), bool(rng.random() < rates[deal])) for deal in range(30) for _ in range(8)], "")
        )
        assert found.low is not None
        assert found.high is not None
        hits += found.low <= 0.2 <= found.high
    assert 0.92 <= hits / 1000 <= 0.98


def test_many_clusters_are_left_out_in_groups_with_about_the_same_interval():
    rng = np.random.default_rng(6)
    values = [(f"{number:04}", float(each)) for number, each in enumerate(rng.normal(size=2000))]
    found = value(jackknife(values, lambda items: sum(items) / len(items), ""))
    expected = clustered_mean(values)
    assert expected
    assert expected.high is not None
    assert found.high is not None
    assert found.clusters == 2000
    assert found.high - found.value == pytest.approx(expected.high - expected.mean, rel=0.3)
