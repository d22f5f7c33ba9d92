from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from arena.ratings.bradley_terry import strengths
from arena.ratings.paired import Games, fit_pairs
from arena.ratings.team import TeamGame, fit_teams


def test_teams_of_one_are_bradley_terry():
    rng = np.random.default_rng(1)
    first = rng.integers(0, 3, 80)
    second = (first + rng.integers(1, 3, 80)) % 3
    score = rng.integers(0, 3, 80) / 2
    games = [
        TeamGame(((int(i), 0),), ((int(j), 0),), float(s), n % 20)
        for n, (i, j, s) in enumerate(zip(first, second, score, strict=True))
    ]
    scores = np.zeros((3, 3))
    np.add.at(scores, (first, second), score)
    np.add.at(scores, (second, first), 1 - score)
    fit = fit_teams(games, 3)
    np.testing.assert_allclose(fit.strengths, strengths(scores), atol=1e-8)
    # The priors differ, so that covariances agree but nearly.
    same = fit_pairs(Games(first, second, score, np.arange(80) % 20), 3)
    np.testing.assert_allclose(fit.covariance[:3, :3], same.covariance[:-1, :-1], atol=1e-3)


def test_strengths_and_the_advantage_of_a_role_are_found_again():
    """One wolf (role 0) against three villagers (role 1); the wolf's side is ahead by 0.6."""
    x = np.linspace(1.5, -1.5, 6)
    rng = np.random.default_rng(2)
    games = []
    for number in range(12_000):
        wolf, *village = (int(i) for i in rng.permutation(6)[:4])
        wins = rng.random() < expit(x[wolf] - x[village].mean() + 0.6)
        games.append(TeamGame(((wolf, 0),), tuple((i, 1) for i in village), float(wins), number))
    fit = fit_teams(games, 6, roles=2)
    np.testing.assert_allclose(fit.strengths, x, atol=0.15)
    assert fit.roles[0] - fit.roles[1] == pytest.approx(0.6, abs=0.07)
    assert fit.intervals().shape == (8, 2)


@pytest.mark.parametrize(
    ("game", "message"),
    [
        (TeamGame((), ((0, 0),), 1.0, 0), "one or more"),
        (TeamGame(((0, 0),), ((5, 0),), 1.0, 0), "agent 5"),
        (TeamGame(((0, 0),), ((1, 0),), float("nan"), 0), "score from 0 to 1"),
    ],
)
def test_what_is_no_game_of_teams_is_refused(game: TeamGame, message: str):
    with pytest.raises(ValueError, match=message):
        fit_teams([game], 3)
