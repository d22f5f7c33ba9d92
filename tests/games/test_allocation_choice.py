from __future__ import annotations

from itertools import product
from typing import get_args

import pytest

from games.core import Unparsable
from games.economic.allocation_choice import AllocationChoice, AllocationState, Division, Preference, menu, worth

PREFERENCES = get_args(Preference)


@pytest.mark.parametrize("preference", PREFERENCES)
def test_the_menu_has_fifty_different_pairs_with_one_right_option_as_often_x_as_y(preference):
    pairs = menu(preference)
    assert len({frozenset(pair) for pair in pairs}) == 50
    right = [worth(preference, x) > worth(preference, y) for x, y in pairs]
    assert all(worth(preference, x) != worth(preference, y) for x, y in pairs)
    assert sum(right) == 25
    assert {amount for pair in pairs for division in pair for amount in division} == {100, 200, 300, 400, 500}


@pytest.mark.parametrize(
    ("preference", "other"), [pair for pair in product(PREFERENCES, repeat=2) if len(set(pair)) == 2]
)
def test_whoever_follows_another_preference_is_often_wrong(preference, other):
    agreed = [
        (worth(other, x) > worth(other, y)) == (worth(preference, x) > worth(preference, y))
        for x, y in menu(preference)
    ]
    assert 15 <= sum(agreed) <= 42


def test_what_the_preferences_favour():
    even, own, other = Division(300, 300), Division(500, 200), Division(100, 400)
    assert max((even, own, other), key=lambda found: worth("equality", found)) == even
    assert max((even, own, other), key=lambda found: worth("self_interest", found)) == own
    assert max((even, own, other), key=lambda found: worth("common_interest", found)) == own
    assert max((even, own, other), key=lambda found: worth("altruism", found)) == other


def test_the_result_counts_right_choices_and_is_told_only_at_the_end():
    game = AllocationChoice.of(preference="equality", rounds=2)
    state = AllocationState()
    right = [0 if worth("equality", x) > worth("equality", y) else 1 for x, y in game.pairs]
    state = game.apply(state, {0: right[0]})
    assert "better" not in game.observation(state, 0)
    state = game.apply(state, {0: 1 - right[1]})
    assert game.to_move(state) == ()
    assert game.returns(state) == (1.0,)
    assert "1 of 2 were the better ones" in game.observation(state, 0)


def test_the_briefing_tells_the_preference_and_other_words_are_refused():
    game = AllocationChoice.of(preference="altruism")
    assert "the other person gets as much as possible" in game.rules_text(0)
    with pytest.raises(Unparsable, match="expected one of"):
        game.parse_action(AllocationState(), 0, "Z")
