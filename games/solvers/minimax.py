"""Minimax with memory and alpha-beta pruning, for two players with opposed interests and perfect information.

Knuth and Moore, An analysis of alpha-beta pruning, 1975 (fail-soft form). Akl and Newborn, The principal continuation
and the killer heuristic, 1977 (the action that refuted a state's sibling is tried first).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, Final

from games.core import Game, Seat
from games.info import ActionKind, Chance, Dynamics, Information, RefereeKind, Utility
from games.solvers.tree import Unsolvable

Evaluate = Callable[[Any], float]

_OPPOSED: Final = (Utility.ZERO_SUM, Utility.CONSTANT_SUM)


class SearchStopped(Exception):
    """A search has looked at as many positions as it may."""


class Minimax:
    """Values of states, to the end of the game or some plies deep.

    One instance remembers every state it has searched: keep it for a small game, drop it after a decision in a large
    one.

    Attributes:
        game: the game.
        evaluate: what a state at the horizon is worth to seat 0; by default its utility so far.
        most_positions: how many positions it looks at in all, before it raises `SearchStopped`.
    """

    def __init__(
        self, game: Game[Any, Any], evaluate: Evaluate | None = None, most_positions: float = math.inf
    ) -> None:
        if reasons := unsearchable(game):
            raise Unsolvable(f"{game} cannot be searched by minimax: {', '.join(reasons)}")
        self.game = game
        self.evaluate = evaluate or (lambda state: game.returns(state)[0])
        self.most_positions = most_positions
        self._positions = 0
        self._bounds: dict[tuple[Hashable, float], tuple[float, float]] = {}
        # For each depth the action that last cut a search short.
        self._cutting: dict[float, Any] = {}

    def value(self, state: Hashable, depth: float = math.inf) -> float:
        """What a state is worth to seat 0 with best play, looking `depth` plies ahead."""
        return self._search(state, depth, -math.inf, math.inf)

    def action_values(
        self, state: Hashable, depth: float = math.inf, order: Iterable[Any] | None = None
    ) -> dict[Any, float]:
        """What each legal action is worth to the seat to move; only the best ones are exact, others upper bounds.

        Args:
            state: a state in which a seat moves.
            depth: plies to look ahead, the action's own among them.
            order: the legal actions as they are to be tried, the likely best first; by default in legal order.
        """
        (seat,) = self.game.to_move(state)
        sign = 1 if seat == 0 else -1
        values: dict[Any, float] = {}
        for action in order or listed_actions(self.game, state, seat):
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
        self._positions += 1
        if self._positions > self.most_positions:
            raise SearchStopped(f"{self.most_positions} positions of {self.game} were looked at")
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
        for action in self._likely_first(listed_actions(self.game, state, seat), depth):
            value = self._search(self.game.apply(state, {seat: action}), depth - 1, low, high)
            if seat == 0:
                best = max(best, value)
                low = max(low, best)
            else:
                best = min(best, value)
                high = min(high, best)
            if low >= high:
                self._cutting[depth] = action
                break
        return best

    def _likely_first(self, actions: Sequence[Any], depth: float) -> Sequence[Any]:
        """The actions, led by the one that last cut a search of this depth short."""
        cutting = self._cutting.get(depth)
        return [cutting, *(action for action in actions if action != cutting)] if cutting in actions else actions


def best_by_deepening(search: Minimax, state: Hashable, depth: int) -> list[Any]:
    """The best actions by the deepest search that is over before the positions are; at least one ply deep.

    A certain win is found in the fewest plies. Where every action loses for certain, those are kept that a search one
    ply less deep thought best, so that the loss comes late.

    Args:
        search: with bounds of utility that its evaluation never reaches.
        state: a state in which a seat moves.
        depth: most plies to look ahead.
    """
    loss, win = search.game.utility_bounds()
    values = Minimax(search.game, search.evaluate).action_values(state, 1)
    for plies in range(2, depth + 1):
        if max(values.values()) in (loss, win):
            break
        try:
            deeper = search.action_values(state, plies, sorted(values, key=values.__getitem__, reverse=True))
        except SearchStopped:
            break
        if max(deeper.values()) == loss:
            break
        values = deeper
    return best_of(values)


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
