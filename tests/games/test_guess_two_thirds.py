from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.core import Illegal, Unparsable
from games.economic.guess_two_thirds import GuessTwoThirds, GuessView
from games.info import Information
from tests.games.joint_play import play


def test_a_round_by_hand() -> None:
    game = GuessTwoThirds.of(num_players=3, rounds=1)
    state = play(game, ("60", "30", "0"))
    assert game.returns(state) == (0, 1, 0), "the target is 20"
    assert game.observation(state, 1).splitlines() == [
        "Round 1 ended. Numbers: player 1: 60, player 2 (you): 30, player 3: 0. The average was 30 and the target 20; "
        "30 won. You get 1.",
        "The game is over; rounds played: 1. Your result: 1.",
    ]


def test_told_totals_only_a_seat_does_not_learn_who_chose_what() -> None:
    game = GuessTwoThirds.of(num_players=3, rounds=1, totals_only=True)
    assert game.info.information is Information.IMPERFECT
    state, other = play(game, ("60", "30", "0")), play(game, ("0", "30", "60"))
    assert game.observation(state, 1) == game.observation(other, 1)
    assert "You chose 30. The average was 30 and the target 20; 30 won. You get 1." in game.observation(state, 1)
    assert game.information_state(state, 1).past == (GuessView(30, 90, (30,), 1),)


def test_equal_distances_share_the_prize() -> None:
    game = GuessTwoThirds.of(num_players=3, rounds=1)
    assert game.returns(play(game, ("5", "5", "50"))) == (0.5, 0.5, 0)
    # The target of 10, 30 and 50 is 20: both sides win.
    assert game.returns(play(game, ("10", "30", "50"))) == (0.5, 0.5, 0)


@given(st.lists(st.integers(0, 100), min_size=3, max_size=8), st.sampled_from([(1, 2), (2, 3), (1, 1), (4, 3)]))
def test_winners_are_the_closest(guesses: list[int], ratio: tuple[int, int]) -> None:
    game = GuessTwoThirds.of(num_players=len(guesses), ratio=ratio[0] / ratio[1], rounds=1)
    got = game.returns(game.apply(game.initial_state(), dict(enumerate(guesses))))
    target = Fraction(*ratio) * sum(guesses) / len(guesses)
    least = min(abs(guess - target) for guess in guesses)
    winners = [abs(guess - target) == least for guess in guesses]
    assert got == pytest.approx([won / sum(winners) for won in winners])


def test_nobody_gains_by_leaving_the_equilibrium() -> None:
    stage = GuessTwoThirds.of(num_players=4, highest=20).stage
    for guess in range(1, 21):
        assert stage.payoffs((guess, 0, 0, 0))[0] < stage.payoffs((0, 0, 0, 0))[0]


def test_texts_that_are_no_guess() -> None:
    game = GuessTwoThirds()
    state = game.initial_state()
    assert game.parse_action(state, 0, " 33\n") == 33
    for text in ("101", "-1"):
        with pytest.raises(Illegal, match="from 0 to 100"):
            game.parse_action(state, 0, text)
    for text in ("", "two", "33.3", "9" * 100):
        with pytest.raises(Unparsable, match="from 0 to 100"):
            game.parse_action(state, 0, text)
