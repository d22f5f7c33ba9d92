"""Glicko-2: a view of how a pool's history unfolded, with a deviation that grows while an agent rests.

Steps and symbols follow Glickman 2012, "Example of the Glicko-2 system". Like online Elo it depends on the order of
matches and takes them for independent; the ratings proper do neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from math import exp, log, pi, sqrt
from typing import Final, NamedTuple

from scipy.optimize import brentq

from arena.ratings.results import MatchScore, comparisons

START: Final = 1500.0
DEVIATION: Final = 350.0
VOLATILITY: Final = 0.06
TAU: Final = 0.5
PERIOD: Final = 100

_POINTS: Final = 173.7178


class Glicko(NamedTuple):
    """A rating in points, its standard deviation, and how erratic results are."""

    rating: float = START
    deviation: float = DEVIATION
    volatility: float = VOLATILITY


class Met(NamedTuple):
    """One result against an opponent as it stood before the period: score 1, 0.5 or 0; weight 1 for a game of two."""

    opponent: Glicko
    score: float
    weight: float = 1.0


def glicko(matches: Iterable[MatchScore], period: int = PERIOD, tau: float = TAU) -> dict[str, Glicko]:
    """Ratings after the last match.

    Args:
        matches: of one pool, in the order of the schedule; void ones change nothing.
        period: how many matches are rated together, on the ratings from before them.
        tau: how fast the volatility may change; 0.3 to 1.2 by Glickman's advice.
    """
    standing: dict[str, Glicko] = {}
    left = iter(matches)
    while together := list(islice(left, period)):
        standing = _after(standing, together, tau)
    return standing


def _after(before: Mapping[str, Glicko], matches: Iterable[MatchScore], tau: float) -> dict[str, Glicko]:
    met: defaultdict[str, list[Met]] = defaultdict(list)
    for match in matches:
        for first, second, score, weight in comparisons(match):
            met[first].append(Met(before.get(second, Glicko()), score, weight))
            met[second].append(Met(before.get(first, Glicko()), 1 - score, weight))
    return {name: rated(before.get(name, Glicko()), met[name], tau) for name in sorted({*before, *met})}


def rated(player: Glicko, results: Sequence[Met], tau: float = TAU) -> Glicko:
    """A player after one period (steps 2 to 8).

    Without results only the deviation grows, to that of a newcomer at most.
    """
    deviation = player.deviation / _POINTS
    if not results:
        rested = _POINTS * sqrt(deviation**2 + player.volatility**2)
        return player._replace(deviation=max(player.deviation, min(DEVIATION, rested)))
    information, surprise = 0.0, 0.0
    for opponent, score, weight in results:
        g = 1 / sqrt(1 + 3 * (opponent.deviation / _POINTS) ** 2 / pi**2)
        expected = 1 / (1 + exp(-g * (player.rating - opponent.rating) / _POINTS))
        information += weight * g**2 * expected * (1 - expected)
        surprise += weight * g * (score - expected)
    volatility = _volatility(player.volatility, deviation, information, surprise, tau)
    precision = 1 / (deviation**2 + volatility**2) + information
    return Glicko(player.rating + _POINTS * surprise / precision, _POINTS / sqrt(precision), volatility)


def _volatility(before: float, deviation: float, information: float, surprise: float, tau: float) -> float:
    """Step 5: the root of f in a = ln sigma^2, which falls from positive to negative."""
    variance = 1 / information
    square = (variance * surprise) ** 2
    start = log(before**2)

    def f(a: float) -> float:
        spread = deviation**2 + variance + exp(a)
        return exp(a) * (square - spread) / (2 * spread**2) - (a - start) / tau**2

    low, high = start - tau, start + tau
    while f(low) < 0:
        low -= tau
    while f(high) > 0:
        high += tau
    return exp(float(brentq(f, low, high, xtol=1e-12)) / 2)
