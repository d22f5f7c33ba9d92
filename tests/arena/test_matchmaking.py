from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from arena.matchmaking import covariance, g_optimal, order_optimal, swiss
from arena.ratings.bradley_terry import POINTS_PER_LOGIT, strengths

Table = np.ndarray


def none_yet(agents: int) -> Table:
    return np.zeros((agents, agents))


def some_scores(agents: int, seed: int, most: int = 12) -> Table:
    rng = np.random.default_rng(seed)
    half = np.triu(rng.integers(0, most, (agents, agents)), 1).astype(float)
    won = np.triu(rng.binomial(half.astype(int), 0.5), 1).astype(float)
    return won + (half - won).T


def met(agents: int, pairings: list[tuple[int, int]]) -> Table:
    games = none_yet(agents)
    for first, second in pairings:
        games[first, second] += 2
        games[second, first] += 2
    return games


def test_swiss_pairs_neighbours_who_have_not_met():
    scores = none_yet(4)
    scores[0, 1] = scores[2, 3] = 2
    assert swiss(scores) == [(0, 2), (1, 3)]
    again = none_yet(4)
    again[0, 2] = again[0, 1] = again[0, 3] = again[1, 2] = again[1, 3] = again[2, 3] = 2
    assert swiss(again) == [(0, 1), (2, 3)]


@settings(max_examples=30, deadline=None)
@given(agents=st.integers(2, 9), seed=st.integers(0, 10**6))
def test_a_swiss_round_seats_everybody_once_and_the_bye_goes_round(agents: int, seed: int):
    scores, byes = some_scores(agents, seed, 1), Counter[int]()
    for _ in range(agents):
        pairings = swiss(scores)
        seated = [agent for pairing in pairings for agent in pairing]
        assert len(seated) == len(set(seated)) == agents - agents % 2
        byes.update(set(range(agents)) - set(seated))
        for first, second in pairings:
            scores[first, second] += 2
    assert max(byes.values(), default=0) <= 2


@settings(max_examples=25, deadline=None)
@given(agents=st.integers(2, 8), seed=st.integers(0, 10**6))
def test_schedules_are_deterministic_and_give_as_many_valid_pairings_as_asked(agents: int, seed: int):
    scores = some_scores(agents, seed)
    for schedule in (g_optimal, order_optimal):
        pairings = schedule(scores, 7)
        assert pairings == schedule(scores.copy(), 7)
        assert len(pairings) == 7
        assert all(0 <= first < second < agents for first, second in pairings)
        assert pairings[:3] == schedule(scores, 3)


@pytest.mark.parametrize("schedule", [g_optimal, order_optimal])
def test_without_results_every_prefix_of_the_warm_up_is_balanced(schedule):
    for size in range(1, 15):
        games = met(7, schedule(none_yet(7), size))
        assert np.ptp(games.sum(axis=1)) <= 4
        assert games.max() <= 2


def test_g_optimal_lets_equals_meet_equally_often():
    scores = none_yet(8)
    for _ in range(20):
        games = met(8, g_optimal(scores, 7))
        scores += games / 2
        assert np.ptp((scores + scores.T)[np.triu_indices(8, 1)]) <= 2


def test_the_covariance_is_the_spread_of_fitted_strengths():
    truth = np.array([1.0, 0.2, 0.0, -0.4, -0.8])
    rng, games = np.random.default_rng(2), 60
    fits = []
    for _ in range(1500):
        won = np.triu(rng.binomial(games, expit(truth[:, None] - truth)), 1).astype(float)
        fits.append(strengths(won + np.triu(games - won, 1).T))
    typical = games * expit(truth[:, None] - truth) * (1 - np.eye(5))
    np.testing.assert_allclose(covariance(typical), np.cov(np.array(fits).T), atol=2.5e-3)
    np.testing.assert_allclose(covariance(typical).sum(axis=0), 0, atol=1e-12)


def test_g_optimal_takes_the_pairing_after_which_the_widest_interval_is_narrowest():
    """Against refitting the covariance for every pairing, strengths held where they are."""
    for seed in range(10):
        scores = some_scores(6, seed)
        fitted = strengths(scores)
        widest = int(np.argmax(np.diag(covariance(scores))))
        shares = expit(fitted[:, None] - fitted)
        left = {}
        for first, second in combinations(range(6), 2):
            more = scores.copy()
            more[first, second] += 2 * shares[first, second]
            more[second, first] += 2 * shares[second, first]
            left[first, second] = covariance(more)[widest, widest]
        chosen = g_optimal(scores, 1)[0]
        assert left[chosen] <= min(left.values()) * 1.01


def test_g_optimal_sends_for_the_newcomer():
    scores = 20 * (1 - np.eye(6))
    scores[5, :5] = scores[:5, 5] = 0.5
    assert all(5 in pairing for pairing in g_optimal(scores, 8))


def test_order_optimal_settles_neighbours_rather_than_distant_agents():
    truth = np.array([3.0, 1.05, 0.95, -1.0, -4.0])
    scores = 100 * expit(truth[:, None] - truth) * (1 - np.eye(5))
    assert order_optimal(scores, 3) == [(1, 2)] * 3


def test_g_optimal_needs_fewer_games_than_round_robin():
    """A small version of benchmarks/schedules.py: 12 agents of spread 200, intervals of 60 points to each side."""
    truth = np.random.default_rng(4).standard_normal(12) * 200 / POINTS_PER_LOGIT
    shares = expit(truth[:, None] - truth)

    def needed(schedule) -> float:
        scores = none_yet(12)
        while 1.96 * POINTS_PER_LOGIT * np.sqrt(np.diag(covariance(scores)).max()) > 60:
            for first, second in schedule(scores):
                scores[first, second] += 2 * shares[first, second]
                scores[second, first] += 2 * shares[second, first]
        return float(scores.sum())

    pairs = list(combinations(range(12), 2))
    even = needed(lambda scores: [pairs[(int(scores.sum()) // 2 + place) % len(pairs)] for place in range(12)])
    assert even / needed(lambda scores: g_optimal(scores, 12)) > 1.3


@pytest.mark.parametrize(
    ("scores", "message"),
    [
        ([[0.0]], "two agents"),
        ([[0.0, 1.0]], "square"),
        ([[0.0, -1.0], [2.0, 0.0]], "at least 0"),
        ([[1.0, 1.0], [1.0, 0.0]], "itself"),
        ([[0.0, np.nan], [1.0, 0.0]], "finite"),
    ],
)
def test_a_table_that_is_none_gets_a_message(scores: list[list[float]], message: str):
    for schedule in (swiss, lambda table: g_optimal(table, 1), lambda table: order_optimal(table, 1)):
        with pytest.raises(ValueError, match=message):
            schedule(np.array(scores))
