"""Match records to plain results, and results to comparisons between agents.

How a match counts:

* A completed match compares the seats by their returns: more is a win, the same is a draw.
* In a forfeit, each seat at fault loses to every seat that is not; the rest draw among themselves. Payoffs of
  forfeited matches are not counted: the play did not end by the rules.
* A void match is nobody's loss. It is counted in public and used for nothing else.
* A match of n seats gives each pair of seats a comparison of weight 1/(n-1), so that every seat weighs 1 in all.
* An agent never plays itself: two seats of one agent are not compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from arena.ratings.juries import different_opinions
from arena.records import MatchRecord, Outcome, RefereeTurn


@dataclass(frozen=True, slots=True)
class MatchScore:
    """What ratings need to know of one match.

    Attributes:
        pool: the matches it is rated with.
        game: spec string that loads the game.
        cluster: shared by matches that are not independent.
        agents: names by seat.
        specs: spec strings by seat.
        payoffs: final return of each seat of a completed match; None otherwise.
        forfeited_by: seats at fault.
        void: whether the match is not rated.
        rulings: what a referee said, in order, once for each model of a jury; none in games without one.
    """

    pool: str
    game: str
    cluster: str
    agents: tuple[str, ...]
    specs: tuple[str, ...]
    payoffs: tuple[float, ...] | None
    forfeited_by: tuple[int, ...] = ()
    void: bool = False
    rulings: tuple[str, ...] = ()


class Comparison(NamedTuple):
    """One agent against another in one match: `score` is 1 (first won), 0.5 or 0."""

    first: str
    second: str
    score: float
    weight: float


def match_score(record: MatchRecord) -> MatchScore:
    """The part of a record that ratings read."""
    header, result = record.header, record.result
    return MatchScore(
        pool=header.pool,
        game=header.game,
        cluster=header.cluster,
        agents=tuple(seat.agent for seat in header.seats),
        specs=tuple(seat.spec for seat in header.seats),
        payoffs=result.returns if result.outcome is Outcome.COMPLETED else None,
        forfeited_by=result.forfeited_by if result.outcome is Outcome.FORFEIT else (),
        void=result.outcome is Outcome.VOID,
        rulings=different_opinions(
            [turn.action for turn in record.turns if isinstance(turn, RefereeTurn)], header.referee
        ),
    )


def standing(match: MatchScore) -> tuple[float, ...]:
    """What the seats of a rated match are compared by: payoffs, or 0 for seats that forfeited and 1 for others."""
    if match.payoffs is not None:
        return match.payoffs
    return tuple(float(seat not in match.forfeited_by) for seat in range(len(match.agents)))


def comparisons(match: MatchScore) -> Iterator[Comparison]:
    """Every pair of seats with different agents, once; none for a void match."""
    if match.void:
        return
    by_seat = list(zip(match.agents, standing(match), strict=True))
    for (first, ours), (second, theirs) in combinations(by_seat, 2):
        if first != second:
            score = 0.5 if ours == theirs else float(ours > theirs)
            yield Comparison(first, second, score, 1 / (len(by_seat) - 1))
