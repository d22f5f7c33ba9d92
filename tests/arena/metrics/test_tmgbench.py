from __future__ import annotations

import pytest

from arena.metrics import tmgbench
from games.matrix.ordinal import GAMES, ordinal_game
from games.puzzles.equilibrium_quiz import pure_equilibria

NUMBERS = range(1, GAMES + 1)


def mean(degrees: dict[int, float]) -> float:
    return sum(degrees.values()) / len(degrees)


def test_the_worked_example_of_the_paper():
    assert tmgbench.inconsistency((0.75, 0, 0.25, 0), (1, 0, 0, 0)) == pytest.approx(0.03125)
    assert tmgbench.bias((0.25, 0.5, 0, 0.25), (0, 0.25, 0.5, 0.25)) == pytest.approx(0.09375)


def test_perfect_answers_have_no_inconsistency_no_bias_and_no_leaning():
    seen = {number: tmgbench.standard(number) for number in NUMBERS}
    assert set(tmgbench.inconsistency_degrees(seen).values()) == {0.0}
    assert set(tmgbench.bias_degrees(seen).values()) == {0.0}
    assert tmgbench.significance_degree(seen) == 0
    assert all(tmgbench.accuracy(number, [pure_equilibria(number)]) == 1 for number in NUMBERS)


def test_saying_none_everywhere_has_the_published_constants():
    seen = {number: tmgbench.frequencies([()]) for number in NUMBERS}
    assert mean({number: tmgbench.accuracy(number, [()]) for number in NUMBERS}) == pytest.approx(0.125)
    assert mean(tmgbench.inconsistency_degrees(seen)) == pytest.approx(0.25)
    assert set(tmgbench.bias_degrees(seen).values()) == {0.0}


def test_the_partner_of_the_papers_sister_pair():
    assert ordinal_game(12 * 2 + 4).partner == 12 * 8 + 10
    assert ordinal_game(12 * 2 + 4).place == (3, 4)


def test_leaning_to_one_diagonal_shows_in_the_significance_degree():
    seen = {number: tmgbench.standard(number) for number in NUMBERS}
    for number in NUMBERS:
        if not pure_equilibria(number):
            lower = ordinal_game(number).place[0] >= 7
            seen[number] = (1.0, 0.0, 0.0, 1.0) if lower else (0.0, 1.0, 1.0, 0.0)
    assert tmgbench.significance_degree(seen) == pytest.approx(0.5)
    del seen[4]
    assert tmgbench.significance_degree(seen) is None


def test_pure_equilibria_are_distributed_as_published():
    counts = [len(pure_equilibria(number)) for number in NUMBERS]
    assert [counts.count(n) for n in range(3)] == [18, 108, 18]
    assert pure_equilibria(67) == ((1, 0),)
