from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from scipy.special import expit
from scipy.stats import beta

from arena.ratings.bootstrap import evidence, expanded_tail, resampled_strengths, spreads
from arena.ratings.bradley_terry import strengths
from arena.ratings.results import MatchScore


def game(first: str, second: str, score: float, cluster: object) -> MatchScore:
    payoff = 2 * score - 1
    return MatchScore("pool", "game", str(cluster), (first, second), (first, second), (payoff, -payoff))


def series(wins: int, losses: int, first: str = "ann", second: str = "bob") -> list[MatchScore]:
    return [game(first, second, float(number < wins), number) for number in range(wins + losses)]


def width(matches: list[MatchScore], agent: int = 0) -> float:
    found = evidence(matches)
    spread = spreads(found, resampled_strengths(found))[agent]
    assert spread is not None
    return spread.high - spread.low


def test_scores_are_gathered_by_cluster_whatever_the_order():
    matches = [game("b", "a", 1, "x"), game("a", "b", 0.5, "x"), game("a", "c", 1, "y"), game("c", "a", 0, "z")]
    found = evidence(matches)
    assert found == evidence(matches[::-1])
    assert found.agents == ("a", "b", "c")
    assert sorted(zip(found.patterns, found.counts, strict=True)) == [
        (((0, 1, 0.5), (1, 0, 1.5)), 1),
        (((0, 2, 1.0),), 2),
    ]
    assert found.clusters_of_agents() == [3, 1, 2]
    np.testing.assert_array_equal(found.scores(), [[0, 0.5, 2], [1.5, 0, 0], [0, 0, 0]])


def test_the_same_seed_gives_the_same_resamples_and_another_seed_others():
    found = evidence(series(7, 3))
    first = resampled_strengths(found, 50, seed=1)
    np.testing.assert_array_equal(first, resampled_strengths(found, 50, seed=1))
    assert not np.array_equal(first, resampled_strengths(found, 50, seed=2))


@pytest.mark.parametrize(("wins", "losses"), [(60, 40), (30, 10), (95, 5)])
def test_two_agents_get_nearly_the_posterior_of_jeffreys(wins: int, losses: int):
    """The two virtual draws against the mean lie between the agents only in part, so that the match is not exact."""
    found = evidence(series(wins, losses))
    share = expit(2 * resampled_strengths(found, 8000)[:, 0])
    exact = beta(wins + 0.5, losses + 0.5)
    for level in (0.025, 0.5, 0.975):
        assert np.quantile(share, level) == pytest.approx(exact.ppf(level), abs=0.012)


def test_an_agent_that_won_everything_gets_a_wide_interval():
    """For 20 wins of 20, the 97.5 % bound on the chance to win is 0.83 (Clopper, Pearson) or 0.88 (Jeffreys)."""
    found = evidence(series(20, 0))
    spread, point = spreads(found, resampled_strengths(found))[0], strengths(found.scores())[0]
    assert spread is not None
    assert 0.83 < expit(2 * spread.low) < 0.93 < expit(2 * point)
    assert spread.high > 2 * point


def test_replayed_deals_widen_the_interval():
    """Each of 20 deals decides all its 8 replays: there are 20 independent results, not 160."""
    dealt = [game("ann", "bob", float(deal % 3 > 0), f"deal {deal}") for deal in range(20) for _ in range(8)]
    naive = [game("ann", "bob", match.payoffs[0] > 0, number) for number, match in enumerate(dealt) if match.payoffs]
    assert width(dealt) > 2 * width(naive)


def test_splitting_one_result_over_a_cluster_changes_no_strength():
    """Both seatings of a deal count, so that a deal won from both seats weighs two games."""
    alone, shared = evidence(series(6, 2)), evidence([game("ann", "bob", n < 6, n // 2) for n in range(8)])
    np.testing.assert_allclose(strengths(alone.scores()), strengths(shared.scores()))


def test_ranks_of_clearly_different_agents_are_certain_and_of_equals_are_not():
    matches = [game("a", "b", number % 10 < 9, f"ab{number}") for number in range(200)]
    matches += [game("b", "c", number % 2, f"bc{number}") for number in range(200)]
    found = evidence(matches)
    first, second, third = spreads(found, resampled_strengths(found))
    assert first
    assert second
    assert third
    assert (first.rank_low, first.rank_high) == (1, 1)
    assert (second.rank_low, second.rank_high) == (third.rank_low, third.rank_high) == (2, 3)


def test_one_cluster_gives_no_interval():
    found = evidence([game("ann", "bob", 1, "same deal") for _ in range(5)])
    assert spreads(found, resampled_strengths(found, 10)) == [None, None]


def test_the_tails_narrow_to_the_nominal_ones_as_clusters_grow():
    tails = [expanded_tail(clusters) for clusters in (2, 5, 20, 100, 10_000)]
    assert tails == sorted(tails)
    assert tails[-1] == pytest.approx(0.025, abs=1e-4)


Sampler = Callable[[np.random.Generator], list[MatchScore]]


def _coverage(true: np.ndarray, sample: Sampler, replications: int = 200) -> float:
    """How often the 95 % intervals of agents "0", "1", ... hold their true strengths."""
    rng, hits = np.random.default_rng(7), []
    for replication in range(replications):
        found = evidence(sample(rng))
        known = spreads(found, resampled_strengths(found, seed=replication))
        hits += [spread is not None and spread.low <= x <= spread.high for x, spread in zip(true, known, strict=True)]
    return float(np.mean(hits))


def _independent(true: np.ndarray, games_per_pair: int) -> Sampler:
    def sample(rng: np.random.Generator) -> list[MatchScore]:
        return [
            game(str(i), str(j), float(rng.random() < expit(true[i] - true[j])), (i, j, number))
            for i, j in combinations(range(len(true)), 2)
            for number in range(games_per_pair)
        ]

    return sample


def _replayed_deals(deals: int, replays: int) -> Sampler:
    """Three equal agents; each deal favours one seat by a luck of one logit and is replayed."""

    def sample(rng: np.random.Generator) -> list[MatchScore]:
        tables = [(i, j, deal, rng.normal()) for i, j in combinations(range(3), 2) for deal in range(deals)]
        return [
            game(str(i), str(j), float(rng.random() < expit(luck)), (i, j, deal))
            for i, j, deal, luck in tables
            for _ in range(replays)
        ]

    return sample


@pytest.mark.slow
@pytest.mark.parametrize(("spread", "games_per_pair"), [(0.0, 10), (0.0, 30), (1.0, 10), (1.0, 30), (3.0, 30)])
def test_intervals_cover_the_truth_as_often_as_they_promise(spread: float, games_per_pair: int):
    true = spread * np.array([1.0, 0.3, -0.2, -1.1])
    assert 0.92 <= _coverage(true, _independent(true, games_per_pair)) <= 0.98


@pytest.mark.slow
def test_intervals_cover_the_truth_when_deals_are_replayed():
    assert 0.92 <= _coverage(np.zeros(3), _replayed_deals(deals=15, replays=8)) <= 0.98


@pytest.mark.slow
@pytest.mark.parametrize(("first", "games_per_pair"), [(3.0, 10), (6.0, 20)])
def test_intervals_hold_where_an_agent_is_out_of_reach(first: float, games_per_pair: int):
    """Someone who wins nearly always has no bound above; intervals may err on the wide side only."""
    true = np.array([first, 0.0, 0.0, -1.0])
    assert _coverage(true - true.mean(), _independent(true, games_per_pair)) >= 0.92
