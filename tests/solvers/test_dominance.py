from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from games.solvers.bimatrix import bimatrix_equilibria
from games.solvers.dominance import dominant_action, iterated_strict_dominance, strictly_dominated, weakly_dominated

GAME = arrays(np.float64, (2, 3, 3), elements=st.integers(-5, 5).map(float))


def test_a_mixture_may_dominate_where_no_action_does() -> None:
    payoffs = np.array([[4.0, 0.0], [0.0, 4.0], [1.0, 1.0]])
    assert strictly_dominated(payoffs) == [2]
    # Half and half just equals the third action everywhere: that is no dominance, weak or strict.
    payoffs[2] = 2.0
    assert strictly_dominated(payoffs) == weakly_dominated(payoffs) == []


def test_weak_dominance_needs_one_gain_and_strict_dominance_all() -> None:
    payoffs = np.array([[2.0, 1.0], [2.0, 0.0]])
    assert weakly_dominated(payoffs) == [1]
    assert strictly_dominated(payoffs) == []
    assert dominant_action(payoffs) is None
    assert weakly_dominated(np.ones((2, 2))) == []


def test_the_travellers_dilemma_unravels_from_the_top() -> None:
    """Claims from 2 to 5 with a bonus of 2: only a mixture dominates the top claim strictly."""
    claims = np.arange(2, 6)
    low = np.minimum.outer(claims, claims)
    payoffs = low + 2.0 * np.sign(claims[np.newaxis, :] - claims[:, np.newaxis])
    result = iterated_strict_dominance(payoffs, payoffs.T)
    assert result.solves
    assert result.survivors == ((0,), (0,))
    depths = [result.depth(0, action) for action in range(4)]
    assert depths[0] is None
    assert depths[1:] == sorted(depths[1:], reverse=True)
    assert depths == [result.depth(1, action) for action in range(4)]


def test_deletion_in_three_rounds() -> None:
    row = np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 2.0]])
    column = np.array([[0.0, 2.0, 1.0], [3.0, 1.0, 0.0]])
    result = iterated_strict_dominance(row, column)
    assert result.rounds == (((), (2,)), ((1,), ()), ((), (0,)))
    assert result.survivors == ((0,), (1,))
    assert [result.depth(1, action) for action in range(3)] == [3, None, 1]


def test_three_players_with_dominant_actions_are_left_with_them() -> None:
    give = np.array([3.0, 0.0])
    games = []
    for player in range(3):
        kept = np.array([0.0, 1.0]).reshape([2 if axis == player else 1 for axis in range(3)])
        shared = sum(
            (give.reshape([2 if axis == other else 1 for axis in range(3)]) for other in range(3)), start=np.zeros(1)
        )
        games.append(np.broadcast_to(kept * 4 + shared, (2, 2, 2)))
    assert iterated_strict_dominance(*games).survivors == ((1,), (1,), (1,))


@given(GAME)
@settings(max_examples=40, deadline=None)
def test_no_equilibrium_plays_what_iterated_dominance_deletes(game: np.ndarray) -> None:
    survivors = iterated_strict_dominance(*game).survivors
    for pair in bimatrix_equilibria(*game).equilibria:
        assert all(set(np.flatnonzero(own)) <= set(left) for own, left in zip(pair, survivors, strict=True))
