from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from games.solvers.matrix import zero_sum_equilibrium
from games.solvers.quantal import fit_precision, quantal_response

PENNIES = (np.array([[9.0, 0.0], [0.0, 1.0]]), np.array([[0.0, 1.0], [1.0, 0.0]]))
"""Asymmetric matching pennies, whose values at each precision were computed with Gambit."""


@pytest.mark.parametrize(
    ("precision", "top", "left"),
    [(0, 0.5, 0.5), (0.5, 0.8307, 0.4181), (1, 0.893576, 0.312780), (2, 0.860754, 0.191078), (3, 0.7954, 0.1453)],
)
def test_asymmetric_matching_pennies(precision: float, top: float, left: float) -> None:
    ((row, column),) = quantal_response(PENNIES, [precision])
    digits = 1e-6 if precision in {0, 1, 2} else 1e-4
    assert row[0] == pytest.approx(top, abs=digits)
    assert column[0] == pytest.approx(left, abs=digits)


def test_the_branch_ends_in_the_equilibrium() -> None:
    ((row, column),) = quantal_response(PENNIES, [1e6])
    assert row[0] == pytest.approx(0.5, abs=1e-4)
    assert column[0] == pytest.approx(0.1, abs=1e-4)


@given(arrays(np.float64, (3, 2, 3, 2), elements=st.integers(-5, 5).map(float)), st.floats(0, 20))
@settings(max_examples=25, deadline=None)
def test_every_player_answers_by_the_logit_rule(game: np.ndarray, precision: float) -> None:
    (profile,) = quantal_response(game, [precision])
    for player, own in enumerate(game):
        others = [profile[other] for other in range(3) if other != player]
        values = np.einsum("abc,b,c->a", np.moveaxis(own, player, 0), *others)
        answer = np.exp(precision * (values - values.max()))
        assert profile[player] == pytest.approx(answer / answer.sum(), abs=1e-7)


def test_the_principal_branch_of_the_stag_hunt_leads_to_the_risk_dominant_equilibrium() -> None:
    hunt = np.array([[4.0, 0.0], [3.0, 3.0]])
    ((row, column),) = quantal_response((hunt, hunt.T), [50.0])
    assert row[1] == pytest.approx(1)
    assert column[1] == pytest.approx(1)


@given(arrays(np.float64, (3, 3), elements=st.integers(-5, 5).map(float)))
@settings(max_examples=15, deadline=None)
def test_at_high_precision_zero_sum_games_are_worth_their_value(payoffs: np.ndarray) -> None:
    ((row, column),) = quantal_response((payoffs, -payoffs), [1e5])
    assert row @ payoffs @ column == pytest.approx(zero_sum_equilibrium(payoffs).value, abs=1e-3)


def test_the_fitted_precision_is_the_one_that_gambit_finds() -> None:
    fit = fit_precision(PENNIES, [np.array([60, 40]), np.array([25, 75])])
    assert fit.precision == pytest.approx(7.5783, abs=1e-4)
    assert fit.log_likelihood == pytest.approx(-131.912, abs=1e-3)
    assert not fit.capped


@pytest.mark.parametrize("precision", [0.2, 1.0, 4.0])
def test_the_fit_recovers_the_precision_behind_exact_frequencies(precision: float) -> None:
    (profile,) = quantal_response(PENNIES, [precision])
    fit = fit_precision(PENNIES, [1000 * each for each in profile])
    assert fit.precision == pytest.approx(precision, rel=1e-3)


def test_flawless_play_reaches_the_cap_and_uniform_play_is_precision_0() -> None:
    dilemma = np.array([[3.0, 0.0], [5.0, 1.0]])
    flawless = fit_precision((dilemma, dilemma.T), [np.array([0, 9]), np.array([0, 9])], cap=30)
    assert flawless.capped
    assert flawless.precision == pytest.approx(30)
    aimless = fit_precision((dilemma, dilemma.T), [np.array([5, 5]), np.array([5, 5])])
    assert aimless.precision == pytest.approx(0, abs=1e-4)


def test_bad_counts_and_precisions_are_refused() -> None:
    with pytest.raises(ValueError, match="ascend"):
        quantal_response(PENNIES, [2, 1])
    with pytest.raises(ValueError, match="counts"):
        fit_precision(PENNIES, [np.array([1, 2, 3]), np.array([1, 2])])
    with pytest.raises(ValueError, match="not all 0"):
        fit_precision(PENNIES, [np.zeros(2), np.zeros(2)])
    with pytest.raises(ValueError, match="cap"):
        fit_precision(PENNIES, [np.ones(2), np.ones(2)], cap=0)


def test_the_branch_goes_straight_on_where_others_fork_off() -> None:
    """Pure coordination: the symmetric equilibrium stays on the principal branch past the fork at precision 2."""
    ((row, column),) = quantal_response((np.eye(2), np.eye(2)), [30.0])
    assert row == pytest.approx([0.5, 0.5])
    assert column == pytest.approx([0.5, 0.5])
