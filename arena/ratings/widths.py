"""How far a pool's ratings are from being known: the widest interval that `arena rank` would show."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from arena.ratings.pools import FEW_CLUSTERS, rate_scores
from arena.ratings.results import MatchScore
from arena.ratings.tables import AgentRow


def widest_half_width(matches: Sequence[MatchScore], agents: Sequence[str]) -> float:
    """Half the width of the widest 95 % interval, in Elo points.

    Infinite while there is no interval: an agent has not met anybody, or groups of agents have not met, or an agent has
    scored everything or nothing, so that one end is open. Infinite, too, while an agent has been seen in fewer than
    `FEW_CLUSTERS` clusters: stopping at the first interval that happens to be narrow would favour intervals that are
    too narrow (`benchmarks/coverage.py`, stopped at a width).

    Args:
        matches: of one pool of a contest, none of them void.
        agents: whose intervals count.
    """
    rows = {row.agent: row for table in rate_scores(matches) for row in table.agents}
    return max((_half_width(rows.get(agent)) for agent in agents), default=inf)


def _half_width(row: AgentRow | None) -> float:
    rating = None if row is None or row.clusters < FEW_CLUSTERS else row.rating
    if rating is None or rating.low is None or rating.high is None:
        return inf
    return (rating.high - rating.low) / 2
