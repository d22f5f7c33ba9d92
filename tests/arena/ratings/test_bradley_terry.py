from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import expit, logit

from arena.ratings.bradley_terry import POINTS_PER_LOGIT, strengths, to_ratings


def cells(agents: int, games: dict[tuple[int, int], float]) -> np.ndarray:
    scores = np.zeros((agents, agents))
    for (winner, loser), amount in games.items():
        scores[winner, loser] += amount
    return scores


def without_prior(scores: np.ndarray) -> np.ndarray:
    return to_ratings(strengths(scores, 0.0, 0.0))


@st.composite
def score_tables(draw: st.DrawFn, fewest: int = 2, most: int = 6) -> np.ndarray:
    agents = draw(st.integers(fewest, most))
    amounts = st.lists(st.integers(0, 40), min_size=agents * agents, max_size=agents * agents)
    scores = np.array(draw(amounts), dtype=float).reshape(agents, agents) / 2
    np.fill_diagonal(scores, 0)
    return scores


def test_three_wins_to_one_are_190_8_points_apart():
    first, second = without_prior(cells(2, {(0, 1): 3, (1, 0): 1}))
    assert first - second == pytest.approx(400 * np.log10(3))
    assert first + second == pytest.approx(2000)


def test_a_draw_is_half_a_win():
    drawn = without_prior(cells(2, {(0, 1): 5 + 2 / 2, (1, 0): 2 / 2}))
    assert drawn[0] - drawn[1] == pytest.approx(400 * np.log10(6))


def test_strengths_are_found_again_in_exact_expected_scores():
    true = np.array([1.5, 0.2, -0.4, -1.3])
    scores = 10 * expit(true[:, None] - true[None, :])
    np.fill_diagonal(scores, 0)
    np.testing.assert_allclose(strengths(scores, 0.0, 0.0), true, atol=1e-9)


def test_a_chain_of_comparisons_adds_up():
    """Without any circle, odds multiply along the chain: 2:1 and 3:1 make 6:1."""
    ratings = without_prior(cells(3, {(0, 1): 2, (1, 0): 1, (1, 2): 3, (2, 1): 1}))
    assert ratings[0] - ratings[2] == pytest.approx(400 * np.log10(6))


def test_the_prior_is_one_virtual_draw_against_the_mean():
    """By hand for a 1:0 win: 1 - p(d) = (p(d/2) - 1/2), with d the distance and d/2 the distance to the mean."""
    first, second = strengths(cells(2, {(0, 1): 1}))
    distance = first - second
    assert 1 - expit(distance) == pytest.approx(expit(distance / 2) - 0.5)


def test_who_won_everything_has_a_finite_strength_with_the_prior_and_none_without():
    scores = cells(2, {(0, 1): 50})
    assert np.isfinite(strengths(scores)).all()
    with pytest.raises(ValueError, match="no finite strengths"):
        strengths(scores, 0.0, 0.0)


@settings(deadline=None)
@given(score_tables())
def test_the_fit_is_the_maximum_that_a_general_optimiser_finds(scores: np.ndarray):
    def loss(x: np.ndarray) -> float:
        x = x - x.mean()
        pairs = -np.log(expit(x[:, None] - x[None, :])) * scores
        return float(pairs.sum() - 0.5 * np.log(expit(x) * expit(-x)).sum())

    fitted = strengths(scores)
    assert loss(fitted) <= minimize(loss, np.zeros(len(scores))).fun + 1e-7


@settings(deadline=None)
@given(score_tables(), st.randoms(use_true_random=False))
def test_relabelling_agents_relabels_ratings(scores: np.ndarray, random):
    order = list(range(len(scores)))
    random.shuffle(order)
    np.testing.assert_allclose(strengths(scores[np.ix_(order, order)]), strengths(scores)[order], atol=1e-8)


@settings(deadline=None)
@given(score_tables())
def test_swapping_wins_and_losses_mirrors_ratings(scores: np.ndarray):
    np.testing.assert_allclose(strengths(scores.T), -strengths(scores), atol=1e-8)


@settings(deadline=None)
@given(score_tables())
def test_one_more_win_never_lowers_the_winner(scores: np.ndarray):
    more = scores + cells(len(scores), {(0, 1): 1})
    assert strengths(more)[0] >= strengths(scores)[0] - 1e-9


@settings(deadline=None)
@given(st.lists(score_tables(fewest=3, most=3), min_size=1, max_size=4))
def test_a_stack_of_tables_is_fitted_as_each_alone(tables: list[np.ndarray]):
    stacked = strengths(np.stack(tables))
    np.testing.assert_allclose(stacked, [strengths(table) for table in tables], atol=1e-8)


def test_odds_of_ten_to_one_are_400_points():
    assert logit(10 / 11) * POINTS_PER_LOGIT == pytest.approx(400)
