"""Online Elo: a view of how a pool's history unfolded. Unlike the rating proper, it depends on the order of matches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from arena.ratings.results import Comparison, MatchScore, comparisons

START: Final = 1000.0
K: Final = 16.0
SCALE: Final = 400.0


def elo(matches: Iterable[MatchScore], k: float = K) -> dict[str, float]:
    """Ratings after the last match (Elo 1978): every comparison moves k x weight x (score - expected score).

    All comparisons of one match use the ratings from before it.

    Args:
        matches: of one pool, in the order of the schedule; void ones change nothing.
        k: the most that one match can move a rating.
    """
    ratings: dict[str, float] = {}
    for match in matches:
        moves = [(pair, _gain(ratings, pair, k)) for pair in comparisons(match)]
        for pair, gain in moves:
            ratings[pair.first] = ratings.get(pair.first, START) + gain
            ratings[pair.second] = ratings.get(pair.second, START) - gain
    return ratings


def _gain(ratings: dict[str, float], pair: Comparison, k: float) -> float:
    ahead = ratings.get(pair.first, START) - ratings.get(pair.second, START)
    expected = 1 / (1 + 10 ** (-ahead / SCALE))
    return k * pair.weight * (pair.score - expected)
