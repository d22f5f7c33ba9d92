from __future__ import annotations

import pytest

from games.registry import load
from games.solvers.best_response import expected_returns, nash_conv
from games.solvers.sequence_form import solve_zero_sum
from games.solvers.tree import Unsolvable, flatten


@pytest.mark.parametrize(
    ("spec", "value"),
    [
        ("kuhn_poker", -1 / 18),
        # The constant of OpenSpiel's own test of its linear programme.
        ("leduc_poker", -0.085606424078),
        ("liars_dice(dice=1, faces=3, wild=3)", 1 / 9),
        ("matrix_game(payoffs=[[[3, -3], [-1, 1]], [[-2, 2], [4, -4]]], actions=[['a', 'b'], ['x', 'y']])", 1.0),
        ("matrix_game(payoffs=[[[1, -1], [3, -3]]], actions=[['only'], ['left', 'right']])", 1.0),
    ],
)
def test_values_are_the_known_ones_and_the_profile_is_an_equilibrium(spec: str, value: float) -> None:
    tree = flatten(load(spec))
    solution = solve_zero_sum(tree)
    assert solution.value == pytest.approx(value, abs=1e-9)
    assert expected_returns(tree, solution.profile)[0] == pytest.approx(value, abs=1e-9)
    assert nash_conv(tree, solution.profile) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("spec", ["kuhn_poker(num_players=3)", "prisoners_dilemma(rounds=2)"])
def test_other_games_are_refused(spec: str) -> None:
    with pytest.raises(Unsolvable, match="returns sum to 0"):
        solve_zero_sum(flatten(load(spec)))
