from __future__ import annotations

import pytest
from pydantic import ValidationError

from games.core import Unparsable
from games.matrix.onlooker import Onlooker, OnlookerView
from tests.games.joint_play import play

SEXES = "matrix_game(payoffs=[[[10, 7], [0, 0]], [[0, 0], [7, 10]]], actions=['J', 'F'])"


def test_a_point_for_every_action_that_was_foreseen():
    game = Onlooker.of(stage=SEXES, cycles=[[0], [1, 0]], rounds=3)
    state = play(game, "F", "F", "F")
    assert game.returns(state) == (2,)
    assert game.foreseen(state) == (True, False, True)
    assert game.information_state(state, 0) == OnlookerView(((0, 1), (0, 0), (0, 1)), (1, 1, 1))
    assert game.observation(state, 0) == (
        "Round 3: player 1 J, player 2 F. You expected F of player 2 and were right. All rounds are over. "
        "Your result: 2."
    )


def test_either_player_can_be_watched():
    game = Onlooker.of(stage=SEXES, cycles=[[0, 1], [1]], watched=0, rounds=2)
    assert game.returns(play(game, "J", "F")) == (2,)
    assert "What will player 1 choose: J or F?" in game.observation(game.initial_state(), 0)


def test_what_is_to_come_cannot_be_read():
    games = [Onlooker.of(stage=SEXES, cycles=cycles, rounds=4) for cycles in ([[0], [0, 1]], [[0], [0, 0, 1]])]
    states = [play(game, "J") for game in games]
    assert games[0].rules_text(0) == games[1].rules_text(0)
    assert games[0].observation(states[0], 0) == games[1].observation(states[1], 0)


def test_texts_that_name_no_action_are_refused():
    game = Onlooker.of(stage=SEXES)
    assert game.parse_action(game.initial_state(), 0, " j ") == 0
    with pytest.raises(Unparsable):
        game.parse_action(game.initial_state(), 0, "K")


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"cycles": [[0], [2]]}, "from 0 to 1"),
        ({"cycles": [[], [0]]}, "at least one"),
        ({"stage": "tic_tac_toe"}, "no matrix game for two"),
        ({"stage": 'matrix_game(framing={"story": "shops"})'}, "no cover story"),
    ],
)
def test_parameters_are_checked(params: dict[str, object], message: str):
    with pytest.raises(ValidationError, match=message):
        Onlooker.of(**params)
