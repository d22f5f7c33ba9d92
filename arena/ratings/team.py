"""Team Bradley-Terry: strengths of agents from games of teams, with terms for the roles they had.

    logit P(the first team wins) = mean over the first team of (x + b) - mean over the second team of (x + b)

with x the strength of a member and b the intercept of its role (Huang, Weng and Lin 2006 have sums instead of means).
A draw is half a win. The unit is that of a whole team: one logit of x for every member moves the odds by e. Comparing
members across teams pair by pair would shrink strengths, and its intervals would take the pairs of one game for
independent; here the scores of a game stay together.

The prior is one virtual draw of each agent and each role against the mean. Roles that always occur in the same numbers
on the same sides are told apart by the prior alone: only the sum of a team's intercepts is then known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.special import expit

from arena.ratings.bradley_terry import VIRTUAL_LOSSES, VIRTUAL_WINS
from arena.ratings.sandwich import FloatArray, IntArray, clustered_meat, half_widths, inverse_in_plane

_MAX_STEPS: Final = 500
_CONVERGED: Final = 1e-9

# (agent, role) of each member, numbered from 0 up.
Team = tuple[tuple[int, int], ...]


class TeamGame(NamedTuple):
    """One game of two teams.

    Attributes:
        first: members of the first team.
        second: of the second.
        score: what the first scored: 1, 0.5 or 0.
        cluster: number from 0 up, shared by games that are not independent.
    """

    first: Team
    second: Team
    score: float
    cluster: int


@dataclass(frozen=True, slots=True)
class TeamFit:
    """Strengths of agents, intercepts of roles, and how sure they are.

    Attributes:
        strengths: logits, shape (A,), summing to 0.
        roles: logits, shape (R,).
        covariance: shape (A + R, A + R), agents first; clustered.
        clusters: in how many clusters each agent and each role occurs, shape (A + R,).
    """

    strengths: FloatArray
    roles: FloatArray
    covariance: FloatArray
    clusters: npt.NDArray[np.int64]

    def intervals(self, level: float = 0.95) -> FloatArray:
        """Lower and upper end of each strength, then of each role, shape (A + R, 2); NaN below two clusters."""
        place = np.concatenate([self.strengths, self.roles])
        half = half_widths(np.diagonal(self.covariance), self.clusters, level)
        return np.stack([place - half, place + half], axis=1)


def fit_teams(games: Sequence[TeamGame], agents: int, roles: int = 1) -> TeamFit:
    """Strengths and role terms by Newton's method, with a sandwich covariance over clusters.

    Args:
        games: of one pool.
        agents: how many there are; their numbers run from 0 to `agents` - 1.
        roles: how many there are, numbered likewise. With one, roles play no part.

    Raises:
        ValueError: no games, an empty team, a number out of range, or a score outside 0 to 1.
    """
    for game in games:
        _check(game, agents, roles)
    design = _design(games, agents, roles)
    score = np.array([game.score for game in games])
    place = np.zeros(agents + roles)
    for _ in range(_MAX_STEPS):
        step = _inverse(design, place, agents) @ _gradient(design, place, score)
        # Steps that move no game's logit by over 1 never lose likelihood (Bach 2010).
        step /= max(1.0, float(np.abs(design @ step).max()))
        place = place + step
        if np.abs(step).max() < _CONVERGED:
            return _with_covariance(games, design, place, agents)
    raise ValueError("no strengths fit: the games of the agents differ by too many orders of magnitude")


def _check(game: TeamGame, agents: int, roles: int) -> None:
    if not (game.first and game.second):
        raise ValueError(f"expected two teams of one or more, got {game.first} and {game.second}")
    for agent, role in (*game.first, *game.second):
        if not (0 <= agent < agents and 0 <= role < roles):
            expected = f"agents from 0 to {agents - 1} and roles from 0 to {roles - 1}"
            raise ValueError(f"expected {expected}, got agent {agent} in role {role}")
    if not 0 <= game.score <= 1:
        raise ValueError(f"expected a score from 0 to 1, got {game.score}")


def _design(games: Sequence[TeamGame], agents: int, roles: int) -> csr_array:
    """How each parameter enters each game's logit: shape (N, A + R)."""
    if not games:
        raise ValueError("expected at least one game; there is none")
    entries = [
        (number, column, sign / len(team))
        for number, game in enumerate(games)
        for sign, team in ((1.0, game.first), (-1.0, game.second))
        for agent, role in team
        for column in (agent, agents + role)
    ]
    rows, columns, values = zip(*entries, strict=True)
    return csr_array((values, (rows, columns)), shape=(len(games), agents + roles))


def _gradient(design: csr_array, place: FloatArray, score: FloatArray) -> FloatArray:
    prior = VIRTUAL_WINS - (VIRTUAL_WINS + VIRTUAL_LOSSES) * expit(place)
    return np.asarray(design.T @ (score - expit(design @ place)) + prior)


def _inverse(design: csr_array, place: FloatArray, agents: int) -> FloatArray:
    expected, at = expit(design @ place), expit(place)
    weighted = design * (expected * (1 - expected))[:, None]
    curvature = (design.T @ weighted).toarray() + np.diag((VIRTUAL_WINS + VIRTUAL_LOSSES) * at * (1 - at))
    return inverse_in_plane(curvature, agents)


def _with_covariance(games: Sequence[TeamGame], design: csr_array, place: FloatArray, agents: int) -> TeamFit:
    residual = np.array([game.score for game in games]) - expit(design @ place)
    cluster: IntArray = np.array([game.cluster for game in games])
    entries = design.tocoo()
    meat = clustered_meat(cluster[entries.row], entries.col, entries.data * residual[entries.row], len(place))
    at = expit(place)
    middle = meat.matrix + np.diag(VIRTUAL_WINS * (1 - at) ** 2 + VIRTUAL_LOSSES * at**2)
    bread = _inverse(design, place, agents)
    return TeamFit(place[:agents], place[agents:], bread @ middle @ bread, meat.clusters)
