from __future__ import annotations

import numpy as np
import pytest

from arena.ratings.across_games import headline


def board(games: int, agents: int, correlation: float, error: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Standardised strengths and noisy observations of them, with another centre and spread in every game."""
    rng = np.random.default_rng(seed)
    common, own = rng.standard_normal(agents), rng.standard_normal((games, agents))
    theta = np.sqrt(correlation) * common + np.sqrt(1 - correlation) * own
    return theta, theta + error * rng.standard_normal(theta.shape)


def test_exact_strengths_are_standardised_and_averaged():
    strengths = np.array([[1.0, 2.0, 3.0], [30.0, 20.0, 40.0]])
    found = headline(strengths, np.full((2, 3), 1e-6))
    np.testing.assert_allclose(found.spread, [1, 10], rtol=1e-3)
    np.testing.assert_allclose(found.by_game, [[-1, 0, 1], [0, -1, 1]], atol=1e-3)
    np.testing.assert_allclose(found.strength, [-0.5, -0.5, 1], atol=1e-3)


def test_unit_and_centre_of_a_game_do_not_matter():
    _, seen = board(4, 10, 0.5, 0.3, seed=1)
    errors = np.full(seen.shape, 0.3)
    scale, shift = np.array([[1.0], [50.0], [0.1], [7.0]]), np.array([[0.0], [3.0], [-9.0], [100.0]])
    np.testing.assert_allclose(
        headline(scale * seen + shift, scale * errors).strength, headline(seen, errors).strength, atol=2e-3
    )


def test_noisy_games_are_shrunk_and_games_of_pure_noise_to_nothing():
    rng = np.random.default_rng(3)
    strengths = np.array([[-2.0, -1.0, 0.0, 1.0, 2.0], 0.1 * rng.standard_normal(5)])
    found = headline(strengths, np.array([[1.0] * 5, [1.0] * 5]))
    assert found.spread[1] == 0
    assert np.all(np.abs(found.by_game[0]) < np.abs(strengths[0] / strengths[0].std(ddof=1)) + 1e-9)
    assert np.all(found.high - found.low > 1)


def test_an_agent_that_missed_a_game_is_judged_by_the_others_and_less_surely():
    _, seen = board(4, 30, 0.8, 0.2, seed=2)
    errors = np.full(seen.shape, 0.2)
    whole = headline(seen, errors)
    seen[0, 7] = np.nan
    part = headline(seen, errors)
    assert part.strength[7] == pytest.approx(whole.strength[7], abs=0.4)
    assert part.high[7] - part.low[7] > 1.5 * (whole.high[7] - whole.low[7])


def test_intervals_cover_the_target_and_shrinkage_beats_plain_averages():
    covered, errors_of_headline, errors_of_plain = [], [], []
    for seed in range(40):
        theta, seen = board(6, 25, 0.5, 0.7, seed)
        target = (theta - theta.mean(axis=1, keepdims=True)).mean(axis=0)
        found = headline(seen, np.full(seen.shape, 0.7))
        plain = ((seen - seen.mean(axis=1, keepdims=True)) / seen.std(axis=1, keepdims=True)).mean(axis=0)
        covered.append((found.low <= target) & (target <= found.high))
        errors_of_headline.append(((found.strength - target) ** 2).mean())
        errors_of_plain.append(((plain - target) ** 2).mean())
    assert 0.92 <= np.mean(covered) <= 0.98
    assert np.mean(errors_of_headline) < np.mean(errors_of_plain)


@pytest.mark.parametrize(
    ("strengths", "errors", "message"),
    [
        ([[1.0, 2.0]], [[0.1]], "one shape"),
        ([[1.0, 2.0]], [[0.1, 0.0]], "above 0"),
        ([[1.0, np.inf]], [[0.1, 0.1]], "finite"),
        ([[1.0, np.nan]], [[0.1, 0.1]], "fewer than two"),
    ],
)
def test_bad_input_gets_a_message(strengths: list[list[float]], errors: list[list[float]], message: str):
    with pytest.raises(ValueError, match=message):
        headline(np.array(strengths), np.array(errors))
