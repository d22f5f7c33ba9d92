"""Whole trees and exact methods against OpenSpiel."""

from __future__ import annotations

from functools import cache
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from games.registry import load
from games.solvers.best_response import best_response_values, expected_returns, nash_conv
from games.solvers.cfr import CFR, CFRPlus
from games.solvers.minimax import Minimax
from games.solvers.policies import to_policy, to_profile, uniform
from games.solvers.tree import FlatTree, flatten
from tests.oracles.spiel import Known, Pair, dice, itself, kuhn, leduc, their_policy, walked
from tests.solvers.test_values import random_policy

pytestmark = pytest.mark.oracles

CARDS = (
    Pair("kuhn_poker", "kuhn_poker", kuhn, 58),
    Pair("kuhn_poker(num_players=3)", "kuhn_poker(players=3)", kuhn, 617),
    Pair("leduc_poker", "leduc_poker", leduc, 9_457),
    Pair("liars_dice(dice=1, faces=3, wild=3)", "liars_dice(numdice=1,dice_sides=3)", dice, 1_147),
    Pair("liars_dice(dice=1, wild=6)", "liars_dice", dice, 294_883),
)
TIC_TAC_TOE = Pair("tic_tac_toe", "tic_tac_toe", itself, 549_946)
TOLERANCE = 1e-9


@cache
def tree_of(pair: Pair) -> FlatTree:
    return flatten(load(pair.ours))


@cache
def in_step(pair: Pair, spiel: ModuleType) -> tuple[int, dict[str, Known]]:
    return walked(pair, spiel)


@pytest.mark.parametrize("pair", [*CARDS, TIC_TAC_TOE], ids=lambda pair: pair.theirs)
def test_both_trees_are_one(pair: Pair, spiel: ModuleType) -> None:
    nodes, _ = in_step(pair, spiel)
    assert nodes == pair.nodes == tree_of(pair).num_nodes


@pytest.mark.parametrize("pair", CARDS, ids=lambda pair: pair.theirs)
def test_seats_know_the_same(pair: Pair, spiel: ModuleType) -> None:
    _, known = in_step(pair, spiel)
    keys = {(each.seat, each.key) for each in known.values()}
    assert len(keys) == len(known)
    assert keys == {(seat, each.key) for seat, own in enumerate(tree_of(pair).seats) for each in own.sets}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("pair", CARDS, ids=lambda pair: pair.theirs)
def test_values_of_random_policies_are_theirs(pair: Pair, seed: int, spiel: ModuleType) -> None:
    """Expected returns, best responses and NashConv of policies that leave parts of the tree unreached."""
    tree, game = tree_of(pair), spiel.load_game(pair.theirs)
    policy = random_policy(tree, seed)
    theirs = their_policy(spiel, in_step(pair, spiel)[1], policy)
    profile = to_profile(tree, policy)
    expected = spiel.expected_returns(game.new_initial_state(), theirs, -1, True)
    assert expected_returns(tree, profile) == pytest.approx(expected, abs=TOLERANCE)
    best = [
        spiel.TabularBestResponse(game, seat, theirs).value_from_state(game.new_initial_state())
        for seat in range(len(tree.seats))
    ]
    assert best_response_values(tree, profile) == pytest.approx(best, abs=TOLERANCE)
    assert nash_conv(tree, profile) == pytest.approx(spiel.nash_conv(game, theirs), abs=TOLERANCE)


@pytest.mark.parametrize("name", ["CFRSolver", "CFRPlusSolver"])
@pytest.mark.parametrize("pair", CARDS[:4], ids=lambda pair: pair.theirs)
def test_averages_of_regret_minimisation_are_theirs(pair: Pair, name: str, spiel: ModuleType) -> None:
    tree, game = tree_of(pair), spiel.load_game(pair.theirs)
    ours, theirs = {"CFRSolver": CFR, "CFRPlusSolver": CFRPlus}[name](tree), getattr(spiel, name)(game)
    for iterations in (1, 1, 8, 20):
        ours.run(iterations)
        for _ in range(iterations):
            theirs.evaluate_and_update_policy()
        average = theirs.average_policy()
        assert nash_conv(tree, ours.average()) == pytest.approx(spiel.nash_conv(game, average), abs=TOLERANCE)
        policy = to_policy(tree, ours.average())
        for state, each in in_step(pair, spiel)[1].items():
            wanted = average.action_probabilities(state)
            found = {number: policy[each.seat, each.key][action] for action, number in each.numbers.items()}
            assert found == pytest.approx(wanted, abs=TOLERANCE)


def test_uniform_tic_tac_toe_is_worth_what_they_say(spiel: ModuleType) -> None:
    tree, game = tree_of(TIC_TAC_TOE), spiel.load_game(TIC_TAC_TOE.theirs)
    theirs = spiel.UniformRandomPolicy(game)
    expected = spiel.expected_returns(game.new_initial_state(), theirs, -1, True)
    assert expected_returns(tree, uniform(tree)) == pytest.approx(expected, abs=TOLERANCE)
    assert nash_conv(tree, uniform(tree)) == pytest.approx(spiel.nash_conv(game, theirs), abs=TOLERANCE)


def test_every_position_of_tic_tac_toe_has_their_minimax_value(spiel: ModuleType) -> None:
    """Their tree is folded here with no pruning and no memory of ours."""
    game = load("tic_tac_toe")
    search = Minimax(game)

    def below(state: Any, theirs: Any) -> float:
        if theirs.is_terminal():
            return theirs.player_return(0)
        (seat,) = game.to_move(state)
        children = [below(game.apply(state, {seat: n}), theirs.child(n)) for n in theirs.legal_actions()]
        value = (max if seat == 0 else min)(children)
        assert search.value(state) == value
        return value

    # By symmetry these are all first moves: a corner, a side, the centre.
    start, root = game.initial_state(), spiel.load_game("tic_tac_toe").new_initial_state()
    for first in (0, 1, 4):
        below(game.apply(start, {0: first}), root.child(first))


def test_small_games_have_the_value_of_their_alpha_beta_search(spiel: ModuleType) -> None:
    from open_spiel.python.algorithms.minimax import alpha_beta_search

    for ours, theirs in (
        ("nim(piles=[1, 2, 4])", "nim(pile_sizes=1;2;4,is_misere=False)"),
        ("nim(piles=[2, 2, 3], misere=True)", "nim(pile_sizes=2;2;3)"),
        ("connect_four(rows=4, columns=4)", "connect_four(rows=4,columns=4)"),
    ):
        game = load(ours)
        value, _ = alpha_beta_search(spiel.load_game(theirs), maximizing_player_id=0)
        assert Minimax(game).value(game.initial_state()) == value


def test_their_average_is_as_exploitable_in_our_tree(spiel: ModuleType) -> None:
    """Their CFR+ average, read back into our arrays, is as exploitable as they say."""
    pair = CARDS[2]
    tree, game = tree_of(pair), spiel.load_game(pair.theirs)
    learner = spiel.CFRPlusSolver(game)
    for _ in range(30):
        learner.evaluate_and_update_policy()
    average, policy = learner.average_policy(), {}
    for state, each in in_step(pair, spiel)[1].items():
        wanted = average.action_probabilities(state)
        policy[each.seat, each.key] = {action: wanted[number] for action, number in each.numbers.items()}
    profile = to_profile(tree, policy)
    assert np.isclose(nash_conv(tree, profile), spiel.nash_conv(game, average), rtol=0, atol=TOLERANCE)
