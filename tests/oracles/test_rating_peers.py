"""Bradley-Terry against evalica and choix, in Elo points."""

from __future__ import annotations

import importlib
from types import ModuleType

import numpy as np
import numpy.typing as npt
import pytest
from scipy.special import expit

from arena.ratings.bradley_terry import POINTS_PER_LOGIT
from arena.ratings.paired import Games, fit_pairs

pytestmark = pytest.mark.oracles

Array = npt.NDArray[np.float64]
AGENTS = 8
CLOSE = 0.05
"""Elo points."""


@pytest.fixture(scope="module")
def choix() -> ModuleType:
    return importlib.import_module("choix")


@pytest.fixture(scope="module")
def evalica() -> ModuleType:
    return importlib.import_module("evalica")


def played(count: int, seed: int) -> Games:
    """Random games of agents up to 3 logits apart; every eighth is drawn."""
    rng = np.random.default_rng(seed)
    x = np.linspace(-1.5, 1.5, AGENTS)
    first = rng.integers(0, AGENTS, count)
    second = (first + rng.integers(1, AGENTS, count)) % AGENTS
    score = (rng.random(count) < expit(x[first] - x[second])).astype(np.float64)
    score[rng.random(count) < 1 / 8] = 0.5
    return Games(first, second, score)


def table(games: Games) -> Array:
    """Points of each agent against each other one."""
    points = np.zeros((AGENTS, AGENTS))
    np.add.at(points, (games.first, games.second), games.score)
    np.add.at(points, (games.second, games.first), 1 - games.score)
    return points


def off(strengths: Array, games: Games) -> float:
    """Largest distance of any agent from ours, in points."""
    ours = fit_pairs(games, AGENTS).strengths
    return POINTS_PER_LOGIT * float(np.abs(strengths - strengths.mean() - ours).max())


@pytest.mark.parametrize("seed", range(3))
def test_large_tables_are_rated_as_evalica_does(seed: int, evalica: ModuleType) -> None:
    """200,000 games, beside which our prior of 7 virtual games does not show."""
    games = played(200_000, seed)
    first_won, second_won, draw = 1, 2, 0
    winners = np.select([games.score == 1, games.score == 0], [first_won, second_won], draw).astype(np.uint8)
    index = importlib.import_module("pandas").Index(range(AGENTS))
    found = evalica.bradley_terry(games.first, games.second, winners, index=index, tolerance=1e-10, limit=10_000)
    assert off(np.log(found.scores.sort_index().to_numpy()), games) < CLOSE


@pytest.mark.parametrize("seed", range(3))
def test_large_tables_are_rated_as_choix_does(seed: int, choix: ModuleType) -> None:
    games = played(200_000, seed)
    assert off(np.asarray(choix.ilsr_pairwise_dense(table(games))), games) < CLOSE


@pytest.mark.parametrize("seed", range(5))
def test_small_tables_are_rated_as_choix_does_with_our_virtual_games_added(seed: int, choix: ModuleType) -> None:
    """200 games: the prior shows. By Firth a pair plays n p (1 - p) var(x_i - x_j) games, half of them won by each."""
    games = played(200, seed)
    points, x = table(games), fit_pairs(games, AGENTS).strengths
    p = expit(x[:, None] - x[None, :])
    weights = (points + points.T) * p * (1 - p)
    covariance = np.linalg.pinv(np.diag(weights.sum(1)) - weights)
    own = np.diagonal(covariance)
    virtual = weights * (own[:, None] + own[None, :] - 2 * covariance)
    assert virtual.sum() / 2 == pytest.approx(AGENTS - 1)
    assert off(np.asarray(choix.ilsr_pairwise_dense(points)), games) > CLOSE
    assert off(np.asarray(choix.ilsr_pairwise_dense(points + virtual / 2)), games) < CLOSE
