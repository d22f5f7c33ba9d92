"""Risk-averse equilibria of games in matrix form: every player weighs its mean payoff against its variance.

Reconstructed from the description of Slumbers et al., A game-theoretic framework for managing risk in multi-agent
systems, ICML 2023, and not checked against the paper's text: label results "RAE, reconstructed".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from games.solvers.branch import Branch
from games.solvers.matrix import checked
from games.solvers.quantal import expectation, split
from games.solvers.sequences import FloatArray

GAIN: Final = 1e-6
"""The most that any player could still gain, in units of the payoffs' range."""


class RiskAverseEquilibrium(NamedTuple):
    """An equilibrium of players who dislike variance.

    Attributes:
        profile: each player's probabilities.
        gain: a bound of what any player could gain in its objective by deviating, in units of the payoffs' range.
    """

    profile: list[FloatArray]
    gain: float


def risk_averse_equilibrium(
    payoffs: Sequence[FloatArray], aversion: float = 1.0, tremble: float = 0.01
) -> RiskAverseEquilibrium:
    """A risk-averse equilibrium, reconstructed: the one at the end of the principal logit branch.

    With payoffs M of its actions (rows) against the others' joint actions (columns), which have probabilities y, a
    player chooses x to maximise x.m - aversion x.S x, where m = M y and S = sum_j y_j (M_j - m)(M_j - m)^T. The
    others' hands tremble: each of their actions has at least the probability `tremble`. The objective is concave in x,
    so that an equilibrium exists (Rosen, Existence and uniqueness of equilibrium points for concave n-person games,
    1965). Aversion and variance are in units of each player's own range of payoffs; at aversion and tremble 0 the
    result is a Nash equilibrium.

    Args:
        payoffs: one array per player (see `games.solvers.matrix`).
        aversion: at least 0.
        tremble: from 0 to 1 / the greatest number of actions.

    Raises:
        ValueError: payoffs, aversion or tremble are not that.
        ArithmeticError: the branch is lost before nobody gains more than `GAIN`.
    """
    games = checked(tuple(payoffs))
    sizes = games[0].shape
    if not 0 <= aversion < np.inf:
        raise ValueError(f"aversion must be finite and at least 0; it is {aversion}")
    if not 0 <= tremble * max(sizes) <= 1:
        raise ValueError(f"tremble must lie from 0 to 1 / {max(sizes)}, the number of actions; it is {tremble}")
    scaled = [own / (float(np.ptp(own)) or 1.0) for own in games]
    branch = Branch(lambda probabilities: _incentives(scaled, aversion, tremble, probabilities), sizes)
    for point in branch.points():
        profile = branch.split(point)
        slopes = split(_incentives(scaled, aversion, tremble, np.concatenate(profile))[0], sizes)
        # The objective is concave, so that no deviation gains more than along the slope.
        gain = max(float(slope.max() - own @ slope) for slope, own in zip(slopes, profile, strict=True))
        if gain <= GAIN:
            return RiskAverseEquilibrium(profile, gain)
    raise AssertionError("a branch ends in an error or goes on")


def _incentives(
    games: Sequence[FloatArray], aversion: float, tremble: float, probabilities: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """The slope of each player's objective by each of its actions, and the derivatives by all probabilities."""
    sizes = games[0].shape
    profile = split(probabilities, sizes)
    steady = [1.0 - tremble * size for size in sizes]
    shaky = [share * own + tremble for share, own in zip(steady, profile, strict=True)]
    values, blocks = [], []
    for player, own in enumerate(games):
        slope, row = _own_incentives(own, player, aversion, [*shaky[:player], profile[player], *shaky[player + 1 :]])
        values.append(slope)
        blocks.append([block if other == player else steady[other] * block for other, block in enumerate(row)])
    return np.concatenate(values), np.block(blocks)


def _own_incentives(
    own: FloatArray, player: int, aversion: float, profile: Sequence[FloatArray]
) -> tuple[FloatArray, list[FloatArray]]:
    """One player's slopes m - 2 aversion S x, and their derivatives by each player's probabilities."""
    mixture = profile[player]
    mean = expectation(own, profile, (player,))
    received = np.expand_dims(np.tensordot(own, mixture, axes=(player, 0)), player)
    product = own * received
    risk = expectation(product, profile, (player,)) - mean * (mean @ mixture)
    moved = np.moveaxis(own, player, 0).reshape(len(mixture), -1)
    weights = np.ones(1)
    for other, theirs in enumerate(profile):
        if other != player:
            weights = np.multiply.outer(weights, theirs).ravel()
    centred = moved - mean[:, np.newaxis]
    row = []
    for other in range(own.ndim):
        if other == player:
            row.append(-2 * aversion * (centred * weights) @ centred.T)
            continue
        by_mean = expectation(own, profile, (player, other))
        by_product = expectation(product, profile, (player, other))
        by_risk = by_product - by_mean * (mean @ mixture) - np.outer(mean, mixture @ by_mean)
        row.append(by_mean - 2 * aversion * by_risk)
    return mean - 2 * aversion * risk, row
