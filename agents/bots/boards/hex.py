"""A hex player that sees the board as two electric circuits.

V. Anshelevich, A hierarchical approach to computer Hex, Artificial Intelligence 134, 2002: a side is as good as current
flows between its edges, where its own stones conduct well, free cells badly and the other's stones not at all. Of the
virtual connections there only the bridge is known here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, ClassVar, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.bots.boards.player import BoardPlayer
from games.board.hex import Hex, HexState
from games.core import Game, Seat

# Resistance of a cell to whose stone lies on it; a free one has 1.
_STONE: Final = 0.01
# Lets a little current out everywhere, so that cells that are cut off have a potential too.
_LEAK: Final = 1e-9
_NEAR: Final = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, -1), (-1, 1))
# Cells two steps away that a bridge leads to, each with the two cells between.
_BRIDGES: Final = (
    ((1, 1), (0, 1), (1, 0)),
    ((-1, -1), (0, -1), (-1, 0)),
    ((2, -1), (1, 0), (1, -1)),
    ((-2, 1), (-1, 0), (-1, 1)),
    ((-1, 2), (0, 1), (-1, 1)),
    ((1, -2), (0, -1), (1, -1)),
)


class CircuitHex(BoardPlayer):
    """Looks ahead for the position where its own circuit conducts best and the other's worst."""

    plays = ("hex",)
    title: ClassVar[str] = "Sees the board as two electric circuits with bridges, and looks a few plies ahead"
    usual_positions = 250

    def value(self, game: Game[Any, Any], state: Any) -> float:
        assert isinstance(game, Hex), "the only game it plays"
        return circuit_lead(game.params.size, state)


class Wiring(NamedTuple):
    """What touches what for one seat; its two edges are the last two nodes, each a node like a stone.

    Attributes:
        near: 1 for each pair of nodes that touch, both ways.
        bridges: for each bridge, both ways, its two ends and the two nodes between.
    """

    near: NDArray[np.float64]
    bridges: NDArray[np.intp]


def circuit_lead(size: int, state: HexState) -> float:
    """How much better the first seat's edges are connected than the second's, between -1 and 1.

    Exchanging the stones and mirroring the board changes the sign only.
    """
    first, second = (conductance(size, state[seat], state[1 - seat], seat) for seat in (0, 1))
    return (first - second) / (first + second)


def conductance(size: int, own: int, other: int, seat: Seat) -> float:
    """Current between a seat's edges at a voltage of 1, given its stones and the other's as bit sets."""
    wiring = _wiring(size, seat)
    stones, blocked = _nodes(own, size) | _edges(size), _nodes(other, size)
    resistance = np.where(blocked, np.inf, np.where(stones, _STONE, 1.0))
    links = wiring.near / (resistance[:, None] + resistance)
    start, end, one, two = wiring.bridges
    taken = stones | blocked
    whole = ~(taken[one] | taken[two])
    links[start[whole], end[whole]] += 1 / (resistance[start[whole]] + resistance[end[whole]])
    # Kirchhoff's rule at every node but the second edge, which is at 0, when a current of 1 enters at the first.
    flow = np.diag(links.sum(axis=1) + _LEAK) - links
    entering = np.zeros(size * size + 1)
    entering[-1] = 1
    return 1 / float(np.linalg.solve(flow[:-1, :-1], entering)[-1])


def _nodes(cells: int, size: int) -> NDArray[np.bool_]:
    """Which nodes a bit set of cells holds."""
    count = size * size + 2
    packed = np.frombuffer(cells.to_bytes(count // 8 + 1, "little"), np.uint8)
    return np.unpackbits(packed, count=count, bitorder="little").astype(np.bool_)


@lru_cache(maxsize=8)
def _edges(size: int) -> NDArray[np.bool_]:
    """Which nodes are edges."""
    return np.arange(size * size + 2) >= size * size


@lru_cache(maxsize=8)
def _wiring(size: int, seat: Seat) -> Wiring:
    near = np.zeros((size * size + 2,) * 2)
    bridges = set()
    for here in range(size * size):
        row, column = divmod(here, size)
        for up, right in _NEAR:
            there = _node(size, seat, row + up, column + right)
            if there is not None:
                near[here, there] = near[there, here] = 1
        for steps in _BRIDGES:
            end, one, two = (_node(size, seat, row + up, column + right) for up, right in steps)
            if end is not None and one is not None and two is not None:
                between = min(one, two), max(one, two)
                bridges |= {(here, end, *between), (end, here, *between)}
    return Wiring(near, np.array(sorted(bridges), dtype=np.intp).reshape(-1, 4).T)


def _node(size: int, seat: Seat, row: int, column: int) -> int | None:
    """The number of a cell; beyond the board that of the seat's own edge there, or None."""
    along, across = (row, column) if seat == 0 else (column, row)
    if not 0 <= across < size:
        return None
    if 0 <= along < size:
        return row * size + column
    return size * size + (along >= size)
