from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from arena.ratings.cyclic import cyclic_share, hodge_split, log_odds

AGENTS = 20


def true_leads(share: float, rng: np.random.Generator) -> np.ndarray:
    """Log-odds of a random pool of which this share is cyclic."""
    half = np.triu(rng.standard_normal((AGENTS, AGENTS)), 1)
    cyclic = hodge_split(half - half.T)[1]
    ratings = rng.standard_normal(AGENTS)
    transitive = ratings[:, None] - ratings
    cyclic *= np.sqrt(share / (1 - share) * (transitive**2).sum() / (cyclic**2).sum())
    both = transitive + cyclic
    # Moderate odds, so that pairs of few games still see both results.
    return both / both.std()


def played(lead: np.ndarray, games: int, rng: np.random.Generator) -> np.ndarray:
    wins = np.triu(rng.binomial(games, expit(lead)), 1).astype(float)
    return wins + np.triu(games - wins, 1).T


def test_the_split_is_exact_and_orthogonal():
    rng = np.random.default_rng(0)
    lead = true_leads(0.3, rng)
    ratings, cyclic = hodge_split(lead)
    transitive = ratings[:, None] - ratings
    np.testing.assert_allclose(transitive + cyclic, lead)
    np.testing.assert_allclose(cyclic.sum(axis=1), 0, atol=1e-12)
    assert (transitive * cyclic).sum() == pytest.approx(0, abs=1e-9)
    assert (cyclic**2).sum() / (lead**2).sum() == pytest.approx(0.3)


def test_rock_paper_scissors_is_all_cyclic():
    scores = np.array([[0.0, 900, 100], [100, 0, 900], [900, 100, 0]])
    found = cyclic_share(scores)
    assert found.share == pytest.approx(1)
    assert found.low is not None
    assert found.low > 0.9
    np.testing.assert_allclose(log_odds(scores), -log_odds(scores).T)


def test_no_number_under_twenty_games_a_pair_and_none_for_two_agents():
    rng = np.random.default_rng(1)
    few = cyclic_share(played(true_leads(0.1, rng), 19, rng))
    assert few.share is None
    assert few.reason == "not identifiable: a pair met 19 times, at least 20 are needed"
    two = cyclic_share(np.array([[0.0, 30], [30, 0]]))
    assert (two.share, two.reason) == (None, "not identifiable: a cycle needs three agents")


def test_no_number_where_agents_cannot_be_told_apart():
    found = cyclic_share(20.0 * (1 - np.eye(4)))
    assert found.share is None
    assert found.reason is not None
    assert "told apart" in found.reason


@pytest.mark.parametrize("true", [0.0, 0.1, 0.3])
@pytest.mark.parametrize("games", [40, 200])
def test_the_debiased_share_is_right_within_two_hundredths_and_its_interval_covers(true: float, games: int):
    rng = np.random.default_rng([int(100 * true), games])
    found = [cyclic_share(played(true_leads(true, rng), games, rng), resamples=200) for _ in range(60)]
    shares = np.array([each.share for each in found], dtype=float)
    assert abs(shares.mean() - true) < 0.02
    bands = [(each.low, each.high) for each in found if each.low is not None and each.high is not None]
    covered = [low - 1e-9 <= true <= high + 1e-9 for low, high in bands]
    assert np.mean(covered) >= 0.88
