"""Hands and classes of cards of a full deck, as seats read them."""

from __future__ import annotations

from collections.abc import Sequence

from games.cards.framing import CardFraming, rank_names
from games.cards.starting_hands import RANKS


def ranks_of(framing: CardFraming) -> tuple[str, ...]:
    """The names of the thirteen ranks, from low to high."""
    return rank_names(framing, RANKS)


def card_text(ranks: Sequence[str], card: str) -> str:
    """A card as rank and suit, such as `As`, or a class of two ranks, such as `AKs`, in names of ranks.

    Names that are no single signs are set apart by dashes.

    >>> card_text(rank_names(CardFraming(ranks="animals"), RANKS), "2s")
    'mouse-s'
    """
    dash = "" if tuple(ranks) == tuple(RANKS) else "-"
    return dash.join([ranks[RANKS.index(sign)] if sign in RANKS else sign for sign in card])


def rankings(high: str, low: str) -> str:
    """How hands of five cards rank, from high to low, given the names of the highest and the lowest rank."""
    return (
        "straight flush (five ranks in a row, of one suit), four of a kind, full house (three of a rank and two of "
        f"another), flush (five of one suit), straight (five ranks in a row; {high} is high, or low below {low}), "
        "three of a kind, two pair, one pair, high card"
    )
