"""Who should meet next in a contest of two seats, given the results so far: pure functions, each deterministic.

Agents are numbered from 0. A pairing (i, j) with i below j is one deal that both play in both seats, two matches; so
seats are balanced always. Games between two agents are counted in an array of shape (A, A), symmetric, with 0 on the
diagonal. Which schedule is best depends on what is wanted: close matches (`swiss`), narrow intervals (`g_optimal`) or a
right order (`order_optimal`). Even tables need no results: `arena.schedule` makes them.

Every prefix is balanced: of pairings that are equally good, the one comes first that was played least, then the one
whose agents played least, then the one with the lowest numbers. Schedules by information start with everybody's first
`WARM_UP` games, whoever played least next; from there on it is the intervals or the order that they keep even, at the
price of uneven counts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from arena.ratings.bradley_terry import VIRTUAL_LOSSES, VIRTUAL_WINS, FloatArray, strengths

Pairing = tuple[int, int]
Worth = Callable[[FloatArray, FloatArray, FloatArray], FloatArray]

MATCHES: Final = 2
# Games of every agent before information decides: until then nobody's strength is known, and who meets whom is evened.
WARM_UP: Final = 8

# Worths that differ by less, relative to the best, are equal: rounding must not decide who plays.
_SAME: Final = 1e-9


def swiss(scores: FloatArray) -> list[Pairing]:
    """One round: the strongest agent left meets the next one in strength among those it met least.

    With an odd number of agents, one that played most sits out, the weakest of them.

    Args:
        scores: what i scored against j, shape (A, A): wins plus half the draws.
    """
    games = _games(scores)
    fitted, played = strengths(scores), games.sum(axis=1)
    # Strengths are compared after rounding, so that equal results are equal on every machine.
    waiting = sorted(range(len(games)), key=lambda agent: (-round(float(fitted[agent]), 9), agent))
    if len(waiting) % 2:
        waiting.remove(max(reversed(waiting), key=lambda agent: played[agent]))
    pairings = []
    while waiting:
        first = waiting.pop(0)
        second = min(waiting, key=lambda other: games[first, other])
        waiting.remove(second)
        pairings.append((min(first, second), max(first, second)))
    return pairings


def g_optimal(scores: FloatArray, count: int) -> list[Pairing]:
    """The next pairings, each the one that narrows the widest interval most.

    With C the covariance of strengths, c its column of the agent with the largest variance, V_ij the variance of the
    difference of i and j and v_ij what one pairing tells of it: v_ij (c_i - c_j)^2 / (1 + v_ij V_ij), by how much the
    largest variance falls (the G-criterion of Kiefer and Wolfowitz 1960, greedily).

    Args:
        scores: what i scored against j, shape (A, A): wins plus half the draws.
        count: how many pairings; the results of none of them are foreseen, only their information.
    """
    return _by_information(scores, count, _narrows_widest)


def order_optimal(scores: FloatArray, count: int) -> list[Pairing]:
    """The next pairings, each the one that tells most about an order that is in doubt.

    With V_ij and v_ij as in `g_optimal` and z = |x_i - x_j| / sqrt(V_ij): exp(-z^2 / 2) / 2, near the probability that
    the two stand in the wrong order, times v_ij V_ij, how much a pairing would say about it.

    Args:
        scores: what i scored against j, shape (A, A): wins plus half the draws.
        count: how many pairings; the results of none of them are foreseen, only their information.
    """
    return _by_information(scores, count, _settles_order)


def covariance(scores: FloatArray) -> FloatArray:
    """Covariance of strengths from the information in the matches, for strengths that sum to 0; shape (A, A).

    The virtual draw of `arena.ratings.bradley_terry` against the mean counts as information, so that agents who never
    played have a large but finite variance. Draws count as half a win each; the true variance is smaller with them.
    """
    return _covariance(strengths(scores), _games(scores))


def _by_information(scores: FloatArray, count: int, worth: Worth) -> list[Pairing]:
    games = _games(scores)
    fitted = strengths(scores)
    information = MATCHES * _information(fitted)
    spread = _covariance(fitted, games)
    pairings = []
    for _ in range(count):
        total = games.sum(axis=1)
        even = -np.minimum.outer(total, total)
        first, second = pairing = _best(even if total.min() < WARM_UP else worth(fitted, spread, information), games)
        gap = spread[first] - spread[second]
        told = information[first, second]
        # What the strengths would be known to after this pairing (Sherman and Morrison 1950).
        spread = spread - np.outer(gap, gap) * told / (1 + told * (gap[first] - gap[second]))
        games = _with(games, pairing)
        pairings.append(pairing)
    return pairings


def _narrows_widest(_: FloatArray, spread: FloatArray, information: FloatArray) -> FloatArray:
    column = spread[int(np.argmax(np.round(np.diag(spread), 12)))]
    gap = column[:, None] - column
    return np.asarray(information * gap**2 / (1 + information * _variances(spread)))


def _settles_order(fitted: FloatArray, spread: FloatArray, information: FloatArray) -> FloatArray:
    variances = _variances(spread)
    square = (fitted[:, None] - fitted) ** 2 / np.where(variances > 0, variances, 1.0)
    return np.asarray(0.5 * np.exp(-square / 2) * information * variances)


def _variances(spread: FloatArray) -> FloatArray:
    """Variance of the difference of every two strengths."""
    own = np.diag(spread)
    return np.asarray(own[:, None] + own - 2 * spread)


def _information(fitted: FloatArray) -> FloatArray:
    """Fisher information of one match about the difference of every two strengths."""
    from scipy.special import expit

    expected = expit(fitted[:, None] - fitted)
    return np.asarray(expected * (1 - expected))


def _covariance(fitted: FloatArray, games: FloatArray) -> FloatArray:
    from scipy.special import expit

    weights = games * _information(fitted)
    against_mean = expit(fitted)
    prior = (VIRTUAL_WINS + VIRTUAL_LOSSES) * against_mean * (1 - against_mean)
    known = np.diag(weights.sum(axis=1) + prior) - weights
    # The plane of strengths that sum to 0: the constant direction is pinned and taken out again.
    agents = len(games)
    constant = np.full((agents, agents), 1 / agents)
    centre = np.eye(agents) - constant
    return np.asarray(np.linalg.inv(centre @ known @ centre + constant) - constant)


def _best(worth: FloatArray, games: FloatArray) -> Pairing:
    """The pairing that is worth most; among equals the least played, then that of the agents who played least."""
    rows, columns = np.triu_indices(len(games), 1)
    values = worth[rows, columns]
    top = values.max()
    equal = np.flatnonzero(values >= top - _SAME * abs(top))
    rows, columns = rows[equal], columns[equal]
    total = games.sum(axis=1)
    busiest = np.maximum(total[rows], total[columns])
    best = np.lexsort((columns, rows, total[rows] + total[columns], busiest, games[rows, columns]))[0]
    return int(rows[best]), int(columns[best])


def _with(games: FloatArray, pairing: Pairing) -> FloatArray:
    games = games.copy()
    games[pairing] += MATCHES
    games[pairing[::-1]] += MATCHES
    return games


def _games(scores: FloatArray) -> FloatArray:
    if scores.ndim != 2 or scores.shape[0] != scores.shape[1] or len(scores) < 2:
        raise ValueError(f"expected a square table of at least two agents, got shape {scores.shape}")
    if not np.all(np.isfinite(scores)) or scores.min() < 0 or np.any(np.diag(scores)):
        raise ValueError("expected scores: finite, at least 0, and none of an agent with itself")
    return np.asarray(scores + scores.T)
