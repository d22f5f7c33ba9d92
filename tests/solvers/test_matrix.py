from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from games.registry import load
from games.solvers.best_response import expected_returns
from games.solvers.cfr import CFRPlus
from games.solvers.matrix import (
    maximin,
    pareto_optimal,
    pure_equilibria,
    pure_maximin,
    risk_dominant,
    zero_sum_equilibrium,
)
from games.solvers.tree import flatten

PAYOFFS = arrays(
    np.float64,
    array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=5),
    elements=st.integers(-9, 9).map(float),
)


@given(PAYOFFS)
@settings(max_examples=60, deadline=None)
def test_neither_player_gains_by_leaving_the_equilibrium(payoffs: np.ndarray) -> None:
    value, row, column = zero_sum_equilibrium(payoffs)
    assert row.sum() == pytest.approx(1)
    assert column.sum() == pytest.approx(1)
    assert (payoffs @ column).max() == pytest.approx(value, abs=1e-7)
    assert (row @ payoffs).min() == pytest.approx(value, abs=1e-7)


def test_rock_paper_scissors_and_a_biased_variant() -> None:
    plain = zero_sum_equilibrium(np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]]))
    assert plain.value == pytest.approx(0)
    assert plain.row == pytest.approx([1 / 3] * 3)
    # Rock's win counts twice: paper and scissors shift by the usual formula.
    biased = zero_sum_equilibrium(np.array([[0, -1, 2], [1, 0, -1], [-2, 1, 0]]))
    assert biased.row == pytest.approx([0.25, 0.5, 0.25])


def test_linear_programming_and_cfr_agree() -> None:
    payoffs = [[3, -1, 0], [-2, 4, 1]]
    cells = [[[value, -value] for value in row] for row in payoffs]
    learner = CFRPlus(flatten(load(f"matrix_game(payoffs={cells}, actions=[['a', 'b'], ['x', 'y', 'z']])")))
    learner.run(2000)
    value = zero_sum_equilibrium(np.array(payoffs)).value
    assert expected_returns(learner.tree, learner.average())[0] == pytest.approx(value, abs=1e-3)


def test_pure_equilibria_of_the_textbook_games() -> None:
    dilemma = np.array([[3, 0], [5, 1]])
    assert pure_equilibria(dilemma, dilemma.T) == [(1, 1)]
    stag_hunt = np.array([[4, 0], [3, 3]])
    assert pure_equilibria(stag_hunt, stag_hunt.T) == [(0, 0), (1, 1)]
    pennies = np.array([[1, -1], [-1, 1]])
    assert pure_equilibria(pennies, -pennies) == []


@given(PAYOFFS, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_pure_equilibria_are_the_cells_without_a_gain(row_payoffs: np.ndarray, rng) -> None:
    column_payoffs = np.array([[float(rng.randint(-9, 9)) for _ in row] for row in row_payoffs])
    rows, columns = row_payoffs.shape
    expected = [
        (i, j)
        for i in range(rows)
        for j in range(columns)
        if all(row_payoffs[k, j] <= row_payoffs[i, j] for k in range(rows))
        and all(column_payoffs[i, k] <= column_payoffs[i, j] for k in range(columns))
    ]
    assert pure_equilibria(row_payoffs, column_payoffs) == expected


def test_pure_equilibria_of_three_players_who_want_to_agree() -> None:
    agree = np.zeros((2, 2, 2))
    agree[0, 0, 0] = agree[1, 1, 1] = 1.0
    # Where two already disagree the third can change nothing, but one of the two can: only both agreements are strict.
    assert pure_equilibria(agree, agree, agree) == [(0, 0, 0), (1, 1, 1)]
    odd = np.array([[[0, 1], [1, 1]], [[1, 1], [1, 0]]], dtype=float)
    assert len(pure_equilibria(odd, odd, odd)) == 6


def test_pareto_optimal_cells() -> None:
    dilemma = np.array([[3, 0], [5, 1]])
    assert pareto_optimal(dilemma, dilemma.T) == [(0, 0), (0, 1), (1, 0)]
    assert pareto_optimal(np.zeros((2, 2)), np.zeros((2, 2))) == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_maximin_of_the_battle_of_the_sexes() -> None:
    row = np.array([[10, 0], [0, 7]])
    assert pure_maximin(row).value == 0
    sure = maximin(row)
    assert sure.value == pytest.approx(70 / 17)
    assert sure.mixture == pytest.approx([7 / 17, 10 / 17])
    assert maximin(row.T * 1.0, player=1).value == pytest.approx(70 / 17)


def test_risk_dominance_of_the_stag_hunt_and_its_ties() -> None:
    hunt = np.array([[4, 0], [3, 3]])
    assert risk_dominant(hunt, hunt.T) == (1, 1)
    assert risk_dominant(np.array([[9, 0], [3, 3]]), np.array([[9, 3], [0, 3]])) == (0, 0)
    assert risk_dominant(np.eye(2), np.eye(2)) is None
    dilemma = np.array([[3, 0], [5, 1]])
    with pytest.raises(ValueError, match="two strict equilibria; this game has 1"):
        risk_dominant(dilemma, dilemma.T)
    with pytest.raises(ValueError, match="2x2"):
        risk_dominant(np.eye(3), np.eye(3))


@pytest.mark.parametrize(
    ("payoffs", "message"),
    [((np.eye(2), np.eye(3)), "one shape"), ((np.eye(2),), "n axes"), ((np.eye(2) * np.nan, np.eye(2)), "finite")],
)
def test_what_is_no_game_is_refused(payoffs: tuple[np.ndarray, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        pure_equilibria(*payoffs)
