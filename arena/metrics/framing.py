"""Framing sensitivity: what an agent does otherwise when only the words of a game change.

Pools whose games differ in nothing but their framing go through the same states, so that whatever differs between
them is due to words or to chance. Chance is measured by dealing the clusters out to the two pools anew.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from arena.metrics.evidence import Pool, SeatPlay
from arena.ratings.payoffs import Mean, clustered_mean
from arena.ratings.pools import rate
from arena.ratings.tables import Rating
from arena.records import DecisionTurn, MatchRecord, Outcome
from games.framing import PLAIN, framing_of, unframed
from games.registry import load

SHUFFLES: Final = 999
SEED: Final = 0
# Distances of shuffled pools that differ from the observed one by less are equal: sums of shares are rounded.
_SAME: Final = 1e-12

FloatArray = npt.NDArray[np.float64]


class Choice(NamedTuple):
    """A decision, the same under every framing: what the seat knew, and what it did."""

    situation: Hashable
    action: Hashable


@dataclass(frozen=True, slots=True)
class Distance:
    """How far apart two ways of playing are.

    Attributes:
        value: total variation distance of the actions in a situation, from 0 (alike) to 1 (never the same), averaged
            over the decisions in situations that both pools reached.
        by_chance: its mean when clusters are dealt out to the pools at random; never 0 for an agent that varies.
        p_value: share of such deals with a distance at least as large; small: the words made a difference.
        n: number of decisions in situations that both reached.
        clusters: number of independent groups in both pools.
    """

    value: float
    by_chance: float
    p_value: float
    n: int
    clusters: int


@dataclass(frozen=True, slots=True)
class Shift:
    """A difference with its 95 % interval; None where one side has none."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class FramingRow:
    """One agent under two framings of a game.

    Attributes:
        game: the game without its framing.
        framings: the two, as specs write them; shifts are from the first to the second.
        agent: who played both.
        distance: of the actions; None when no situation was reached under both.
        payoff_shift: difference of mean payoffs; None where one side completed no match.
        rating_shift: difference of ratings in points; None where the game has no ratings.
    """

    game: str
    framings: tuple[str, str]
    agent: str
    distance: Distance | None
    payoff_shift: Shift | None
    rating_shift: Shift | None


def framing_rows(records: Iterable[MatchRecord]) -> list[FramingRow]:
    """Every agent under every two framings of a game that it played, games and framings by name.

    Pools that cannot be replayed here, of a version that is not installed for example, are left out.
    """
    by_pool: defaultdict[str, list[MatchRecord]] = defaultdict(list)
    for record in records:
        by_pool[record.header.pool].append(record)
    families: defaultdict[str, list[Pool]] = defaultdict(list)
    for pool in (Pool(name, tuple(found)) for name, found in by_pool.items()):
        if pool.game is not None:
            families[_unframed(pool)].append(pool)
    return [
        row
        for game, pools in sorted(families.items())
        for first, second in combinations(sorted(pools, key=_plain_first), 2)
        if first.unreplayable is None and second.unreplayable is None
        for row in _rows(game, first, second)
    ]


def distance(first: Sequence[tuple[str, Choice]], second: Sequence[tuple[str, Choice]]) -> Distance | None:
    """How far apart two sets of decisions are, each decision with its cluster; None when they share no situation.

    Total variation in each situation, weighed by the decisions of both sets in it. The test is a permutation test that
    deals whole clusters (Pitman 1937; Good, Permutation, parametric and bootstrap tests of hypotheses, 2005).
    """
    counts = _counts([*first, *second])
    where = {cluster: number for number, cluster in enumerate(counts.clusters)}
    of_first = np.zeros(len(where))
    of_first[[where[cluster] for cluster, _ in first]] = 1.0
    observed, n = _distances(counts, of_first[None, :])
    if not n[0]:
        return None
    rng = np.random.default_rng(SEED)
    shuffled, _ = _distances(counts, np.stack([rng.permutation(of_first) for _ in range(SHUFFLES)]))
    at_least = int((shuffled >= observed[0] - _SAME).sum())
    return Distance(
        float(observed[0]), float(shuffled.mean()), (1 + at_least) / (1 + SHUFFLES), int(n[0]), len(counts.clusters)
    )


class _Counts(NamedTuple):
    """Decisions per cluster and choice, shape (clusters, choices), and the situation of each choice as indicators."""

    clusters: tuple[str, ...]
    table: csr_array
    situations: csr_array


