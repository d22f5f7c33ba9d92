"""Rounds of a run: what is played next, given the results of all rounds before, and when it is enough.

A run whose order is settled beforehand and that no interval ends is one round. Otherwise a round is one deal of every
group, or the next batch of an adaptive schedule, in every game that is not over. The next round is decided when every
match of those before has counted, so that it depends on results alone, never on which match ended first or when a run
was interrupted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from arena.config import RunConfig, Schedule, ScheduleKind
from arena.ratings.results import MatchScore, comparisons
from arena.schedule import Fixture, Group, Seating, header, one_deal, seatings, turns

if TYPE_CHECKING:
    from arena.matchmaking import Pairing
    from arena.ratings.bradley_terry import FloatArray
    from arena.records import MatchHeader

# The widths of intervals are looked at whenever the matches of a game have grown by this share.
_GROWTH: Final = 0.05

# The result of a match by its id; None while it is not played, or void.
Found = Callable[[str], MatchScore | None]


class Ending(StrEnum):
    """Why play ended."""

    PLAYED = "played"
    MATCHES = "max_matches"
    COST = "max_cost_usd"
    WIDTH = "max_half_width"
    VOID = "void"
    INTERRUPTED = "interrupted"


@dataclass(slots=True)
class _Part:
    """One game of a run, as far as it is decided."""

    fixture: Fixture
    played: list[MatchScore] = field(default_factory=list)
    deals: Counter[Group] = field(default_factory=Counter)
    measured: int = 0
    narrow: bool = False

    @property
    def left(self) -> int:
        """Deals that may still be played, over all groups."""
        return 0 if self.narrow else len(self.fixture.groups) * self.fixture.repeats - self.deals.total()


class Rounds:
    """What a run plays, round by round.

    Args:
        config: the run.
        fixtures: its games.
        found: results of matches; asked about those of a round when the next one is wanted.
    """

    def __init__(self, config: RunConfig, fixtures: Sequence[Fixture], found: Found) -> None:
        self._config = config
        self._found = found
        self._specs = {entry.label: entry.spec for entry in config.agents}
        self._parts = [_Part(item) for item in fixtures]
        self._index = 0
        self._open: list[tuple[_Part, MatchHeader]] = []

    def next(self) -> Iterable[MatchHeader] | Ending:
        """The matches of the next round in order of play, played ones included, or why there is none."""
        if (ending := self._count()) is not None:
            return ending
        if not self._config.by_results:
            return self._only_round()
        unfinished = [part for part in self._parts if part.left]
        if not unfinished:
            return Ending.WIDTH if any(part.narrow for part in self._parts) else Ending.PLAYED
        self._open = [(part, made) for part in unfinished for made in self._headers(self._seatings(part))]
        return [made for _, made in self._open] or Ending.MATCHES

    def _only_round(self) -> Iterable[MatchHeader] | Ending:
        """Everything, as it is asked for: a run may be too long for a list."""
        limit = self._config.stop.max_matches
        if self._index:
            return Ending.MATCHES if self._index == limit else Ending.PLAYED
        return self._headers(seatings([part.fixture for part in self._parts]))

    def _headers(self, turn: Iterable[Seating]) -> Iterator[MatchHeader]:
        limit = self._config.stop.max_matches
        for seating in islice(turn, None if limit is None else limit - self._index):
            yield header(seating, self._specs, self._config.seed, self._index)
            self._index += 1

    def _count(self) -> Ending | None:
        """Take in the results of the round that was played; one that is missing blocks what comes after it."""
        results = [(part, self._found(made.match_id)) for part, made in self._open]
        for part, score in results:
            if score is None:
                return Ending.VOID
            part.played.append(score)
        self._open = []
        if (limit := self._config.stop.max_half_width) is not None:
            for part in self._parts:
                _measure(part, limit)
        return None

    def _seatings(self, part: _Part) -> list[Seating]:
        schedule, fixture = self._config.schedule, part.fixture
        if not schedule.kind.adaptive:
            turn = list(one_deal(fixture, min(part.deals.values(), default=0)))
            part.deals.update(fixture.groups)
            return turn
        deals = []
        for first, second in _pairings(schedule, _scores(part), part.left):
            group = fixture.names[first], fixture.names[second]
            deals.append((group, part.deals[group]))
            part.deals[group] += 1
        return list(turns(fixture, deals))


def _measure(part: _Part, limit: float) -> None:
    """Look whether every interval of a game is narrow enough, if there is enough news since the last look."""
    if part.narrow or len(part.played) < (1 + _GROWTH) * part.measured + 1:
        return
    from arena.ratings.widths import widest_half_width

    part.measured = len(part.played)
    part.narrow = widest_half_width(part.played, part.fixture.names) <= limit


def _scores(part: _Part) -> FloatArray:
    """What each agent scored against each other one: shape (A, A)."""
    import numpy as np

    place = {name: number for number, name in enumerate(part.fixture.names)}
    scores = np.zeros((len(place), len(place)))
    for first, second, score, weight in chain.from_iterable(map(comparisons, part.played)):
        scores[place[first], place[second]] += weight * score
        scores[place[second], place[first]] += weight * (1 - score)
    return scores


def _pairings(schedule: Schedule, scores: FloatArray, most: int) -> list[Pairing]:
    from arena.matchmaking import g_optimal, order_optimal, swiss

    if schedule.kind is ScheduleKind.SWISS:
        return swiss(scores)[:most]
    by_information = g_optimal if schedule.kind is ScheduleKind.G_OPTIMAL else order_optimal
    return by_information(scores, min(schedule.batch, most))
