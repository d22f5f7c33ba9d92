"""What others hold in hold'em, in four groups of starting hands that seats are asked about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from games.beliefs import Question
from games.cards.starting_hands import RANKS
from games.core import Seat

PAIR, TOP, HIGH, LOW = range(4)
_ACE: Final = RANKS[-1]
_HIGH_RANKS: Final = "TJQK"


def group_of(name: str) -> int:
    """The group of a class of starting hands: a pair, an ace with a lower rank, two ranks from ten to king, or others.

    >>> [group_of(name) for name in ("AA", "A2o", "KTs", "K9s")]
    [0, 1, 2, 3]
    """
    first, second = name[0], name[1]
    if first == second:
        return PAIR
    if _ACE in (first, second):
        return TOP
    return HIGH if first in _HIGH_RANKS and second in _HIGH_RANKS else LOW


def group_names(ranks: Sequence[str]) -> tuple[str, ...]:
    """The groups as options of a question, given the names of the ranks from low to high."""
    return "pair", f"with {ranks[-1]}", "high", "low"


def hand_topic(owner: Seat) -> str:
    """The topic of the hand that a seat holds."""
    return f"hand_of_player_{owner + 1}"


def hand_question(ranks: Sequence[str], owner: Seat) -> Question:
    """The question what another player holds."""
    return _question(ranks, owner, None, f"does player {owner + 1} hold")


def own_hand_question(ranks: Sequence[str], owner: Seat, viewer: Seat) -> Question:
    """The question what another player thinks that the seat itself holds."""
    return _question(ranks, owner, viewer, f"does player {viewer + 1} think you hold")


def shares(hands: Iterable[tuple[str, float]]) -> tuple[float, ...]:
    """How much each group weighs among classes of hands with weights."""
    weights = [0.0] * (LOW + 1)
    for name, weight in hands:
        weights[group_of(name)] += weight
    return tuple(weights)


def _question(ranks: Sequence[str], owner: Seat, viewer: Seat | None, asked: str) -> Question:
    top, lowest, highest = (ranks[RANKS.index(rank)] for rank in (_ACE, _HIGH_RANKS[0], _HIGH_RANKS[-1]))
    text = (
        f"Which kind of hand {asked}? Pair is two of a rank, with {top} is {top} and a lower rank, high is two ranks "
        f"from {lowest} to {highest}, low is any other."
    )
    return Question(hand_topic(owner), viewer, text, group_names(ranks))
