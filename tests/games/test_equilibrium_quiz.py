from __future__ import annotations

import re

import pytest

from games.core import Illegal, Unparsable
from games.matrix.ordinal import GAMES, ordinal_game
from games.puzzles.equilibrium_quiz import EquilibriumQuiz, QuizState
from games.puzzles.tales import TALES, tell

START = QuizState()


def quiz(**params) -> EquilibriumQuiz:
    return EquilibriumQuiz.of(**params)


def test_only_the_exact_set_is_right():
    game = quiz(numbers=[67])
    results = {}
    for text in ("(A2, B1)", "(A2, B2)", "none", "(A2, B1), (A1, B1)"):
        results[text] = game.returns(game.apply(START, {0: game.parse_action(START, 0, text)}))[0]
    assert results == {"(A2, B1)": 1, "(A2, B2)": 0, "none": 0, "(A2, B1), (A1, B1)": 0}


@pytest.mark.parametrize("text", ["(a2,b1)", "[(A2, B1)]", '("A2", "B1")', "(A2, B1), (A2, B1)"])
def test_lists_are_read_as_people_write_them(text):
    assert quiz().parse_action(START, 0, text) == (((1, 0),),)


@pytest.mark.parametrize("text", ["none", "NONE", "[]"])
def test_an_empty_list_says_that_there_is_none(text):
    assert quiz().parse_action(START, 0, text) == ((),)


@pytest.mark.parametrize(
    ("text", "error"),
    [("A2, B1", Unparsable), ("(A2, B1) I think", Unparsable), ("(A3, B1)", Illegal), ("(A2, B1); none", Unparsable)],
)
def test_other_texts_are_refused(text, error):
    with pytest.raises(error):
        quiz().parse_action(START, 0, text)


def test_games_in_a_row_are_asked_one_by_one_and_together_at_once():
    one_by_one, together = quiz(numbers=[1, 67]), quiz(numbers=[1, 67], together=True)
    assert "Game 2" not in one_by_one.observation(START, 0)
    assert "Game 2" in together.observation(START, 0)
    answer = together.parse_action(START, 0, "(A2, B2); (A2, B1)")
    assert together.returns(together.apply(START, {0: answer})) == (1.0,)


@pytest.mark.parametrize("tale", TALES, ids=[tale.topic for tale in TALES])
def test_every_tale_carries_the_payoffs_of_every_game(tale):
    first, second = tale.people
    for number in range(1, GAMES + 1):
        payoffs = ordinal_game(number).payoffs
        chosen = rf"If {first} decides to ([\w ]+) and {second} to ([\w ]+)"
        told = re.findall(rf"{chosen}, {first} ends up with (\d) and {second} with (\d)", tell(tale, payoffs))
        read = {(own, theirs): (int(a), int(b)) for own, theirs, a, b in told}
        assert read == {
            (tale.choices[0][row], tale.choices[1][column]): payoffs[row][column] for row in (0, 1) for column in (0, 1)
        }


def test_tales_are_twenty_different_ones_in_plain_text():
    assert len({tale.topic for tale in TALES}) == len(TALES) == 20
    for tale in TALES:
        names = [choice for own in tale.choices for choice in own]
        assert len(set(names)) == 4
        assert tell(tale, ordinal_game(1).payoffs).isascii()
        assert not any(name in tale.setting for name in names)
