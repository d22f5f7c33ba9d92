"""Matches of agents that say and do what a test tells them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from agents.base import Agent, Decision, DecisionRequest
from arena.match import Match, play_match
from arena.records import ChanceTurn, Limits, MatchHeader, MatchRecord, Policy, SeatRecord
from games.core import Game
from games.registry import load


class Lines(Agent):
    """Says its lines one after the other, the last one again and again."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__()
        self.lines = lines

    async def decide(self, request: DecisionRequest) -> Decision:
        return Decision(self.lines[min(len(request.history), len(self.lines) - 1)])


def recite(spec: str, deal: Sequence[str], *lines: Sequence[str]) -> MatchRecord:
    """A match with this deal in which seats say these lines; agents are called a, b, ...

    The deal seed is searched for, so that the match replays.
    """
    game, agents = load(spec), [Lines(each) for each in lines]
    for seed in range(1000):
        record = asyncio.run(play_match(Match(_header(game, seed, f"{deal} {lines}"), game, agents)))
        drawn = [turn.action for turn in record.turns if isinstance(turn, ChanceTurn)]
        if drawn == list(deal):
            return record
    raise AssertionError(f"no seed below 1000 deals {deal}")


def _header(game: Game[Any, Any], seed: int, cluster: str) -> MatchHeader:
    return MatchHeader(
        match_id=f"{seed:032x}",
        index=seed,
        game=game.spec,
        pool=game.pool,
        seats=tuple(SeatRecord(agent=name, spec=name) for name in "abcdef"[: game.num_players]),
        cluster=cluster,
        deal_seed=seed,
        seed=seed,
        policy=Policy(attempts=1),
        limits=Limits(),
    )
