from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from games.info import Utility
from games.registry import load
from games.solvers.minimax import Minimax
from games.transforms.handicap import Handicap
from tests.games.joint_play import play


@given(st.floats(-5, 5))
def test_two_opposed_seats_stay_opposed(points: float):
    game = Handicap.of(points=points)
    assert game.info.utility is Utility.ZERO_SUM
    moves = [game.action_to_text(game.initial_state(), 0, action) for action in range(9)]
    end = play(game, *(moves[cell] for cell in (0, 4, 8, 1, 7, 6, 2, 5, 3)))
    assert game.inner.returns(end.inner) == (0, 0)
    assert game.returns(end) == (points, -points)


def test_elsewhere_only_the_seat_itself_gets_points():
    dilemma = Handicap.of(game="prisoners_dilemma(rounds=1)", seat=1, points=3)
    assert dilemma.returns(play(dilemma, ["defect", "cooperate"])) == (5, 3)
    assert dilemma.info.utility is Utility.GENERAL_SUM
    assert not dilemma.info.symmetric
    three = Handicap.of(game="kuhn_poker(num_players=3)", seat=2, points=-1)
    assert three.info.utility is Utility.CONSTANT_SUM
    assert three.returns(play(three, "J", "Q", "K", "check", "check", "check")) == (-1, -1, 1)


def test_results_with_the_handicap_are_told():
    game = Handicap.of(game="prisoners_dilemma(rounds=1)", seat=1, points=3)
    assert "results are changed by +3 for player 2. Yours is not changed." in game.rules_text(0)
    assert "results are changed by +3 for you." in game.rules_text(1)
    assert "With the handicap of +3, your result is 3." in game.observation(play(game, ["defect", "cooperate"]), 1)


def test_the_value_moves_by_the_points():
    game = load("handicap(points=0.25)")
    assert Minimax(game).value(game.initial_state()) == 0.25


def test_the_seat_must_exist():
    with pytest.raises(ValidationError, match="there is no seat 2"):
        Handicap.of(seat=2)
