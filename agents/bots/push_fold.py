"""The player of push or fold that cannot be beaten."""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar

from agents.base import DecisionRequest
from agents.bots.base import Bot, choices, game_of
from games.solvers.policies import Policy, to_policy
from games.solvers.sequence_form import solve_zero_sum
from games.solvers.tree import flatten


class PushFoldChart(Bot):
    """Plays an exact equilibrium, found by linear programming before the first decision at each size of stack.

    That is a chart of starting hands, in which one or two hands are played both ways.
    """

    plays = ("push_fold",)
    title: ClassVar[str] = "Pushes, calls and folds by the exact equilibrium chart of its stack"
    thinks = True

    def choose(self, request: DecisionRequest) -> str:
        probabilities = chart(request.game)[request.seat, request.information_key]
        return request.rng().choices(choices(request), weights=list(probabilities.values()))[0]


@lru_cache(maxsize=16)
def chart(spec: str) -> Policy:
    """An equilibrium of push or fold: probabilities in the order of the legal actions.

    Koller, Megiddo and von Stengel, Efficient computation of equilibria for extensive two-person games, 1996.
    """
    tree = flatten(game_of(spec))
    return to_policy(tree, solve_zero_sum(tree).profile)
