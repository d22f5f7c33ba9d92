"""What a pool's matches say, as values: rows of agents, and the same as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from arena.ratings.payoffs import Mean

SCHEMA: Final = 1
_DECIMALS: Final = 6


@dataclass(frozen=True, slots=True)
class Rating:
    """A Bradley-Terry rating with its interval, in points.

    Attributes:
        rating: the estimate; the mean of the pool is 1000, unless an agent's rating was given.
        low: lower end of the 95 % interval; None for an agent that lost everything ("at most"), and with fewer than two
            clusters.
        high: upper end; None for an agent that won everything ("at least"), and with fewer than two clusters.
        rank_low: best plausible rank; None with fewer than two clusters.
        rank_high: worst plausible rank, likewise.
        error: standard error of the rating, of its difference to a given one if there is one; None with fewer than two
            clusters.
    """

    rating: float
    low: float | None = None
    high: float | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    error: float | None = None


class Anchor(NamedTuple):
    """An agent whose rating is given, in points: all others are measured from it."""

    agent: str
    rating: float


@dataclass(frozen=True, slots=True)
class Points:
    """A number of rating points with its 95 % interval; None where fewer than two clusters tell of it."""

    points: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Bounds:
    """Lowest and highest payoff that the rules allow, by which payoffs are normalised to 0..1."""

    floor: float
    ceiling: float

    def normalised(self, payoff: Mean) -> Mean:
        """A mean payoff and its interval as shares of the way from floor to ceiling."""
        span = self.ceiling - self.floor
        low, high = ((end - self.floor) / span if end is not None else None for end in (payoff.low, payoff.high))
        return Mean((payoff.mean - self.floor) / span, low, high, payoff.n, payoff.clusters)


@dataclass(frozen=True, slots=True)
class AcrossRow:
    """One agent across games.

    Attributes:
        agent: its name.
        strength: mean standardised strength; 0 is the mean agent, 1 a standard deviation of true strength above it.
        low: lower end of the 95 % interval.
        high: upper end.
        rank_low: best plausible rank among those who were rated in every pool; None for one who was not.
        rank_high: worst plausible rank, likewise.
        games: number of pools it was rated in.
    """

    agent: str
    strength: float
    low: float
    high: float
    rank_low: int | None
    rank_high: int | None
    games: int


@dataclass(frozen=True, slots=True)
class AcrossTable:
    """The headline: one number per agent over several pools.

    Attributes:
        pools: names of the pools, each counted alike.
        agents: best first; those who were not rated in every pool after the others.
        method: how the numbers were made.
        notes: what a reader must know, a sentence each.
    """

    pools: tuple[str, ...]
    agents: tuple[AcrossRow, ...]
    method: str
    notes: tuple[str, ...]


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
        against: mean payoff of each agent in matches with each other, likewise.
        better: how probable it is that an agent is better than another, likewise; empty where there are no ratings.
        seat: advantage of the first seat; None where seats do not differ, or matches do not tell it.
        bounds: of payoffs; None where the rules set none.
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
    against: Mapping[tuple[str, str], Mean]
    better: Mapping[tuple[str, str], float]
    seat: Points | None
    bounds: Bounds | None


def rank_json(tables: Sequence[PoolTable], across: AcrossTable | None = None) -> dict[str, Any]:
    """The tables as JSON-ready values; unknown is null."""
    return {
        "schema": SCHEMA,
        "across": None if across is None else _across_json(across),
        "pools": [_pool_json(table) for table in tables],
    }


def _across_json(table: AcrossTable) -> dict[str, Any]:
    return {
        "pools": list(table.pools),
        "method": table.method,
        "notes": list(table.notes),
        "agents": [
            {
                "agent": row.agent,
                "strength": _rounded(row.strength),
                "low": _rounded(row.low),
                "high": _rounded(row.high),
                "rank_low": row.rank_low,
                "rank_high": row.rank_high,
                "games": row.games,
            }
            for row in table.agents
        ],
    }


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
        "first_seat": None if table.seat is None else _points_json(table.seat),
        "floor": None if table.bounds is None else table.bounds.floor,
        "ceiling": None if table.bounds is None else table.bounds.ceiling,
        "agents": [_agent_json(row, table.bounds) for row in table.agents],
        "against": [
            {"agent": agent, "opponent": opponent, **_mean_json(payoff), "better": _rounded(table.better.get(pair))}
            for pair, payoff in table.against.items()
            for agent, opponent in [pair]
        ],
    }


def _points_json(found: Points) -> dict[str, Any]:
    return {"points": _rounded(found.points), "low": _rounded(found.low), "high": _rounded(found.high)}


def _mean_json(found: Mean) -> dict[str, Any]:
    return {
        "mean_payoff": _rounded(found.mean),
        "payoff_low": _rounded(found.low),
        "payoff_high": _rounded(found.high),
        "n": found.n,
        "clusters": found.clusters,
    }


def _agent_json(row: AgentRow, bounds: Bounds | None) -> dict[str, Any]:
    rating, payoff = row.rating, row.payoff
    share = bounds.normalised(payoff) if bounds and payoff else None
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
        "normalised": None if share is None else _rounded(share.mean),
        "normalised_low": None if share is None else _rounded(share.low),
        "normalised_high": None if share is None else _rounded(share.high),
        "forfeits": row.forfeits,
        "voids": row.voids,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)


def _count(value: float) -> float | int:
    """Whole numbers as such; shares of n-player matches as fractions."""
    return int(value) if value == int(value) else round(value, _DECIMALS)
