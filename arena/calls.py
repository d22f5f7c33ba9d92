"""The model calls in a record, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from arena.records import DecisionTurn, MatchRecord, ModelCallRecord, RefereeTurn


class PlacedCall(NamedTuple):
    """A model call with the turn, seat and attempt it belongs to; the last two are None for the referee's."""

    turn: int
    seat: int | None
    attempt: int | None
    call: ModelCallRecord


def placed_calls(record: MatchRecord) -> Iterator[PlacedCall]:
    """The model calls of a match with their places, in order, the referee's included."""
    for number, turn in enumerate(record.turns):
        if isinstance(turn, RefereeTurn):
            for call in turn.calls:
                yield PlacedCall(number, None, None, call)
        elif isinstance(turn, DecisionTurn):
            for decision in turn.decisions:
                for tried, attempt in enumerate(decision.attempts, 1):
                    for call in attempt.calls:
                        yield PlacedCall(number, decision.seat, tried, call)
