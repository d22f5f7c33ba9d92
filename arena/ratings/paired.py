"""Bradley-Terry on integer arrays: strengths, first-seat advantage, and their clustered covariance, for large tables.

Model: the agent in the first seat scores sigma(x_i - x_j + g) in expectation against the agent in the second, with
sigma the logistic function, strengths x in logits that sum to 0, and g the advantage of the first seat. A draw is half
a win. Games are added up by pair at once, so that a fit costs no more for ten million games than for ten thousand.

The prior is that of Jeffreys, by the method of Firth (1993): each pair plays some virtual games, half of them won and
half lost; as many as its games have share in the fit, A - 1 in all however large the table. It takes away the
first-order bias of maximum likelihood and keeps strengths finite. Unlike draws against the mean (`bradley_terry`) it
does not pull the ends of a long ladder together, so that intervals hold there too. The virtual games count in the
middle of the sandwich as fresh ones: an agent that won everything gets a wide interval, for two agents that of Gart
(1966) for log odds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse.csgraph import connected_components
from scipy.special import expit

from arena.ratings.results import MatchScore, comparisons
from arena.ratings.sandwich import FloatArray, IntArray, Meat, clustered_meat, half_widths, inverse_in_plane, totals

_MAX_STEPS: Final = 200
_CONVERGED: Final = 1e-9
# Clusters of up to so many games are handled pair of games by pair of games.
_SHORT: Final = 24


@dataclass(frozen=True, slots=True)
class Games:
    """Games of two as arrays of one length N.

    Attributes:
        first: number of the agent in the first seat, from 0 up.
        second: of the agent in the second seat.
        score: what the first scored: 1, 0.5 or 0, or any share.
        cluster: numbers from 0 up, shared by games that are not independent; None: each game is its own.
        weight: how much each game counts; None: all alike.
    """

    first: IntArray
    second: IntArray
    score: FloatArray
    cluster: IntArray | None = None
    weight: FloatArray | None = None


@dataclass(frozen=True, slots=True)
class PairFit:
    """Fitted strengths with what is needed to say how sure they are.

    Attributes:
        strengths: logits, shape (A,), summing to 0.
        seat: advantage of the first seat in logits; 0 where it was not fitted.
        covariance: shape (A + 1, A + 1), strengths first, the seat last; clustered.
        clusters: in how many clusters each agent played, and last how many there are, shape (A + 1,).
        only_won: agents that scored every point, so that only a lower bound of their strength is known.
        only_lost: agents that scored none, likewise an upper bound.
    """

    strengths: FloatArray
    seat: float
    covariance: FloatArray
    clusters: npt.NDArray[np.int64]
    only_won: npt.NDArray[np.bool_]
    only_lost: npt.NDArray[np.bool_]

    def intervals(self, level: float = 0.95) -> FloatArray:
        """Lower and upper end of each strength, shape (A, 2).

        An end that the games do not bound is infinite: the upper one of an agent that only won, the lower one of an
        agent that only lost. Both are NaN for an agent with fewer than two clusters.
        """
        half = half_widths(np.diagonal(self.covariance)[:-1], self.clusters[:-1], level)
        low, high = self.strengths - half, self.strengths + half
        unknown = np.isnan(half)
        low[self.only_lost & ~unknown] = -np.inf
        high[self.only_won & ~unknown] = np.inf
        return np.stack([low, high], axis=1)


def games_of(matches: Iterable[MatchScore]) -> tuple[tuple[str, ...], Games]:
    """The names of the agents, sorted, and the comparisons of one pool as arrays. Void matches are left out."""
    rows = [(*pair, match.cluster) for match in matches for pair in comparisons(match)]
    agents = tuple(sorted({name for row in rows for name in row[:2]}))
    place = {name: number for number, name in enumerate(agents)}
    groups = {name: number for number, name in enumerate(sorted({row[4] for row in rows}))}
    return agents, Games(
        first=np.array([place[row[0]] for row in rows], dtype=np.int64),
        second=np.array([place[row[1]] for row in rows], dtype=np.int64),
        score=np.array([row[2] for row in rows], dtype=np.float64),
        cluster=np.array([groups[row[4]] for row in rows], dtype=np.int64),
        weight=np.array([row[3] for row in rows], dtype=np.float64),
    )


def fit_pairs(games: Games, agents: int, seat_effect: bool = False) -> PairFit:
    """Strengths by Newton's method on games added up by pair, with a sandwich covariance over clusters.

    Args:
        games: of one pool.
        agents: how many there are; their numbers run from 0 to `agents` - 1.
        seat_effect: whether the first seat has an advantage to be fitted.

    Raises:
        ValueError: the arrays do not fit together, hold numbers out of range, an agent plays itself, the games leave
            some agents unconnected, or the seat's advantage is not identified.
    """
    _check(games, agents)
    cell = _cells(games, agents)
    size = agents * agents
    played = totals(cell, games.weight, size).reshape(agents, agents)
    points = games.score if games.weight is None else games.score * games.weight
    scored = totals(cell, points, size).reshape(agents, agents)
    _check_connected(played)
    if seat_effect:
        _check_seat(played)
    x, seat = _maximum(scored, played, seat_effect)
    expected = expit(x[:, None] - x[None, :] + seat)
    meat = _meat(games, cell, expected)
    covariance = _covariance(played, expected, meat.matrix, seat_effect)
    won = scored.sum(1) + (played - scored).sum(0)
    total = played.sum(1) + played.sum(0)
    return PairFit(x, seat, covariance, meat.clusters, (won >= total) & (total > 0), (won <= 0) & (total > 0))


def _check(games: Games, agents: int) -> None:
    arrays = [games.first, games.second, games.score, games.cluster, games.weight]
    lengths = {len(array) for array in arrays if array is not None}
    if lengths == {0} or len(lengths) > 1:
        raise ValueError(f"expected arrays of one length above 0, got lengths {sorted(lengths)}")
    for name, seats in (("first", games.first), ("second", games.second)):
        if seats.min() < 0 or seats.max() >= agents:
            raise ValueError(f"expected agents from 0 to {agents - 1}, got {seats.min()} to {seats.max()} in `{name}`")
    if not (games.score.min() >= 0 and games.score.max() <= 1):
        raise ValueError("expected scores from 0 to 1; NaN or others are among them")


def _cells(games: Games, agents: int) -> npt.NDArray[np.intp]:
    """Each game's place in a flat table of pairs."""
    cell = np.multiply(games.first, agents, dtype=np.intp)
    cell += games.second
    itself = np.bincount(cell, minlength=agents * agents)[:: agents + 1]
    if itself.any():
        raise ValueError(f"agent {int(itself.argmax())} plays itself; such a game compares nobody")
    return cell


