from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from arena.ratings.populations import fixation, moran, payoff_table, replicator
from arena.ratings.results import MatchScore

ROCK_PAPER_SCISSORS = np.array([[0.0, -1, 1], [1, 0, -1], [-1, 1, 0]])
# Rows and columns: cooperate, defect.
DILEMMA = np.array([[3.0, 0], [5, 1]])
TIMES = np.linspace(0, 60, 241)


def played(first: str, second: str, *payoffs: float) -> MatchScore:
    return MatchScore(
        "game", "game", "deal", (first, second), tuple(name.split()[0] for name in (first, second)), payoffs
    )


def test_in_rock_paper_scissors_shares_go_round_on_a_closed_curve():
    shares = replicator(ROCK_PAPER_SCISSORS, [0.5, 0.3, 0.2], TIMES)
    # The product of the shares is a constant of motion of the zero-sum game (Hofbauer and Sigmund 1998, chapter 7).
    assert shares.prod(axis=1) == pytest.approx(np.full(len(TIMES), 0.03), rel=1e-5)
    leaders = shares.argmax(axis=1)
    changes = [int(after) for before, after in pairwise(leaders) if before != after]
    # Paper follows rock, scissors paper, rock scissors.
    assert changes[:4] == [1, 2, 0, 1]


def test_everybody_defects_in_the_end():
    shares = replicator(DILEMMA, [0.99, 0.01], TIMES)
    assert shares[-1] == pytest.approx([0, 1], abs=1e-6)
    assert np.all(np.diff(shares[:, 1]) > -1e-9)


def test_hawks_and_doves_settle_at_the_mixed_equilibrium():
    # Value 2, cost 3: a share of 2/3 are hawks.
    assert replicator(np.array([[-0.5, 2], [0, 1]]), [0.1, 0.9], TIMES)[-1] == pytest.approx([2 / 3, 1 / 3], abs=1e-6)


def test_a_pure_replicator_flow_follows_the_logistic_curve():
    # The first earns 1 more whatever the other does: x' = x (1 - x).
    shares = replicator(np.array([[1.0, 1], [0, 0]]), [0.1, 0.9], TIMES)
    assert shares[:, 0] == pytest.approx(1 / (1 + 9 * np.exp(-TIMES)), abs=1e-6)


@pytest.mark.parametrize("population", [2, 10, 100])
def test_a_neutral_mutant_takes_over_with_probability_one_in_n(population):
    assert fixation(DILEMMA, population, intensity=0) == pytest.approx(1 / population)
    assert fixation(np.ones((2, 2)), population, intensity=3) == pytest.approx(1 / population)


def test_a_mutant_of_constant_advantage_takes_over_as_in_morans_formula():
    # Relative fitness r = exp(1/2): (1 - 1/r) / (1 - 1/r^N).
    fitness = np.exp(0.5)
    expected = (1 - 1 / fitness) / (1 - fitness**-20)
    assert fixation(np.array([[0.5, 0.5], [0, 0]]), 20) == pytest.approx(expected)


@pytest.mark.parametrize(("payoffs", "intensity"), [(np.ones((2, 2)), 1.0), (DILEMMA[::-1, ::-1], 0.1), (DILEMMA, 0.1)])
def test_runs_of_the_process_take_over_as_often_as_the_formula_says(payoffs, intensity):
    runs, population = 4000, 10
    ends = moran(payoffs, (1, population - 1), runs, np.random.default_rng(5), intensity)
    expected = fixation(payoffs, population, intensity)
    assert ends[:, 0].mean() == pytest.approx(expected, abs=4 * np.sqrt(expected * (1 - expected) / runs))
    assert set(ends[:, 0]) == {0, 1}


def test_of_three_neutral_types_each_takes_over_by_its_share():
    ends = moran(np.zeros((3, 3)), (5, 3, 2), 3000, np.random.default_rng(1))
    assert ends.mean(axis=0) == pytest.approx([0.5, 0.3, 0.2], abs=0.04)


def test_the_process_is_that_of_its_seed():
    first, again = (moran(DILEMMA, (5, 5), 20, np.random.default_rng(9), 0.1) for _ in range(2))
    assert np.array_equal(first, again)


def test_a_table_holds_mean_payoffs_and_two_names_of_one_spec_are_one_type():
    table = payoff_table(
        [played("hawk", "dove", 4, 0), played("dove", "hawk", 0, 2), played("hawk", "hawk again", -2, 0)]
    )
    assert table.names == ("dove", "hawk")
    assert table.payoffs[1].tolist() == [3, -1]
    assert table.payoffs[0, 1] == 0
    assert table.unmet() == [("dove", "dove")]
