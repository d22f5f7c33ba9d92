from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import null_space
from scipy.optimize import minimize
from scipy.special import expit, log_expit, logit

from arena.ratings.bradley_terry import POINTS_PER_LOGIT, strengths
from arena.ratings.comparing import (
    anchored_ratings,
    better_probabilities,
    difference_variances,
    in_words,
    rank_intervals,
)
from arena.ratings.evidence import evidence
from arena.ratings.paired import Games, fit_pairs, games_of
from arena.ratings.resampling import resampled
from arena.ratings.results import MatchScore


def draw(seed: int, agents: int, games: int, seat: float = 0.0) -> Games:
    """Independent games of random pairs, with strengths a third of a logit apart."""
    rng = np.random.default_rng(seed)
    first = rng.integers(0, agents, games)
    second = (first + rng.integers(1, agents, games)) % agents
    chance = expit((second - first) / 3 + seat)
    return Games(first, second, (rng.random(games) < chance).astype(float))


def table(games: Games, agents: int) -> np.ndarray:
    scores = np.zeros((agents, agents))
    np.add.at(scores, (games.first, games.second), games.score)
    np.add.at(scores, (games.second, games.first), 1 - games.score)
    return scores


def by_hand(games: Games, agents: int) -> np.ndarray:
    """The sandwich from dense matrices, game by game, straight from the definition."""
    fit = fit_pairs(games, agents, seat_effect=True)
    rows = np.arange(len(games.first))
    design = np.zeros((len(rows), agents + 1))
    design[rows, games.first], design[rows, games.second], design[:, -1] = 1, -1, 1
    expected = expit(design @ np.append(fit.strengths, fit.seat))
    basis = null_space(np.append(np.ones(agents), 0)[None, :])

    def bread(weight: np.ndarray) -> np.ndarray:
        curvature = design.T @ (design * (weight * expected * (1 - expected))[:, None])
        return basis @ np.linalg.inv(basis.T @ curvature @ basis) @ basis.T

    share = np.einsum("gi,ij,gj->g", design, bread(np.ones(len(rows))), design) * expected * (1 - expected)
    assert share.sum() == pytest.approx(agents)
    scores = design * (games.score - expected)[:, None]
    cluster = rows if games.cluster is None else games.cluster
    sums = np.array([scores[cluster == c].sum(0) for c in np.unique(cluster)])
    fresh = design.T @ (design * (share * (expected**2 + (1 - expected) ** 2) / 2)[:, None])
    outside = bread(1 + share)
    return outside @ (sums.T @ sums + fresh) @ outside


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10**6), st.integers(2, 5), st.booleans())
def test_the_fit_is_the_maximum_of_likelihood_and_jeffreys_prior(seed: int, agents: int, seat_effect: bool):
    games = draw(seed, agents, 40)
    free = agents - 1 + seat_effect
    basis = null_space(np.ones((1, agents)))
    design = np.column_stack([basis[games.first] - basis[games.second], np.ones(40)])[:, :free]

    def loss(place: np.ndarray) -> float:
        ahead = design @ place
        likely = np.where(games.score == 1, log_expit(ahead), log_expit(-ahead)).sum()
        information = design.T @ (design * (expit(ahead) * expit(-ahead))[:, None])
        return float(-likely - np.linalg.slogdet(information)[1] / 2)

    fit = fit_pairs(games, agents, seat_effect)
    ours = np.append(basis.T @ fit.strengths, fit.seat)[:free]
    found = minimize(loss, np.zeros(free), tol=1e-10)
    assert loss(ours) <= found.fun + 1e-7


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(1, 4), st.sampled_from([0.0, 0.5, 1.0])), max_size=12),
    st.booleans(),
)
def test_even_the_thinnest_connected_table_has_finite_strengths(rest: list[tuple[int, int, float]], seat_effect: bool):
    """A chain of five agents where the higher number always won, one swap of seats, and some games more."""
    chain = [(1, 4, 1.0)] + [(i, 1, 0.0) for i in range(4)] + rest
    first = np.array([i for i, _, _ in chain])
    second = (first + [k for _, k, _ in chain]) % 5
    fit = fit_pairs(Games(first, second, np.array([score for *_, score in chain])), 5, seat_effect)
    assert np.isfinite(fit.strengths).all()
    assert np.isfinite(fit.covariance).all()


def test_a_seat_that_strengths_explain_is_refused():
    with pytest.raises(ValueError, match="swap seats"):
        fit_pairs(Games(np.array([0, 0, 1]), np.array([1, 1, 2]), np.array([1.0, 0.0, 1.0])), 3, seat_effect=True)


def test_large_tables_have_the_strengths_of_the_ratings():
    games = draw(1, 5, 200_000)
    np.testing.assert_allclose(fit_pairs(games, 5).strengths, strengths(table(games, 5)), atol=1e-4)


