"""Records as flat rows: what frames, files and counts are made of. Unknown is None, never 0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from agents.base import AttemptOutcome
from arena.calls import PlacedCall, placed_calls
from arena.ratings.results import match_score, standing
from arena.records import (
    DecisionTurn,
    MatchRecord,
    Outcome,
    SeatDecision,
)


class MatchRow(NamedTuple):
    """One match; `position` is its place in the schedule."""

    match_id: str
    position: int
    pool: str
    game: str
    cluster: str
    seats: int
    outcome: str
    reason: str | None
    text: str
    turns: int
    deal_seed: int
    seed: int
    started_at: str | None
    duration_s: float | None


class SeatRow(NamedTuple):
    """One seat of one match.

    `score` is the seat's share against the others: 1 beat all, 0.5 drew, 0 lost to all; None in a void match.
    `payoff` is None unless the match was completed. Tokens and cost are None when that of any call is unknown.
    """

    match_id: str
    position: int
    pool: str
    game: str
    cluster: str
    seat: int
    agent: str
    spec: str
    role: str
    outcome: str
    forfeited: bool
    reason: str | None
    payoff: float | None
    score: float | None
    decisions: int
    attempts: int
    failed_attempts: int
    calls: int
    tokens_in: float | None
    tokens_out: float | None
    cost_usd: float | None


class DecisionRow(NamedTuple):
    """One decision of one seat. `action` is None in the turn by which the seat forfeited."""

    match_id: str
    pool: str
    turn: int
    seat: int
    agent: str
    action: str | None
    source: str
    attempts: int


class AttemptRow(NamedTuple):
    """One attempt at a decision; the accepted first answer of a scripted player counts as one too."""

    match_id: str
    pool: str
    turn: int
    seat: int
    agent: str
    attempt: int
    outcome: str
    text: str
    problem: str | None


class CallRow(NamedTuple):
    """One model call. `seat` and `attempt` are None for the referee, whose spec stands as `agent`."""

    match_id: str
    pool: str
    turn: int
    seat: int | None
    agent: str
    attempt: int | None
    requested_model: str
    returned_model: str | None
    finish_reason: str | None
    tokens_in: int | None
    tokens_out: int | None
    tokens_reasoning: int | None
    tokens_cached: int | None
    cost_usd: float | None
    latency_s: float | None
    retries: int


def match_row(record: MatchRecord) -> MatchRow:
    """The row of a match."""
    header, result = record.header, record.result
    return MatchRow(
        match_id=header.match_id,
        position=header.index,
        pool=header.pool,
        game=header.game,
        cluster=header.cluster,
        seats=len(header.seats),
        outcome=result.outcome.value,
        reason=result.reason,
        text=result.text or result.detail or "",
        turns=len(record.turns),
        deal_seed=header.deal_seed,
        seed=header.seed,
        started_at=record.started_at,
        duration_s=record.duration_s,
    )


def seat_rows(record: MatchRecord) -> Iterator[SeatRow]:
    """The rows of a match's seats."""
    attempts, calls = list(attempt_rows(record)), list(call_rows(record))
    decisions = [row.seat for row in decision_rows(record)]
    for seat in range(len(record.header.seats)):
        own_attempts = [row for row in attempts if row.seat == seat]
        own_calls = [row for row in calls if row.seat == seat]
        yield _seat_row(record, seat, decisions.count(seat), own_attempts, own_calls)


def decision_rows(record: MatchRecord) -> Iterator[DecisionRow]:
    """The rows of a match's decisions."""
    for turn, decision in _decisions(record):
        yield DecisionRow(
            match_id=record.header.match_id,
            pool=record.header.pool,
            turn=turn,
            seat=decision.seat,
            agent=record.header.seats[decision.seat].agent,
            action=decision.action,
            source=decision.source.value,
            attempts=len(decision.attempts) or int(decision.action is not None),
        )


def attempt_rows(record: MatchRecord) -> Iterator[AttemptRow]:
    """The rows of a match's attempts."""
    for turn, decision in _decisions(record):
        agent = record.header.seats[decision.seat].agent
        place = (record.header.match_id, record.header.pool, turn, decision.seat, agent)
        if not decision.attempts and decision.action is not None:
            yield AttemptRow(*place, 1, AttemptOutcome.OK.value, decision.action, None)
        for number, attempt in enumerate(decision.attempts, 1):
            yield AttemptRow(*place, number, attempt.outcome.value, attempt.text, attempt.problem)


def call_rows(record: MatchRecord) -> Iterator[CallRow]:
    """The rows of a match's model calls, the referee's included."""
    return (_call_row(record, place) for place in placed_calls(record))


def total(values: Iterable[float | None]) -> float | None:
    """The sum; None as soon as one value is unknown."""
    listed = list(values)
    return None if None in listed else sum(value for value in listed if value is not None)


def _decisions(record: MatchRecord) -> Iterator[tuple[int, SeatDecision]]:
    for number, turn in enumerate(record.turns):
        if isinstance(turn, DecisionTurn):
            for decision in turn.decisions:
                yield number, decision


def _seat_row(
    record: MatchRecord, seat: int, decisions: int, attempts: list[AttemptRow], calls: list[CallRow]
) -> SeatRow:
    header, result, entry = record.header, record.result, record.header.seats[seat]
    return SeatRow(
        match_id=header.match_id,
        position=header.index,
        pool=header.pool,
        game=header.game,
        cluster=header.cluster,
        seat=seat,
        agent=entry.agent,
        spec=entry.spec,
        role=entry.role,
        outcome=result.outcome.value,
        forfeited=seat in result.forfeited_by,
        reason=result.reason,
        payoff=None if result.returns is None else result.returns[seat],
        score=_score(record, seat),
        decisions=decisions,
        attempts=len(attempts),
        failed_attempts=sum(row.outcome != AttemptOutcome.OK for row in attempts),
        calls=len(calls),
        tokens_in=total(row.tokens_in for row in calls),
        tokens_out=total(row.tokens_out for row in calls),
        cost_usd=total(row.cost_usd for row in calls),
    )


def _score(record: MatchRecord, seat: int) -> float | None:
    """The seat's mean score against the other seats."""
    if record.result.outcome is Outcome.VOID or len(record.header.seats) < 2:
        return None
    values = standing(match_score(record))
    others = values[:seat] + values[seat + 1 :]
    return sum((values[seat] > other) + (values[seat] == other) / 2 for other in others) / len(others)


def _call_row(record: MatchRecord, place: PlacedCall) -> CallRow:
    header, call = record.header, place.call
    return CallRow(
        match_id=header.match_id,
        pool=header.pool,
        turn=place.turn,
        seat=place.seat,
        agent=header.referee or "" if place.seat is None else header.seats[place.seat].agent,
        attempt=place.attempt,
        requested_model=call.requested_model,
        returned_model=call.returned_model,
        finish_reason=call.finish_reason,
        tokens_in=call.tokens_in,
        tokens_out=call.tokens_out,
        tokens_reasoning=call.tokens_reasoning,
        tokens_cached=call.tokens_cached,
        cost_usd=call.cost_usd,
        latency_s=call.latency_s,
        retries=call.retries,
    )
