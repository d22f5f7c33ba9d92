"""Selected equilibria, and looking ahead from one game to the next, against a walk of the whole tree."""

from __future__ import annotations

import numpy as np
import pytest

from agents.bots.theorist import planned
from games.solvers.best_response import expected_returns, nash_conv
from games.solvers.selection import expected_payoffs, selected_equilibrium
from games.solvers.tree import flatten
from games.transforms.composite import Composite
from games.transforms.sequential import Sequential

ROW = np.array([[4.0, 0.0], [3.0, 3.0]])


def test_of_pure_equilibria_the_one_with_the_largest_sum_is_selected():
    mixtures = selected_equilibrium(ROW, ROW.T)
    assert [mixture.tolist() for mixture in mixtures] == [[1, 0], [1, 0]]
    assert expected_payoffs((ROW, ROW.T), mixtures) == [4, 4]


def test_without_a_pure_equilibrium_it_is_mixed():
    pennies = np.array([[1.0, -1.0], [-1.0, 1.0]])
    assert [mixture.tolist() for mixture in selected_equilibrium(pennies, -pennies)] == [[0.5, 0.5], [0.5, 0.5]]


def nested() -> Composite:
    """Defection of both takes `football`, the better one for seat 0, from it."""
    return Composite.of(
        form="nested",
        games=["matrix_game", 'matrix_game(table="battle_of_the_sexes")'],
        restrict=[{"outcome": ["defect", "defect"], "seat": 0, "remove": "football"}],
    )


def test_the_restriction_changes_the_equilibrium_of_the_second_game():
    plan = planned(nested())
    assert [mixture.tolist() for mixture in plan.second[0, 0]] == [[1, 0], [1, 0]]
    assert [mixture.tolist() for mixture in plan.second[1, 1]] == [[0, 1], [0, 1]]


def in_the_tree(game: Composite, first: tuple[np.ndarray, ...]) -> tuple[float, list[float]]:
    """NashConv and expected returns, in the whole tree, of these mixtures first and the planned ones afterwards."""
    turns, plan = Sequential.of(game=game.spec), planned(game)
    tree = flatten(turns)
    profile = []
    for seat, own in enumerate(tree.seats):
        strategy = [1.0]
        for each in own.sets:
            views = each.key.view.views
            mixture = first[seat] if len(views) == 1 else plan.second[views[0].actions][seat]
            strategy += [float(mixture[action]) for action in each.actions]
        profile.append(np.array(strategy))
    return nash_conv(tree, profile), expected_returns(tree, profile).tolist()


def test_looking_ahead_gives_up_points_in_the_first_game_for_the_second():
    game = nested()
    plan = planned(game)
    assert [mixture.tolist() for mixture in plan.first] == [[1, 0], [0, 1]]
    loss, values = in_the_tree(game, plan.first)
    assert loss == pytest.approx(0)
    assert values == [0 + 10, 5 + 7]


def test_the_equilibrium_of_the_first_game_alone_is_none_of_both():
    defect = np.array([0.0, 1.0])
    loss, values = in_the_tree(nested(), (defect, defect))
    assert loss == pytest.approx(2)
    assert values == [1 + 7, 1 + 10]
