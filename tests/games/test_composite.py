"""Several games as one match: in turn, at once, and one that restricts the next."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from games.core import Illegal, Unparsable
from games.info import Chance, Dynamics, Information, Utility
from games.registry import load
from games.solvers.minimax import Minimax
from games.testing.playouts import choices
from games.transforms.composite import Composite
from tests.games.joint_play import play

DILEMMA = "matrix_game"
BATTLE = 'matrix_game(table="battle_of_the_sexes")'
PENNIES = 'matrix_game(table="matching_pennies")'
NESTED = {
    "form": "nested",
    "games": [DILEMMA, BATTLE],
    "restrict": [{"outcome": ["defect", "defect"], "seat": 0, "remove": "football"}],
}


@given(seed=st.integers(0, 2**32))
def test_games_in_turn_go_through_the_states_that_each_has_alone(seed: int):
    game, rng = Composite.of(games=["kuhn_poker", "tic_tac_toe", "prisoners_dilemma(rounds=2)"]), random.Random(seed)
    state, alone = game.initial_state(), [each.initial_state() for each in game.games]
    while seats := game.to_move(state):
        index = len(state.states) - 1
        actions = {seat: rng.choice(list(choices(game, state, seat, rng))) for seat in seats}
        state, alone[index] = game.apply(state, actions), game.games[index].apply(alone[index], actions)
    assert list(state.states) == alone
    sums = zip(*(each.returns(end) for each, end in zip(game.games, alone, strict=True)), strict=True)
    assert game.returns(state) == tuple(map(sum, sums))


def test_the_end_of_a_game_is_told_before_the_next_one():
    game = load("composite")
    after = play(game, ["stag", "hare"])
    seen = game.observation(after, 0)
    assert seen.startswith("Game 1 ended. You played stag, the other played hare: you get 0, the other gets 3.\nGame 2")
    end = play(game, ["stag", "hare"], ["defect", "cooperate"])
    assert game.returns(end) == (5, 3)
    assert game.observation(end, 0).endswith("All games are over. Your result: 5.")
    assert "Game 1" not in game.observation(end, 0)


def test_games_at_once_take_one_answer():
    game = Composite.of(form="parallel", games=[DILEMMA, BATTLE, "eleven_twenty(low=0, high=2)"])
    start = game.initial_state()
    assert len(game.legal_actions(start, 0)) == 2 * 2 * 3
    assert game.parse_action(start, 0, "Defect;ballet ; 2;") == (1, 1, 2)
    assert game.action_to_text(start, 0, (1, 1, 2)) == "defect; ballet; 2"
    end = play(game, ["defect; ballet; 2", "cooperate; ballet; 1"])
    assert game.to_move(end) == ()
    assert game.returns(end)[0] == 5 + 7 + 2
    with pytest.raises(Unparsable, match="has 2 parts; expected 3"):
        game.parse_action(start, 0, "defect; ballet")


def test_an_outcome_takes_an_action_away():
    game = Composite.of(**NESTED)
    free, bound = play(game, ["defect", "cooperate"]), play(game, ["defect", "defect"])
    assert list(game.legal_actions(free, 0)) == [0, 1]
    assert list(game.legal_actions(bound, 0)) == [1]
    assert list(game.legal_actions(bound, 1)) == [0, 1]
    with pytest.raises(Illegal, match="you may not choose football after what game 1 led to; legal: ballet"):
        game.parse_action(bound, 0, "football")
    assert "Because of game 1, you may not choose football." in game.observation(bound, 0)
    assert "Because of game 1, player 1 may not choose football." in game.observation(bound, 1)
    assert "player 1 may not choose football in game 2." in game.rules_text(1)
    assert game.allowed((1, 1)) == ((1,), (0, 1))


def test_facts_are_those_of_all_games_together():
    mixed = Composite.of(games=["kuhn_poker", "tic_tac_toe"]).info
    assert (mixed.dynamics, mixed.chance) == (Dynamics.SEQUENTIAL, Chance.EXPLICIT)
    assert (mixed.information, mixed.utility) == (Information.IMPERFECT, Utility.ZERO_SUM)
    assert Composite.of(games=["tic_tac_toe", DILEMMA]).info.dynamics is Dynamics.MIXED
    assert Composite.of(games=[PENNIES, BATTLE]).info.utility is Utility.GENERAL_SUM
    assert load("composite").info.symmetric
    assert not Composite.of(**NESTED).info.symmetric


def test_games_of_turns_stay_searchable():
    small = "connect_four(columns=3, connect=2, rows=2)"
    game = Composite.of(games=[small, small])
    assert Minimax(game).value(game.initial_state()) == 2


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"games": [DILEMMA, "public_goods"]}, "the same number of players"),
        ({"games": [DILEMMA, "tic_tac_toe"], "form": "parallel"}, "tic_tac_toe cannot be played at once"),
        ({"games": [BATTLE] * 13, "form": "parallel"}, "8192 answers to all games; at most 4096"),
        ({"games": [BATTLE] * 2, "form": "nested"}, "nested games need restrictions"),
        ({**NESTED, "form": "sequential"}, "nested games need restrictions"),
        ({**NESTED, "games": [DILEMMA, "tic_tac_toe"]}, "nested games are two matrix games"),
        ({**NESTED, "restrict": [{"outcome": ["defect"]}]}, "one action per seat"),
        ({**NESTED, "restrict": [{"outcome": ["defect", "b"], "remove": "ballet"}]}, "has no action 'b'"),
        (
            {
                **NESTED,
                "restrict": [{"outcome": ["defect"] * 2, "remove": label} for label in ("ballet", "football")],
            },
            "seat 0 has no action left",
        ),
    ],
)
def test_what_cannot_be_one_match_is_refused(params, problem: str):
    with pytest.raises(ValidationError, match=problem):
        Composite.of(**params)
