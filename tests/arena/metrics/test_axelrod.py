"""Known values: the demo tournament of Axelrod-Python, and its four deterministic players in closed form."""

from __future__ import annotations

from itertools import combinations_with_replacement

import numpy as np
import pytest

from arena.metrics import axelrod
from arena.metrics.base import Undefined
from arena.metrics.evidence import Pool
from tests.arena.metrics.played import play, pool_of, value

FOUR = ("cooperator", "defector", "grim", "tit_for_tat")


def tournament(agents: tuple[str, ...], rounds: int, repeats: int = 1) -> Pool:
    game = f"prisoners_dilemma(rounds={rounds})"
    pairs = [pair for pair in combinations_with_replacement(agents, 2) for _ in range(repeats)]
    return pool_of(*(play(game, pair, deal) for deal, pair in enumerate(pairs)))


@pytest.fixture(scope="module")
def ten_rounds() -> Pool:
    return tournament(FOUR, 10)


def test_the_cooperation_matrix_of_the_deterministic_players(ten_rounds: Pool):
    found = axelrod.cooperation_matrix(FOUR, (match for _, match in axelrod.meetings(ten_rounds)))
    assert found.tolist() == [[1, 1, 1, 1], [0, 0, 0, 0], [1, 0.1, 1, 1], [1, 0.1, 1, 1]]


def test_ratings_of_the_deterministic_players(ten_rounds: Pool):
    def ratings(metric) -> list[float]:
        return [value(metric.compute(ten_rounds, agent)).value for agent in FOUR]

    assert ratings(axelrod.COOPERATING) == pytest.approx([1, 0, 0.7, 0.7])
    assert ratings(axelrod.GOOD_PARTNER) == [1, 0, 1, 1]
    assert ratings(axelrod.EIGENJESUS) == pytest.approx([3**-0.5, 0, 3**-0.5, 3**-0.5])
    # Of the form (a, -a, b, b) with b / a = r, where 2 r^2 = 1.8 + 2 r.
    ratio = (1 + 4.6**0.5) / 2
    a = (2 + 2 * ratio**2) ** -0.5
    assert ratings(axelrod.EIGENMOSES) == pytest.approx([a, -a, ratio * a, ratio * a])


def test_the_demo_tournament():
    agents = (*FOUR, "random")
    pool = tournament(agents, rounds=200, repeats=3)
    cooperating = [value(axelrod.COOPERATING.compute(pool, agent)).value for agent in agents]
    assert cooperating == pytest.approx([1, 0, 0.505, 0.625, 0.503], abs=0.02)
    partner = [
        value(axelrod.GOOD_PARTNER.compute(pool, agent)).value for agent in ("cooperator", "defector", "tit_for_tat")
    ]
    assert partner == [1, 0, 1]


def test_agents_that_never_met_have_no_eigenvector():
    pool = pool_of(play("prisoners_dilemma", ("cooperator", "defector")))
    assert isinstance(axelrod.EIGENJESUS.compute(pool, "cooperator"), Undefined)
    alone = pool_of(play("prisoners_dilemma", ("cooperator", "cooperator")))
    assert isinstance(axelrod.COOPERATING.compute(alone, "cooperator"), Undefined)


def test_the_principal_eigenvector_agrees_with_numpy():
    matrix = np.random.default_rng(1).random((6, 6))
    values, vectors = np.linalg.eig(matrix)
    expected = np.abs(vectors[:, np.argmax(np.abs(values))].real)
    assert axelrod.principal_eigenvector(matrix) == pytest.approx(expected)
