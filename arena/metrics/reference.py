"""What each action is worth against an equilibrium, in games that are small enough to be solved."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

import numpy as np

from games.core import Seat
from games.registry import load
from games.solvers.action_values import ActionValues, action_values
from games.solvers.best_response import Profile, best_response, exploitability
from games.solvers.cfr import CFRPlus
from games.solvers.sequences import FloatArray
from games.solvers.tree import FlatTree, Unsolvable, flatten

MAX_NODES: Final = 50_000
# Of the reference, per seat, over the range of payoffs.
MOST_EXPLOITABLE: Final = 2e-5
_ROUND: Final = 100
_MOST_ROUNDS: Final = 50


class Situation(NamedTuple):
    """One information state of one seat.

    Attributes:
        actions: the legal actions.
        values: what each is worth against the reference opponent, with best play afterwards.
        reach: probability that chance and the reference opponent play their parts of the way here.
        dominated: for each action, whether its best outcome is worse than the worst of some other action.
        first: the seat's sequence that its first action adds; the others follow (`games.solvers.sequences`).
    """

    actions: tuple[Any, ...]
    values: tuple[float, ...]
    reach: float
    dominated: tuple[bool, ...]
    first: int


Reference = Mapping[tuple[Seat, Hashable], Situation]


class Solution(NamedTuple):
    """A solved two-player zero-sum game.

    Attributes:
        tree: the whole tree.
        profile: an equilibrium, nearly: the average profile of CFR+.
        situations: every situation, by seat and information state.
    """

    tree: FlatTree
    profile: Profile
    situations: Reference


def reference(spec: str) -> Reference:
    """Every situation of a two-player zero-sum game, by seat and information state; raises as `solution` does."""
    return solution(spec).situations


def solution(spec: str) -> Solution:
    """The solution of a two-player zero-sum game.

    The profile is refined until its exploitability is below `MOST_EXPLOITABLE` of the range of payoffs.

    Raises:
        Unsolvable: the tree is too large, a seat's information states do not tell what it did, or the profile does
            not get that near to an equilibrium.
    """
    found = _solution(spec)
    if isinstance(found, Unsolvable):
        raise found
    return found


@lru_cache(maxsize=16)
def _solution(spec: str) -> Solution | Unsolvable:
    """The solution, or why there is none: finding out takes as long the second time."""
    try:
        tree = flatten(load(spec), MAX_NODES)
        profile = _equilibrium(tree)
    except Unsolvable as error:
        return error
    found: dict[tuple[Seat, Hashable], Situation] = {}
    for seat in range(len(tree.seats)):
        for key, situation in _situations(tree, profile, seat):
            if (seat, key) in found:
                return Unsolvable(f"{spec}: seat {seat} cannot tell from {key} what it did before")
            found[seat, key] = situation
    return Solution(tree, profile, found)


def worth_of_actions(tree: FlatTree, profile: Profile, seat: Seat) -> ActionValues:
    """What each action of a seat is worth against a profile of the others, with the seat's best play afterwards."""
    answering = [*profile[:seat], best_response(tree, profile, seat), *profile[seat + 1 :]]
    return action_values(tree, answering, seat)


def obviously_dominated(tree: FlatTree, seat: Seat) -> FloatArray:
    """Best outcome after each sequence, and the worst that the seat can hold it to; shape (2, sequences).

    Li, Obviously strategy-proof mechanisms, American Economic Review 2017: an action whose best outcome is worse than
    the worst of another is obviously dominated.
    """
    own, payoffs = tree.seats[seat], tree.returns[:, seat]
    best, worst = np.full(own.num_sequences, -np.inf), np.full(own.num_sequences, np.inf)
    np.maximum.at(best, own.at_terminal, payoffs)
    np.minimum.at(worst, own.at_terminal, payoffs)
    for level in reversed(own.levels):
        np.maximum.at(best[level.above], level.parent, np.maximum.reduceat(best[level.sequences], level.first))
        np.minimum.at(worst[level.above], level.parent, np.maximum.reduceat(worst[level.sequences], level.first))
    return np.stack((best, worst))


def _situations(tree: FlatTree, profile: Profile, seat: Seat) -> list[tuple[Hashable, Situation]]:
    own = tree.seats[seat]
    worth = worth_of_actions(tree, profile, seat)
    best, worst = obviously_dominated(tree, seat)
    found = []
    for each, first, reach in zip(own.sets, own.first.tolist(), worth.others.tolist(), strict=True):
        here = slice(first, first + len(each.actions))
        dominated = tuple((best[here] < worst[here].max()).tolist())
        values = tuple(worth.values[here].tolist())
        found.append((each.key, Situation(each.actions, values, reach, dominated, first)))
    return found


def _equilibrium(tree: FlatTree) -> Profile:
    solver, span = CFRPlus(tree), float(np.ptp(tree.returns))
    for _ in range(_MOST_ROUNDS):
        solver.run(_ROUND)
        if exploitability(tree, solver.average()) <= MOST_EXPLOITABLE * span:
            return solver.average()
    raise Unsolvable(f"{tree.game}: no profile near an equilibrium after {solver.iterations} iterations of CFR+")
