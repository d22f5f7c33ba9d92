"""Second implementations by plain recursion over the game interface, slow and obvious."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from typing import Any

from games.core import CHANCE, Game, Seat
from games.solvers.policies import Policy


def expected(game: Game[Any, Any], policy: Policy, state: Any = None) -> list[float]:
    """Expected returns of a turn-based game when all follow the policy."""
    state = game.initial_state() if state is None else state
    movers = game.to_move(state)
    if not movers:
        return list(game.returns(state))
    (seat,) = movers
    options = game.chance_outcomes(state) if seat == CHANCE else _options(game, policy, state, seat)
    values = [(p, expected(game, policy, game.apply(state, {seat: action}))) for action, p in options]
    return [sum(p * value[index] for p, value in values) for index in range(game.num_players)]


def best_response_value(game: Game[Any, Any], policy: Policy, seat: Seat) -> float:
    """What a seat expects from a best response: it decides at whole information sets, last decisions first."""
    return _best(game, policy, seat, [(game.initial_state(), 1.0)])


def _best(game: Game[Any, Any], policy: Policy, seat: Seat, nodes: list[tuple[Any, float]]) -> float:
    """Value of the seat's best play from weighted nodes that it cannot tell apart, summed."""
    value = 0.0
    mine: dict[Hashable, list[tuple[Any, float]]] = defaultdict(list)
    for state, weight in nodes:
        value += _forward(game, policy, seat, state, weight, mine)
    for group in mine.values():
        actions = game.legal_actions(group[0][0], seat)
        value += max(
            _best(game, policy, seat, [(game.apply(state, {seat: action}), weight) for state, weight in group])
            for action in actions
        )
    return value


def _forward(
    game: Game[Any, Any], policy: Policy, seat: Seat, state: Any, weight: float, mine: dict[Hashable, Any]
) -> float:
    """Follow others and chance to the seat's next decisions, which are collected; value of the ends on the way."""
    movers = game.to_move(state)
    if not movers:
        return weight * game.returns(state)[seat]
    (mover,) = movers
    if mover == seat:
        mine[game.information_state(state, seat)].append((state, weight))
        return 0.0
    options = game.chance_outcomes(state) if mover == CHANCE else _options(game, policy, state, mover)
    return sum(
        _forward(game, policy, seat, game.apply(state, {mover: action}), weight * p, mine) for action, p in options if p
    )


def _options(game: Game[Any, Any], policy: Policy, state: Any, seat: Seat) -> list[tuple[Any, float]]:
    probabilities = policy[seat, game.information_state(state, seat)]
    return [(action, probabilities.get(action, 0.0)) for action in game.legal_actions(state, seat)]


def plain_minimax(game: Game[Any, Any], state: Any) -> float:
    """Value of a state to seat 0, without memory or pruning."""
    movers = game.to_move(state)
    if not movers:
        return game.returns(state)[0]
    (seat,) = movers
    values = [plain_minimax(game, game.apply(state, {seat: a})) for a in game.legal_actions(state, seat)]
    return max(values) if seat == 0 else min(values)
