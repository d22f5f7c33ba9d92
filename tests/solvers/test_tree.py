from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from games.core import CHANCE, REFEREE, Game
from games.registry import load
from games.solvers.best_response import nash_conv
from games.solvers.cfr import CFR
from games.solvers.policies import to_policy, uniform
from games.solvers.tree import TERMINAL, FlatTree, Unsolvable, flatten

SOLVABLE = [
    "kuhn_poker",
    "kuhn_poker(num_players=3)",
    "leduc_poker",
    'leduc_poker(betting="blinds")',
    "liars_dice(dice=1, faces=3)",
    "matrix_game",
    "prisoners_dilemma(rounds=3)",
    "prisoners_dilemma(rounds=2, noise=0.1)",
    "ultimatum(pie=10)",
]


@pytest.mark.parametrize(
    ("spec", "nodes", "sets"),
    [("kuhn_poker", 58, 12), ("leduc_poker", 9_457, 936), ("ultimatum(pie=10)", 34, 12)],
)
def test_trees_have_the_known_sizes(spec: str, nodes: int, sets: int) -> None:
    tree = flatten(load(spec))
    assert tree.num_nodes == nodes
    assert sum(len(seat.sets) for seat in tree.seats) == sets


@pytest.fixture(scope="module", params=SOLVABLE)
def tree(request: pytest.FixtureRequest) -> FlatTree:
    return flatten(load(request.param))


def test_nodes_stand_depth_by_depth_after_their_parents(tree: FlatTree) -> None:
    depth = np.zeros(tree.num_nodes, dtype=int)
    for node in range(1, tree.num_nodes):
        assert tree.parent[node] < node
        depth[node] = depth[tree.parent[node]] + 1
    assert (np.diff(depth) >= 0).all()
    assert (np.searchsorted(depth, np.arange(depth.max() + 2)) == tree.depth_start).all()


def test_nodes_are_the_histories_of_the_game(tree: FlatTree) -> None:
    children: dict[int, list[int]] = {}
    for node in range(1, tree.num_nodes):
        children.setdefault(int(tree.parent[node]), []).append(node)
    seen = _check_below(tree, children, 0, tree.game.initial_state(), {}, 1.0)
    assert seen == tree.num_nodes


def _check_below(
    tree: FlatTree, children: dict[int, list[int]], node: int, state: Any, pending: dict[int, Any], chance: float
) -> int:
    """Walk game and tree side by side; the number of nodes seen."""
    game: Game[Any, Any] = tree.game
    movers = tuple(seat for seat in game.to_move(state) if seat not in pending)
    player = movers[0] if movers else TERMINAL
    assert tree.player[node] == player
    assert tree.chance[node] == pytest.approx(chance)
    if player == TERMINAL:
        (index,) = np.flatnonzero(tree.terminal == node)
        assert tuple(tree.returns[index]) == pytest.approx(game.returns(state))
        assert node not in children
        return 1
    if player == CHANCE:
        options = game.chance_outcomes(state)
    else:
        information_set = tree.seats[player].sets[tree.information_set[node]]
        assert information_set.key == game.information_state(state, player)
        options = [(action, 1.0) for action in game.legal_actions(state, player)]
        assert information_set.actions == tuple(action for action, _ in options)
    below = children[node]
    assert [int(tree.action[child]) for child in below] == list(range(len(options)))
    total = 1
    for child, (action, probability) in zip(below, options, strict=True):
        chosen = {**pending, player: action}
        after, rest = (game.apply(state, chosen), {}) if len(movers) == 1 else (state, chosen)
        total += _check_below(tree, children, child, after, rest, chance * probability)
    return total


def test_chance_and_uniform_play_reach_the_terminals_with_probability_one(tree: FlatTree) -> None:
    probability = tree.chance[tree.terminal].copy()
    for seat in tree.seats:
        probability *= seat.reach(seat.uniform())[seat.at_terminal]
    assert probability.sum() == pytest.approx(1)


def test_sequences_of_a_seat_are_sorted_by_level(tree: FlatTree) -> None:
    for seat in tree.seats:
        assert [level.sequences.start for level in seat.levels] == [level.above.stop for level in seat.levels]
        assert seat.first[0] == 1
        assert (seat.first[1:] == seat.first[:-1] + seat.size[:-1]).all()
        assert seat.num_sequences == seat.levels[-1].sequences.stop
        for each, first in zip(seat.sets, seat.first, strict=True):
            assert each.parent < first


def test_moves_at_once_need_no_sequential_view() -> None:
    direct, turn_based = (flatten(load(spec)) for spec in ("matrix_game", 'sequential(game="matrix_game")'))
    assert (direct.player == turn_based.player).all()
    assert (direct.returns == turn_based.returns).all()


@pytest.mark.parametrize(
    ("spec", "reason"),
    [
        ("debate", "may write anything"),
        ("price_negotiation", "may write anything"),
        ("connect_four", "more than 1,000 nodes"),
    ],
)
def test_games_without_a_listable_tree_are_refused_with_the_reason(spec: str, reason: str) -> None:
    with pytest.raises(Unsolvable, match=reason):
        flatten(load(spec), max_nodes=1_000)


class Odd(Game[int, int]):
    """Chance or a referee moves, then seat 0 twice without telling its first move; its actions may depend on it."""

    info = replace(load("kuhn_poker").info, name="odd")

    def __init__(self, first: int = 0, later: tuple[int, int] = (2, 2)) -> None:
        super().__init__()
        self.first, self.later = first, later

    def initial_state(self) -> tuple[int, ...]:
        return ()

    def to_move(self, state: tuple[int, ...]) -> tuple[int, ...]:
        return ((self.first,), (0,), ())[len(state)]

    def legal_actions(self, state: tuple[int, ...], seat: int) -> range:
        return range(self.later[state[0]] if state else 2)

    def apply(self, state: tuple[int, ...], actions: dict[int, int]) -> tuple[int, ...]:
        return (*state, *actions.values())

    def returns(self, state: tuple[int, ...]) -> tuple[float, float]:
        return (float(sum(state)), -float(sum(state)))

    def observation(self, state: tuple[int, ...], seat: int) -> str:
        return "nothing"

    def information_state(self, state: tuple[int, ...], seat: int) -> int:
        return len(state)


def test_sampled_chance_and_referees_are_refused() -> None:
    with pytest.raises(Unsolvable, match="no enumerated chance"):
        flatten(Odd(CHANCE))
    with pytest.raises(Unsolvable, match="referee"):
        flatten(Odd(REFEREE))


def test_seats_remember_what_their_information_states_forget() -> None:
    tree = flatten(Odd())
    assert [each.key for each in tree.seats[0].sets] == [0, 1, 1]
    with pytest.raises(Unsolvable, match="cannot tell from 1"):
        to_policy(tree, uniform(tree))


def test_a_seat_that_never_decides_is_no_obstacle() -> None:
    learner = CFR(flatten(Odd()))
    learner.run(50)
    assert len(learner.tree.seats[1].sets) == 0
    assert nash_conv(learner.tree, learner.average()) == pytest.approx(0, abs=0.1)


def test_an_information_state_with_different_legal_actions_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Odd, "chance_outcomes", lambda self, state: [(0, 0.5), (1, 0.5)])
    with pytest.raises(ValueError, match="legal actions"):
        flatten(Odd(CHANCE, later=(1, 2)))
