from __future__ import annotations

import pytest

from arena.metrics.base import Undefined
from arena.metrics.iterated_dominance import ITERATED_DOMINANCE, rounds_needed, rounds_survived
from arena.metrics.measure import evaluate
from games.matrix.stages import payoff_arrays
from games.registry import load
from games.solvers.dominance import iterated_strict_dominance
from tests.arena.metrics.played import play, pool_of, value

# Right is dominated by middle; then down by up; then left by middle.
CHAIN = (
    'matrix_game(actions=[["up", "down"], ["left", "middle", "right"]], '
    "payoffs=[[[1, 0], [1, 2], [0, 1]], [[0, 3], [0, 1], [2, 0]]])"
)


def test_actions_survive_until_the_round_that_deletes_them():
    elimination = iterated_strict_dominance(*payoff_arrays(load(CHAIN)))
    assert [rounds_needed(elimination, seat) for seat in range(2)] == [2, 3]
    assert [rounds_survived(elimination, 0, action) for action in range(2)] == [2, 1]
    assert [rounds_survived(elimination, 1, action) for action in range(3)] == [2, 3, 0]


def test_the_first_action_of_each_seat_has_the_mean_of_its_depths():
    pool = pool_of(
        *(play(CHAIN, ("first_legal", "random"), deal) for deal in range(3)), play(CHAIN, ("first_legal",) * 2)
    )
    depth = value(ITERATED_DOMINANCE.compute(pool, "first_legal"))
    assert depth.value == pytest.approx((2 * 4 + 2) / 5)
    assert depth.n == 5


@pytest.mark.parametrize(("player", "depth"), [("cooperate", 0), ("defect", 1)])
def test_in_the_prisoners_dilemma_one_round_is_all_there_is(player: str, depth: int):
    labels = ["cooperate", "defect"] if player == "cooperate" else ["defect", "cooperate"]
    payoffs = [[[3, 3], [0, 5]], [[5, 0], [1, 1]]]
    if player == "defect":
        payoffs = [row[::-1] for row in payoffs[::-1]]
    pool = pool_of(
        play(f'matrix_game(actions=["{labels[0]}", "{labels[1]}"], payoffs={payoffs})', ("first_legal",) * 2)
    )
    assert value(ITERATED_DOMINANCE.compute(pool, "first_legal")).value == depth


def test_games_without_dominated_actions_and_repeated_games_are_not_defined():
    pennies = pool_of(play("matrix_game(payoffs=[[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])", ("random",) * 2))
    for pool in (pennies, pool_of(play("prisoners_dilemma", ("random",) * 2))):
        assert isinstance(evaluate(ITERATED_DOMINANCE, pool, "random"), Undefined)