def _counts(decisions: Sequence[tuple[str, Choice]]) -> _Counts:
    seen = Counter(decisions)
    clusters = {cluster: number for number, cluster in enumerate(dict.fromkeys(cluster for cluster, _ in decisions))}
    choices = {choice: number for number, choice in enumerate(dict.fromkeys(choice for _, choice in decisions))}
    places = {key: number for number, key in enumerate(dict.fromkeys(choice.situation for choice in choices))}
    rows, columns = [clusters[cluster] for cluster, _ in seen], [choices[choice] for _, choice in seen]
    table = csr_array((np.array(list(seen.values()), float), (rows, columns)), shape=(len(clusters), len(choices)))
    owners = [places[choice.situation] for choice in choices]
    ones = np.ones(len(choices))
    return _Counts(tuple(clusters), table, csr_array((ones, (range(len(choices)), owners))))


def _distances(counts: _Counts, of_first: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Distance and decisions in shared situations, for each row that says which clusters are the first set's."""
    first = np.asarray(of_first @ counts.table)
    second = np.asarray((1 - of_first) @ counts.table)
    n_first, n_second = first @ counts.situations, second @ counts.situations
    spread = counts.situations.T
    share_first = first / np.maximum(n_first @ spread, 1.0)
    share_second = second / np.maximum(n_second @ spread, 1.0)
    variation = (np.abs(share_first - share_second) @ counts.situations) / 2
    weight = np.where((n_first > 0) & (n_second > 0), n_first + n_second, 0.0)
    total = weight.sum(axis=1)
    return (variation * weight).sum(axis=1) / np.maximum(total, 1.0), total


def _rows(game: str, first: Pool, second: Pool) -> Iterator[FramingRow]:
    framings = (_framing(first), _framing(second))
    ratings = _ratings(first), _ratings(second)
    for agent in sorted(set(first.agents) & set(second.agents)):
        yield FramingRow(
            game=game,
            framings=framings,
            agent=agent,
            distance=distance(_choices(first, agent), _choices(second, agent)),
            payoff_shift=_payoff_shift(_payoff(first, agent), _payoff(second, agent)),
            rating_shift=_rating_shift(ratings[0].get(agent), ratings[1].get(agent)),
        )


def _choices(pool: Pool, agent: str) -> list[tuple[str, Choice]]:
    return [
        (f"{pool.name} {played.cluster}", choice) for played in pool.played_by(agent) for choice in _made(pool, played)
    ]


def _made(pool: Pool, played: SeatPlay) -> Iterator[Choice]:
    game, seat = pool.game, played.seat
    assert game is not None, "only pools that can be replayed are compared"
    for state, turn in zip(played.play.states, played.play.record.turns, strict=False):
        if isinstance(turn, DecisionTurn):
            for decision in turn.decisions:
                if decision.seat == seat and decision.action is not None:
                    action = game.parse_action(state, seat, decision.action)
                    yield Choice((seat, game.information_state(state, seat)), action)


def _payoff(pool: Pool, agent: str) -> Mean | None:
    return clustered_mean(
        (record.header.cluster, record.result.returns[seat])
        for record in pool.records
        if record.result.outcome is Outcome.COMPLETED and record.result.returns is not None
        for seat, who in enumerate(record.header.seats)
        if who.agent == agent
    )


def _payoff_shift(first: Mean | None, second: Mean | None) -> Shift | None:
    if first is None or second is None:
        return None
    return _shift((first.mean, first.low, first.high), (second.mean, second.low, second.high))


def _rating_shift(first: Rating | None, second: Rating | None) -> Shift | None:
    if first is None or second is None:
        return None
    return _shift((first.rating, first.low, first.high), (second.rating, second.low, second.high))


def _shift(first: tuple[float, float | None, float | None], second: tuple[float, float | None, float | None]) -> Shift:
    """Second minus first; the pools are independent, so that half-widths add in squares, side by side."""
    value = second[0] - first[0]
    if first[1] is None or first[2] is None or second[1] is None or second[2] is None:
        return Shift(value, None, None)
    below = sqrt((second[0] - second[1]) ** 2 + (first[2] - first[0]) ** 2)
    above = sqrt((second[2] - second[0]) ** 2 + (first[0] - first[1]) ** 2)
    return Shift(value, value - below, value + above)


def _ratings(pool: Pool) -> Mapping[str, Rating]:
    (table,) = rate(pool.records)
    return {row.agent: row.rating for row in table.agents if row.rating is not None}


def _framing(pool: Pool) -> str:
    assert pool.game is not None, "only pools that can be replayed are compared"
    return framing_of(pool.game.spec)


def _plain_first(pool: Pool) -> tuple[bool, str]:
    framing = _framing(pool)
    return framing != PLAIN, framing


def _unframed(pool: Pool) -> str:
    """The pool of the same game without its framing."""
    assert pool.game is not None, "only pools that can be replayed are compared"
    return load(unframed(pool.game.spec)).pool