def _check_connected(played: FloatArray) -> None:
    groups, group = connected_components(played > 0, directed=False)
    if groups > 1:
        apart = [np.flatnonzero(group == number).tolist() for number in range(groups)]
        raise ValueError(f"these groups of agents never met, so that nothing compares them: {apart}")


def tells_seat(games: Games, agents: int) -> bool:
    """Whether an advantage of the first seat can be told from strengths without a doubt.

    At least half of the games are of pairs that swapped seats. Other tables may tell it too, but by assuming that
    strengths add up: where the stronger one always sits first, the seat could seem to explain what strength does.
    """
    played = totals(_cells(games, agents), games.weight, agents**2).reshape(agents, agents)
    return bool(2 * played[(played > 0) & (played.T > 0)].sum() >= played.sum())


def _check_seat(played: FloatArray) -> None:
    """Whether strengths alone could say all that the seat says: the seat's part outside their span must not be 0."""
    met = (played > 0).astype(np.float64)
    table = laplacian(met + met.T, met.sum(1) - met.sum(0), float(met.sum()))
    explained = table[-1, :-1] @ inverse_in_plane(table[:-1, :-1], len(played)) @ table[-1, :-1]
    if explained > (1 - _CONVERGED) * table[-1, -1]:
        raise ValueError("the first seat's advantage cannot be told from strengths; let some agents swap seats")


def _maximum(scored: FloatArray, played: FloatArray, seat_effect: bool) -> tuple[FloatArray, float]:
    """The strengths and the seat's advantage of the largest penalised likelihood."""
    x, seat = np.zeros(len(scored)), 0.0
    for _ in range(_MAX_STEPS):
        expected = expit(x[:, None] - x[None, :] + seat)
        virtual = _virtual(played, expected, seat_effect)
        residual = scored - played * expected + virtual * (0.5 - expected)
        step = _bread(played + virtual, expected, seat_effect) @ np.append(
            residual.sum(1) - residual.sum(0), residual.sum() * seat_effect
        )
        # Steps that change no game's logit by over 1 never lose likelihood (Bach 2010).
        step /= max(1.0, float(np.ptp(step[:-1]) + abs(step[-1])))
        x, seat = x + step[:-1], seat + float(step[-1])
        if np.abs(step).max() < _CONVERGED:
            return x, seat
    raise ValueError("no strengths fit: the weights of the games differ by too many orders of magnitude")


