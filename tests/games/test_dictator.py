from __future__ import annotations

import pytest
from pydantic import ValidationError

from games.core import Illegal, Unparsable
from games.economic.dictator import DICTATOR, RECEIVER, Dictator
from tests.games.joint_play import nodes, play


def test_what_is_given_and_kept() -> None:
    game = Dictator()
    state = play(game, "30")
    assert game.returns(state) == (70, 30)
    assert game.observation(state, RECEIVER) == "The dictator gave 30 of 100 tokens to you. You get 30."
    assert Dictator.of(multiplier=2.5, pie=20).payoffs(8) == (12, 20)


def test_the_receiver_never_moves_and_is_told_so() -> None:
    game = Dictator.of(step=25)
    assert [seats for _, seats in nodes(game)] == [(DICTATOR,)] + [()] * 5
    assert game.rules_text(RECEIVER).endswith("You have nothing to decide.")


def test_texts_that_are_no_gift() -> None:
    game = Dictator.of(step=25)
    state = game.initial_state()
    for text in ("26", "125", "-25"):
        with pytest.raises(Illegal, match="from 0 to 100 in steps of 25"):
            game.parse_action(state, DICTATOR, text)
    with pytest.raises(Unparsable, match="whole number"):
        game.parse_action(state, DICTATOR, "half")


def test_steps_divide_the_pie() -> None:
    with pytest.raises(ValidationError, match="3 does not divide 100"):
        Dictator.of(step=3)
