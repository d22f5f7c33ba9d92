"""Policies as people and agents hold them, and their arrays."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np

from games.core import Seat
from games.solvers.best_response import Profile
from games.solvers.sequences import FloatArray
from games.solvers.tree import FlatTree, Unsolvable

Policy = Mapping[tuple[Seat, Hashable], Mapping[Any, float]]
"""Probability of each action, by seat and information state; actions that are not named have probability 0."""


def uniform(tree: FlatTree) -> list[FloatArray]:
    """The profile in which every seat plays every legal action alike."""
    return [own.uniform() for own in tree.seats]


def to_profile(tree: FlatTree, policy: Policy) -> list[FloatArray]:
    """The arrays of a policy.

    Raises:
        ValueError: an information state is missing, or its probabilities are not a distribution over legal actions.
    """
    return [
        np.array([1.0, *(p for each in own.sets for p in _probabilities(policy, (seat, each.key), each.actions))])
        for seat, own in enumerate(tree.seats)
    ]


def to_policy(tree: FlatTree, profile: Profile) -> dict[tuple[Seat, Hashable], dict[Any, float]]:
    """The policy of a profile, with every legal action of every information state.

    Raises:
        Unsolvable: a seat's information states do not tell what it did, so that no policy over them is the profile.
    """
    policy: dict[tuple[Seat, Hashable], dict[Any, float]] = {}
    for seat, (own, strategy) in enumerate(zip(tree.seats, profile, strict=True)):
        for each, first in zip(own.sets, own.first, strict=True):
            if (seat, each.key) in policy:
                raise Unsolvable(f"{tree.game}: seat {seat} cannot tell from {each.key} what it did before")
            probabilities = strategy[first : first + len(each.actions)]
            policy[seat, each.key] = dict(zip(each.actions, probabilities.tolist(), strict=True))
    return policy


def _probabilities(policy: Policy, where: tuple[Seat, Hashable], actions: tuple[Any, ...]) -> list[float]:
    """The probabilities of the actions of one information state, checked."""
    if where not in policy:
        raise ValueError(f"the policy says nothing for seat {where[0]} at {where[1]}")
    chosen = policy[where]
    probabilities = [chosen.get(action, 0.0) for action in actions]
    if set(chosen) - set(actions) or min(probabilities) < 0 or not math.isclose(sum(probabilities), 1, abs_tol=1e-9):
        expected = f"expected non-negative probabilities of {list(actions)} that sum to 1"
        raise ValueError(f"the policy of seat {where[0]} at {where[1]} is {dict(chosen)}; {expected}")
    return probabilities
