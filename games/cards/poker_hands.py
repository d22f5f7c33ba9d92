"""The ranking of poker hands, by the pokerkit package (extra `agon[poker]`)."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from games.cards.starting_hands import DECK

if TYPE_CHECKING:
    from pokerkit import Card, Lookup


class Strength(NamedTuple):
    """How good a hand is: a number (more is better, equal ones split), and what it is called."""

    number: int
    name: str


@lru_cache(maxsize=1 << 14)
def strength(cards: tuple[str, ...]) -> Strength:
    """The best five of five to seven cards, such as `As` and `Td`.

    >>> strength(("As", "Kd", "Ac", "7d", "2c")).name
    'one pair'

    Raises:
        ImportError: pokerkit is missing.
    """
    lookup, known = ranking()
    best = max(lookup.get_entry(five) for five in combinations([known[card] for card in cards], 5))
    return Strength(best.index, best.label.value.lower())


@cache
def ranking() -> tuple[Lookup, dict[str, Card]]:
    """The table of five-card hands, and its cards by our names.

    Raises:
        ImportError: pokerkit is missing.
    """
    try:
        from pokerkit import Card, StandardHighHand
    except ImportError as error:
        raise ImportError("hold'em needs the pokerkit package: pip install 'agon[poker]'") from error
    return StandardHighHand.lookup, {name: next(iter(Card.parse(name))) for name in DECK}
