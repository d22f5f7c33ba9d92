"""What a seat knows in Texas hold'em."""

from __future__ import annotations

from typing import NamedTuple

from games.cards.betting import Betting, Options
from games.core import Seat

Said = tuple[tuple[tuple[Seat, str], ...], ...]
"""Of each round of betting, who did what, in order."""


class Shown(NamedTuple):
    """Cards shown at the end of a hand, and what they make with the board."""

    seat: Seat
    cards: tuple[str, ...]
    name: str


class HandView(NamedTuple):
    """What one seat knows of a hand that is over.

    Attributes:
        button: the seat of the button.
        cards: the seat's own cards; none when it did not play.
        board: cards on the board.
        said: the betting.
        shown: the hands that were shown.
        stacks: everybody's chips after the hand.
    """

    button: Seat
    cards: tuple[str, ...]
    board: tuple[str, ...]
    said: Said
    shown: tuple[Shown, ...]
    stacks: tuple[int, ...]


class HoldemView(NamedTuple):
    """What one seat knows.

    Attributes:
        past: the hands that are over.
        button: the seat of the button; None when the match is over.
        cards: the seat's own cards; none when it does not play.
        board: cards on the board.
        said: the betting so far.
        betting: how the betting stands; None when the match is over.
        options: what the seat may do; None when it is not to act.
    """

    past: tuple[HandView, ...]
    button: Seat | None
    cards: tuple[str, ...]
    board: tuple[str, ...]
    said: Said
    betting: Betting | None
    options: Options | None