def test_two_agents_have_log_odds_with_half_a_game_added_to_both_counts():
    seven = Games(np.zeros(8, int), np.ones(8, int), np.append(np.ones(7), 0))
    fit = fit_pairs(seven, 2)
    assert fit.strengths[0] - fit.strengths[1] == pytest.approx(np.log(7.5 / 1.5))
    wins = Games(np.zeros(8, int), np.ones(8, int), np.ones(8))
    # Gart 1966: the variance of log odds.
    assert difference_variances(fit_pairs(wins, 2).covariance[:2, :2])[0, 1] == pytest.approx(1 / 8.5 + 1 / 0.5)


@pytest.mark.parametrize("clusters", ["games", "same pair", "short", "any"])
def test_covariance_is_the_definition_written_out(clusters: str):
    games = draw(1, 4, 80, seat=0.4)
    cluster = {
        "games": None,
        "same pair": np.arange(160) % 80,
        "short": np.arange(160) * 7 % 53,
        "any": np.arange(160) % 5,
    }[clusters]
    again = draw(2, 4, 80)
    twice = Games(
        np.concatenate([games.first, games.second]),
        np.concatenate([games.second, games.first]),
        np.concatenate([games.score, again.score]),
        cluster,
    )
    fit = fit_pairs(twice, 4, seat_effect=True)
    np.testing.assert_allclose(fit.covariance, by_hand(twice, 4), atol=1e-10)


def test_clusters_of_agents_are_counted_the_same_on_every_path():
    one = Games(np.array([0, 1, 0]), np.array([1, 0, 2]), np.array([1.0, 0.5, 0.0]), np.array([0, 0, 1]))
    many = Games(np.array([0, 1, 0]), np.array([1, 2, 2]), np.array([1.0, 0.5, 0.0]), np.array([0, 0, 1]))
    assert fit_pairs(one, 3).clusters.tolist() == [2, 1, 1, 2]
    assert fit_pairs(many, 3).clusters.tolist() == [2, 1, 2, 2]


def test_short_clusters_of_several_pairs_are_those_of_the_general_method(monkeypatch: pytest.MonkeyPatch):
    games = draw(3, 6, 300)
    clustered = Games(games.first, games.second, games.score, np.random.default_rng(4).integers(0, 60, 300))
    fits = []
    for longest in (24, 5, 0):  # all clusters short, some of them, none
        monkeypatch.setattr("arena.ratings.paired._SHORT", longest)
        fits.append(fit_pairs(clustered, 6, seat_effect=True))
    for fit in fits[:2]:
        np.testing.assert_allclose(fit.covariance, fits[2].covariance, atol=1e-12)
        np.testing.assert_array_equal(fit.clusters, fits[2].clusters)


def test_copies_within_a_cluster_add_no_certainty():
    """A large table, so that the prior is nothing beside it."""
    games = draw(3, 3, 4000)
    copied = Games(
        *(np.tile(array, 5) for array in (games.first, games.second, games.score)), np.tile(np.arange(4000), 5)
    )
    once, often = fit_pairs(games, 3).covariance, fit_pairs(copied, 3).covariance
    np.testing.assert_allclose(often[:-1, :-1], once[:-1, :-1], rtol=0.01)


def test_a_weight_of_two_in_one_cluster_is_a_game_counted_twice():
    games = draw(4, 3, 50)
    heavy = Games(games.first, games.second, games.score, np.arange(50), np.full(50, 2.0))
    twice = Games(*(np.tile(a, 2) for a in (games.first, games.second, games.score)), np.tile(np.arange(50), 2))
    np.testing.assert_allclose(fit_pairs(heavy, 3).covariance, fit_pairs(twice, 3).covariance, atol=1e-12)


def test_the_seat_advantage_is_found_and_frees_unbalanced_strengths_from_it():
    games = draw(5, 4, 40_000, seat=0.8)
    often_first = Games(
        *(a[(games.first == 0) | (games.second != 0)] for a in (games.first, games.second, games.score))
    )
    fit = fit_pairs(often_first, 4, seat_effect=True)
    assert fit.seat == pytest.approx(0.8, abs=0.06)
    np.testing.assert_allclose(fit.strengths, np.array([1.5, 0.5, -0.5, -1.5]) / 3, atol=0.06)
    assert fit_pairs(often_first, 4).strengths[0] > 0.8


def test_who_only_won_has_a_lower_bound_alone_and_not_above_the_exact_one():
    eight = Games(np.zeros(8, int), np.ones(8, int), np.ones(8))
    fit = fit_pairs(eight, 2)
    (low, high), (low_last, high_last) = fit.intervals()
    assert (high, low_last) == (np.inf, -np.inf)
    # Clopper and Pearson 1934: 8 of 8 leaves a chance of 0.025 ** (1/8) or more.
    assert 2 * low < logit(0.025 ** (1 / 8))
    assert high_last == pytest.approx(-low)
    assert fit.only_won.tolist() == [True, False]
    assert fit.only_lost.tolist() == [False, True]


def test_one_cluster_gives_no_interval():
    fit = fit_pairs(Games(np.zeros(3, int), np.ones(3, int), np.array([1.0, 0.0, 1.0]), np.zeros(3, int)), 2)
    assert np.isnan(fit.intervals()).all()