def _bread(played: FloatArray, expected: FloatArray, seat_effect: bool) -> FloatArray:
    """Inverse of the information; strengths first, the seat last, whose row is 0 where it is not fitted."""
    weights = played * expected * (1 - expected)
    table = laplacian(weights + weights.T, weights.sum(1) - weights.sum(0), float(weights.sum()))
    if seat_effect:
        return inverse_in_plane(table, len(played))
    bread = np.zeros_like(table)
    bread[:-1, :-1] = inverse_in_plane(table[:-1, :-1], len(played))
    return bread


def _virtual(played: FloatArray, expected: FloatArray, seat_effect: bool) -> FloatArray:
    """Virtual games of each pair, first seat by second: its share in the fit; A - 1 in all, or A with a seat."""
    bread = _bread(played, expected, seat_effect)
    own = np.diagonal(bread)[:-1] + 2 * np.outer([1, -1], bread[-1, :-1])
    variance = own[0][:, None] + own[1][None, :] - 2 * bread[:-1, :-1] + bread[-1, -1]
    return np.asarray(played * expected * (1 - expected) * variance)


def laplacian(pairs: FloatArray, against_seat: FloatArray, seat: float) -> FloatArray:
    """Pair weights (symmetric) as a matrix over strengths, bordered by the seat's row."""
    agents = len(pairs)
    table = np.empty((agents + 1, agents + 1))
    table[:-1, :-1] = -pairs
    table[np.diag_indices(agents)] += pairs.sum(1)
    table[-1, :-1] = table[:-1, -1] = against_seat
    table[-1, -1] = seat
    return table


def _covariance(played: FloatArray, expected: FloatArray, meat: FloatArray, seat_effect: bool) -> FloatArray:
    """The sandwich, with half of the virtual games won and half of them lost."""
    virtual = _virtual(played, expected, seat_effect)
    squares = virtual * (expected**2 + (1 - expected) ** 2) / 2
    middle = meat + laplacian(squares + squares.T, squares.sum(1) - squares.sum(0), float(squares.sum()))
    bread = _bread(played + virtual, expected, seat_effect)
    return np.asarray(bread @ middle @ bread)


def _meat(games: Games, cell: npt.NDArray[np.intp], expected: FloatArray) -> Meat:
    residual = games.score - expected.ravel()[cell]
    if games.weight is not None:
        residual *= games.weight
    if games.cluster is None:
        return _independent(cell, residual, len(expected))
    return _of_one_pair(games.cluster, cell, residual, len(expected)) or _of_many_pairs(games, residual, len(expected))


def _independent(cell: npt.NDArray[np.intp], residual: FloatArray, agents: int) -> Meat:
    """Every game is a cluster."""
    squares = totals(cell, residual * residual, agents**2).reshape(agents, agents)
    count = np.bincount(cell, minlength=agents**2).reshape(agents, agents)
    matrix = laplacian(squares + squares.T, squares.sum(1) - squares.sum(0), float(squares.sum()))
    return Meat(matrix, np.append(count.sum(0) + count.sum(1), count.sum()))


def _of_one_pair(cluster: IntArray, cell: npt.NDArray[np.intp], residual: FloatArray, agents: int) -> Meat | None:
    """Clusters within which the same two agents met, such as a deal played twice; None where one holds other pairs.

    A cluster's strength scores are then t (e_i - e_j) with one number t, which needs no sparse matrix.
    """
    low, high = np.divmod(np.arange(agents**2), agents)
    forward = low < high
    pair_of_cell = np.where(forward, low * agents + high, high * agents + low).astype(np.int32)
    pair = np.full(int(cluster.max()) + 1, -1, dtype=np.int32)
    pairs = pair_of_cell[cell]
    pair[cluster] = pairs
    if not np.array_equal(pair[cluster], pairs):
        return None
    by_seat = totals(cluster, residual)
    by_pair = totals(cluster, residual * np.where(forward, 1.0, -1.0)[cell])
    used = pair >= 0
    if not used.all():
        pair, by_seat, by_pair = pair[used], by_seat[used], by_pair[used]
    squares = totals(pair, by_pair * by_pair, agents**2).reshape(agents, agents)
    mixed = totals(pair, by_pair * by_seat, agents**2).reshape(agents, agents)
    count = np.bincount(pair, minlength=agents**2).reshape(agents, agents)
    matrix = laplacian(squares + squares.T, mixed.sum(1) - mixed.sum(0), float(by_seat @ by_seat))
    return Meat(matrix, np.append(count.sum(0) + count.sum(1), len(pair)))


