"""What each action is worth against an equilibrium, in games that are small enough to be solved."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final, NamedTuple

import numpy as np

from games.core import Seat
from games.registry import load
from games.solvers.best_response import Profile, best_response, exploitability, final_values, reaches
from games.solvers.cfr import CFRPlus
from games.solvers.sequences import FloatArray, SeatTree
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
    """

    actions: tuple[Any, ...]
    values: tuple[float, ...]
    reach: float
    dominated: tuple[bool, ...]


Reference = Mapping[tuple[Seat, Hashable], Situation]


def reference(spec: str) -> Reference:
    """Every situation of a two-player zero-sum game, against the average profile of CFR+.

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
def _solution(spec: str) -> Reference | Unsolvable:
    """The situations, or why there are none: finding out takes as long the second time."""
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
    return found


def action_values(tree: FlatTree, profile: Profile, seat: Seat) -> tuple[FloatArray, FloatArray]:
    """Worth of each sequence's last action, and probability that chance and the others lead to it; shape (sequences,).

    The seat plays its best response to the others' strategies after the action. Where the others never lead, the
    worth is NaN.
    """
    own, strategy, reach = tree.seats[seat], best_response(tree, profile, seat), reaches(tree, profile)
    values = _continued(own, strategy, final_values(tree, reach, seat))
    # With a payoff of 1 at every end, the counterfactual value is the probability itself.
    ones = replace(tree, returns=np.ones_like(tree.returns))
    chances = _continued(own, strategy, final_values(ones, reach, seat))
    return np.divide(values, chances, out=np.full_like(values, np.nan), where=chances > 0), chances


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
    values, chances = action_values(tree, profile, seat)
    best, worst = obviously_dominated(tree, seat)
    found = []
    for each, first in zip(own.sets, own.first.tolist(), strict=True):
        here = slice(first, first + len(each.actions))
        dominated = tuple((best[here] < worst[here].max()).tolist())
        reach = float(chances[first])
        found.append((each.key, Situation(each.actions, tuple(values[here].tolist()), reach, dominated)))
    return found


def _equilibrium(tree: FlatTree) -> Profile:
    solver, span = CFRPlus(tree), float(np.ptp(tree.returns))
    for _ in range(_MOST_ROUNDS):
        solver.run(_ROUND)
        if exploitability(tree, solver.average()) <= MOST_EXPLOITABLE * span:
            return solver.average()
    raise Unsolvable(f"{tree.game}: no profile near an equilibrium after {solver.iterations} iterations of CFR+")


def _continued(own: SeatTree, strategy: FloatArray, values: FloatArray) -> FloatArray:
    """Counterfactual value of each sequence when the seat follows a strategy afterwards; `values` is used up."""
    for level in reversed(own.levels):
        of_set = np.add.reduceat(strategy[level.sequences] * values[level.sequences], level.first)
        above = values[level.above]
        above += np.bincount(level.parent, of_set, minlength=len(above))
    return values