def test_a_newcomer_is_as_uncertain_in_a_huge_table_as_in_a_small_one():
    def width(games: int) -> float:
        pool = draw(6, 6, games)
        new = draw(7, 6, 60)
        fit = fit_pairs(
            Games(
                np.concatenate([pool.first, np.full(60, 6)]),
                np.concatenate([pool.second, new.first]),
                np.concatenate([pool.score, new.score]),
            ),
            7,
        )
        return float(np.ptp(fit.intervals()[6]))

    assert width(500_000) == pytest.approx(width(20_000), rel=0.02)


def test_probabilities_of_being_better_mirror_and_grow_with_distance():
    fit = fit_pairs(draw(8, 5, 400), 5)
    better = better_probabilities(fit)
    np.testing.assert_allclose(better + better.T, 1)
    assert better[0, 4] > 0.999
    assert better[0, 1] == pytest.approx(
        float((resampled(draw(8, 5, 400), 5, 800) @ [1, -1, 0, 0, 0] > 0).mean()), abs=0.05
    )


def test_rank_intervals_separate_the_sure_and_join_the_unsure():
    assert rank_intervals(fit_pairs(draw(9, 3, 5000), 3)).tolist() == [[1, 1], [2, 2], [3, 3]]
    assert rank_intervals(fit_pairs(draw(9, 3, 6), 3)).tolist() == [[1, 3], [1, 3], [1, 3]]


def test_an_anchor_moves_the_scale_and_keeps_differences():
    fit = fit_pairs(draw(10, 4, 500), 4)
    low, high = anchored_ratings(fit, 2, 1500.0), anchored_ratings(fit, 2, 2500.0)
    assert low[2].tolist() == [1500.0] * 3
    np.testing.assert_allclose(high - low, 1000)
    assert (low[[0, 1, 3], 1] < low[[0, 1, 3], 0]).all()


def test_an_anchor_that_lost_everything_tells_no_upper_end_of_the_others():
    first, second = np.repeat([0, 0, 1], 6), np.repeat([1, 2, 2], 6)
    games = Games(first, second, np.array([1, 0, 1, 0, 1, 0] + [1] * 12, dtype=float))
    points = anchored_ratings(fit_pairs(games, 3), 2, 1000.0)
    assert points[2].tolist() == [1000.0] * 3
    assert np.isposinf(points[:2, 2]).all()
    assert np.isfinite(points[:2, 1]).all()


def test_matches_become_games_and_the_covariance_agrees_with_the_bootstrap():
    rng = np.random.default_rng(99)
    names = ("ann", "ben", "cat")
    matches = [
        MatchScore("p", "g", f"c{number % 40}", (names[i], names[j]), (names[i], names[j]), payoffs)
        for number in range(120)
        for i, j, payoffs in [(*rng.permutation(3)[:2], tuple(rng.integers(0, 3, 2).astype(float)))]
    ]
    agents, games = games_of(matches)
    assert agents == names
    found = evidence(matches)
    np.testing.assert_allclose(fit_pairs(games, 3).strengths, strengths(found.scores()), atol=0.01)
    spread = resampled(games, 3, 1500).std(0)
    np.testing.assert_allclose(np.sqrt(np.diagonal(fit_pairs(games, 3).covariance)[:3]), spread, rtol=0.15)


@pytest.mark.parametrize(
    ("games", "message"),
    [
        (Games(np.array([0]), np.array([0]), np.array([1.0])), "agent 0 plays itself"),
        (Games(np.array([0]), np.array([2]), np.array([1.0])), "agents from 0 to 1"),
        (Games(np.array([0]), np.array([1]), np.array([np.nan])), "scores from 0 to 1"),
        (Games(np.array([0]), np.array([1]), np.array([1.0, 0.0])), "one length"),
        (Games(np.array([0]), np.array([1]), np.array([1.0])), r"never met.*\[\[0, 1\], \[2\]\]"),
    ],
)
def test_arrays_that_cannot_be_games_are_refused(games: Games, message: str):
    with pytest.raises(ValueError, match=message):
        fit_pairs(games, 3 if "met" in message else 2)


def test_an_agent_that_only_won_is_at_least_something_in_words():
    first, second = np.repeat([0, 1, 2], 30), np.repeat([1, 2, 1], 30)
    fit = fit_pairs(Games(first, second, np.append(np.ones(30), np.arange(60) % 3 == 0)), 3)
    low, high = 1000 + POINTS_PER_LOGIT * fit.intervals().T
    assert in_words(fit, 0) == f"at least {low[0]:.0f}"
    rating = 1000 + POINTS_PER_LOGIT * fit.strengths[1]
    assert in_words(fit, 1) == f"{rating:.0f} ({low[1]:.0f} to {high[1]:.0f})"
    once = fit_pairs(Games(np.zeros(2, int), np.ones(2, int), np.array([1.0, 0]), np.zeros(2, int)), 2)
    assert in_words(once, 0) == "1000, with fewer than two clusters to say how surely"
