"""The 169 classes of starting hands in hold'em, how often they meet, and what they are worth all-in.

Cards are texts of rank and suit, such as `As` and `Td`; classes are texts such as `AKs` (suited), `AKo` (offsuit) and
`TT`, the higher rank first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import combinations
from types import MappingProxyType
from typing import Final

RANKS: Final = "23456789TJQKA"
SUITS: Final = "cdhs"
DECK: Final = tuple(rank + suit for rank in RANKS for suit in SUITS)
BOARDS: Final = 1_712_304
"""Boards of five cards that go with two given hands."""

_TABLE: Final = "preflop_equities.npy"


def class_of(one: str, other: str) -> str:
    """The class of a hand of two cards.

    >>> class_of("Ks", "Ah")
    'AKo'
    """
    high, low = sorted((one, other), key=lambda card: RANKS.index(card[0]), reverse=True)
    if high[0] == low[0]:
        return high[0] + low[0]
    return f"{high[0]}{low[0]}{'s' if high[1] == low[1] else 'o'}"


HANDS: Final = tuple((class_of(*cards), frozenset(cards)) for cards in combinations(reversed(DECK), 2))
"""All 1,326 hands, each with its class."""

COMBINATIONS: Final[Mapping[str, int]] = MappingProxyType(Counter(name for name, _ in HANDS))
"""How many hands each class holds: 6 pairs, 4 suited or 12 offsuit ones. Classes stand from aces down."""

CLASSES: Final = tuple(COMBINATIONS)


@cache
def against(name: str) -> Mapping[str, int]:
    """How many hands of each class share no card with one hand of this class, 1,225 in all."""
    cards = next(cards for other, cards in HANDS if other == name)
    return MappingProxyType(Counter(other for other, others in HANDS if cards.isdisjoint(others)))


@cache
def margins() -> Mapping[tuple[str, str], float]:
    """Chance of the first class to win all-in before the flop, less that of the second, from -1 to 1.

    It is exact: the mean over all pairs of hands of the two classes that share no card, and over all boards.
    The equity of a class, with ties counted half, is half of 1 plus its margin.
    """
    import numpy as np

    with files("games.cards").joinpath(_TABLE).open("rb") as file:
        sums = iter(np.load(file).tolist())
    table = {(name, name): 0.0 for name in CLASSES}
    for one, other in combinations(CLASSES, 2):
        margin = next(sums) / (COMBINATIONS[one] * against(one)[other] * BOARDS)
        table[one, other], table[other, one] = margin, -margin
    return MappingProxyType(table)
