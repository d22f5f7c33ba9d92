"""All-in equities before the flop: every class of starting hands against every other, over all boards.

    python benchmarks/preflop_equities.py

Writes the table that `games/cards/starting_hands.py` reads, in about a minute. For two classes it holds the wins of
the first less its losses, summed over all pairs of hands that share no card and all 1,712,304 boards that go with each.
Boards that differ by a permutation of suits are counted once with their weight, which leaves sums over classes as they
are. Hands are ranked by rules of its own here, so that the tests can hold the table against other evaluators.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from itertools import combinations, combinations_with_replacement
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from games.cards.starting_hands import CLASSES, DECK, class_of

TABLE: Final = Path(__file__).parents[1] / "games" / "cards" / "preflop_equities.npy"
HANDS: Final = np.array(list(combinations(range(52), 2)))  # card c has rank c // 4 and suit c % 4
ROOM: Final = 255  # of a byte

Array = npt.NDArray[np.generic]
Ranks = tuple[int, ...]
Suits = tuple[int, ...]  # a mask of ranks for each suit


class Strengths(NamedTuple):
    """Strengths of seven cards, as small numbers: more is better.

    Attributes:
        plain: without flushes: for five sorted ranks on the board, that of each two ranks in the hand, shape (13, 13).
        flush: of the cards of one suit, by the mask of their ranks; 0 when there are fewer than five.
    """

    plain: dict[Ranks, Array]
    flush: Array


def straight_high(mask: int) -> int:
    """Rank of the highest card of the best straight in a set of ranks, the ace low too; -1 without one."""
    with_low_ace = mask << 1 | mask >> 12 & 1
    return max((high for high in range(3, 13) if with_low_ace >> high - 3 & 31 == 31), default=-1)


def number(category: int, ranks: list[int]) -> int:
    """A hand as a number: its category, then up to five ranks."""
    for rank in ranks + [0] * (5 - len(ranks)):
        category = category * 13 + rank
    return category


def plain_strength(ranks: Ranks) -> int:
    """Strength of the best five of seven ranks, suits apart."""
    counts = Counter(ranks)
    ordered = sorted(counts, key=lambda rank: (counts[rank], rank), reverse=True)
    first, second = counts[ordered[0]], counts[ordered[1]]
    if first == 4:
        return number(7, [ordered[0], max(ordered[1:])])
    if first == 3 and second >= 2:
        return number(6, [ordered[0], max(rank for rank in ordered[1:] if counts[rank] >= 2)])
    straight = straight_high(sum(1 << rank for rank in counts))
    if straight >= 0:
        return number(4, [straight])
    if first == 3:
        return number(3, ordered[:3])
    if first == second == 2:
        return number(2, [*ordered[:2], max(ordered[2:])])
    return number(1, ordered[:4]) if first == 2 else number(0, ordered[:5])


def flush_strength(mask: int) -> int:
    """Strength of the best five cards of one suit; 0 when there are fewer."""
    if mask.bit_count() < 5:
        return 0
    straight = straight_high(mask)
    ranks = [rank for rank in range(12, -1, -1) if mask >> rank & 1]
    return number(8, [straight]) if straight >= 0 else number(5, ranks[:5])


def strengths() -> Strengths:
    """All strengths, numbered from 0."""
    hands = list(combinations_with_replacement(range(13), 2))
    of_seven = {
        ranks: plain_strength(ranks)
        for ranks in combinations_with_replacement(range(13), 7)
        if max(Counter(ranks).values()) <= 4
    }
    flush = [flush_strength(mask) for mask in range(1 << 13)]
    place = {value: index for index, value in enumerate(sorted({0, *of_seven.values(), *flush}))}
    plain = {}
    for board in combinations_with_replacement(range(13), 5):
        table = np.zeros((13, 13), dtype=np.int16)
        for one, other in hands:
            value = of_seven.get(tuple(sorted((*board, one, other))), 0)
            table[one, other] = table[other, one] = place[value]
        plain[board] = table
    return Strengths(plain, np.array([place[value] for value in flush], dtype=np.int16))


def boards_by_weight() -> dict[int, list[Suits]]:
    """Boards up to a permutation of suits, by the number of boards that each stands for."""
    counted: Counter[Suits] = Counter()
    bits = [[1 << card // 4 if card % 4 == suit else 0 for suit in range(4)] for card in range(52)]
    for board in combinations(range(52), 5):
        counted[tuple(sorted(map(sum, zip(*[bits[card] for card in board], strict=True))))] += 1
    grouped = defaultdict(list)
    for board, weight in counted.items():
        grouped[weight].append(board)
    return grouped


def ranks_of(board: Suits) -> Ranks:
    """The ranks of a board, ascending."""
    return tuple(rank for rank in range(13) for mask in board if mask >> rank & 1)


def wins() -> npt.NDArray[np.int64]:
    """On how many boards each of the 1,326 hands beats each other one, where both can be held."""
    known = strengths()
    ranks, suits = HANDS // 4, HANDS % 4
    bits = 1 << ranks
    in_suit = np.array([np.where(suits == suit, bits, 0).sum(axis=1) for suit in range(4)])
    total = np.zeros((len(HANDS), len(HANDS)), dtype=np.int64)
    for weight, boards in boards_by_weight().items():
        for start in range(0, len(boards), ROOM):
            batch = np.zeros(total.shape, dtype=np.uint8)
            for board in boards[start : start + ROOM]:
                strength = known.plain[ranks_of(board)][ranks[:, 0], ranks[:, 1]]
                for suit, mask in enumerate(board):
                    if mask.bit_count() >= 3:
                        strength = np.maximum(strength, known.flush[in_suit[suit] | mask])
                dead = np.any([(in_suit[suit] & mask) != 0 for suit, mask in enumerate(board)], axis=0)
                # A hand that shares a card with the board neither wins nor loses.
                winning, losing = np.where(dead, -1, strength), np.where(dead, np.int16(32767), strength)
                batch += winning[:, np.newaxis].astype(np.int16) > losing.astype(np.int16)
            total += weight * batch.astype(np.int64)
    return total


def sums_by_class(won: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Wins less losses of each class against each other one, over hands that share no card, shape (169, 169)."""
    disjoint = (HANDS[:, np.newaxis, :, np.newaxis] != HANDS[np.newaxis, :, np.newaxis, :]).all(axis=(2, 3))
    member = np.array([[class_of(DECK[one], DECK[other]) == name for name in CLASSES] for one, other in HANDS])
    net = np.where(disjoint, won - won.T, 0)
    return np.asarray(member.T.astype(np.int64) @ net @ member.astype(np.int64))


def main() -> None:
    """Write the table: the sums of class pairs in the order of `combinations(CLASSES, 2)`."""
    start = time.perf_counter()
    sums = sums_by_class(wins())
    above = sums[np.triu_indices(len(CLASSES), 1)].astype(np.int32)
    np.save(TABLE, above)
    print(f"{len(above):,} pairs of classes in {time.perf_counter() - start:.0f} s: {TABLE.name}")


if __name__ == "__main__":
    main()
