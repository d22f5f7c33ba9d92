from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from games.solvers.risk_averse import risk_averse_equilibrium

HUNT = np.array([[4.0, 0.0], [3.0, 3.0]])
PENNIES = np.array([[1.0, -1.0], [-1.0, 1.0]])


def objective(payoffs: np.ndarray, own: np.ndarray, other: np.ndarray, aversion: float) -> float:
    """Mean minus aversion times variance of own payoff over what the other does, range 1."""
    received = own @ payoffs / np.ptp(payoffs)
    mean = received @ other
    return float(mean - aversion * ((received - mean) ** 2 @ other))


@given(
    arrays(np.float64, (2, 3, 3), elements=st.integers(-5, 5).map(float)).filter(lambda g: all(np.ptp(m) for m in g)),
    st.sampled_from([0.0, 0.3, 1.0, 4.0]),
    st.integers(0, 1000),
)
@settings(max_examples=25, deadline=None)
def test_no_deviation_improves_a_players_objective(game: np.ndarray, aversion: float, seed: int) -> None:
    tremble = 0.02
    (x, y), gain = risk_averse_equilibrium(game, aversion, tremble)
    assert gain <= 1e-6
    deviations = [*np.eye(3), *np.random.default_rng(seed).dirichlet(np.ones(3), 20)]
    for payoffs, own, other in ((game[0], x, y), (game[1].T, y, x)):
        shaky = (1 - 3 * tremble) * other + tremble
        value = objective(payoffs, own, shaky, aversion)
        assert all(objective(payoffs, each, shaky, aversion) <= value + 2e-6 for each in deviations)


def test_without_aversion_and_trembles_it_is_a_nash_equilibrium() -> None:
    profile = risk_averse_equilibrium((np.array([[9.0, 0], [0, 1]]), np.array([[0.0, 1], [1, 0]])), 0.0, 0.0).profile
    assert profile[0] == pytest.approx([0.5, 0.5], abs=1e-4)
    assert profile[1] == pytest.approx([0.1, 0.9], abs=1e-4)


@pytest.mark.parametrize("aversion", [0.0, 0.5, 1.0, 5.0, 50.0])
def test_matching_pennies_stays_uniform(aversion: float) -> None:
    profile = risk_averse_equilibrium((PENNIES, -PENNIES), aversion).profile
    assert np.concatenate(profile) == pytest.approx([0.5] * 4, abs=1e-6)


def test_aversion_leads_from_a_likely_stag_to_the_safe_hare() -> None:
    generous = np.array([[9.0, 0.0], [3.0, 3.0]])
    bold = risk_averse_equilibrium((generous, generous.T), aversion=0.0).profile
    careful = risk_averse_equilibrium((generous, generous.T), aversion=50.0).profile
    assert bold[0][0] == pytest.approx(1, abs=1e-4)
    assert careful[0][1] > 0.9
    assert risk_averse_equilibrium((HUNT, HUNT.T), aversion=5.0).profile[0][1] == pytest.approx(1, abs=1e-4)


def test_three_players_have_one_too() -> None:
    rng = np.random.default_rng(3)
    result = risk_averse_equilibrium(rng.integers(-5, 6, (3, 2, 2, 2)).astype(float), 1.0)
    assert result.gain <= 1e-6
    assert all(own.sum() == pytest.approx(1) for own in result.profile)


def test_what_is_no_aversion_or_tremble_is_refused() -> None:
    with pytest.raises(ValueError, match="aversion"):
        risk_averse_equilibrium((HUNT, HUNT.T), aversion=-1)
    with pytest.raises(ValueError, match="tremble"):
        risk_averse_equilibrium((HUNT, HUNT.T), tremble=0.6)


def test_a_branch_that_turns_sharply_is_not_left_for_its_way_back() -> None:
    """Nearly indifferent players: longer steps come out on the part of the branch that returns to precision 0."""
    row = np.array([[2.0, 2.0], [2.0, 0.0], [1.0, -2.0]])
    column = np.array([[1.0, 1.0], [2.0, 1.0], [1.0, -1.0]])
    profile = risk_averse_equilibrium((row, column), aversion=0.0, tremble=0.02).profile
    assert np.concatenate(profile) == pytest.approx([1, 0, 0, 1, 0], abs=1e-4)
