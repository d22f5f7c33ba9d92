from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from arena.ratings.bradley_terry import strengths
from arena.ratings.paired import Games, fit_pairs
from arena.ratings.plackett_luce import Ranking, fit_rankings


def race(rng: np.random.Generator, x: np.ndarray, players: int) -> tuple[int, ...]:
    """A ranking by exponential finishing times, the smallest first."""
    here = rng.permutation(len(x))[:players]
    return tuple(int(i) for i in here[np.argsort(rng.exponential(size=players) / np.exp(x[here]))])


def test_two_players_are_bradley_terry():
    rng = np.random.default_rng(0)
    found = [race(rng, np.array([0.5, 0, -0.5]), 2) for _ in range(90)]
    fit = fit_rankings([Ranking(pair, 1, number % 30) for number, pair in enumerate(found)], 3)
    first, second = np.array(found).T
    scores = np.zeros((3, 3))
    np.add.at(scores, (first, second), 1)
    np.testing.assert_allclose(fit.strengths, strengths(scores), atol=1e-8)
    # The priors differ, so that covariances agree but nearly.
    same = fit_pairs(Games(first, second, np.ones(90), np.arange(90) % 30), 3)
    np.testing.assert_allclose(fit.covariance, same.covariance[:-1, :-1], atol=1e-3)
    assert fit.clusters.tolist() == same.clusters[:-1].tolist()


def test_strengths_are_found_again_in_exact_frequencies():
    """Every order of three as often as the model says, weights written as repetition."""
    x = np.log(np.array([4.0, 2.0, 1.0]))
    rankings = []
    for order in permutations(range(3)):
        pi = np.exp(x[list(order)])
        often = round(float(pi[0] / pi.sum() * pi[1] / pi[1:].sum()) * 105 * 20)
        rankings += [Ranking(order, 3, 0)] * often
    np.testing.assert_allclose(fit_rankings(rankings, 3).strengths, x - x.mean(), atol=3e-3)


@pytest.mark.parametrize("known", [1, 2, 6])
def test_strengths_are_found_again_from_any_number_of_known_places(known: int):
    x = np.linspace(1, -1, 8)
    rng = np.random.default_rng(known)
    fit = fit_rankings([Ranking(race(rng, x, 6), known, number) for number in range(3000)], 8)
    assert np.abs(fit.strengths - x).max() < 0.2
    low, high = fit.intervals().T
    assert ((low < x) & (x < high)).sum() >= 7


def test_more_known_places_make_narrower_intervals():
    rng = np.random.default_rng(5)
    orders = [race(rng, np.zeros(6), 6) for _ in range(300)]
    widths = [
        np.ptp(fit_rankings([Ranking(o, k, n) for n, o in enumerate(orders)], 6).intervals(), axis=1).mean()
        for k in (1, 3, 6)
    ]
    assert widths[0] > widths[1] > widths[2]


@pytest.mark.parametrize(
    ("ranking", "message"),
    [
        (Ranking((0, 0), 1, 0), "different agents"),
        (Ranking((0, 3), 1, 0), "from 0 to 2"),
        (Ranking((0, 1), 0, 0), "known places"),
    ],
)
def test_what_is_no_ranking_is_refused(ranking: Ranking, message: str):
    with pytest.raises(ValueError, match=message):
        fit_rankings([ranking], 3)
