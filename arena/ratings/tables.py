"""What a pool's matches say, as values: rows of agents, and the same as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from arena.ratings.payoffs import Mean

SCHEMA: Final = 1
_DECIMALS: Final = 6


@dataclass(frozen=True, slots=True)
class Rating:
    """A Bradley-Terry rating with its interval, in points.

    Attributes:
        rating: the estimate; the mean of the pool is 1000.
        low: lower end of the 95 % interval; None with fewer than two clusters.
        high: upper end, likewise.
        rank_low: best plausible rank, likewise.
        rank_high: worst plausible rank, likewise.
    """

    rating: float
    low: float | None = None
    high: float | None = None
    rank_low: int | None = None
    rank_high: int | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """Wins, draws and losses. In matches of n seats each comparison of two seats counts 1/(n-1)."""

    wins: float = 0.0
    draws: float = 0.0
    losses: float = 0.0

    @property
    def games(self) -> float:
        """How many there were in all."""
        return self.wins + self.draws + self.losses

    @property
    def share(self) -> float | None:
        """Wins and half the draws as a share of all games; None when there were none."""
        return (self.wins + self.draws / 2) / self.games if self.games else None


@dataclass(frozen=True, slots=True)
class AgentRow:
    """One agent in a pool.

    Attributes:
        agent: its name.
        rating: None where the pool or the agent is not rated.
        elo: online Elo after the last match; None where there is no rating.
        payoff: mean payoff over completed matches; None when there were none.
        score: wins, draws and losses.
        matches: rated matches it took part in, forfeits included.
        clusters: independent clusters among them.
        forfeits: matches that it forfeited itself.
        voids: matches it sat in that were void.
    """

    agent: str
    rating: Rating | None
    elo: float | None
    payoff: Mean | None
    score: Score
    matches: int
    clusters: int
    forfeits: int
    voids: int


@dataclass(frozen=True, slots=True)
class PoolTable:
    """What the matches of one pool say.

    Attributes:
        pool: its name.
        game: spec string that loads the game.
        rated: whether there are ratings.
        method: how the numbers were made.
        notes: what a reader must know, a sentence each.
        matches: rated matches, forfeits included.
        clusters: independent clusters among them.
        forfeits: matches that were forfeited.
        voids: matches that were void.
        agents: best first.
        pairs: what each agent scored against each other, by (agent, opponent).
    """

    pool: str
    game: str
    rated: bool
    method: str
    notes: tuple[str, ...]
    matches: int
    clusters: int
    forfeits: int
    voids: int
    agents: tuple[AgentRow, ...]
    pairs: Mapping[tuple[str, str], Score]


def rank_json(tables: Sequence[PoolTable]) -> dict[str, Any]:
    """The tables as JSON-ready values; unknown is null."""
    return {"schema": SCHEMA, "pools": [_pool_json(table) for table in tables]}


def _pool_json(table: PoolTable) -> dict[str, Any]:
    return {
        "pool": table.pool,
        "game": table.game,
        "rated": table.rated,
        "method": table.method,
        "notes": list(table.notes),
        "matches": table.matches,
        "clusters": table.clusters,
        "forfeits": table.forfeits,
        "voids": table.voids,
        "agents": [_agent_json(row) for row in table.agents],
    }


def _agent_json(row: AgentRow) -> dict[str, Any]:
    rating, payoff = row.rating, row.payoff
    return {
        "agent": row.agent,
        "rating": None if rating is None else _rounded(rating.rating),
        "low": None if rating is None else _rounded(rating.low),
        "high": None if rating is None else _rounded(rating.high),
        "rank_low": None if rating is None else rating.rank_low,
        "rank_high": None if rating is None else rating.rank_high,
        "elo": _rounded(row.elo),
        "matches": row.matches,
        "clusters": row.clusters,
        "wins": _count(row.score.wins),
        "draws": _count(row.score.draws),
        "losses": _count(row.score.losses),
        "mean_payoff": None if payoff is None else _rounded(payoff.mean),
        "payoff_low": None if payoff is None else _rounded(payoff.low),
        "payoff_high": None if payoff is None else _rounded(payoff.high),
        "forfeits": row.forfeits,
        "voids": row.voids,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)


def _count(value: float) -> float | int:
    """Whole numbers as such; shares of n-player matches as fractions."""
    return int(value) if value == int(value) else round(value, _DECIMALS)
