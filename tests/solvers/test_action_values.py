"""Exact action values against plain recursion and against the theory of Kuhn poker."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from games.core import CHANCE, Game
from games.registry import load
from games.solvers.action_values import action_values
from games.solvers.best_response import best_response_values, expected_returns
from games.solvers.cfr import CFRPlus
from games.solvers.policies import Policy, to_profile, uniform
from games.solvers.tree import flatten
from tests.solvers import oracles
from tests.solvers.test_values import TREES, random_policy


def visits(game: Game[Any, Any], policy: Policy, seat: int) -> dict[Any, list[tuple[Any, float, float]]]:
    """By information state, the seat's decision states with the others' and everybody's probability of coming there."""
    found: dict[Any, list[tuple[Any, float, float]]] = {}

    def walk(state: Any, others: float, everybody: float) -> None:
        if not (movers := game.to_move(state)):
            return
        (mover,) = movers
        if mover == seat:
            found.setdefault(game.information_state(state, seat), []).append((state, others, everybody))
        if mover == CHANCE:
            options = game.chance_outcomes(state)
        else:
            options = list(policy[mover, game.information_state(state, mover)].items())
        for action, p in options:
            walk(game.apply(state, {mover: action}), others * (1 if mover == seat else p), everybody * p)

    walk(game.initial_state(), 1.0, 1.0)
    return found


@pytest.mark.parametrize("spec", sorted(TREES))
@pytest.mark.parametrize("seed", range(3))
def test_action_values_equal_those_of_plain_recursion(spec: str, seed: int) -> None:
    tree = TREES[spec]
    policy = random_policy(tree, seed)
    for seat, own in enumerate(tree.seats):
        found = action_values(tree, to_profile(tree, policy), seat)
        nodes = visits(tree.game, policy, seat)
        for each, first, others, reach in zip(own.sets, own.first, found.others, found.reach, strict=True):
            weights = [weight for _, weight, _ in nodes[each.key]]
            assert others == pytest.approx(sum(weights))
            assert reach == pytest.approx(sum(everybody for _, _, everybody in nodes[each.key]))
            for offset, action in enumerate(each.actions):
                after = [tree.game.apply(state, {seat: action}) for state, _, _ in nodes[each.key]]
                values = [oracles.expected(tree.game, policy, state)[seat] for state in after]
                if sum(weights):
                    expected = np.average(values, weights=weights)
                    assert found.values[first + offset] == pytest.approx(expected)
                else:
                    assert np.isnan(found.values[first + offset])


def test_no_action_is_defined_where_the_others_never_lead() -> None:
    tree = flatten(load("kuhn_poker"))
    always_check = {
        (seat, each.key): {each.actions[0]: 1.0} for seat, own in enumerate(tree.seats) for each in own.sets
    }
    found = action_values(tree, to_profile(tree, always_check), 0)
    after_a_bet = np.array([each.parent > 0 for each in tree.seats[0].sets])
    assert (found.others > 0).tolist() == (~after_a_bet).tolist()
    assert np.isnan(found.values[1:]).tolist() == np.repeat(after_a_bet, 2).tolist()
    # Its own play keeps seat 0 away from no first decision: it is reached whatever it does.
    assert found.reach[~after_a_bet] == pytest.approx([1 / 3] * 3)


def test_in_equilibrium_no_action_beats_what_is_played() -> None:
    tree = flatten(load("kuhn_poker"))
    learner = CFRPlus(tree)
    learner.run(3000)
    profile = learner.average()
    for seat, own in enumerate(tree.seats):
        found = action_values(tree, profile, seat)
        for first, size in zip(own.first, own.size, strict=True):
            values, played = found.values[first : first + size], profile[seat][first : first + size]
            assert values.max() == pytest.approx(values @ played, abs=2e-3)


def test_the_value_of_the_game_and_of_sure_actions_at_once() -> None:
    tree = flatten(load("prisoners_dilemma(rounds=2)"))
    profile = uniform(tree)
    for seat in range(2):
        found = action_values(tree, profile, seat)
        assert found.values[0] == pytest.approx(expected_returns(tree, profile)[seat])
        # The other seat's pending move is hidden: defection is worth exactly its one-shot gain more.
        cooperate, defect = found.values[1:3]
        assert defect - cooperate == pytest.approx(1.5)


def test_a_seat_that_never_decides_only_knows_the_value_of_the_game() -> None:
    tree = flatten(load("matrix_game(payoffs=[[[1, 2], [3, 1]]], actions=[['only'], ['left', 'right']])"))
    found = action_values(tree, uniform(tree), 0)
    assert found.values.tolist() == [2, 2]


@pytest.mark.parametrize("spec", sorted(TREES))
def test_best_responses_never_gain_less_than_one_switch(spec: str) -> None:
    tree = TREES[spec]
    profile = to_profile(tree, random_policy(tree, 11))
    for seat, own in enumerate(tree.seats):
        found = action_values(tree, profile, seat)
        gain = best_response_values(tree, profile)[seat] - expected_returns(tree, profile)[seat]
        for first, size, reach in zip(own.first, own.size, found.reach, strict=True):
            if reach > 0:
                values = found.values[first : first + size]
                assert gain >= reach * (values.max() - values @ profile[seat][first : first + size]) - 1e-12
