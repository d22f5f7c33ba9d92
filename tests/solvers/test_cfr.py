from __future__ import annotations

import pytest

from games.registry import load
from games.solvers.best_response import expected_returns, nash_conv
from games.solvers.cfr import CFR, CFRPlus
from games.solvers.tree import flatten


@pytest.mark.parametrize(
    ("solver", "spec", "iterations", "value"),
    [
        # OpenSpiel's CFRSolver and CFRPlusSolver, whose seats also learn one after the other.
        (CFR, "kuhn_poker", 100, 0.016452),
        (CFR, "kuhn_poker", 1000, 0.00188),
        (CFRPlus, "kuhn_poker", 100, 0.00239),
        (CFRPlus, "kuhn_poker", 1000, 0.000175),
        (CFR, "leduc_poker", 100, 0.191),
        (CFRPlus, "leduc_poker", 100, 0.0268),
    ],
)
def test_nash_conv_after_some_iterations_is_the_published_one(
    solver: type[CFR], spec: str, iterations: int, value: float
) -> None:
    learner = solver(flatten(load(spec)))
    learner.run(iterations)
    assert nash_conv(learner.tree, learner.average()) == pytest.approx(value, rel=5e-3)


@pytest.mark.parametrize(
    ("spec", "iterations", "value"),
    [
        ("kuhn_poker", 500, -1 / 18),
        ("leduc_poker", 500, -0.085606424078),
        # The published games have a wild highest face.
        ("liars_dice(dice=1, faces=3, wild=3)", 500, 1 / 9),
        ("liars_dice(dice=1, wild=6)", 200, -0.0278),
        pytest.param('liars_dice(dice=1, wild=6, rebid="reset_quantity")', 200, -0.0555, marks=pytest.mark.slow),
    ],
)
def test_the_first_seat_gets_the_value_of_the_game(spec: str, iterations: int, value: float) -> None:
    learner = CFRPlus(flatten(load(spec)))
    learner.run(iterations)
    average = learner.average()
    slack = nash_conv(learner.tree, average)
    assert slack < 0.005
    # Either seat could deviate to the value of the game, so that no average is further from it than NashConv.
    assert abs(expected_returns(learner.tree, average)[0] - value) < slack + 5e-5


@pytest.mark.parametrize("solver", [CFR, CFRPlus])
def test_dominated_actions_vanish_where_seats_move_at_once(solver: type[CFR]) -> None:
    learner = solver(flatten(load("matrix_game")))
    learner.run(400)
    assert expected_returns(learner.tree, learner.average()) == pytest.approx([1, 1], abs=0.05)


def test_runs_add_up() -> None:
    tree = flatten(load("kuhn_poker"))
    once, twice = CFRPlus(tree), CFRPlus(tree)
    once.run(30)
    twice.run(10)
    twice.run(20)
    assert nash_conv(tree, once.average()) == nash_conv(tree, twice.average())
