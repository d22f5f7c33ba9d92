from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from games.solvers.bimatrix import bimatrix_equilibria
from games.solvers.matrix import maximin, zero_sum_equilibrium
from games.solvers.stackelberg import mixed_commitment, pure_commitment

GAME = arrays(np.float64, (2, 3, 3), elements=st.integers(-5, 5).map(float))


def test_commitment_in_the_example_of_conitzer_and_sandholm() -> None:
    """The dominant row gives the leader 2; committing to the other one gives 3, and to half of each 3.5."""
    leader, follower = np.array([[2.0, 4.0], [1.0, 3.0]]), np.array([[1.0, 0.0], [0.0, 1.0]])
    pure = pure_commitment(leader, follower)
    assert (pure.leader_value, pure.follower_value, pure.reply) == (3, 1, 1)
    assert pure.mixture.tolist() == [0, 1]
    mixed = mixed_commitment(leader, follower)
    assert mixed.leader_value == pytest.approx(3.5)
    assert mixed.mixture == pytest.approx([0.5, 0.5])
    assert mixed.reply == 1


@given(GAME)
@settings(max_examples=30, deadline=None)
def test_commitment_pays_at_least_every_equilibrium_and_the_reply_is_best(game: np.ndarray) -> None:
    leader, follower = game
    best = mixed_commitment(leader, follower)
    assert best.follower_value == pytest.approx((best.mixture @ follower).max(), abs=1e-6)
    assert best.leader_value >= pure_commitment(leader, follower).leader_value - 1e-6
    assert best.leader_value >= maximin(leader).value - 1e-6
    for x, y in bimatrix_equilibria(leader, follower).equilibria:
        assert best.leader_value >= x @ leader @ y - 1e-6


@given(GAME)
@settings(max_examples=15, deadline=None)
def test_commitment_changes_nothing_in_zero_sum_games(game: np.ndarray) -> None:
    assert mixed_commitment(game[0], -game[0]).leader_value == pytest.approx(
        zero_sum_equilibrium(game[0]).value, abs=1e-6
    )
