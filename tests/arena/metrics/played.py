"""Real matches of scripted players, for tests of metrics."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from agents.base import Referee
from agents.registry import build_agent
from arena.match import Match, play_match
from arena.metrics.base import Result, Value
from arena.metrics.evidence import Pool
from arena.records import Limits, MatchHeader, MatchRecord, Policy, SeatRecord
from games.registry import load


def play(game: str, agents: Sequence[str], deal: int = 0, referee: Referee | None = None) -> MatchRecord:
    """A match of registered agents, each under its spec as name."""
    loaded = load(game)
    header = MatchHeader(
        match_id=f"{deal:032x}",
        index=deal,
        game=game,
        pool=loaded.pool,
        seats=tuple(SeatRecord(agent=spec, spec=spec) for spec in agents),
        cluster=f"deal {deal}",
        deal_seed=deal,
        seed=deal,
        policy=Policy(),
        limits=Limits(),
    )
    return asyncio.run(play_match(Match(header, loaded, [build_agent(spec) for spec in agents], referee)))


def pool_of(*records: MatchRecord) -> Pool:
    """The pool of some records."""
    return Pool(records[0].header.pool, tuple(records))


def value(result: Result) -> Value:
    """A result that is a value."""
    assert isinstance(result, Value), result
    return result