def _of_many_pairs(games: Games, residual: FloatArray, agents: int) -> Meat:
    """Clusters of any kind; short ones, which are many, without a matrix of clusters by agents."""
    assert games.cluster is not None
    ordered = _by_cluster(games.cluster, games.first, games.second, residual)
    size = np.diff(ordered.start, append=len(residual))
    short = (size <= _SHORT)[ordered.number]
    parts = [
        build(_part(ordered, chosen), agents)
        for chosen, build in ((short, _of_short_clusters), (~short, _of_long_clusters))
        if chosen.any()
    ]
    return Meat(np.sum([part.matrix for part in parts], axis=0), np.sum([part.clusters for part in parts], axis=0))


def _of_long_clusters(games: _Ordered, agents: int) -> Meat:
    """B from every single score: the sums of a cluster are few where its games are many."""
    seats = np.full(len(games.residual), agents)
    return clustered_meat(
        cluster=np.concatenate([games.number] * 3),
        parameter=np.concatenate([games.first, games.second, seats]),
        score=np.concatenate([games.residual, -games.residual, games.residual]),
        parameters=agents + 1,
    )


class _Ordered(NamedTuple):
    """Games sorted by cluster.

    Attributes:
        first: agent in the first seat.
        second: agent in the second seat.
        residual: what the first scored beyond expectation.
        number: of the cluster, from 0 without gaps.
        start: where each cluster begins.
    """

    first: IntArray
    second: IntArray
    residual: FloatArray
    number: IntArray
    start: IntArray


def _by_cluster(cluster: IntArray, first: IntArray, second: IntArray, residual: FloatArray) -> _Ordered:
    if np.any(cluster[1:] < cluster[:-1]):
        order = np.argsort(cluster, kind="stable")
        cluster, first, second, residual = cluster[order], first[order], second[order], residual[order]
    new = np.append(True, cluster[1:] != cluster[:-1])
    return _Ordered(first, second, residual, np.cumsum(new) - 1, np.flatnonzero(new))


def _part(games: _Ordered, chosen: npt.NDArray[np.bool_]) -> _Ordered:
    """The games of some of the clusters, whole ones."""
    if chosen.all():
        return games
    return _by_cluster(games.number[chosen], games.first[chosen], games.second[chosen], games.residual[chosen])


def _of_short_clusters(games: _Ordered, agents: int) -> Meat:
    """B as a sum over pairs of games of one cluster, by how far apart they stand: no larger than agents by agents.

    Games g and h of a cluster add r_g r_h (e_first - e_second)_g (e_first - e_second)_h^T, and the same transposed.
    """
    first, second, residual, number, start = games
    longest = int(np.diff(start, append=len(first)).max())
    cell = np.multiply(first, agents, dtype=np.intp) + second
    squares = totals(cell, residual * residual, agents**2).reshape(agents, agents)
    crossed = np.zeros(agents**2)
    repeated = [np.zeros(len(first), dtype=bool) for _ in range(2)]
    for apart in range(1, longest):
        near = np.flatnonzero(number[:-apart] == number[apart:])
        far = near + apart
        product = residual[near] * residual[far]
        for ours, sign in ((first[near], 1.0), (second[near], -1.0)):
            row = np.multiply(ours, agents, dtype=np.intp)
            for again, theirs, other in zip(repeated, (first[far], second[far]), (sign, -sign), strict=True):
                crossed += other * np.bincount(row + theirs, product, minlength=agents**2)
                again[far[ours == theirs]] = True
    square = crossed.reshape(agents, agents)
    matrix = laplacian(squares + squares.T, np.zeros(agents), 0.0)
    matrix[:-1, :-1] += square + square.T
    sums = np.add.reduceat(residual, start)
    shared = residual * sums[number]
    with_seat = np.bincount(first, shared, minlength=agents) - np.bincount(second, shared, minlength=agents)
    matrix[-1, :-1] = matrix[:-1, -1] = with_seat
    matrix[-1, -1] = sums @ sums
    clusters = sum(
        np.bincount(seats, ~again, minlength=agents) for seats, again in zip((first, second), repeated, strict=True)
    )
    return Meat(matrix, np.append(clusters, len(start)).astype(np.int64))
