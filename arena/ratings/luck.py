"""Payoffs without the luck of the deal, wherever a value function exists.

A payoff is skill plus luck. With V(h) the value of history h under some reference profile, the estimate is

    u + sum over known nodes of (E_a V(ha) - V(h a_taken)):

the payoff, less what each outcome of chance was worth more than the average outcome. Every term has mean 0 whatever the
players do and whatever the reference is, so that the mean payoff stays what it was; the better V, the smaller the
variance (Zinkevich, Bowling, Bard, Kan and Billings, Optimal unbiased estimators for evaluating agent performance,
AAAI 2006; Burch, Schmid, Moravcik and Bowling, AIVAT, AAAI 2018, without its imagined observations). Known nodes are
those of chance, and those of seats whose policy is known: scripted players that chose by the given strategy.

Corrected payoffs of matches that share a deal are still one cluster.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from arena.records import ChanceTurn, DecisionTurn, MatchRecord, Outcome
from arena.replay import replay
from games.core import CHANCE, Seat
from games.solvers.best_response import Profile
from games.solvers.sequences import FloatArray
from games.solvers.tree import FlatTree


def node_values(tree: FlatTree, reference: Profile) -> FloatArray:
    """Expected returns from every node on when all play the reference, shape (nodes, seats)."""
    share = _shares(tree, dict(enumerate(reference)))
    values = np.zeros((tree.num_nodes, len(tree.seats)))
    values[tree.terminal] = tree.returns
    for level in reversed(_levels(tree)):
        np.add.at(values, tree.parent[level], share[level, None] * values[level])
    return values


def luck(tree: FlatTree, values: FloatArray, known: Mapping[Seat, FloatArray] | None = None) -> FloatArray:
    """What luck has given to each seat by every node, shape (nodes, seats); the corrected payoff is less by it.

    Args:
        tree: the game.
        values: of every node, shape (nodes, seats): from `node_values`, or any supplied.
        known: strategies of the seats whose choices are luck as well, because everybody knows how they choose.

    Raises:
        ValueError: the values do not have the tree's shape, or a known seat does not exist.
    """
    known = known or {}
    if values.shape != (tree.num_nodes, len(tree.seats)):
        raise ValueError(f"expected values of shape {(tree.num_nodes, len(tree.seats))}, got {values.shape}")
    if not set(known) <= set(range(len(tree.seats))):
        raise ValueError(f"strategies are given for seats {sorted(known)}; the game has {len(tree.seats)} seats")
    share = _shares(tree, known)
    expected = np.zeros_like(values)
    np.add.at(expected, tree.parent[1:], share[1:, None] * values[1:])
    surprising = np.isin(tree.player, (CHANCE, *known))
    total = np.zeros_like(values)
    for level in _levels(tree):
        above = tree.parent[level]
        total[level] = total[above] + surprising[above, None] * (values[level] - expected[above])
    return total


def corrected_payoffs(tree: FlatTree, luck_by_node: FloatArray, record: MatchRecord) -> tuple[float, ...] | None:
    """The payoffs of one match less luck, by seat; None where the match was not completed.

    Args:
        tree: the game of the match.
        luck_by_node: from `luck`. Strategies of known seats must be those of the agents that sat there.
        record: the match; it is replayed.

    Raises:
        ReplayError: the record is not of this game, or the game does not reproduce it.
    """
    if record.result.outcome is not Outcome.COMPLETED or record.result.returns is None:
        return None
    return tuple((np.array(record.result.returns) - luck_by_node[last_node(tree, record)]).tolist())


def last_node(tree: FlatTree, record: MatchRecord) -> int:
    """The node of a tree at which a completed match ended.

    Raises:
        ReplayError: the record is not of this game, or the game does not reproduce it.
    """
    node = 0
    for index in _choices(tree, record):
        # Children stand together, in the order of their actions, and parents never decrease.
        node = int(np.searchsorted(tree.parent, node)) + index
    return node


def _choices(tree: FlatTree, record: MatchRecord) -> Iterator[int]:
    """Index of each choice among those that its node had."""
    game = tree.game
    states = [step.state for step in replay(record, game)]
    for state, turn in zip(states, record.turns, strict=False):
        match turn:
            case ChanceTurn():
                outcomes = [outcome for outcome, _ in game.chance_outcomes(state)]
                yield outcomes.index(game.parse_action(state, CHANCE, turn.action))
            case DecisionTurn():
                for decision in turn.decisions:
                    yield _index(tree, state, decision.seat, decision.action or "")


def _index(tree: FlatTree, state: Any, seat: Seat, text: str) -> int:
    actions = tree.game.legal_actions(state, seat)
    assert actions is not None
    return list(actions).index(tree.game.parse_action(state, seat, text))


def _shares(tree: FlatTree, strategies: Mapping[Seat, FloatArray]) -> FloatArray:
    """Probability of the step to each node, given its parent; 0 after seats whose strategy is not given."""
    share = np.zeros(tree.num_nodes)
    above = np.maximum(tree.parent, 0)
    mover = tree.player[above]
    dealt = mover == CHANCE
    share[dealt] = tree.chance[dealt] / tree.chance[above[dealt]]
    for seat, strategy in strategies.items():
        chosen = mover == seat
        share[chosen] = strategy[tree.seats[seat].first[tree.information_set[above[chosen]]] + tree.action[chosen]]
    share[0] = 1.0
    return share


def _levels(tree: FlatTree) -> list[slice]:
    """The nodes of each depth below the root."""
    return [slice(first, last) for first, last in zip(tree.depth_start[1:-1], tree.depth_start[2:], strict=True)]
