from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arena.ratings.elo import K, elo
from arena.ratings.results import MatchScore, match_score
from tests.factories import match, void


def won(first: str, second: str) -> MatchScore:
    return match_score(match((first, second), (1, -1)))


def test_a_win_between_equals_moves_half_of_k():
    assert elo([won("ann", "bob")]) == {"ann": 1000 + K / 2, "bob": 1000 - K / 2}


def test_the_second_win_against_the_same_agent_is_worth_less():
    """After one win the favourite is 16 points ahead and expected to score 1 / (1 + 10 ** -0.04) = 0.5230."""
    assert elo([won("ann", "bob")] * 2)["ann"] == pytest.approx(1008 + 16 * (1 - 0.523013), abs=1e-4)


def test_the_seats_of_one_match_share_k():
    three = match_score(match(("a", "b", "c"), (2, -1, -1), game="kuhn_poker(num_players=3)"))
    assert elo([three]) == {"a": 1008.0, "b": 996.0, "c": 996.0}


def test_a_void_match_changes_nothing():
    assert elo([match_score(void())]) == {}


@settings(deadline=None)
@given(st.lists(st.permutations(["a", "b", "c"]).map(lambda names: won(*names[:2])), min_size=1, max_size=30))
def test_points_are_only_passed_on(matches: list[MatchScore]):
    ratings = elo(matches)
    assert sum(ratings.values()) == pytest.approx(1000 * len(ratings))
