from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from games.solvers.bimatrix import bimatrix_equilibria
from games.solvers.matrix import pure_equilibria, zero_sum_equilibrium

GAME = arrays(np.float64, (2, 3, 4), elements=st.integers(-5, 5).map(float))


@given(GAME)
@settings(max_examples=60, deadline=None)
def test_nobody_gains_by_leaving_an_equilibrium_and_there_always_is_one(game: np.ndarray) -> None:
    row, column = game
    found = bimatrix_equilibria(row, column)
    assert found.equilibria
    for x, y in found.equilibria:
        assert x.sum() == pytest.approx(1)
        assert y.sum() == pytest.approx(1)
        assert (row @ y).max() == pytest.approx(x @ row @ y, abs=1e-7)
        assert (x @ column).max() == pytest.approx(x @ column @ y, abs=1e-7)
    pure = {(int(x.argmax()), int(y.argmax())) for x, y in found.equilibria if x.max() == y.max() == 1}
    assert pure == set(pure_equilibria(row, column))
    # Wilson's theorem: the number is odd.
    assert found.degenerate or len(found.equilibria) % 2 == 1


@given(GAME)
@settings(max_examples=30, deadline=None)
def test_equilibria_of_zero_sum_games_have_the_value_of_the_linear_programme(game: np.ndarray) -> None:
    value = zero_sum_equilibrium(game[0]).value
    for x, y in bimatrix_equilibria(game[0], -game[0]).equilibria:
        assert x @ game[0] @ y == pytest.approx(value, abs=1e-7)


def test_textbook_games() -> None:
    hunt = np.array([[4.0, 0.0], [3.0, 3.0]])
    assert [x[0] for x, _ in bimatrix_equilibria(hunt, hunt.T).equilibria] == pytest.approx([1, 0, 0.75])
    (only,) = bimatrix_equilibria(np.array([[9.0, 0], [0, 1]]), np.array([[0.0, 1], [1, 0]])).equilibria
    assert only.row[0] == pytest.approx(0.5)
    assert only.column[0] == pytest.approx(0.1)
    row, column = np.array([[10.0, 0], [0, 7]]), np.array([[7.0, 0], [0, 10]])
    mixed = bimatrix_equilibria(row, column).equilibria[-1]
    assert mixed.row @ row @ mixed.column == pytest.approx(70 / 17)


def test_a_degenerate_game_says_so_and_gives_the_ends_of_its_continuum() -> None:
    """The follower is indifferent once the leader plays top: every mixture up to one half of right keeps it there."""
    row, column = np.array([[1.0, 1.0], [2.0, 0.0]]), np.array([[1.0, 1.0], [0.0, 1.0]])
    found = bimatrix_equilibria(row, column)
    assert found.degenerate
    assert sorted(tuple(np.concatenate(pair)) for pair in found.equilibria) == [(1, 0, 0, 1), (1, 0, 0.5, 0.5)]


def test_the_request_game_has_its_known_symmetric_equilibrium() -> None:
    """Arad and Rubinstein's 11-20 game (2012), from 15 on, where the others never pay."""
    asks = np.arange(15, 21)
    payoffs = asks[:, np.newaxis] + 20.0 * (asks[:, np.newaxis] == asks[np.newaxis, :] - 1)
    symmetric = [x for x, y in bimatrix_equilibria(payoffs, payoffs.T).equilibria if np.allclose(x, y)]
    assert len(symmetric) == 1
    assert symmetric[0] == pytest.approx([0.25, 0.25, 0.2, 0.15, 0.1, 0.05])
    assert symmetric[0] @ payoffs @ symmetric[0] == pytest.approx(20)
