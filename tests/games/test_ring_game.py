from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from games.matrix.ring_game import RingGame, RingView
from games.matrix.rings import ACTIONS, POSITIONS, Ring, draw_rings, predictions
from games.solvers.best_response import nash_conv
from games.solvers.dominance import dominant_action, iterated_strict_dominance
from games.solvers.policies import to_profile
from games.solvers.sequences import FloatArray
from games.solvers.tree import flatten
from tests.games.joint_play import play

SEEDS = range(12)


def payoffs(ring: Ring) -> list[FloatArray]:
    """Each position's payoffs for all joint actions."""
    tables = [np.zeros((ACTIONS,) * POSITIONS) for _ in ring]
    for joint in product(range(ACTIONS), repeat=POSITIONS):
        for position, table in enumerate(ring):
            tables[position][joint] = table[joint[position]][joint[(position + 1) % POSITIONS]]
    return tables


@pytest.mark.parametrize("seed", SEEDS)
def test_iterated_dominance_leaves_the_predicted_profile_one_position_a_round(seed: int) -> None:
    rings = draw_rings(seed)
    for ring, predicted in zip(rings, predictions(rings), strict=True):
        found = iterated_strict_dominance(*payoffs(ring))
        assert found.survivors == tuple((action,) for action in predicted)
        deleted_in = [
            {number for number, deleted in enumerate(found.rounds, 1) if deleted[position]}
            for position in range(POSITIONS)
        ]
        assert deleted_in == [{4}, {3}, {2}, {1}]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_rings_differ_in_what_is_dominant_for_the_last_position_only(seed: int) -> None:
    first, second = draw_rings(seed)
    assert first[:-1] == second[:-1]
    dominant = [dominant_action(payoffs(ring)[-1], POSITIONS - 1) for ring in (first, second)]
    assert None not in dominant
    assert dominant[0] != dominant[1]
    assert all(one != other for one, other in zip(*predictions((first, second)), strict=True))


def test_tables_depend_on_the_seed_alone_and_do_not_change() -> None:
    assert draw_rings(0)[0][0] == ((4, 12, 16), (20, 12, 8), (6, 20, 2))
    assert len({draw_rings(seed) for seed in SEEDS}) == len(SEEDS)


def test_rings_that_tell_no_orders_apart_are_refused() -> None:
    first, second = draw_rings(0)
    with pytest.raises(ValueError, match="different dominant actions"):
        predictions((first, first))
    with pytest.raises(ValueError, match="last position only"):
        predictions((first, (second[1], *second[1:])))
    flat = ((3, 3, 3), (2, 2, 2), (1, 1, 1))
    with pytest.raises(ValueError, match="at position 2 each action must be best"):
        predictions(((first[0], flat, *first[2:]), (second[0], flat, *second[2:])))
    cyclic = ((2, 0, 0), (0, 2, 0), (0, 0, 2))
    with pytest.raises(ValueError, match="no action dominates"):
        predictions(((*first[:3], cyclic), second))
    level = ((2, 0, 0), (2, 2, 0), (0, 0, 2))
    with pytest.raises(ValueError, match="two actions are best"):
        predictions(((*first[:3], level), second))


def test_points_of_both_games_add_up_and_the_first_is_hidden_until_the_end() -> None:
    game = RingGame()
    rational = [[("a", "b", "c")[action] for action in profile] for profile in game.rational]
    after_one = play(game, rational[0])
    assert "In game 1 you chose" in game.observation(after_one, 2)
    assert game.information_state(after_one, 2).own == (game.rational[0][2],)
    assert game.information_state(after_one, 2).chosen == ()
    end = play(game, *rational)
    best = [
        sum(
            ring[seat][profile[seat]][profile[(seat + 1) % 4]]
            for ring, profile in zip(game.rings, game.rational, strict=True)
        )
        for seat in range(4)
    ]
    assert game.returns(end) == tuple(best)
    assert game.observation(end, 0).endswith(f"Your result: {best[0]} points.")


def test_the_predicted_choices_are_an_equilibrium_of_both_games_together() -> None:
    game = RingGame()
    tree = flatten(game)
    policy = {
        (seat, RingView(own, ())): {game.rational[len(own)][seat]: 1.0}
        for seat in range(POSITIONS)
        for own in [(), *((action,) for action in range(ACTIONS))]
    }
    assert nash_conv(tree, to_profile(tree, policy)) == 0
