"""A hex player that sees the board as two electric circuits.

V. Anshelevich, A hierarchical approach to computer Hex, Artificial Intelligence 134, 2002: a side is as good as current
flows between its edges, where its own stones conduct well, free cells badly and the other's stones not at all. Of the
virtual connections there only the bridge is known here.
"""

from __future__ import annotations

from collections.abc import Iterable
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
# Steps of row and column to the cells that touch a cell and have higher numbers.
_NEAR: Final = (((0, 1),), ((1, -1),), ((1, 0),))
# Steps to the cells that a bridge leads to and that have higher numbers, each with those to the two cells between.
_BRIDGES: Final = (((1, 1), (0, 1), (1, 0)), ((2, -1), (1, 0), (1, -1)), ((1, -2), (0, -1), (1, -1)))

Cells = NDArray[np.intp]
Step = tuple[int, int]


class CircuitHex(BoardPlayer):
    """Looks ahead for the position where its own circuit conducts best and the other's worst."""

    plays = ("hex",)
    title: ClassVar[str] = "Sees the board as two electric circuits with bridges, and looks a few plies ahead"
    usual_positions = 300

    def value(self, game: Game[Any, Any], state: Any) -> float:
        assert isinstance(game, Hex), "the only game it plays"
        return circuit_lead(game.params.size, state)


class Wiring(NamedTuple):
    """What can be linked on a board for one seat, as arrays of cells; an edge is linked as if it were a stone.

    Attributes:
        pairs: pairs of cells that touch, then those with a bridge between them, the lower one first; shape (2, pairs).
        between: for the bridges, in their order, the two cells between; shape (2, bridges).
        edges: for both edges of the seat the cells that touch it.
        edge_bridges: for both edges the cells one row away, with the two cells between; shape (3, cells) each.
    """

    pairs: Cells
    between: Cells
    edges: tuple[Cells, Cells]
    edge_bridges: tuple[Cells, Cells]


def circuit_lead(size: int, state: HexState) -> float:
    """How much better the first seat's edges are connected than the second's, between -1 and 1.

    Exchanging the stones and mirroring the board changes the sign only.
    """
    first, second = (conductance(size, state[seat], state[1 - seat], seat) for seat in (0, 1))
    return (first - second) / (first + second)


def conductance(size: int, own: int, other: int, seat: Seat) -> float:
    """Current between a seat's edges at a voltage of 1, given its stones and the other's as bit sets."""
    from scipy.linalg import solveh_banded

    wiring, count = _wiring(size, seat), size * size
    stones, blocked = _cells(own, count), _cells(other, count)
    free = ~(stones | blocked)
    resistance = np.where(blocked, np.inf, np.where(stones, _STONE, 1.0))
    low, high = wiring.pairs
    one, two = wiring.between
    links = 1 / (resistance[low] + resistance[high])
    links[len(low) - len(one) :] *= free[one] & free[two]
    source, sink = (
        _edge_links(cells, bridges, resistance, free)
        for cells, bridges in zip(wiring.edges, wiring.edge_bridges, strict=True)
    )
    # Kirchhoff's rule at every cell, the edges being at 1 and 0; cells further apart than two rows are not linked.
    flow = np.bincount((high - low) * count + low, -links, 2 * size * count).reshape(2 * size, count)
    flow[0] += np.bincount(low, links, count) + np.bincount(high, links, count) + source + sink + _LEAK
    voltage = solveh_banded(flow, source, lower=True, check_finite=False)
    return float(source @ (1 - voltage))


def _edge_links(
    cells: Cells, bridges: Cells, resistance: NDArray[np.float64], free: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Conductance between an edge and each cell."""
    links = np.zeros(len(resistance))
    links[cells] = 1 / (resistance[cells] + _STONE)
    ends, one, two = bridges
    links[ends] = (free[one] & free[two]) / (resistance[ends] + _STONE)
    return links


def _cells(stones: int, count: int) -> NDArray[np.bool_]:
    """Which cells a bit set holds."""
    packed = np.frombuffer(stones.to_bytes(count // 8 + 1, "little"), np.uint8)
    return np.unpackbits(packed, count=count, bitorder="little").astype(np.bool_)


@lru_cache(maxsize=8)
def _wiring(size: int, seat: Seat) -> Wiring:
    board = {(row, column) for row in range(size) for column in range(size)}

    def linked(links: Iterable[tuple[Step, ...]]) -> Cells:
        """Cells, with those at these steps from them where all of these are on the board."""
        found = [
            [(row + up) * size + column + right for up, right in ((0, 0), *steps)]
            for steps in links
            for row, column in sorted(board)
            if all((row + up, column + right) in board for up, right in steps)
        ]
        return np.array(found, dtype=np.intp).T

    def line(number: int) -> Cells:
        """The cells of a row if the seat connects rows, of a column if it connects columns."""
        return np.arange(size) + number * size if seat == 0 else np.arange(size) * size + number

    # From the second line the two cells of the outer one that both touch a cell are the nearest and the next one.
    second, last_but_one = line(1), line(size - 2)
    near, bridges = linked(_NEAR), linked(_BRIDGES)
    return Wiring(
        np.hstack((near, bridges[:2])),
        bridges[2:],
        (line(0), line(size - 1)),
        (
            np.array((second[:-1], line(0)[:-1], line(0)[1:])),
            np.array((last_but_one[1:], line(size - 1)[:-1], line(size - 1)[1:])),
        ),
    )
