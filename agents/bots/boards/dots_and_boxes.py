"""A dots and boxes player that counts chains.

E. Berlekamp, The dots-and-boxes game, 2000: the fight is for not having to open the first long chain, and whoever keeps
that control takes all but the last two boxes of a chain (four of a loop), so that the other one must open the next.
M. Buzzard and K. Ciere, Playing simple loony dots and boxes endgames optimally, Integers 14, 2014 (values of endgames).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, ClassVar, Final, NamedTuple

from agents.bots.boards.player import BoardPlayer
from games.board.dots_and_boxes import DotsAndBoxes, DotsAndBoxesState
from games.core import Game

# For each line the boxes that it borders.
Borders = tuple[tuple[int, ...], ...]

# A box that is still to be taken counts a little less than one that is owned.
_EXPECTED: Final = 0.9
# How much of the promise of chains is left for each line in reserve: whoever is behind may yet change their parity.
_RESERVE: Final = 0.6


class ChainBoxes(BoardPlayer):
    """Looks ahead for the most boxes, its own and those that its parity of chains promises."""

    plays = ("dots_and_boxes",)
    title: ClassVar[str] = "Takes boxes, counts chains and gives two back to keep control, and looks a few plies ahead"
    usual_positions = 1000

    def value(self, game: Game[Any, Any], state: Any) -> float:
        assert isinstance(game, DotsAndBoxes), "the only game it plays"
        return box_lead(game.borders, state)


class Parts(NamedTuple):
    """What is left of a board where every line gives a box away, by numbers of boxes.

    Attributes:
        chains: lengths of the chains that nobody has opened.
        loops: lengths of the loops that nobody has opened.
        opened: for each part that can be taken now its length, and how many boxes of it are left over to keep control.
    """

    chains: tuple[int, ...]
    loops: tuple[int, ...]
    opened: tuple[tuple[int, int], ...]


def box_lead(borders: Borders, state: DotsAndBoxesState) -> float:
    """Expected boxes of the first seat less those of the second; exchanging the seats changes the sign only."""
    rest = expected_rest(borders, state.lines)
    return state.first.bit_count() - state.second.bit_count() + _EXPECTED * (rest if state.turn == 0 else -rest)


@lru_cache(maxsize=1 << 15)
def expected_rest(borders: Borders, lines: int) -> float:
    """How many more of the boxes left the player to move will take than the other one, given the lines drawn.

    Exact where every line gives a box away and no open box has more than two sides missing. Elsewhere the lines that
    give nothing away are drawn as they come, which says who would have to open the first chain; the more they are, the
    less that counts.
    """
    missing = [line for line in range(len(borders)) if not lines >> line & 1]
    sides = Counter(box for line in missing for box in borders[line])
    left = _without_harmless(borders, missing, sides)
    chains, loops, opened = _parts([borders[line] for line in left], sides)
    control = endgame_value(chains, loops)
    harmless = len(missing) - len(left)
    to_come = (control if harmless % 2 else -control) * _RESERVE**harmless
    taken = sum(length for length, _ in opened)
    left_over = min((few for length, few in opened if length >= few), default=None)
    if left_over is None:
        return taken + to_come
    return taken + max(to_come, -2 * left_over - to_come)


@lru_cache(maxsize=1 << 12)
def endgame_value(chains: tuple[int, ...], loops: tuple[int, ...]) -> int:
    """How many more boxes the player who does not have to open the first part takes (lengths ascending)."""
    values = []
    if chains:
        length, rest = chains[0], endgame_value(chains[1:], loops)
        # The two boxes of a short chain can be opened in the middle, so that none are left over.
        values.append(length - rest if length < 3 else length + max(-rest, rest - 4))
    if loops:
        rest = endgame_value(chains, loops[1:])
        values.append(loops[0] + max(-rest, rest - 8))
    return min(values, default=0)


def _without_harmless(borders: Borders, missing: Sequence[int], sides: Counter[int]) -> list[int]:
    """The missing lines that are left when those that give nothing away are drawn as they come; counts sides down."""
    left = []
    for line in missing:
        if all(sides[box] > 2 for box in borders[line]):
            sides.subtract(borders[line])
        else:
            left.append(line)
    return left


def _parts(ends: Sequence[tuple[int, ...]], sides: Mapping[int, int]) -> Parts:
    """The chains and loops that missing lines make of boxes.

    Args:
        ends: the boxes that each missing line borders.
        sides: how many sides each open box misses.
    """
    links = [(pair[0], pair[1]) for pair in ends if len(pair) == 2]
    paths = _groups([box for box in sides if sides[box] < 3], links)
    opened = [path for path in paths if min(sides[box] for box in path) == 1]
    taken = {box for path in opened for box in path}
    chains, loops = [], []
    for group in _groups([box for box in sides if box not in taken], links):
        spare = sum(sides[box] - 2 for box in group)
        if spare == 0 and sum(one in group and two in group for one, two in links) == len(group):
            loops.append(len(group))
        else:
            chains += _arms(len(group), sorted(len(path) for path in paths if path[0] in group), spare)
    return Parts(
        tuple(sorted(chains)),
        tuple(sorted(loops)),
        tuple((len(path), 4 if sum(sides[box] == 1 for box in path) == 2 else 2) for path in opened),
    )


def _arms(boxes: int, arms: Sequence[int], spare: int) -> list[int]:
    """Lengths of the chains in a part with forks: the shortest arms by themselves, the others joined at the forks."""
    apart = list(arms[:spare])
    return [*apart, boxes - sum(apart)] if boxes > sum(apart) else apart


def _groups(boxes: Sequence[int], links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Boxes that hang together by links among them."""
    group_of = {box: [box] for box in boxes}
    for one, two in links:
        if one in group_of and two in group_of and group_of[one] is not group_of[two]:
            joined = group_of[one]
            for box in group_of[two]:
                joined.append(box)
                group_of[box] = joined
    return list({id(group): group for group in group_of.values()}.values())
