"""Signalling games by name: types, messages, actions, payoffs and the words for them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

Pair = tuple[float, float]

_LAMPS: Final = (
    "The sender sees which way visitors come, which is its type, and shows a number of lamps, which mean nothing as "
    "yet. The receiver sees only the lamps and acts. Both want the visitors to be met."
)


class SignalTable(NamedTuple):
    """A signalling game.

    Attributes:
        story: who the two are and what they want, in two or three sentences that the payoffs bear out.
        types: what the sender can be, or know.
        prior: the probability of each type.
        messages: what the sender can do.
        actions: what the receiver can do.
        payoffs: payoffs[type][message][action] = (the sender's, the receiver's).
    """

    story: str
    types: tuple[str, ...]
    prior: tuple[float, ...]
    messages: tuple[str, ...]
    actions: tuple[str, ...]
    payoffs: tuple[tuple[tuple[Pair, ...], ...], ...]


def _free(payoffs: tuple[tuple[Pair, ...], ...], messages: int) -> tuple[tuple[tuple[Pair, ...], ...], ...]:
    """Payoffs by type and action where every message costs nothing."""
    return tuple((row,) * messages for row in payoffs)


TABLES: Final[Mapping[str, SignalTable]] = MappingProxyType(
    {
        "beer_quiche": SignalTable(
            "The sender has breakfast, and the receiver watches and then decides whether to pick a fight. A surly "
            "sender likes beer better, a weak one quiche; both like even more to be left alone. The receiver wants to "
            "fight the weak and to leave the surly alone.",
            ("weak", "surly"),
            (0.1, 0.9),
            ("beer", "quiche"),
            ("fight", "leave"),
            (
                (((0, 1), (2, 0)), ((1, 1), (3, 0))),
                (((1, 0), (3, 1)), ((0, 0), (2, 1))),
            ),
        ),
        "education": SignalTable(
            "The sender looks for work, and the receiver pays a wage after seeing whether the sender studied. Studying "
            "teaches nothing and costs the able less than others. The sender wants a high wage; the receiver wants to "
            "pay the able a high wage and others a low one.",
            ("less able", "able"),
            (0.6, 0.4),
            ("no degree", "degree"),
            ("low wage", "high wage"),
            (
                (((1, 0), (2, -1)), ((-0.5, 0), (0.5, -1))),
                (((1, -1), (2, 0)), ((0.5, -1), (1.5, 0))),
            ),
        ),
        "hiding": SignalTable(
            "The sender has hidden something in one of two places, which are its types, and says a word, which can "
            "mean anything. The receiver looks in one place. The receiver wants to find it, the sender that it is not "
            "found.",
            ("left", "right"),
            (0.5, 0.5),
            ("red", "blue"),
            ("look left", "look right"),
            _free((((-1, 1), (1, -1)), ((1, -1), (-1, 1))), 2),
        ),
        "lamps": SignalTable(
            _LAMPS,
            ("land", "sea"),
            (0.5, 0.5),
            ("one lamp", "two lamps"),
            ("wait at the road", "wait at the harbour"),
            _free((((1, 1), (0, 0)), ((0, 0), (1, 1))), 2),
        ),
        "lamps_three": SignalTable(
            _LAMPS,
            ("land", "sea", "air"),
            (1 / 3, 1 / 3, 1 / 3),
            ("one lamp", "two lamps", "three lamps"),
            ("wait at the road", "wait at the harbour", "wait at the roof"),
            _free(
                (
                    ((1, 1), (0, 0), (0, 0)),
                    ((0, 0), (1, 1), (0, 0)),
                    ((0, 0), (0, 0), (1, 1)),
                ),
                3,
            ),
        ),
        "salesman": SignalTable(
            "The sender sells a thing that may be good or bad, and says which; saying so costs nothing and binds "
            "nobody. The receiver buys it or not. The sender wants to sell in any case, the receiver to buy only what "
            "is good.",
            ("good thing", "bad thing"),
            (0.4, 0.6),
            ("it is good", "it is bad"),
            ("buy", "do not buy"),
            _free((((1, 1), (0, 0)), ((1, -1), (0, 0))), 2),
        ),
    }
)
