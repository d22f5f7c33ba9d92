from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arena.ratings.results import Comparison, comparisons, match_score, standing
from arena.records import MatchRecord
from tests.factories import forfeit, match, void


def compared(record: MatchRecord) -> list[Comparison]:
    return list(comparisons(match_score(record)))


def test_the_higher_return_wins_and_equal_returns_draw():
    assert compared(match(returns=(1, -1))) == [("ann", "bob", 1.0, 1.0)]
    assert compared(match(returns=(-1, 1))) == [("ann", "bob", 0.0, 1.0)]
    assert compared(match(returns=(0, 0))) == [("ann", "bob", 0.5, 1.0)]


def test_three_seats_give_three_comparisons_of_half_weight():
    record = match(("a", "b", "c"), (2, -1, -1), game="kuhn_poker(num_players=3)")
    assert compared(record) == [("a", "b", 1.0, 0.5), ("a", "c", 1.0, 0.5), ("b", "c", 0.5, 0.5)]


def test_who_forfeits_loses_to_all_others_who_draw():
    record = forfeit([1], ("a", "b", "c"))
    assert compared(record) == [("a", "b", 1.0, 0.5), ("a", "c", 0.5, 0.5), ("b", "c", 0.0, 0.5)]


def test_two_seats_that_forfeit_together_draw_with_each_other():
    assert compared(forfeit([0, 1])) == [("ann", "bob", 0.5, 1.0)]


def test_a_forfeit_counts_no_payoffs():
    assert match_score(forfeit([0])).payoffs is None
    assert standing(match_score(forfeit([0]))) == (0.0, 1.0)


def test_a_void_match_compares_nobody():
    assert compared(void()) == []


def test_an_agent_is_never_compared_with_itself():
    assert compared(match(("ann", "ann"), (1, -1))) == []
    assert [pair[:2] for pair in compared(match(("a", "a", "b"), (1, 0, -1)))] == [("a", "b"), ("a", "b")]


@settings(deadline=None)
@given(st.lists(st.sampled_from([-1.0, 0.0, 0.5, 3.0]), min_size=2, max_size=6))
def test_every_seat_weighs_one_in_all(returns: list[float]):
    names = [f"agent {seat}" for seat in range(len(returns))]
    weight: defaultdict[str, float] = defaultdict(float)
    for pair in compared(match(names, returns)):
        weight[pair.first] += pair.weight
        weight[pair.second] += pair.weight
    assert dict(weight) == pytest.approx(dict.fromkeys(names, 1.0))
