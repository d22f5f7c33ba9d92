from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.core import Illegal
from games.economic.divide_the_dollar import DivideTheDollar
from tests.games.joint_play import play


def test_a_round_by_hand() -> None:
    game = DivideTheDollar.of(num_players=3, rounds=2)
    state = play(game, ("50", "30", "20"), ("50", "30", "21"))
    assert game.returns(state) == (50, 30, 20)
    assert (
        "Round 2 ended. Bids: player 1: 50, player 2 (you): 30, player 3: 21; 101 in all. You get 0 golds."
        in game.observation(state, 1)
    )


@given(st.lists(st.integers(0, 10), min_size=3, max_size=3))
def test_exactly_the_bids_that_use_up_the_sum_are_strict_equilibria(bids: list[int]) -> None:
    stage = DivideTheDollar.of(num_players=3, golds=10).stage
    strict = all(
        stage.payoffs(tuple(bids))[seat] > stage.payoffs((*bids[:seat], other, *bids[seat + 1 :]))[seat]
        for seat in range(3)
        for other in range(11)
        if other != bids[seat]
    )
    assert strict == (sum(bids) == 10 and min(bids) > 0)


def test_bids_stay_within_the_sum() -> None:
    game = DivideTheDollar.of(golds=30)
    with pytest.raises(Illegal, match="from 0 to 30"):
        game.parse_action(game.initial_state(), 0, "31")
