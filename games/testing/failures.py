"""What a failed check says: what was found, what was expected, and the way that leads there."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from typing import Final

from games.core import CHANCE, REFEREE, Seat
from games.testing.playouts import AnyGame, Node, Turn, turns_before

_MOVERS: Final = {CHANCE: "chance", REFEREE: "referee"}
_LONGEST_VALUE: Final = 400
_LONGEST_HISTORY: Final = 60


class CheckFailure(AssertionError):
    """A game breaks a rule of the interface.

    Attributes:
        found: what the game does.
        expected: what it should do.
        place: state and history, when the fault has a place.
    """

    def __init__(self, found: str, expected: str, place: str = "") -> None:
        super().__init__(f"{found}\nexpected: {expected}" + (f"\n{place}" if place else ""))
        self.found = found
        self.expected = expected
        self.place = place


@contextmanager
def located(game: AnyGame, node: Node) -> Iterator[None]:
    """Add state and history to a failure, and turn any other exception of the game into one."""
    try:
        yield
    except CheckFailure as failure:
        raise CheckFailure(failure.found, failure.expected, failure.place or place_of(game, node)) from failure
    except Exception as error:
        found = f"it raised {type(error).__name__}: {shorten(str(error))}"
        raise CheckFailure(found, "no exception here", place_of(game, node)) from error


def place_of(game: AnyGame, node: Node) -> str:
    """The state and the actions that led there, as people read them."""
    turns = turns_before(node)
    shown = [turn_text(game, turn) for turn in turns[-_LONGEST_HISTORY:]]
    skipped = [f"({len(turns) - len(shown)} turns)"] if len(shown) < len(turns) else []
    return f"state: {shorten(repr(node.state))}\nhistory: {'; '.join(skipped + shown) or 'none, this is the start'}"


def turn_text(game: AnyGame, turn: Turn) -> str:
    """One turn in one line: `chance: J`, or `seat 0: heads, seat 1: tails`."""
    node, actions = turn
    return ", ".join(f"{mover_name(seat)}: {_text(game, node, seat, action)}" for seat, action in actions.items())


def mover_name(seat: Seat) -> str:
    """`chance`, `referee` or `seat 3`."""
    return _MOVERS.get(seat, f"seat {seat}")


def shorten(text: str, longest: int = _LONGEST_VALUE) -> str:
    """A text with its middle left out when it is long."""
    half = longest // 2
    return text if len(text) <= longest else f"{text[:half]} ... {text[-half:]}"


def _text(game: AnyGame, node: Node, seat: Seat, action: Hashable) -> str:
    """The action's text, or its value when the game cannot say it: a failure must be shown even then."""
    try:
        return shorten(game.action_to_text(node.state, seat, action), 80)
    except Exception:
        return shorten(repr(action), 80)
