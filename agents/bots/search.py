"""Players that look ahead, in games of perfect information."""

from __future__ import annotations

import math
from collections.abc import Hashable
from functools import lru_cache
from itertools import count
from typing import Any, ClassVar, Final

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, choices, game_of
from agents.bots.tree_search import most_visited
from games.core import Game
from games.info import ActionKind, Chance, Dynamics, Information, RefereeKind
from games.solvers.minimax import Minimax, best_of, listed_actions, unsearchable

_LARGE_GAME_PLIES: Final = 4


class MinimaxParams(AgentParams):
    """Parameters of minimax."""

    depth: int | None = Field(
        None,
        ge=1,
        le=100,
        description="Plies to look ahead; null: to the end in games marked solvable, 4 elsewhere.",
    )


class MinimaxBot(Bot):
    """Plays a best action by minimax, any of several alike, and the soonest certain win if there is one.

    At the horizon a state is worth its utility so far, which in most games is 0.
    """

    Params = MinimaxParams
    params: MinimaxParams
    title: ClassVar[str] = "Looks at every line ahead, in two-player games of perfect information without chance"
    scope = "two-player turn-based zero-sum games of perfect information without chance"
    thinks = True

    def knows(self, game: Game[Any, Any]) -> bool:
        return not unsearchable(game)

    def choose(self, request: DecisionRequest) -> str:
        game, state = game_of(request.game), request.information_key
        search = remembering_search(request.game) if game.info.solvable else Minimax(game)
        return _text_of(request, game, request.rng().choice(soonest_best(search, state, self._depth(game))))

    def _depth(self, game: Game[Any, Any]) -> float:
        if self.params.depth is not None:
            return self.params.depth
        return math.inf if game.info.solvable else _LARGE_GAME_PLIES


class MctsParams(AgentParams):
    """Parameters of Monte Carlo tree search."""

    simulations: int = Field(200, ge=1, le=1_000_000, description="Random plays to the end before each decision.")
    exploration: float = Field(
        1.4, ge=0, le=100, description="Weight of trying less visited actions, in units of the spread of returns."
    )


class Mcts(Bot):
    """Plays the action that Monte Carlo tree search visits most."""

    Params = MctsParams
    params: MctsParams
    title: ClassVar[str] = "Tries lines out at random (UCT), in turn-based games of perfect information without chance"
    scope = "turn-based games of perfect information with listed actions, without chance and referee"
    thinks = True

    def knows(self, game: Game[Any, Any]) -> bool:
        info = game.info
        plain = (info.dynamics, info.chance, info.referee) == (Dynamics.SEQUENTIAL, Chance.NONE, RefereeKind.NONE)
        known = info.information is Information.PERFECT and info.actions is ActionKind.ENUMERATED
        return plain and known

    def choose(self, request: DecisionRequest) -> str:
        game, params = game_of(request.game), self.params
        action = most_visited(game, request.information_key, params.simulations, params.exploration, request.rng())
        return _text_of(request, game, action)


@lru_cache(maxsize=8)
def remembering_search(spec: str) -> Minimax:
    """The one search of a small game, which remembers every state that it has looked at."""
    return Minimax(game_of(spec))


def soonest_best(search: Minimax, state: Hashable, depth: float) -> list[Any]:
    """The best actions; when one wins for certain, those that win in the fewest plies."""
    values = search.action_values(state, depth)
    win = search.game.utility_bounds()[1]
    if max(values.values()) < win:
        return best_of(values)
    sooner = (search.action_values(state, plies) for plies in count(1))
    return best_of(next(values for values in sooner if max(values.values()) == win))


def _text_of(request: DecisionRequest, game: Game[Any, Any], action: object) -> str:
    """The text of a legal action, by its place among them."""
    return choices(request)[listed_actions(game, request.information_key, request.seat).index(action)]
