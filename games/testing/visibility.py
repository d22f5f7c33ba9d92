"""Who sees what: which seats' observations change when one draw or move is changed and everything else is kept.

The table is for people. A draw that only its owner should see, and that the table shows to others, is a leak even if
all parts of the game agree about it.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    """The seats, other than the mover, whose observation a choice changes; each set holds the one before it.

    Attributes:
        at_once: in the state right after the choice.
        before_end: there, or in a later state before the last.
        at_end: in any state.
    """

    at_once: frozenset[Seat] = frozenset()
    before_end: frozenset[Seat] = frozenset()
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
    """The table as text; choices of one mover that are seen alike share a line."""
    lines = []
    for mover in dict.fromkeys(choice.mover for choice in table):
        own = {choice.ordinal: seen for choice, seen in table.items() if choice.mover == mover}
        lines += [f"{mover_name(mover)}, {_runs(own, seen)}: {_sentence(seen)}" for seen in dict.fromkeys(own.values())]
    return lines


def _runs(own: Mapping[int, Seen], seen: Seen) -> str:
    """The ordinals with this visibility: `choices 0 to 3, 5`. Ordinals that no play changed are passed over."""
    runs = [[ordinal for ordinal, _ in run] for same, run in groupby(own.items(), lambda item: item[1]) if same == seen]
    texts = [f"{run[0]}" if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
    return f"choice{'s' if len(runs) > 1 or len(runs[0]) > 1 else ''} {', '.join(texts)}"


def _sentence(seen: Seen) -> str:
    """Who sees a choice, and when: each seat is named once."""
    parts = (
        ("at once", seen.at_once),
        ("later", seen.before_end - seen.at_once),
        ("at the end", seen.at_end - seen.before_end),
    )
    named = [f"{when} by {', '.join(f'seat {seat}' for seat in sorted(seats))}" for when, seats in parts if seats]
    return "seen " + ("; ".join(named) or "by nobody")


def _seen(game: AnyGame, changed: Counterfactual) -> Seen:
    at_once: set[Seat] = set()
    before_end: set[Seat] = set()
    at_end: set[Seat] = set()
    for step, (node, other) in enumerate(changed.pairs):
        seats = {
            seat
            for seat in range(game.num_players)
            if seat != changed.mover and game.observation(node.state, seat) != game.observation(other.state, seat)
        }
        at_end |= seats
        if step == 0:
            at_once |= seats
        if step == 0 or (node.seats and other.seats):
            before_end |= seats
    return Seen(frozenset(at_once), frozenset(before_end), frozenset(at_end))


def _rank(mover: Seat) -> int:
    """Chance first, then the referee, then seats."""
    return {CHANCE: -2, REFEREE: -1}.get(mover, mover)
