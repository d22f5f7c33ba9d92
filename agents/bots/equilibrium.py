"""A player that solves the game before it plays it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, ClassVar

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, choices, game_of
from games.core import Game
from games.info import Dynamics, Information, Utility
from games.solvers.cfr import CFRPlus
from games.solvers.policies import Policy, to_policy
from games.solvers.tree import flatten


class EquilibriumParams(AgentParams):
    """Parameters of the equilibrium player."""

    iterations: int = Field(500, ge=1, le=100_000, description="CFR+ iterations before the first decision in a game.")


class Equilibrium(Bot):
    """Plays the average policy of CFR+, which hardly any opponent can exploit.

    Where seats take turns and know everything, minimax plays as well without a solution of the whole tree.
    """

    Params = EquilibriumParams
    params: EquilibriumParams
    title: ClassVar[str] = "Plays an equilibrium, found by CFR+, of small two-player zero-sum games"
    scope = "two-player zero-sum games with hidden information or moves at once, marked solvable"
    thinks = True

    def knows(self, game: Game[Any, Any]) -> bool:
        info = game.info
        opposed = game.num_players == 2 and info.utility in (Utility.ZERO_SUM, Utility.CONSTANT_SUM)
        open_turns = info.information is Information.PERFECT and info.dynamics is Dynamics.SEQUENTIAL
        return opposed and info.solvable and not open_turns

    def choose(self, request: DecisionRequest) -> str:
        policy = solved(request.game, self.params.iterations)
        probabilities = policy[request.seat, request.information_key]
        return request.rng().choices(choices(request), weights=list(probabilities.values()))[0]


@lru_cache(maxsize=16)
def solved(spec: str, iterations: int) -> Policy:
    """The policy of a game after some iterations of CFR+: probabilities in the order of the legal actions."""
    solver = CFRPlus(flatten(game_of(spec)))
    solver.run(iterations)
    return to_policy(solver.tree, solver.average())
