from __future__ import annotations

import numpy as np

from arena.ratings.bradley_terry import strengths
from arena.ratings.evidence import evidence, resampled_scores
from arena.ratings.results import MatchScore


def game(first: str, second: str, score: float, cluster: object) -> MatchScore:
    payoff = 2 * score - 1
    return MatchScore("pool", "game", str(cluster), (first, second), (first, second), (payoff, -payoff))


def series(wins: int, losses: int, first: str = "ann", second: str = "bob") -> list[MatchScore]:
    return [game(first, second, float(number < wins), number) for number in range(wins + losses)]


def test_scores_are_gathered_by_cluster_whatever_the_order():
    matches = [game("b", "a", 1, "x"), game("a", "b", 0.5, "x"), game("a", "c", 1, "y"), game("c", "a", 0, "z")]
    found = evidence(matches)
    assert found == evidence(matches[::-1])
    assert found.agents == ("a", "b", "c")
    assert sorted(zip(found.patterns, found.counts, strict=True)) == [
        (((0, 1, 0.5), (1, 0, 1.5)), 1),
        (((0, 2, 1.0),), 2),
    ]
    np.testing.assert_array_equal(found.scores(), [[0, 0.5, 2], [1.5, 0, 0], [0, 0, 0]])


def test_splitting_one_result_over_a_cluster_changes_no_strength():
    """Both seatings of a deal count, so that a deal won from both seats weighs two games."""
    alone, shared = evidence(series(6, 2)), evidence([game("ann", "bob", n < 6, n // 2) for n in range(8)])
    np.testing.assert_allclose(strengths(alone.scores()), strengths(shared.scores()))


def test_resampled_scores_vary_by_cluster_around_the_scores_and_repeat_by_seed():
    found = evidence(series(7, 3))
    scores = resampled_scores(found, 4000, seed=1)
    np.testing.assert_array_equal(scores, resampled_scores(found, 4000, seed=1))
    np.testing.assert_allclose(scores.mean(0), found.scores(), rtol=0.05)
    np.testing.assert_allclose(scores[:, 0, 1].std(), np.sqrt(7), rtol=0.05)
