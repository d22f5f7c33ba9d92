"""Payoffs of ring games: four positions, each paid by its own action and that of the next position around the ring.

Two rings differ in the last position only, where another action is dominant. Kneeland's published tables are not used:
tables are drawn, and `predictions` makes sure that they tell orders of rationality apart.
"""

from __future__ import annotations

import random
from typing import Final

Table = tuple[tuple[int, ...], ...]
"""Payoff by own action, then by the next position's action."""
Ring = tuple[Table, ...]
"""The tables of positions 1 to 4; the last one is paid by the first one's action."""

POSITIONS: Final = 4
ACTIONS: Final = 3
LARGEST: Final = 20
_BEST: Final = range(14, LARGEST + 1, 2)
_OTHER: Final = range(0, 13, 2)
_LAST: Final = POSITIONS - 1


def draw_rings(seed: int) -> tuple[Ring, Ring]:
    """Two rings that depend on nothing but the seed. Payoffs are even numbers from 0 to 20.

    In every column of the first three positions another action is best, so that none of their actions is dominated.
    The last position's rows are the same in both rings, but two of them have changed places.
    """
    rng = random.Random(seed)
    upper = tuple(_table(rng, rng.sample(range(ACTIONS), ACTIONS)) for _ in range(_LAST))
    dominant, other = rng.sample(range(ACTIONS), 2)
    last = _table(rng, [dominant] * ACTIONS)
    rows = list(last)
    rows[dominant], rows[other] = last[other], last[dominant]
    return (*upper, last), (*upper, tuple(rows))


def predictions(rings: tuple[Ring, Ring]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """What rational players do at each position of each ring: the one profile that survives iterated dominance.

    Raises:
        ValueError: the rings do not tell orders of rationality apart.
    """
    first, second = rings
    if first[:_LAST] != second[:_LAST]:
        raise ValueError("the rings must differ at the last position only")
    for position, table in enumerate(first[:_LAST], start=1):
        if len(set(_best_replies(table))) < ACTIONS:
            raise ValueError(f"at position {position} each action must be best against another one: {table}")
    profiles = _profile(first), _profile(second)
    if profiles[0][_LAST] == profiles[1][_LAST]:
        raise ValueError("the rings must have different dominant actions at the last position")
    return profiles


def _profile(ring: Ring) -> tuple[int, ...]:
    """Best replies around the ring, back from the dominant action of the last position."""
    dominant = set(_best_replies(ring[_LAST]))
    if len(dominant) > 1:
        raise ValueError(f"no action dominates all others at the last position: {ring[_LAST]}")
    profile = [dominant.pop()]
    for table in reversed(ring[:_LAST]):
        profile.insert(0, _best_replies(table)[profile[0]])
    return tuple(profile)


def _best_replies(table: Table) -> list[int]:
    """The best action against each action of the next position.

    Raises:
        ValueError: two actions are equally good.
    """
    best = []
    for column in zip(*table, strict=True):
        if column.count(max(column)) > 1:
            raise ValueError(f"two actions are best against the same one: {table}")
        best.append(column.index(max(column)))
    return best


def _table(rng: random.Random, best: list[int]) -> Table:
    """A table in which these actions are the best ones, column by column."""
    columns = []
    for row in best:
        column = [rng.choice(_OTHER) for _ in range(ACTIONS)]
        column[row] = rng.choice(_BEST)
        columns.append(column)
    return tuple(zip(*columns, strict=True))
