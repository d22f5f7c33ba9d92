"""What the templates show, as values: the facts of runs and matches that need more than a lookup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from agents.base import AttemptOutcome
from arena.calls import placed_calls
from arena.ratings.diagnosis import Diagnosis, diagnose
from arena.ratings.results import MatchScore
from arena.ratings.tables import PoolTable
from arena.records import MatchRecord, Outcome
from arena.store import Manifest
from games.plugins import PluginError
from games.registry import load
from games.spec import SpecError
from leaderboard.conduct import Conduct, Conducts, Sum
from leaderboard.frontier import Frontier, frontiers
from leaderboard.rows import SeatRow, attempt_rows, call_rows, seat_rows
from leaderboard.scales import Scale, scale

SUMMARY_LENGTH: Final = 90


@dataclass(frozen=True, slots=True)
class PoolView:
    """One pool on the front page."""

    anchor: str
    title: str
    table: PoolTable
    scale: Scale
    conducts: dict[str, Conduct]
    frontier: Frontier | None
    diagnosis: Diagnosis | None


@dataclass(frozen=True, slots=True)
class MatchEntry:
    """One line in the list of matches of a run."""

    page: str
    position: int
    pool: str
    agents: tuple[str, ...]
    outcome: str
    reason: str | None
    returns: tuple[float, ...]
    turns: int
    failed_attempts: int
    text: str


@dataclass(slots=True)
class RunView:
    """One run; it fills up while its matches are read."""

    slug: str
    manifest: Manifest
    entries: list[MatchEntry] = field(default_factory=list)
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    conducts: dict[str, Conduct] = field(default_factory=dict)
    replayed_voids: int = 0

    @property
    def missing(self) -> int:
        """Scheduled matches that are not stored: not yet, or not wanted in a run that stops by rule."""
        return self.manifest.matches - len(self.entries)

    @property
    def configuration(self) -> str:
        """The configuration as JSON for people."""
        return pretty(self.manifest.config)


@dataclass(frozen=True, slots=True)
class SeatView:
    """One seat on the page of a match."""

    row: SeatRow
    best: bool


@dataclass(frozen=True, slots=True)
class MatchView:
    """What the page of a match shows beside its scenes.

    Attributes:
        title: of the game.
        seats: who sat where.
        text_numbers: a number for the address of each text that was sent to models, in order of first use.
        tokens: of all calls, the referee's included.
        cost_usd: likewise.
    """

    title: str
    seats: tuple[SeatView, ...]
    text_numbers: dict[str, int]
    tokens: Sum
    cost_usd: Sum


def pool_view(number: int, table: PoolTable, matches: Sequence[MatchScore], conducts: Conducts) -> PoolView:
    """The view of a pool's table, given its matches."""
    own = {row.agent: conducts.get((table.pool, row.agent), Conduct()) for row in table.agents}
    frontier = next(iter(frontiers([table], conducts)), None)
    diagnosis = diagnose(table.pool, matches) if table.rated else None
    return PoolView(f"pool-{number}", game_title(table.game), table, scale(table), own, frontier, diagnosis)


def match_entry(record: MatchRecord, page: str) -> MatchEntry:
    """The line of a match."""
    header, result = record.header, record.result
    return MatchEntry(
        page=page,
        position=header.index,
        pool=header.pool,
        agents=tuple(seat.agent for seat in header.seats),
        outcome=result.outcome.value,
        reason=result.reason,
        returns=result.returns or (),
        turns=len(record.turns),
        failed_attempts=sum(row.outcome != AttemptOutcome.OK for row in attempt_rows(record)),
        text=first_line(result.text or result.detail or ""),
    )


def match_view(record: MatchRecord) -> MatchView:
    """The facts on the page of a match."""
    calls = list(call_rows(record))
    return MatchView(
        title=game_title(record.header.game),
        seats=_seat_views(record),
        text_numbers=_text_numbers(record),
        tokens=Sum.of([call.tokens_in for call in calls]) + Sum.of([call.tokens_out for call in calls]),
        cost_usd=Sum.of([call.cost_usd for call in calls]),
    )


def game_title(spec: str) -> str:
    """The title of a game, or its spec where the game is not installed."""
    try:
        return load(spec).info.title
    except (PluginError, SpecError):
        return spec


def first_line(text: str) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text[: 4 * SUMMARY_LENGTH].split())
    return line if len(line) <= SUMMARY_LENGTH else line[: SUMMARY_LENGTH - 1] + "…"


def pretty(value: Any) -> str:
    """A JSON-ready value on several lines, keys sorted."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS).decode()


def _seat_views(record: MatchRecord) -> tuple[SeatView, ...]:
    returns = record.result.returns
    best = max(returns) if returns and max(returns) > min(returns) else None
    return tuple(SeatView(row, row.payoff is not None and row.payoff == best) for row in seat_rows(record))


def _text_numbers(record: MatchRecord) -> dict[str, int]:
    addresses = (message.text for place in placed_calls(record) for message in place.call.messages)
    return {address: number for number, address in enumerate(dict.fromkeys(addresses))}
