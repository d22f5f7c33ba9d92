from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.core import Illegal, Unparsable
from games.economic.beauty_contest import BeautyContest, ContestRound
from tests.games.joint_play import play


def test_a_round_by_hand() -> None:
    game = BeautyContest.of(rounds=1)
    state = play(game, ("50", "33", "22", "15"))
    assert game.returns(state) == (0, 0, 1, 0)
    assert game.observation(state, 0).splitlines()[0] == (
        "Round 1 ended. Chosen: player 1 (you): 50, player 2: 33, player 3: 22, player 4: 15. "
        "The target was 20.0000. You get 0 of the point."
    )


def test_players_who_are_equally_close_share_the_prize() -> None:
    stage = ContestRound.of(num_players=3)
    # The mean is 24 and the target 16: 12 and 20 are equally far away, on both sides.
    assert stage.payoffs((12, 20, 40)) == (0.5, 0.5, 0)
    assert stage.payoffs((7, 7, 7)) == pytest.approx((1 / 3, 1 / 3, 1 / 3))


@given(st.lists(st.integers(0, 100), min_size=2, max_size=8), st.integers(1, 99))
def test_winners_are_those_of_exact_arithmetic(chosen: list[int], percent: int) -> None:
    stage = ContestRound.of(num_players=len(chosen), ratio=percent / 100)
    target = Fraction(percent, 100) * sum(chosen) / len(chosen)
    closest = min(abs(number - target) for number in chosen)
    expected = tuple(seat for seat, number in enumerate(chosen) if abs(number - target) == closest)
    assert stage.winners(tuple(chosen)) == expected
    assert sum(stage.payoffs(tuple(chosen))) == pytest.approx(1)


def test_zero_is_dominant_for_two_players_and_the_one_equilibrium_of_more() -> None:
    pair = ContestRound.of(num_players=2)
    for other in pair.options:
        values = [pair.payoffs((own, other))[0] for own in pair.options]
        assert values[0] == max(values)
    stage = ContestRound.of(num_players=3)
    assert all(stage.payoffs((own, 0, 0))[0] < 1 / 3 for own in range(1, 101))


def test_the_target_is_written_as_people_do() -> None:
    assert "The target is 2/3 times the mean" in BeautyContest().rules_text(0)
    assert "The target is 0.37 times the mean" in BeautyContest.of(ratio=0.37).rules_text(0)


def test_texts_that_are_no_number() -> None:
    game = BeautyContest()
    state = game.initial_state()
    with pytest.raises(Illegal, match="from 0 to 100"):
        game.parse_action(state, 0, "101")
    for text in ("22.2", "", "2/3"):
        with pytest.raises(Unparsable, match="from 0 to 100"):
            game.parse_action(state, 0, text)
