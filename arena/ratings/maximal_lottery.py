"""Maximal lotteries: the mixture of agents that no agent beats by majority of the games.

Each game is a voter that ranks the agents by strength. The margin of i over j is the share of games that rank i above
j less the share that rank it below. A lottery is maximal when no other is preferred to it on average (Kreweras 1965;
Fishburn 1984): the minimax mixture of the margins, one agent alone where it beats all others. It does not change when
copies of agents enter. Where several lotteries are maximal, the one of greatest entropy is given.

A diagnostic and never the only order: margins jump when a strength crosses another. Show it with its bands.
"""

from __future__ import annotations

import numpy as np

from arena.ratings.bradley_terry import FloatArray
from arena.ratings.nash_averaging import nash_mixture


def preference_margins(strengths: FloatArray) -> FloatArray:
    """Margins of every agent over every other, from -1 to 1: shape (A, A), antisymmetric.

    Args:
        strengths: shape (G, A), one row per game; NaN where an agent did not play. A pair is compared over the games
            that both played; its margin is 0 where there are none.
    """
    ahead = np.sign(strengths[:, :, None] - strengths[:, None, :])
    judged = (~np.isnan(ahead)).sum(axis=0)
    return np.asarray(np.nansum(ahead, axis=0) / np.maximum(judged, 1))


def maximal_lottery(margins: FloatArray) -> FloatArray:
    """Probability of each agent, shape (A,).

    Args:
        margins: antisymmetric, shape (A, A): of games as voters (`preference_margins`), or of matches in one game.

    Raises:
        ValueError: the margins are not antisymmetric or not finite.
    """
    return nash_mixture(margins)
