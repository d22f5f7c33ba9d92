"""Monte Carlo tree search for turn-based games of perfect information, with any number of seats.

Kocsis and Szepesvari, Bandit based Monte-Carlo planning, ECML 2006 (UCT).
"""

from __future__ import annotations

import math
import random
from collections.abc import Hashable
from typing import Any

from games.core import Game
from games.solvers.minimax import listed_actions


class _Node:
    """A state that was visited: what is known about it, and the states after it that were visited."""

    __slots__ = ("children", "movers", "state", "total", "untried", "visits")

    def __init__(self, game: Game[Any, Any], state: Hashable, rng: random.Random) -> None:
        self.state = state
        self.movers = game.to_move(state)
        self.untried = list(listed_actions(game, state, *self.movers)) if self.movers else []
        rng.shuffle(self.untried)
        self.children: dict[Any, _Node] = {}
        self.visits = 0
        self.total = [0.0] * game.num_players


def most_visited(
    game: Game[Any, Any], state: Hashable, simulations: int, exploration: float, rng: random.Random
) -> Any:
    """The action visited most often after some simulations from a state.

    Args:
        game: turn-based, of perfect information.
        state: where to search from; somebody has to move.
        simulations: how many plays to the end.
        exploration: weight of the confidence term, in units of the spread of the returns seen so far.
        rng: decides the order of first tries and the random plays.
    """
    root = _Node(game, state, rng)
    low, high = math.inf, -math.inf
    for _ in range(simulations):
        path = _descend(game, root, exploration * max(high - low, 0.0), rng)
        returns = _play_out(game, path[-1].state, rng)
        low, high = min(low, *returns), max(high, *returns)
        for node in path:
            node.visits += 1
            node.total = [sum(pair) for pair in zip(node.total, returns, strict=True)]
    return max(root.children, key=lambda action: root.children[action].visits)


def _descend(game: Game[Any, Any], root: _Node, exploration: float, rng: random.Random) -> list[_Node]:
    """The way from the root to the first state not visited before, or to the end of the game."""
    path = [root]
    while path[-1].children and not path[-1].untried:
        path.append(_most_promising(path[-1], exploration))
    node = path[-1]
    if node.untried:
        action = node.untried.pop()
        node.children[action] = _Node(game, game.apply(node.state, {node.movers[0]: action}), rng)
        path.append(node.children[action])
    return path


def _most_promising(node: _Node, exploration: float) -> _Node:
    """The child with the highest upper confidence bound for the seat to move (UCB1)."""
    (seat,) = node.movers
    spread = math.log(node.visits)

    def bound(child: _Node) -> float:
        return child.total[seat] / child.visits + exploration * math.sqrt(spread / child.visits)

    return max(node.children.values(), key=bound)


def _play_out(game: Game[Any, Any], state: Any, rng: random.Random) -> tuple[float, ...]:
    """Final returns of random play from a state."""
    while movers := game.to_move(state):
        (seat,) = movers
        state = game.apply(state, {seat: rng.choice(listed_actions(game, state, seat))})
    return game.returns(state)
