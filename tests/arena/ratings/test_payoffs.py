from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t

from arena.ratings.payoffs import clustered_mean, mean_payoffs
from arena.ratings.results import match_score
from tests.factories import forfeit, match, void

VALUES = st.lists(st.tuples(st.sampled_from("uvwxyz"), st.floats(-10, 10)), min_size=1, max_size=30)


def test_single_values_per_cluster_give_the_ordinary_t_interval():
    values = [3.0, 1.0, 4.0, 1.0, 5.0]
    found = clustered_mean((str(number), value) for number, value in enumerate(values))
    low, high = t.interval(0.95, 4, loc=np.mean(values), scale=np.std(values, ddof=1) / np.sqrt(5))
    assert found
    assert (found.mean, found.low, found.high) == pytest.approx((2.8, low, high))
    assert (found.n, found.clusters) == (5, 5)


def test_equal_clusters_give_the_t_interval_of_their_means():
    values = [("x", 1.0), ("x", 3.0), ("y", 4.0), ("y", 6.0), ("z", 0.0), ("z", 1.0)]
    found = clustered_mean(values)
    low, high = t.interval(0.95, 2, loc=2.5, scale=np.std([2.0, 5.0, 0.5], ddof=1) / np.sqrt(3))
    assert found
    assert (found.low, found.high) == pytest.approx((low, high))


def test_copies_of_a_result_within_its_cluster_add_no_certainty():
    once = clustered_mean([(name, value) for name, value in zip("abcd", (1, 2, 3, 5), strict=True)])
    copied = clustered_mean([(name, value) for name, value in zip("abcd", (1, 2, 3, 5), strict=True) for _ in range(9)])
    assert once
    assert copied
    assert (once.low, once.high) == pytest.approx((copied.low, copied.high))


def test_one_cluster_gives_a_mean_without_interval_and_no_values_give_nothing():
    found = clustered_mean([("x", 1.0), ("x", 2.0)])
    assert found
    assert (found.mean, found.low, found.high) == (1.5, None, None)
    assert clustered_mean([]) is None


def test_clusters_that_all_agree_do_not_say_how_much_they_can_differ():
    found = clustered_mean((str(number), 0.1) for number in range(9))
    assert found
    assert (found.mean, found.low, found.high) == (pytest.approx(0.1), None, None)


@settings(deadline=None)
@given(VALUES, st.randoms(use_true_random=False))
def test_the_order_of_values_does_not_matter(values: list[tuple[str, float]], random):
    shuffled = values.copy()
    random.shuffle(shuffled)
    assert clustered_mean(values) == clustered_mean(shuffled)


@settings(deadline=None)
@given(VALUES)
def test_renaming_clusters_does_not_matter(values: list[tuple[str, float]]):
    assert clustered_mean(values) == clustered_mean((f"new {cluster}", value) for cluster, value in values)


def test_payoffs_count_completed_matches_only_and_every_seat_of_an_agent():
    records = [match(("ann", "bob"), (2, 0)), match(("ann", "ann"), (4, 6), index=1), forfeit([0]), void()]
    means = mean_payoffs(match_score(record) for record in records)
    assert (means["ann"].mean, means["ann"].n, means["ann"].clusters) == (4.0, 3, 2)
    assert (means["bob"].mean, means["bob"].n) == (0.0, 1)


@pytest.mark.slow
def test_intervals_of_clustered_payoffs_cover_the_mean():
    rng, hits = np.random.default_rng(3), []
    for _ in range(600):
        luck = rng.normal(size=20)
        values = [(str(deal), luck[deal] + rng.normal()) for deal in range(20) for _ in range(1 + deal % 4)]
        found = clustered_mean(values)
        assert found
        assert found.low is not None
        assert found.high is not None
        hits.append(found.low <= 0 <= found.high)
    assert 0.92 <= np.mean(hits) <= 0.98
