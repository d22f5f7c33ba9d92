"""Luck correction: exactly unbiased on the tree, unbiased in simulation, and worth it."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from arena.match import play_match
from arena.ratings.luck import corrected_payoffs, last_node, luck, node_values
from games.registry import load
from games.solvers.best_response import expected_returns, reaches
from games.solvers.cfr import CFRPlus
from games.solvers.policies import uniform
from games.solvers.tree import FlatTree, flatten
from tests.arena.players import Calling, Seeded, make_match

Strategies = list[np.ndarray]


@cache
def solved(game: str) -> tuple[FlatTree, Strategies]:
    tree = flatten(load(game))
    solver = CFRPlus(tree)
    solver.run(1000)
    return tree, list(solver.average())


def noisy(tree: FlatTree, strategies: Strategies, share: float) -> Strategies:
    return [(1 - share) * own + share * even for own, even in zip(strategies, uniform(tree), strict=True)]


def probabilities(tree: FlatTree, strategies: Strategies) -> np.ndarray:
    """Of each terminal node."""
    chance = tree.chance[tree.terminal].copy()
    for seat, reach in zip(tree.seats, reaches(tree, strategies), strict=True):
        chance *= reach[seat.at_terminal]
    return chance / chance.sum()


def both_seatings(tree: FlatTree, first: Strategies, second: Strategies) -> list[tuple[int, np.ndarray]]:
    """For each seat of the first agent: the probabilities of the terminal nodes."""
    seatings = [(0, [first[0], second[1]]), (1, [second[0], first[1]])]
    return [(seat, probabilities(tree, players)) for seat, players in seatings]


def variance(tree: FlatTree, seatings: list[tuple[int, np.ndarray]], payoffs: np.ndarray) -> float:
    """Mean over the two seats of the variance of the first agent's payoff."""
    return float(np.mean([p @ payoffs[:, seat] ** 2 - (p @ payoffs[:, seat]) ** 2 for seat, p in seatings]))


@pytest.mark.parametrize("game", ["kuhn_poker", "leduc_poker", "prisoners_dilemma(rounds=2)"])
def test_the_root_value_is_the_expected_return(game: str):
    tree = flatten(load(game))
    profile = noisy(tree, uniform(tree), 0.0)
    np.testing.assert_allclose(node_values(tree, profile)[0], expected_returns(tree, profile), atol=1e-12)


@pytest.mark.parametrize("game", ["kuhn_poker", "leduc_poker"])
def test_luck_has_mean_zero_exactly_whoever_plays_and_whatever_the_values(game: str):
    tree, equilibrium = solved(game)
    rng = np.random.default_rng(1)
    mean, even = noisy(tree, equilibrium, 0.3), uniform(tree)
    players = probabilities(tree, [mean[0], even[1]])
    for values in (node_values(tree, equilibrium), rng.standard_normal((tree.num_nodes, 2))):
        np.testing.assert_allclose(players @ luck(tree, values)[tree.terminal], 0, atol=1e-12)
        bot_known = luck(tree, values, {1: even[1]})[tree.terminal]
        np.testing.assert_allclose(players @ bot_known, 0, atol=1e-12)


@pytest.mark.parametrize("game", ["kuhn_poker", "leduc_poker"])
def test_nothing_is_left_to_luck_when_values_and_all_policies_are_known(game: str):
    tree, equilibrium = solved(game)
    profile = noisy(tree, equilibrium, 0.1)
    left = tree.returns - luck(tree, node_values(tree, profile), dict(enumerate(profile)))[tree.terminal]
    np.testing.assert_allclose(left, np.tile(expected_returns(tree, profile), (len(left), 1)), atol=1e-9)


@pytest.mark.parametrize("game", ["kuhn_poker", "leduc_poker"])
@pytest.mark.parametrize("shares", [(0.0, 0.05), (0.0, 0.1), (0.1, 0.2)])
def test_near_equilibrium_at_least_three_times_fewer_games_are_needed(game: str, shares: tuple[float, float]):
    """The games needed to see a gap go with the variance; both are exact here."""
    tree, equilibrium = solved(game)
    seatings = both_seatings(tree, noisy(tree, equilibrium, shares[0]), noisy(tree, equilibrium, shares[1]))
    corrected = tree.returns - luck(tree, node_values(tree, equilibrium))[tree.terminal]
    assert variance(tree, seatings, tree.returns) > 3 * variance(tree, seatings, corrected)


def test_a_known_opponent_policy_saves_at_least_six_times_on_leduc():
    tree, equilibrium = solved("leduc_poker")
    agent, bot = noisy(tree, equilibrium, 0.1), noisy(tree, equilibrium, 0.2)
    p = probabilities(tree, [agent[0], bot[1]])
    corrected = tree.returns - luck(tree, node_values(tree, equilibrium), {1: bot[1]})[tree.terminal]
    assert variance(tree, [(0, p)], tree.returns) > 6 * variance(tree, [(0, p)], corrected)


@pytest.mark.parametrize("game", ["kuhn_poker", "leduc_poker"])
def test_over_400_000_pairs_the_corrected_gap_is_within_four_standard_errors(game: str):
    tree, equilibrium = solved(game)
    first, second = noisy(tree, equilibrium, 0.1), noisy(tree, equilibrium, 0.3)
    corrected = tree.returns - luck(tree, node_values(tree, equilibrium))[tree.terminal]
    rng, games = np.random.default_rng(11), 400_000
    mean = exact = square = 0.0
    for seat, p in both_seatings(tree, first, second):
        counts = rng.multinomial(games, p)
        mean += counts @ corrected[:, seat] / games / 2
        exact += p @ tree.returns[:, seat] / 2
        square += float(p @ corrected[:, seat] ** 2 - (p @ corrected[:, seat]) ** 2) / games / 4
    assert abs(mean - exact) < 4 * np.sqrt(square)


async def test_a_record_is_led_to_its_terminal_node_and_corrected():
    record = await play_match(make_match("kuhn_poker", Calling(1), Seeded()))
    tree, equilibrium = solved("kuhn_poker")
    node = last_node(tree, record)
    row = int(np.flatnonzero(tree.terminal == node)[0])
    assert tuple(tree.returns[row]) == record.result.returns
    given = luck(tree, node_values(tree, equilibrium))
    assert corrected_payoffs(tree, given, record) == tuple(tree.returns[row] - given[node])


async def test_seats_that_move_at_once_are_led_to_their_node():
    record = await play_match(make_match("prisoners_dilemma(rounds=2)", Seeded(), Seeded()))
    tree = flatten(load("prisoners_dilemma(rounds=2)"))
    row = int(np.flatnonzero(tree.terminal == last_node(tree, record))[0])
    assert tuple(tree.returns[row]) == record.result.returns


async def test_a_match_that_was_not_completed_has_no_corrected_payoff():
    record = await play_match(make_match("kuhn_poker", Calling(1), Seeded()))
    tree, equilibrium = solved("kuhn_poker")
    lost = record.model_copy(update={"result": record.result.model_copy(update={"returns": None})})
    assert corrected_payoffs(tree, luck(tree, node_values(tree, equilibrium)), lost) is None


def test_wrong_shapes_and_seats_get_a_message():
    tree = solved("kuhn_poker")[0]
    with pytest.raises(ValueError, match="shape"):
        luck(tree, np.zeros((3, 2)))
    with pytest.raises(ValueError, match="2 seats"):
        luck(tree, np.zeros((tree.num_nodes, 2)), {2: np.ones(3)})
