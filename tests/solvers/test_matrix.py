from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from games.registry import load
from games.solvers.best_response import expected_returns
from games.solvers.cfr import CFRPlus
from games.solvers.matrix import pure_equilibria, zero_sum_equilibrium
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
