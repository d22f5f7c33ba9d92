from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from games.core import Unparsable
from games.info import Utility
from games.matrix.matrix_game import MatrixGame
from games.registry import load
from tests.games.joint_play import play

PENNIES = (((1, -1), (-1, 1)), ((-1, 1), (1, -1)))
SEXES = [[[10, 7], [0, 0]], [[0, 0], [7, 10]]]


def test_the_default_is_a_prisoners_dilemma() -> None:
    game = MatrixGame()
    outcomes = {joint: game.returns(play(game, joint)) for joint in product(("cooperate", "defect"), repeat=2)}
    assert outcomes == {
        ("cooperate", "cooperate"): (3, 3),
        ("cooperate", "defect"): (0, 5),
        ("defect", "cooperate"): (5, 0),
        ("defect", "defect"): (1, 1),
    }


def test_rules_are_told_from_the_seats_own_side() -> None:
    game = MatrixGame.of(payoffs=SEXES, actions=[["opera", "boxing"], ["ballet", "football"]])
    assert "if you choose opera and the other chooses ballet: you get 10, the other gets 7" in game.rules_text(0)
    assert "if you choose ballet and the other chooses opera: you get 7, the other gets 10" in game.rules_text(1)
    assert game.rules_text(1).endswith("ballet, football")


def test_each_seat_reads_its_own_outcome() -> None:
    game = MatrixGame()
    state = play(game, ("cooperate", "defect"))
    assert game.observation(state, 0) == "You played cooperate, the other played defect: you get 0, the other gets 5."
    assert game.observation(state, 1) == "You played defect, the other played cooperate: you get 5, the other gets 0."


def test_labels_change_no_state_and_no_payoff() -> None:
    plain, other = MatrixGame(), MatrixGame.of(actions=("Left", "Right"))
    assert play(plain, ("defect", "cooperate")) == play(other, ("right", "LEFT"))
    assert plain.payoffs == other.payoffs


def test_three_seats_by_nesting() -> None:
    seats, choices = range(3), (0, 1)
    payoffs = [[[[100 * a + 10 * b + c + seat for seat in seats] for c in choices] for b in choices] for a in choices]
    game = MatrixGame.of(payoffs=payoffs, actions=["x", "y"])
    assert game.num_players == 3
    assert game.returns(play(game, ("y", "x", "y"))) == (101, 102, 103)
    assert "if you choose y and player 1 chooses x and player 3 chooses y" in game.rules_text(1)


@pytest.mark.parametrize(
    ("payoffs", "utility"),
    [
        (PENNIES, Utility.ZERO_SUM),
        ([[[1, 2], [3, 0]], [[0, 3], [1.5, 1.5]]], Utility.CONSTANT_SUM),
        ([[[2, 2], [0, 0]], [[0, 0], [1, 1]]], Utility.COMMON_PAYOFF),
        (SEXES, Utility.GENERAL_SUM),
    ],
)
def test_utility_is_computed_from_the_payoffs(payoffs: object, utility: Utility) -> None:
    assert MatrixGame.of(payoffs=payoffs).info.utility is utility


@given(st.lists(st.integers(-3, 3), min_size=9, max_size=9))
def test_a_game_made_symmetric_is_called_so_until_one_payoff_changes(values: list[int]) -> None:
    own = [values[row * 3 : row * 3 + 3] for row in range(3)]
    payoffs = [[[own[row][column], own[column][row]] for column in range(3)] for row in range(3)]
    labels = ["a", "b", "c"]
    assert MatrixGame.of(payoffs=payoffs, actions=labels).info.symmetric
    payoffs[0][1][0] += 1
    assert not MatrixGame.of(payoffs=payoffs, actions=labels).info.symmetric


def test_seats_with_different_words_are_not_symmetric() -> None:
    assert not MatrixGame.of(actions=[["a", "b"], ["c", "d"]]).info.symmetric


def test_whole_numbers_have_one_spelling() -> None:
    floats = MatrixGame.of(payoffs=[[[3.0, 3.0], [0.0, 5.0]], [[5.0, 0.0], [1.0, 1.0]]])
    assert floats == MatrixGame()
    assert floats.spec == "matrix_game"
    game = load("matrix_game(payoffs=[[[1.5, 2]], [[0, 4]]], actions=[['up', 'down'], ['stay']])")
    assert load(game.spec) == game
    assert game.params.model_validate_json(game.params.model_dump_json()) == game.params


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"payoffs": [[[1, 2], [3, 4]], [[1, 2]]]}, r"payoffs\[1\] must be a list of 2 items"),
        ({"payoffs": [[[1, 2], [3, 4]], [[1, 2], [3, 4, 5]]]}, r"payoffs\[1\]\[1\] must be a list of 2 items"),
        ({"payoffs": [[[1, 2], [3, 4]], [[1, 2], [3, [4]]]]}, "must hold 2 numbers"),
        ({"payoffs": [[1, 2], [3, 4]]}, "nested for 1 seats"),
        ({"payoffs": [[["a", 2]]]}, "finite numbers"),
        ({"payoffs": [[[float("nan"), 2]]]}, "finite numbers"),
        ({"actions": ["a", "b", "c"]}, "2 actions in payoffs but 3 labels"),
        ({"actions": [["a", "b"]]}, "1 lists of labels"),
        ({"actions": ["a", "A"]}, "not distinct"),
        ({"actions": ["a", " b"]}, "printable ASCII"),
    ],
)
def test_bad_parameters_are_explained(params: dict[str, object], problem: str) -> None:
    with pytest.raises(ValidationError, match=problem):
        MatrixGame.of(**params)


def test_a_text_that_is_no_label_is_unparsable() -> None:
    game = MatrixGame()
    with pytest.raises(Unparsable, match="expected one of: cooperate, defect"):
        game.parse_action(game.initial_state(), 0, "I defect")
