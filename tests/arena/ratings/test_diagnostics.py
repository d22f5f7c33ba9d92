"""Nash averaging, maximal lotteries and alpha-rank, and their bands."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from arena.ratings.alpha_rank import alpha_rank
from arena.ratings.bands import bands
from arena.ratings.bradley_terry import strengths
from arena.ratings.evidence import evidence
from arena.ratings.maximal_lottery import maximal_lottery, preference_margins
from arena.ratings.nash_averaging import nash_mixture, nash_ratings
from arena.ratings.results import MatchScore
from games.solvers.matrix import zero_sum_equilibrium

CYCLE = np.array([[0.0, 1.0, -1.0], [-1.0, 0.0, 1.0], [1.0, -1.0, 0.0]])


def leads(agents: int, seed: int) -> np.ndarray:
    half = np.triu(np.random.default_rng(seed).standard_normal((agents, agents)), 1)
    return half - half.T


def with_copies(lead: np.ndarray, agent: int, copies: int) -> np.ndarray:
    places = np.append(np.arange(len(lead)), np.full(copies, agent))
    return lead[np.ix_(places, places)]


@settings(max_examples=40, deadline=None)
@given(agents=st.integers(2, 9), seed=st.integers(0, 10**6))
def test_nobody_is_ahead_of_the_nash_mixture(agents: int, seed: int):
    lead = leads(agents, seed)
    mixture = nash_mixture(lead)
    assert mixture.sum() == pytest.approx(1)
    assert mixture.min() >= 0
    assert nash_ratings(lead).max() <= 1e-6
    np.testing.assert_allclose(nash_ratings(lead)[mixture > 1e-6], 0, atol=1e-6)
    # Leads without structure have one equilibrium only, which another solver must find as well.
    np.testing.assert_allclose(mixture, zero_sum_equilibrium(lead).row, atol=1e-6)


def test_among_equals_the_mixture_is_the_most_even_one():
    np.testing.assert_allclose(nash_mixture(CYCLE), [1 / 3] * 3, atol=1e-8)
    np.testing.assert_allclose(nash_mixture(np.zeros((4, 4))), [0.25] * 4, atol=1e-8)
    two_and_a_loser = np.array([[0.0, 0, 1], [0, 0, 1], [-1, -1, 0]])
    np.testing.assert_allclose(nash_mixture(two_and_a_loser), [0.5, 0.5, 0], atol=1e-8)


def test_the_mixture_of_greatest_entropy_respects_agents_outside_it():
    """0 and 1 are even, but 2 beats 1 and loses to 0: any mixture with over half on 0 is an equilibrium; half wins."""
    lead = np.array([[0.0, 0, 3], [0, 0, -1], [-3, 1, 0]])
    np.testing.assert_allclose(nash_mixture(lead), [0.5, 0.5, 0], atol=1e-6)
    tighter = np.array([[0.0, 0, 1], [0, 0, -3], [-1, 3, 0]])
    np.testing.assert_allclose(nash_mixture(tighter), [0.75, 0.25, 0], atol=1e-5)


@pytest.mark.parametrize("copies", [1, 5, 20])
def test_copies_of_an_agent_move_bradley_terry_but_neither_nash_ratings_nor_lotteries(copies: int):
    lead = leads(10, 7) + np.subtract.outer(np.linspace(1, -1, 10), np.linspace(1, -1, 10))
    victim = int(np.argmin(lead.T[0]))
    crowded = with_copies(lead, victim, copies)
    np.testing.assert_allclose(nash_ratings(crowded)[:10], nash_ratings(lead), atol=1e-5)
    margins = np.sign(lead)
    lottery, many = maximal_lottery(margins), maximal_lottery(with_copies(margins, victim, copies))
    others = np.arange(10) != victim
    np.testing.assert_allclose(many[:10][others], lottery[others], atol=1e-5)
    assert many[victim] + many[10:].sum() == pytest.approx(lottery[victim], abs=1e-5)
    before, after = strengths(100 * expit(lead)), strengths(100 * expit(crowded))[:10]
    assert np.abs((after - after.mean()) - (before - before.mean())).max() > 0.05


@settings(max_examples=60, deadline=None)
@given(agents=st.integers(2, 9), seed=st.integers(0, 10**6))
def test_copies_change_nothing_where_there_are_many_equilibria_either(agents: int, seed: int):
    half = np.triu(np.random.default_rng(seed).integers(-2, 3, (agents, agents)), 1).astype(float)
    lead = half - half.T
    assert nash_ratings(lead).max() <= 1e-6
    np.testing.assert_allclose(nash_ratings(with_copies(lead, 0, 3))[:agents], nash_ratings(lead), atol=1e-5)


def test_games_vote_and_the_agent_that_beats_all_by_majority_is_the_lottery():
    votes = np.array([[3.0, 2, 1], [2, 3, 1], [9, 7, 8], [np.nan, 1, 2]])
    margins = preference_margins(votes)
    np.testing.assert_allclose(margins, [[0, 1 / 3, 1], [-1 / 3, 0, 0], [-1, 0, 0]])
    np.testing.assert_array_equal(maximal_lottery(margins), [1, 0, 0])


def test_a_cycle_of_votes_shares_the_lottery():
    votes = np.array([[3.0, 2, 1], [1, 3, 2], [2, 1, 3]])
    np.testing.assert_allclose(maximal_lottery(preference_margins(votes)), [1 / 3] * 3, atol=1e-8)


def test_alpha_rank_of_rock_paper_scissors_is_even_and_of_a_best_agent_all_its_own():
    np.testing.assert_allclose(alpha_rank(CYCLE), [1 / 3] * 3, atol=1e-9)
    np.testing.assert_allclose(alpha_rank(CYCLE, alpha=0.3), [1 / 3] * 3, atol=1e-9)
    transitive = np.subtract.outer([2.0, 1, 0], [2.0, 1, 0])
    np.testing.assert_allclose(alpha_rank(transitive), [1, 0, 0], atol=1e-9)


def test_infinite_alpha_is_the_limit_of_finite_alpha_where_a_cycle_rules_the_rest():
    lead = np.zeros((4, 4))
    lead[:3, :3] = [[0, 1, -0.3], [-1, 0, 0.5], [0.3, -0.5, 0]]
    lead[:3, 3], lead[3, :3] = 1, -1
    np.testing.assert_allclose(alpha_rank(lead), [1 / 3, 1 / 3, 1 / 3, 0], atol=1e-9)
    np.testing.assert_allclose(alpha_rank(lead, alpha=300), alpha_rank(lead), atol=1e-6)


def test_two_agents_share_time_by_the_odds_of_a_moran_process():
    """The ratio of the two probabilities of fixation is exp((m - 1) u) with u = alpha m / (m - 1) lead."""
    lead = np.array([[0.0, 0.02], [-0.02, 0.0]])
    share = alpha_rank(lead, alpha=1.0, population=10)
    assert share[0] / share[1] == pytest.approx(exp(10 * 0.02))


def brute_fixation(lead: float, alpha: float, population: int) -> float:
    """A lone mutant takes over: the textbook sum over products of backward odds (Nowak 2006, equation 6.13)."""
    total, product = 1.0, 1.0
    for mutants in range(1, population):
        gain = ((population - mutants) * lead + mutants * lead) / (population - 1)
        product *= exp(-alpha * gain)
        total += product
    return 1 / total


def test_three_agents_match_the_chain_of_the_paper():
    lead = leads(3, 5)
    transition = np.zeros((3, 3))
    for i in range(3):
        for j in range(3):
            if i != j:
                transition[i, j] = brute_fixation(lead[j, i], 0.7, 8) / 2
        transition[i, i] = 1 - transition[i].sum()
    values, vectors = np.linalg.eig(transition.T)
    expected = np.real(vectors[:, np.argmax(values.real)])
    np.testing.assert_allclose(alpha_rank(lead, 0.7, 8), expected / expected.sum(), atol=1e-9)


@pytest.mark.parametrize("diagnostic", [nash_mixture, maximal_lottery, alpha_rank])
def test_leads_that_are_not_antisymmetric_get_a_message(diagnostic):
    with pytest.raises(ValueError, match="antisymmetric"):
        diagnostic(np.ones((3, 3)))


def test_bands_hold_the_value_and_shrink_with_more_clusters():
    def pool(deals: int) -> list[MatchScore]:
        rng = np.random.default_rng(deals)
        strong = {"a": 1.0, "b": 0.3, "c": 0.0}
        found = []
        for deal in range(deals):
            for one, two in (("a", "b"), ("a", "c"), ("b", "c")):
                won = 1.0 if rng.random() < expit(strong[one] - strong[two]) else -1.0
                found.append(MatchScore("p", "g", f"{one}{two}{deal}", (one, two), (one, two), (won, -won)))
        return found

    few, many = (bands(evidence(pool(deals)), nash_ratings, resamples=60) for deals in (20, 400))
    for found in (few, many):
        assert np.all(found.low <= found.value + 1e-9)
        assert np.all(found.value <= found.high + 1e-9)
    assert (many.high - many.low)[2] < 0.6 * (few.high - few.low)[2]
    assert few.agents == ("a", "b", "c")
    assert (few.clusters, many.clusters) == (60, 1200)


@pytest.mark.parametrize("diagnostic", [maximal_lottery, alpha_rank])
def test_bands_are_wide_where_one_lone_win_decides(diagnostic):
    found = bands(evidence([MatchScore("p", "g", "1", ("a", "b"), ("a", "b"), (1.0, -1.0))]), diagnostic, 60)
    np.testing.assert_allclose(found.value, [1, 0], atol=1e-9)
    assert found.low[0] < 0.01
