"""The ranking of poker hands, by the pokerkit package (extra `agon[poker]`)."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from games.cards.starting_hands import DECK, SUITS

if TYPE_CHECKING:
    from pokerkit import Card, Lookup


_FIVE: Final = 5


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
    suits = "".join([card[1] for card in cards])
    if max(map(suits.count, SUITS)) < _FIVE:
        return _without_flush(tuple(sorted([card[0] for card in cards])))
    return max(map(_of_five, combinations(cards, _FIVE)))


# Without five cards of a suit only ranks count, and of these there are few: 6,175 hands of five, 49,205 of seven.
@lru_cache(maxsize=1 << 16)
def _without_flush(ranks: tuple[str, ...]) -> Strength:
    return max(map(_of_five_ranks, combinations(ranks, _FIVE)))


@cache
def _of_five_ranks(ranks: tuple[str, ...]) -> Strength:
    """Five cards of sorted ranks, in suits by turns: equal ranks differ in suit, and no five are of one suit."""
    return _of_five(tuple([rank + SUITS[place % len(SUITS)] for place, rank in enumerate(ranks)]))


def _of_five(cards: tuple[str, ...]) -> Strength:
    lookup, known = ranking()
    entry = lookup.get_entry([known[card] for card in cards])
    return Strength(entry.index, entry.label.value.lower())


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
