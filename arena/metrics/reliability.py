"""Whether a player answers as asked, and what its answers take.

Rates of attempts count every attempt of every match, void ones too: the question had been asked. A scripted player
whose first answer was accepted made one good attempt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from agents.base import AttemptOutcome
from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool
from arena.metrics.intervals import mean_value, share_value
from arena.records import DecisionTurn, MatchRecord, ModelCallRecord, SeatDecision

_Calls = Callable[[Pool, str], Iterator[tuple[str, list[ModelCallRecord]]]]

_SOURCE: Final = "share of attempts by outcome (design, section 5); Wilson 1927 with clusters"
_NO_CALLS: Final = "no model was asked"
_UNKNOWN: Final = "no match or decision in which every model call says it"


def rate_of(outcome: AttemptOutcome) -> Metric:
    """The metric that counts one outcome of attempts."""
    return Metric(
        name=f"{outcome.value}_rate",
        family=Family.RELIABILITY,
        meaning=f"Share of attempts at a decision that were {outcome.value}.",
        where="every attempt of every match, void ones included",
        source=_SOURCE,
        compute=lambda pool, agent: share_value(
            ((cluster, found is outcome) for cluster, found in attempts(pool, agent)), "the agent was never asked"
        ),
    )


def attempts(pool: Pool, agent: str) -> Iterator[tuple[str, AttemptOutcome]]:
    """Cluster and outcome of each attempt of an agent."""
    for record in pool.records:
        for decision in _decisions(record, agent):
            if not decision.attempts and decision.action is not None:
                yield record.header.cluster, AttemptOutcome.OK
            for attempt in decision.attempts:
                yield record.header.cluster, attempt.outcome


def forfeit_rate(pool: Pool, agent: str) -> Result:
    """Share of the agent's seats, over the matches that are not void, that forfeited."""
    return share_value(
        (
            (record.header.cluster, seat in record.result.forfeited_by)
            for record in pool.rated
            for seat, who in enumerate(record.header.seats)
            if who.agent == agent
        ),
        "no match has been played to an end",
    )


class _Quantity(NamedTuple):
    """Something that model calls use up: a field of `ModelCallRecord`, and words for it."""

    field: str
    name: str
    unit: str
    words: str

    def used(self, calls: list[ModelCallRecord]) -> float | None:
        """The sum over some calls; None when one of them does not say it."""
        found: list[float | None] = [getattr(call, self.field) for call in calls]
        known = [value for value in found if value is not None]
        return sum(known) if len(known) == len(found) else None


_TOKENS_IN: Final = _Quantity("tokens_in", "tokens_in", "tokens", "Prompt tokens")
_TOKENS_OUT: Final = _Quantity("tokens_out", "tokens_out", "tokens", "Completion tokens, thinking included,")
_SECONDS: Final = _Quantity("latency_s", "seconds", "s", "Seconds of waiting for models")
_MONEY: Final = _Quantity("cost_usd", "cost", "USD", "Money paid to providers")


def per_match(quantity: _Quantity) -> Metric:
    """The metric that says how much of a quantity a seat uses in a match."""
    return _cost_metric(quantity, "match", _calls_by_match)


def per_decision(quantity: _Quantity) -> Metric:
    """The metric that says how much of a quantity a seat uses in a decision, failed attempts included."""
    return _cost_metric(quantity, "decision", _calls_by_decision)


def _cost_metric(quantity: _Quantity, unit: str, calls_of: _Calls) -> Metric:
    def compute(pool: Pool, agent: str) -> Result:
        used = [(cluster, quantity.used(calls)) for cluster, calls in calls_of(pool, agent)]
        known = ((cluster, value) for cluster, value in used if value is not None)
        return mean_value(known, _UNKNOWN if used else _NO_CALLS)

    return Metric(
        name=f"{quantity.name}_per_{unit}",
        family=Family.RELIABILITY,
        meaning=f"{quantity.words} per {unit}, failed attempts included.",
        where=f"{unit}s of rated matches with model calls that all say it",
        unit=quantity.unit,
        high=None,
        source="mean over what servers report (records, ModelCallRecord); unknown is left out, never counted as 0",
        compute=compute,
    )


def _calls_by_match(pool: Pool, agent: str) -> Iterator[tuple[str, list[ModelCallRecord]]]:
    """Cluster and model calls of each seat that an agent had in a rated match."""
    for record in pool.rated:
        for seat, who in enumerate(record.header.seats):
            decided = (decision for decision in _decisions(record, agent) if decision.seat == seat)
            calls = [call for decision in decided for call in _calls(decision)]
            if who.agent == agent and calls:
                yield record.header.cluster, calls


def _calls_by_decision(pool: Pool, agent: str) -> Iterator[tuple[str, list[ModelCallRecord]]]:
    """Cluster and model calls of each decision of an agent in rated matches."""
    for record in pool.rated:
        for decision in _decisions(record, agent):
            if calls := _calls(decision):
                yield record.header.cluster, calls


def _calls(decision: SeatDecision) -> list[ModelCallRecord]:
    return [call for attempt in decision.attempts for call in attempt.calls]


def _decisions(record: MatchRecord, agent: str) -> Iterator[SeatDecision]:
    for turn in record.turns:
        if isinstance(turn, DecisionTurn):
            for decision in turn.decisions:
                if record.header.seats[decision.seat].agent == agent:
                    yield decision


ILLEGAL: Final = rate_of(AttemptOutcome.ILLEGAL)
UNPARSABLE: Final = rate_of(AttemptOutcome.UNPARSABLE)
AMBIGUOUS: Final = rate_of(AttemptOutcome.AMBIGUOUS)
EMPTY: Final = rate_of(AttemptOutcome.EMPTY)
TRUNCATED: Final = rate_of(AttemptOutcome.TRUNCATED)
REFUSAL: Final = rate_of(AttemptOutcome.REFUSAL)
TIMEOUT: Final = rate_of(AttemptOutcome.TIMEOUT)
FORFEIT: Final = Metric(
    name="forfeit_rate",
    family=Family.RELIABILITY,
    meaning="Share of matches that the agent forfeited.",
    where="every seat of the agent in matches that are not void",
    source="share of matches by outcome (design, section 1, a fault is not a loss); Wilson 1927 with clusters",
    compute=forfeit_rate,
)
TOKENS_IN_PER_MATCH: Final = per_match(_TOKENS_IN)
TOKENS_OUT_PER_MATCH: Final = per_match(_TOKENS_OUT)
SECONDS_PER_MATCH: Final = per_match(_SECONDS)
COST_PER_MATCH: Final = per_match(_MONEY)
TOKENS_IN_PER_DECISION: Final = per_decision(_TOKENS_IN)
TOKENS_OUT_PER_DECISION: Final = per_decision(_TOKENS_OUT)
SECONDS_PER_DECISION: Final = per_decision(_SECONDS)
COST_PER_DECISION: Final = per_decision(_MONEY)
