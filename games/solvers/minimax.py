"""Minimax with memory and alpha-beta pruning, for two players with opposed interests and perfect information.

Knuth and Moore, An analysis of alpha-beta pruning, 1975 (fail-soft form).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Final

from games.core import Game, Seat
from games.info import ActionKind, Chance, Dynamics, Information, RefereeKind, Utility
from games.solvers.tree import Unsolvable

Evaluate = Callable[[Any], float]

_OPPOSED: Final = (Utility.ZERO_SUM, Utility.CONSTANT_SUM)


class Minimax:
    """Values of states, to the end of the game or some plies deep.

    One instance remembers every state it has searched: keep it for a small game, drop it after a decision in a large
    one.

    Attributes:
        game: the game.
        evaluate: what a state at the horizon is worth to seat 0; by default its utility so far.
    """

    def __init__(self, game: Game[Any, Any], evaluate: Evaluate | None = None) -> None:
        if reasons := unsearchable(game):
            raise Unsolvable(f"{game} cannot be searched by minimax: {', '.join(reasons)}")
        self.game = game
        self.evaluate = evaluate or (lambda state: game.returns(state)[0])
        self._bounds: dict[tuple[Hashable, float], tuple[float, float]] = {}

    def value(self, state: Hashable, depth: float = math.inf) -> float:
        """What a state is worth to seat 0 with best play, looking `depth` plies ahead."""
        return self._search(state, depth, -math.inf, math.inf)

    def action_values(self, state: Hashable, depth: float = math.inf) -> dict[Any, float]:
        """What each legal action is worth to the seat to move; only the best ones are exact, others upper bounds."""
        (seat,) = self.game.to_move(state)
        sign = 1 if seat == 0 else -1
        values: dict[Any, float] = {}
        for action in listed_actions(self.game, state, seat):
            # Just below the best, so that actions as good as the best get exact values too.
            floor = math.nextafter(max(values.values(), default=-math.inf), -math.inf)
            window = (floor, math.inf) if seat == 0 else (-math.inf, -floor)
            values[action] = sign * self._search(self.game.apply(state, {seat: action}), depth - 1, *window)
        return values

    def best_actions(self, state: Hashable, depth: float = math.inf) -> list[Any]:
        """All actions of the seat to move with the highest value, in legal order."""
        return best_of(self.action_values(state, depth))

    def _search(self, state: Hashable, depth: float, low: float, high: float) -> float:
        """The value if it lies between low and high; else a bound of it on that side."""
        movers = self.game.to_move(state)
        if not movers:
            return self.game.returns(state)[0]
        if depth <= 0:
            return self.evaluate(state)
        at_least, at_most = self._bounds.get((state, depth), (-math.inf, math.inf))
        low, high = max(low, at_least), min(high, at_most)
        if low >= high:
            return at_least if at_least >= high else at_most
        value = self._best_child(state, depth, low, high)
        self._bounds[state, depth] = (at_least if value <= low else value, at_most if value >= high else value)
        return value

    def _best_child(self, state: Hashable, depth: float, low: float, high: float) -> float:
        (seat,) = self.game.to_move(state)
        best = -math.inf if seat == 0 else math.inf
        for action in listed_actions(self.game, state, seat):
            value = self._search(self.game.apply(state, {seat: action}), depth - 1, low, high)
            if seat == 0:
                best = max(best, value)
                low = max(low, best)
            else:
                best = min(best, value)
                high = min(high, best)
            if low >= high:
                break
        return best


def listed_actions(game: Game[Any, Any], state: Hashable, seat: Seat) -> Sequence[Any]:
    """The legal actions of a seat to move in a game that takes no open text."""
    actions = game.legal_actions(state, seat)
    assert actions is not None, "searched games list their actions"
    return actions


def best_of(values: Mapping[Any, float]) -> list[Any]:
    """The actions with the highest value, in their order."""
    best = max(values.values())
    return [action for action, value in values.items() if value == best]


def unsearchable(game: Game[Any, Any]) -> list[str]:
    """Why a game is none of two seats with opposed interests who take turns and know the state; empty when it is."""
    info = game.info
    wrong = {
        "seats move at once": info.dynamics is not Dynamics.SEQUENTIAL,
        "chance moves": info.chance is not Chance.NONE,
        "a referee rules": info.referee is not RefereeKind.NONE,
        "actions are open": info.actions is not ActionKind.ENUMERATED,
        "seats do not know the state": info.information is not Information.PERFECT,
        "interests are not opposed": info.utility not in _OPPOSED,
        f"it has {game.num_players} players": game.num_players != 2,
    }
    return [reason for reason, holds in wrong.items() if holds]
