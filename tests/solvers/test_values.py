"""Exact values against the literature and against plain recursion."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games.registry import load
from games.solvers.best_response import (
    best_response,
    best_response_values,
    expected_returns,
    exploitability,
    nash_conv,
)
from games.solvers.policies import Policy, to_policy, to_profile, uniform
from games.solvers.tree import FlatTree, flatten
from tests.solvers import oracles

TREES = {
    spec: flatten(load(spec)) for spec in ("kuhn_poker", "kuhn_poker(num_players=3)", "liars_dice(dice=1, faces=2)")
}


def random_policy(tree: FlatTree, seed: int) -> Policy:
    """A policy with some zeros in it."""
    rng = random.Random(seed)
    policy: dict[tuple[int, Any], dict[Any, float]] = {}
    for seat, own in enumerate(tree.seats):
        for each in own.sets:
            weights = [rng.choice((0.0, rng.random())) for _ in each.actions]
            weights[rng.randrange(len(weights))] += 1.0
            policy[seat, each.key] = {a: w / sum(weights) for a, w in zip(each.actions, weights, strict=True)}
    return policy


@given(st.sampled_from(sorted(TREES)), st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_values_equal_those_of_plain_recursion(spec: str, seed: int) -> None:
    tree = TREES[spec]
    policy = random_policy(tree, seed)
    profile = to_profile(tree, policy)
    assert expected_returns(tree, profile) == pytest.approx(oracles.expected(tree.game, policy))
    assert best_response_values(tree, profile) == pytest.approx(
        [oracles.best_response_value(tree.game, policy, seat) for seat in range(len(tree.seats))]
    )


def test_leduc_values_equal_those_of_plain_recursion() -> None:
    tree = flatten(load("leduc_poker"))
    policy = random_policy(tree, 1)
    profile = to_profile(tree, policy)
    assert expected_returns(tree, profile) == pytest.approx(oracles.expected(tree.game, policy))
    assert best_response_values(tree, profile)[1] == pytest.approx(oracles.best_response_value(tree.game, policy, 1))


@pytest.mark.parametrize(
    ("spec", "value"),
    [
        ("kuhn_poker", 11 / 12),
        ("leduc_poker", 4.747222222),
        ("kuhn_poker(num_players=3)", 2.0625),
        ("liars_dice(dice=1, faces=3, wild=3)", 10 / 9),
    ],
)
def test_nash_conv_of_uniform_play_is_the_known_one(spec: str, value: float) -> None:
    tree = flatten(load(spec))
    assert nash_conv(tree, uniform(tree)) == pytest.approx(value, abs=1e-8)
    assert exploitability(tree, uniform(tree)) == pytest.approx(value / tree.game.num_players, abs=1e-8)


@pytest.mark.parametrize("alpha", [0.0, 0.2, 1 / 3])
def test_kuhns_equilibria_are_not_exploitable(alpha: float) -> None:
    """The family of equilibria of Kuhn's paper: seat 0 bets a jack with probability alpha."""
    tree = flatten(load("kuhn_poker"))
    jack, queen, king = range(3)
    aggressive = {
        (0, jack, ()): alpha,
        (0, queen, ()): 0,
        (0, king, ()): 3 * alpha,
        (0, jack, ("check", "bet")): 0,
        (0, queen, ("check", "bet")): alpha + 1 / 3,
        (0, king, ("check", "bet")): 1,
        (1, jack, ("check",)): 1 / 3,
        (1, queen, ("check",)): 0,
        (1, king, ("check",)): 1,
        (1, jack, ("bet",)): 0,
        (1, queen, ("bet",)): 1 / 3,
        (1, king, ("bet",)): 1,
    }
    policy = {}
    for seat, own in enumerate(tree.seats):
        for each in own.sets:
            passive, active = each.actions
            p = aggressive[seat, each.key.card, each.key.bets]
            policy[seat, each.key] = {passive: 1 - p, active: p}
    profile = to_profile(tree, policy)
    assert nash_conv(tree, profile) == pytest.approx(0, abs=1e-12)
    assert expected_returns(tree, profile) == pytest.approx([-1 / 18, 1 / 18])


@pytest.mark.parametrize("spec", ["prisoners_dilemma(rounds=3)", 'sequential(game="prisoners_dilemma(rounds=3)")'])
@pytest.mark.parametrize(("action", "value", "gain"), [(0, 9, 12), (1, 3, 0)])
def test_always_cooperating_gains_six_each_by_deviation_and_defection_nothing(
    spec: str, action: int, value: float, gain: float
) -> None:
    tree = flatten(load(spec))
    policy = {(seat, each.key): {action: 1.0} for seat, own in enumerate(tree.seats) for each in own.sets}
    profile = to_profile(tree, policy)
    assert expected_returns(tree, profile) == pytest.approx([value, value])
    assert nash_conv(tree, profile) == pytest.approx(gain)


@pytest.mark.parametrize("spec", ["kuhn_poker", "leduc_poker", "liars_dice(dice=1, faces=3)", "ultimatum(pie=10)"])
def test_a_best_response_earns_the_best_response_value(spec: str) -> None:
    tree = flatten(load(spec))
    profile = uniform(tree)
    for seat, value in enumerate(best_response_values(tree, profile)):
        against = [best_response(tree, profile, seat) if other == seat else profile[other] for other in range(2)]
        assert expected_returns(tree, against)[seat] == pytest.approx(value)


def test_policies_survive_the_way_to_arrays_and_back() -> None:
    tree = TREES["kuhn_poker"]
    policy = random_policy(tree, 3)
    back = to_policy(tree, to_profile(tree, policy))
    assert back.keys() == policy.keys()
    assert all(back[where] == pytest.approx(policy[where]) for where in policy)


def test_incomplete_and_improper_policies_are_refused_with_the_place() -> None:
    tree = TREES["kuhn_poker"]
    policy = dict(random_policy(tree, 3))
    where = next(iter(policy))
    with pytest.raises(ValueError, match="sum to 1"):
        to_profile(tree, {**policy, where: {"check": 0.4}})
    with pytest.raises(ValueError, match="raise"):
        to_profile(tree, {**policy, where: {"check": 0.5, "raise": 0.5}})
    del policy[where]
    with pytest.raises(ValueError, match="says nothing for seat 0"):
        to_profile(tree, policy)


def test_seats_without_decisions_have_a_strategy_and_values() -> None:
    tree = flatten(load("matrix_game(payoffs=[[[1, 2], [3, 1]]], actions=[['only'], ['left', 'right']])"))
    assert nash_conv(tree, uniform(tree)) == pytest.approx(0.5)
    assert np.array_equal(best_response(tree, uniform(tree), 1), [1, 1, 0])
