"""The headline across the rated pools of a board, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.special import ndtri

from arena.ratings.across_games import headline
from arena.ratings.bradley_terry import FloatArray
from arena.ratings.tables import AcrossRow, AcrossTable, PoolTable

METHOD: Final = (
    "mean over games of standardised Bradley-Terry strengths, each game counted alike however often it was played and "
    "however wide its ratings spread; strengths are shrunk by what all games say (empirical Bayes, REML); 0 is the "
    "mean agent, 1 a standard deviation of true strength above it; 95 % intervals of the posterior"
)
_LEVEL: Final = 0.95
_Z: Final = float(ndtri((1 + _LEVEL) / 2))


def across(tables: Sequence[PoolTable]) -> AcrossTable | None:
    """One number per agent over all rated pools; None unless two pools have two rated agents in common."""
    pools = [table for table in tables if len(_rated(table)) > 1]
    common = [set(_rated(first)) & set(_rated(second)) for n, first in enumerate(pools) for second in pools[n + 1 :]]
    if not any(len(shared) > 1 for shared in common):
        return None
    agents = sorted({agent for table in pools for agent in _rated(table)})
    values = np.array([[_rated(table).get(agent, (np.nan, np.nan)) for agent in agents] for table in pools])
    found = headline(values[..., 0], values[..., 1])
    error = (found.high - found.low) / (2 * _Z)
    games = (~np.isnan(values[..., 0])).sum(axis=0)
    complete = games == len(pools)
    ranks = iter(_rank_intervals(found.strength[complete], error[complete]))
    rows = []
    for i, agent in enumerate(agents):
        best, worst = next(ranks) if complete[i] else (None, None)
        strength, low, high = float(found.strength[i]), float(found.low[i]), float(found.high[i])
        rows.append(AcrossRow(agent, strength, low, high, best, worst, int(games[i])))
    ordered = tuple(sorted(rows, key=lambda row: (row.rank_low is None, -row.strength, row.agent)))
    return AcrossTable(tuple(table.pool for table in pools), ordered, METHOD, _notes(ordered, len(pools)))


def _rated(table: PoolTable) -> dict[str, tuple[float, float]]:
    """Rating and standard error of the agents that have both."""
    return {
        row.agent: (row.rating.rating, row.rating.error)
        for row in table.agents
        if row.rating is not None and row.rating.error
    }


def _rank_intervals(strength: FloatArray, error: FloatArray) -> list[tuple[int, int]]:
    """Best and worst plausible rank: differences of one agent to all others, tested together (Bonferroni)."""
    agents = len(strength)
    cut = float(ndtri(1 - (1 - _LEVEL) / (2 * max(1, agents - 1))))
    ahead = strength[:, None] - strength
    margin = cut * np.sqrt(error[:, None] ** 2 + error**2)
    return [
        (1 + int(behind), agents - int(before))
        for behind, before in zip((ahead < -margin).sum(1), (ahead > margin).sum(1), strict=True)
    ]


def _notes(rows: Sequence[AcrossRow], pools: int) -> tuple[str, ...]:
    absent = sorted(row.agent for row in rows if row.games < pools)
    if not absent:
        return ()
    return (
        "Not rated in every game, so that they have no rank here; their other games are estimated from those they "
        f"played: {', '.join(absent)}.",
    )
