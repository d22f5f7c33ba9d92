"""A pool's ratings from one fit: estimates, intervals, ranks, who is better, and what the first seat is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from arena.ratings.bradley_terry import POINTS_PER_LOGIT, to_ratings
from arena.ratings.comparing import anchored_ratings, better_probabilities, difference_variances, rank_intervals
from arena.ratings.paired import PairFit, fit_pairs, games_of, tells_seat
from arena.ratings.results import MatchScore
from arena.ratings.sandwich import FloatArray, half_widths
from arena.ratings.tables import Anchor, Points, Rating


@dataclass(frozen=True, slots=True)
class Fitted:
    """What the matches of a pool say of its agents.

    Attributes:
        ratings: by agent.
        better: how probable it is that one is better than another, by (agent, other).
        seat: advantage of the first seat; None where it was not fitted.
        unbeaten: agents that scored every point.
        beaten: agents that scored none.
    """

    ratings: Mapping[str, Rating] = field(default_factory=dict)
    better: Mapping[tuple[str, str], float] = field(default_factory=dict)
    seat: Points | None = None
    unbeaten: tuple[str, ...] = ()
    beaten: tuple[str, ...] = ()


def fitted(matches: Sequence[MatchScore], *, seats_differ: bool, anchor: Anchor | None = None) -> Fitted:
    """The ratings of the agents that were compared.

    Args:
        matches: of one pool, connected by comparisons.
        seats_differ: whether the first seat may be worth something, as in a game of two whose seats are not alike. It
            is fitted only where the matches can tell it from strengths.
        anchor: whose rating is given, one of those who were compared; without one, the mean is.
    """
    agents, games = games_of(matches)
    seat_effect = seats_differ and tells_seat(games, len(agents))
    fit = fit_pairs(games, len(agents), seat_effect)
    probabilities = better_probabilities(fit)
    return Fitted(
        ratings=dict(zip(agents, _ratings(fit, *_scaled(fit, agents, anchor)), strict=True)),
        better={
            (agent, other): float(probabilities[i, j])
            for i, agent in enumerate(agents)
            for j, other in enumerate(agents)
            if i != j
        },
        seat=_seat(fit) if seat_effect else None,
        unbeaten=tuple(agent for agent, only in zip(agents, fit.only_won, strict=True) if only),
        beaten=tuple(agent for agent, only in zip(agents, fit.only_lost, strict=True) if only),
    )


def _scaled(fit: PairFit, agents: Sequence[str], anchor: Anchor | None) -> tuple[FloatArray, FloatArray]:
    """Estimates with their ends, shape (A, 3), and standard errors, on the scale that is asked for."""
    if anchor is None:
        ends, variances = fit.intervals(), np.diagonal(fit.covariance)[:-1]
        points = to_ratings(np.column_stack([fit.strengths, ends]))
    else:
        place = agents.index(anchor.agent)
        variances = difference_variances(fit.covariance[:-1, :-1])[place]
        points = anchored_ratings(fit, place, anchor.rating)
    return points, POINTS_PER_LOGIT * np.sqrt(variances)


def _ratings(fit: PairFit, points: FloatArray, errors: FloatArray) -> list[Rating]:
    rows = zip(points, rank_intervals(fit), errors, fit.clusters[:-1], strict=True)
    return [
        Rating(float(point))
        if clusters < 2
        else Rating(float(point), _known(low), _known(high), int(best), int(worst), float(error))
        for (point, low, high), (best, worst), error, clusters in rows
    ]


def _known(end: float) -> float | None:
    return float(end) if np.isfinite(end) else None


def _seat(fit: PairFit) -> Points:
    half = float(half_widths(fit.covariance[-1:, -1], fit.clusters[-1:])[0])
    low, high = (None if np.isnan(half) else POINTS_PER_LOGIT * (fit.seat + side * half) for side in (-1, 1))
    return Points(POINTS_PER_LOGIT * fit.seat, low, high)
