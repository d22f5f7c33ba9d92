from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import expit, log_softmax

from arena.ratings.davidson import fit_davidson


def expected_counts(x: np.ndarray, nu: float, games: float) -> tuple[np.ndarray, np.ndarray]:
    """Win and draw counts straight from Davidson's formula in pi = exp(x)."""
    pi = np.exp(x)
    total = pi[:, None] + pi[None, :] + nu * np.sqrt(np.outer(pi, pi))
    wins, draws = games * pi[:, None] / total, games * nu * np.sqrt(np.outer(pi, pi)) / total
    np.fill_diagonal(wins, 0)
    np.fill_diagonal(draws, 0)
    return wins, draws


def test_strengths_and_nu_are_found_again_in_exact_counts():
    x = np.array([0.9, 0.1, -1.0])
    fit = fit_davidson(*expected_counts(x, 0.7, 1e7))
    np.testing.assert_allclose(fit.strengths, x, atol=1e-5)
    assert np.exp(fit.log_nu) == pytest.approx(0.7, abs=1e-5)
    win, draw, loss = fit.chances(0, 2)
    assert win + draw + loss == pytest.approx(1)
    assert (win, draw) == pytest.approx(
        (np.exp(1.9) / (s := np.exp(1.9) + 1 + 0.7 * np.exp(0.95)), 0.7 * np.exp(0.95) / s)
    )


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(0, 9), min_size=18, max_size=18))
def test_the_fit_is_the_maximum_that_a_general_optimiser_finds(counts: list[int]):
    wins = np.array(counts[:9], dtype=float).reshape(3, 3)
    draws = np.triu(np.array(counts[9:], dtype=float).reshape(3, 3), 1)
    np.fill_diagonal(wins, 0)
    draws = draws + draws.T

    def loss(place: np.ndarray) -> float:
        x = place[:3] - place[:3].mean()
        ahead = (x[:, None] - x[None, :]) / 2
        win, draw, _ = log_softmax(np.stack([ahead, np.full((3, 3), place[3]), -ahead]), axis=0)
        equals = expit(place[3] - np.log(2))
        prior = 0.5 * np.log(expit(x) * expit(-x)).sum() + 0.5 * np.log(equals * (1 - equals))
        return float(-(wins * win).sum() - (draws * draw).sum() / 2 - prior)

    fit = fit_davidson(wins, draws)
    found = minimize(loss, np.zeros(4), tol=1e-10).fun
    assert loss(np.append(fit.strengths, fit.log_nu)) <= found + 1e-7


def test_without_a_draw_draws_are_rare_but_not_impossible():
    fit = fit_davidson(np.array([[0.0, 30], [30, 0]]), np.zeros((2, 2)))
    assert 0 < fit.chances(0, 1)[1] < 0.02


def test_lopsided_draws_are_refused():
    with pytest.raises(ValueError, match="not symmetric"):
        fit_davidson(np.zeros((2, 2)), np.array([[0.0, 1], [0, 0]]))
