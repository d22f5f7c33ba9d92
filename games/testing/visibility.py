"""Who sees what: which seats' observations change when one draw or move is changed and everything else is kept.

The table is for people. A draw that only its owner should see, and that the table shows to others, is a leak even if
all parts of the game agree about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import NamedTuple

from games.core import CHANCE, REFEREE, Seat
from games.testing.evidence import Evidence
from games.testing.failures import mover_name
from games.testing.playouts import AnyGame, Counterfactual


class Choice(NamedTuple):
    """One choice of a mover: its n-th in a play, from 0."""

    mover: Seat
    ordinal: int


class Seen(NamedTuple):
    """The seats, other than the mover, whose observation a choice changes.

    Attributes:
        at_once: in the state right after it.
        later: in a later state before the end.
        at_end: in the last state.
    """

    at_once: frozenset[Seat] = frozenset()
    later: frozenset[Seat] = frozenset()
    at_end: frozenset[Seat] = frozenset()


def visibility_table(evidence: Evidence) -> Mapping[Choice, Seen]:
    """For each choice that was changed in some play: who saw it in any of them."""
    table: dict[Choice, Seen] = {}
    for changed in evidence.counterfactuals:
        choice = Choice(changed.mover, changed.ordinal)
        seen = _seen(evidence.game, changed)
        known = table.get(choice, Seen())
        table[choice] = Seen(*(one | other for one, other in zip(known, seen, strict=True)))
    return dict(sorted(table.items(), key=lambda item: (_rank(item[0].mover), item[0].ordinal)))


def visibility_lines(table: Mapping[Choice, Seen]) -> list[str]:
    """The table as text; neighbouring choices of one mover that are seen alike share a line."""
    groups = groupby(table.items(), key=lambda item: (item[0].mover, item[1]))
    return [_line(mover, seen, [choice.ordinal for choice, _ in items]) for (mover, seen), items in groups]


def _line(mover: Seat, seen: Seen, ordinals: list[int]) -> str:
    first, last = ordinals[0], ordinals[-1]
    which = f"choice {first}" if first == last else f"choices {first} to {last}"
    at_once, later, at_end = map(_seats, seen)
    return f"{mover_name(mover)}, {which}: seen at once by {at_once}; later by {later}; at the end by {at_end}"


def _seats(seats: Iterable[Seat]) -> str:
    return ", ".join(f"seat {seat}" for seat in sorted(seats)) or "nobody"


def _seen(game: AnyGame, changed: Counterfactual) -> Seen:
    at_once: set[Seat] = set()
    later: set[Seat] = set()
    at_end: set[Seat] = set()
    for step, (node, other) in enumerate(changed.pairs):
        over = not (node.seats and other.seats)
        where = at_end if over else at_once if step == 0 else later
        where.update(
            seat
            for seat in range(game.num_players)
            if seat != changed.mover and game.observation(node.state, seat) != game.observation(other.state, seat)
        )
    return Seen(frozenset(at_once), frozenset(later), frozenset(at_end))


def _rank(mover: Seat) -> int:
    """Chance first, then the referee, then seats."""
    return {CHANCE: -2, REFEREE: -1}.get(mover, mover)
