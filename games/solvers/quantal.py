"""Logit quantal-response equilibria of games in matrix form, and the precision that explains play best."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from games.solvers.branch import Branch, Point
from games.solvers.matrix import checked
from games.solvers.sequences import FloatArray

_GRID: Final = 200


class PrecisionFit(NamedTuple):
    """The quantal-response equilibrium that explains counts of actions best.

    Attributes:
        precision: its precision (lambda), per unit of payoff.
        log_likelihood: logarithm of the probability of the counts in their order.
        capped: whether the precision is the greatest that was tried, so that the true one may be greater.
        profile: each player's probabilities.
    """

    precision: float
    log_likelihood: float
    capped: bool
    profile: list[FloatArray]


def quantal_response(payoffs: Sequence[FloatArray], precisions: Sequence[float]) -> list[list[FloatArray]]:
    """Each player's probabilities in the logit equilibrium of each precision, on the principal branch.

    Every player plays action a with probability proportional to exp(precision x expected payoff of a), all at once:
    McKelvey and Palfrey, Quantal response equilibria for normal form games, 1995. Where the branch passes a precision
    more than once, the first passage counts.

    Args:
        payoffs: one array per player (see `games.solvers.matrix`).
        precisions: at least 0, ascending, per unit of payoff.

    Raises:
        ValueError: payoffs or precisions are not that.
    """
    branch, unit = _branch(payoffs)
    return [branch.split(point) for point in branch.at([each * unit for each in precisions])]


def fit_precision(payoffs: Sequence[FloatArray], counts: Sequence[FloatArray], cap: float = 100.0) -> PrecisionFit:
    """The precision of the logit equilibrium under which the counts of actions are likeliest.

    The likelihood is searched along the principal branch on a grid and refined around its best point.

    Args:
        payoffs: one array per player (see `games.solvers.matrix`).
        counts: how often each player chose each of its actions.
        cap: greatest precision to try, per unit of payoff, above 0.

    Raises:
        ValueError: the counts do not fit the game or are all 0, or the cap is not positive.
    """
    from scipy.optimize import minimize_scalar

    branch, unit = _branch(payoffs)
    seen = _checked_counts(counts, branch.sizes)
    if not 0 < cap < np.inf:
        raise ValueError(f"the cap of the precision must be positive and finite; it is {cap}")
    grid = branch.at([0.0, *np.geomspace(cap * unit * 1e-4, cap * unit, _GRID).tolist()])
    best = int(np.argmax([seen @ point.logs for point in grid]))
    if best == len(grid) - 1:
        return _fit(branch, grid[best], unit, seen, capped=True)
    low, middle, high = grid[max(best - 1, 0)], grid[best], grid[best + 1]

    def at(precision: float) -> Point:
        return branch.between(*((low, middle) if precision < middle.precision else (middle, high)), precision)

    result = minimize_scalar(
        lambda precision: -float(seen @ at(precision).logs),
        bounds=(low.precision, high.precision),
        method="bounded",
        options={"xatol": 1e-9 * (1.0 + high.precision)},
    )
    point = max((at(float(result.x)), middle), key=lambda each: float(seen @ each.logs))
    return _fit(branch, point, unit, seen, capped=False)


def _branch(payoffs: Sequence[FloatArray]) -> tuple[Branch, float]:
    """The game's principal branch with payoffs in units of their range, and that range."""
    games = checked(tuple(payoffs))
    unit = max(float(np.ptp(own)) for own in games) or 1.0
    scaled = [own / unit for own in games]
    sizes = games[0].shape
    return Branch(lambda probabilities: payoff_incentives(scaled, probabilities), sizes), unit


def payoff_incentives(games: Sequence[FloatArray], probabilities: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Expected payoff of each action of each player, and the derivatives by all probabilities, end to end."""
    profile = split(probabilities, games[0].shape)
    values = [expectation(own, profile, (player,)) for player, own in enumerate(games)]
    blocks = [
        [
            np.zeros((size, size)) if other == player else expectation(own, profile, (player, other))
            for other, size in enumerate(own.shape)
        ]
        for player, own in enumerate(games)
    ]
    return np.concatenate(values), np.block(blocks)


def split(probabilities: FloatArray, sizes: Sequence[int]) -> list[FloatArray]:
    """Each player's part of an array in which all players' actions stand end to end."""
    return np.split(probabilities, np.cumsum(sizes)[:-1])


def expectation(payoffs: FloatArray, profile: Sequence[FloatArray], keep: tuple[int, ...]) -> FloatArray:
    """Expected payoffs by the actions of one or two kept players, in their order, over what all others play."""
    for player in reversed(range(payoffs.ndim)):
        if player not in keep:
            payoffs = np.tensordot(payoffs, profile[player], axes=(player, 0))
    return payoffs if list(keep) == sorted(keep) else payoffs.T


def _checked_counts(counts: Sequence[FloatArray], sizes: Sequence[int]) -> FloatArray:
    arrays = [np.asarray(each, dtype=float) for each in counts]
    flat = np.concatenate([each.ravel() for each in arrays]) if arrays else np.zeros(0)
    if [each.shape for each in arrays] != [(size,) for size in sizes] or not (flat >= 0).all() or not flat.sum() > 0:
        raise ValueError(f"counts must be non-negative, not all 0, with {list(sizes)} actions; they are {counts}")
    return flat


def _fit(branch: Branch, point: Point, unit: float, seen: FloatArray, *, capped: bool) -> PrecisionFit:
    return PrecisionFit(point.precision / unit, float(seen @ point.logs), capped, branch.split(point))
