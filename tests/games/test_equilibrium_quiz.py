from __future__ import annotations

import re
from itertools import product
from random import Random

import pytest
from pydantic import ValidationError

from games.core import Illegal, Unparsable
from games.matrix.ordinal import GAMES, ordinal_game
from games.puzzles.equilibrium_quiz import EquilibriumQuiz, QuizState
from games.puzzles.nested import Cell, Rule, foresight, payoffs_of
from games.puzzles.tales import TALES, recast, tell

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


def test_nested_games_ask_for_the_outcomes_of_players_who_look_ahead():
    # By itself game 8 ends at (A1, B1); that would cost the first player its dominant choice in game 59.
    game = quiz(numbers=[8, 59], rule={"row": 0, "column": 0, "player": 0, "choice": 1})
    assert game.truths == (((1, 0),), ((1, 1),))
    question = game.observation(START, 0)
    assert question.endswith("Rule: if game 1 ends with (A1, B1), the first player may not choose A2 in game 2.")
    for text, points in (("(A2, B1); (A2, B2)", 1), ("(A1, B1); (A1, B1)", 0), ("none; none", 0)):
        assert game.returns(game.apply(START, {0: game.parse_action(START, 0, text)})) == (points,)


def test_nested_games_are_told_of_the_same_people():
    game = quiz(numbers=[8, 59], rule={"choice": 1}, tale=3)
    question, other = game.observation(START, 0), TALES[3]
    assert (
        "Rule: if game 1 ends with (plant beans, grow roses), Elif may not decide to sail south in game 2." in question
    )
    assert not any(name in question for name in other.people)
    for tale in TALES:
        setting = recast(tale, ("Nobody", "Somebody")).setting
        assert not any(name in setting for name in tale.people)


@pytest.mark.parametrize("numbers", [[8], [8, 59, 1], [1, 2], [67, 67]])
def test_rules_that_ask_for_no_foresight_are_refused(numbers):
    with pytest.raises(ValidationError, match="nested games are two games"):
        quiz(numbers=numbers, rule={"choice": 1})


def test_foresight_is_the_only_subgame_perfect_play_of_whole_plans():
    random, posed = Random(0), 0
    for _ in range(3000):
        first, second = random.sample(range(1, GAMES + 1), 2)
        row, column, player, choice = random.choices((0, 1), k=4)
        rule = Rule(row=row, column=column, player=player, choice=choice)
        found = foresight(first, second, rule)
        if found is not None:
            posed += 1
            assert subgame_perfect_paths(first, second, rule) == {found}
            assert (found[0],) != quiz(numbers=[first]).truths[0]
    assert posed > 30


def subgame_perfect_paths(first: int, second: int, rule: Rule) -> set[tuple[Cell, Cell]]:
    """The paths of perfect plans: a choice before, one after the outcome of the rule, and one after all others."""
    before, after = payoffs_of(first), payoffs_of(second)
    plans = [
        list(product((0, 1), [each for each in (0, 1) if seat != rule.player or each != rule.choice], (0, 1)))
        for seat in (0, 1)
    ]

    def path(own, other):
        start = own[0], other[0]
        stage = 1 if start == rule.outcome else 2
        return start, (own[stage], other[stage])

    def worth(own, other, seat):
        start, end = path(own, other)
        return before[start][seat] + after[end][seat]

    def perfect(own, other):
        later = all(
            after[own[stage], other[stage]][0] >= after[mine[stage], other[stage]][0]
            and after[own[stage], other[stage]][1] >= after[own[stage], theirs[stage]][1]
            for stage in (1, 2)
            for mine in plans[0]
            for theirs in plans[1]
        )
        return (
            later
            and worth(own, other, 0) >= max(worth(mine, other, 0) for mine in plans[0])
            and worth(own, other, 1) >= max(worth(own, theirs, 1) for theirs in plans[1])
        )

    return {path(own, other) for own in plans[0] for other in plans[1] if perfect(own, other)}
