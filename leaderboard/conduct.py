"""How agents behaved beside winning: answers that were no legal action, tokens, money."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from agents.base import AttemptOutcome
from arena.records import ActionSource, MatchRecord
from leaderboard.rows import CallRow, attempt_rows, call_rows, decision_rows


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of which parts may be unknown.

    Attributes:
        known: the sum of what is known.
        unknown: number of values that are not.
        values: number of values in all.
    """

    known: float = 0.0
    unknown: int = 0
    values: int = 0

    @staticmethod
    def of(values: Iterable[float | None]) -> Sum:
        """The sum of these values."""
        listed = list(values)
        known = [value for value in listed if value is not None]
        return Sum(sum(known), len(listed) - len(known), len(listed))

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.known + other.known, self.unknown + other.unknown, self.values + other.values)


@dataclass(frozen=True, slots=True)
class Conduct:
    """What one agent did in the matches of a pool, void ones included: their tokens were paid too.

    Attributes:
        attempts: attempts at a decision by outcome.
        fallbacks: decisions that the policy for failed attempts made.
        tokens_in: prompt tokens.
        tokens_out: completion tokens.
        cost_usd: price of all calls.
    """

    attempts: Mapping[AttemptOutcome, int] = field(default_factory=dict)
    fallbacks: int = 0
    tokens_in: Sum = Sum()
    tokens_out: Sum = Sum()
    cost_usd: Sum = Sum()

    @property
    def calls(self) -> int:
        """Number of model calls."""
        return self.cost_usd.values

    @property
    def tried(self) -> int:
        """Number of attempts."""
        return sum(self.attempts.values())

    def rate(self, *outcomes: AttemptOutcome) -> float | None:
        """The share of attempts that ended in one of these ways; None when there were no attempts."""
        return sum(self.attempts.get(outcome, 0) for outcome in outcomes) / self.tried if self.tried else None

    def __add__(self, other: Conduct) -> Conduct:
        return Conduct(
            attempts=Counter(self.attempts) + Counter(other.attempts),
            fallbacks=self.fallbacks + other.fallbacks,
            tokens_in=self.tokens_in + other.tokens_in,
            tokens_out=self.tokens_out + other.tokens_out,
            cost_usd=self.cost_usd + other.cost_usd,
        )


Conducts = Mapping[tuple[str, str], Conduct]


def conducts(records: Iterable[MatchRecord]) -> Conducts:
    """The conduct of each agent in each pool, by (pool, agent)."""
    found: defaultdict[tuple[str, str], Conduct] = defaultdict(Conduct)
    for record in records:
        for agent, conduct in match_conduct(record).items():
            found[record.header.pool, agent] += conduct
    return dict(found)


def match_conduct(record: MatchRecord) -> dict[str, Conduct]:
    """The conduct of each agent in one match."""
    attempts: defaultdict[str, Counter[AttemptOutcome]] = defaultdict(Counter)
    calls: defaultdict[str, list[CallRow]] = defaultdict(list)
    for attempt in attempt_rows(record):
        attempts[attempt.agent][AttemptOutcome(attempt.outcome)] += 1
    for call in call_rows(record):
        if call.seat is not None:
            calls[call.agent].append(call)
    fallbacks = Counter(row.agent for row in decision_rows(record) if row.source != ActionSource.AGENT)
    return {
        agent: Conduct(
            attempts=attempts[agent],
            fallbacks=fallbacks[agent],
            tokens_in=Sum.of(call.tokens_in for call in calls[agent]),
            tokens_out=Sum.of(call.tokens_out for call in calls[agent]),
            cost_usd=Sum.of(call.cost_usd for call in calls[agent]),
        )
        for agent in {seat.agent for seat in record.header.seats}
    }
