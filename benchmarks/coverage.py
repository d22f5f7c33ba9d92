"""Do intervals that say 95 % hold the truth 95 % of the time? Fifteen situations in which rating intervals go wrong.

    python benchmarks/coverage.py [REPLICATES]

Each row simulates many pools of known strengths, fits each, and counts how often the intervals hold the truth. "Naive"
takes every comparison for an independent toss, as most leaderboards do; "ours" knows the clusters. The target is 0.93
to 0.97 for ours; with a handful of games or of upsets (the last two rows) intervals err on the wide side. "Worst" is
the least covered single parameter; "width" is our median half-width in Elo points.

Where the data do not follow the model (luck shared by replays, draws), the truth is what the method would say after
infinitely many games of the same schedule.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from arena.ratings.bradley_terry import POINTS_PER_LOGIT, strengths
from arena.ratings.paired import Games, fit_pairs, laplacian
from arena.ratings.plackett_luce import Ranking, fit_rankings
from arena.ratings.sandwich import inverse_in_plane, totals
from arena.ratings.team import TeamGame, fit_teams

REPLICATES: Final = 400
NORMAL_97_5: Final = 1.959964
STOP_WIDTH: Final = 60 / POINTS_PER_LOGIT

Array = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

EIGHT: Final = np.linspace(1.0, -1.0, 8)


class Trial(NamedTuple):
    """One simulated pool: naive intervals and ours, shape (K, 2), and the truth, shape (K,)."""

    naive: Array
    ours: Array
    truth: Array


def every_pair(agents: int, rounds: int) -> tuple[IntArray, IntArray]:
    """The first and second seats of a schedule in which each ordered pair meets `rounds` times."""
    first, second = np.nonzero(~np.eye(agents, dtype=bool))
    return np.tile(first, rounds), np.tile(second, rounds)


def tossed(rng: np.random.Generator, x: Array, first: IntArray, second: IntArray, luck: Array | float = 0.0) -> Array:
    """Scores of games without draws; luck favours the first seat."""
    return (rng.random(len(first)) < expit(x[first] - x[second] + luck)).astype(np.float64)


def pair_trial(games: Games, truth: Array) -> Trial:
    """Intervals of all strengths."""
    fit = fit_pairs(games, len(truth))
    return Trial(fisher(fit.strengths, games), fit.intervals(), truth)


def fisher(x: Array, games: Games) -> Array:
    """Intervals by the model's own variance, the inverse of the information."""
    agents, chance = len(x), expit(x[games.first] - x[games.second])
    weights = totals(games.first * agents + games.second, chance * (1 - chance), agents**2).reshape(agents, agents)
    information = laplacian(weights + weights.T, np.zeros(agents), 1.0)
    half = NORMAL_97_5 * np.sqrt(np.diagonal(inverse_in_plane(information, agents))[:-1])
    return np.stack([x - half, x + half], axis=1)


def in_the_long_run(expected: Array) -> Array:
    """The strengths that fit expected scores, shape (A, A), where every pair meets as often."""
    scores = expected.copy()
    np.fill_diagonal(scores, 0.0)
    return strengths(scores, 0.0, 0.0)


def under_luck(x: Array) -> Array:
    """Expected scores where luck of standard deviation 1 logit favours a random side."""
    points, weights = np.polynomial.hermite_e.hermegauss(40)
    ahead = x[:, None] - x[None, :]
    return np.asarray(expit(ahead[..., None] + points) @ weights / weights.sum())


def independent(rng: np.random.Generator, rounds: int = 5) -> Trial:
    """Eight agents, ten independent games a pair."""
    first, second = every_pair(8, rounds)
    return pair_trial(Games(first, second, tossed(rng, EIGHT, first, second)), EIGHT)


def few_games(rng: np.random.Generator) -> Trial:
    """Eight agents, two independent games a pair."""
    return independent(rng, rounds=1)


def replayed_deals(rng: np.random.Generator) -> Trial:
    """Each deal is played eight times by the same two, with luck of standard deviation 1 logit in common."""
    first, second = (np.repeat(seats, 8) for seats in every_pair(8, 5))
    deal = np.arange(len(first)) // 8
    score = tossed(rng, EIGHT, first, second, rng.normal(size=len(first) // 8)[deal])
    return pair_trial(Games(first, second, score, deal), in_the_long_run(under_luck(EIGHT)))


def shared_deals(rng: np.random.Generator) -> Trial:
    """Each of 30 deals is played once by four pairs at a time, whose better-seated player all have its luck."""
    first, second = (seats.reshape(-1, 4).ravel() for seats in every_pair(8, 10))
    order = rng.permutation(len(first))
    first, second, deal = first[order], second[order], np.arange(len(first)) // 4
    score = tossed(rng, EIGHT, first, second, rng.normal(size=len(first) // 4)[deal])
    return pair_trial(Games(first, second, score, deal), in_the_long_run(under_luck(EIGHT)))


def race(rng: np.random.Generator, matches: int) -> IntArray:
    """Rankings of six out of eight by exponential finishing times, which is Plackett-Luce."""
    players = rng.permuted(np.tile(np.arange(8), (matches, 1)), axis=1)[:, :6]
    times = rng.exponential(size=players.shape) / np.exp(EIGHT[players])
    return np.take_along_axis(players, times.argsort(axis=1), axis=1)


def six_as_pairs(rng: np.random.Generator) -> Trial:
    """Rankings of six players, taken apart into fifteen pairs."""
    better, worse = np.triu_indices(6, 1)
    orders = race(rng, 120)
    first, second = orders[:, better].ravel(), orders[:, worse].ravel()
    return pair_trial(Games(first, second, np.ones(len(first)), np.repeat(np.arange(120), 15)), EIGHT)


def six_players(rng: np.random.Generator, known: int = 6) -> Trial:
    """Rankings of six players by Plackett-Luce; each deal is played twice, in half of the cases with one result."""
    once, again = race(rng, 80), race(rng, 80)
    again[::2] = once[::2]
    rankings = [
        Ranking(tuple(order.tolist()), known, deal) for orders in (once, again) for deal, order in enumerate(orders)
    ]
    naive = [ranking._replace(cluster=number) for number, ranking in enumerate(rankings)]
    return Trial(fit_rankings(naive, 8).intervals(), fit_rankings(rankings, 8).intervals(), EIGHT)


def winner_only(rng: np.random.Generator) -> Trial:
    """As before, but only the winner of each match is known."""
    return six_players(rng, known=1)


def three_against_three(rng: np.random.Generator) -> Trial:
    """Teams of three out of twelve, one side ahead by 0.5; naive: nine pairs of opponents a game."""
    x, games = np.linspace(2.0, -2.0, 12), []
    for number in range(300):
        seats = rng.permutation(12)[:6].tolist()
        ours, theirs = seats[:3], seats[3:]
        score = float(rng.random() < expit(x[ours].mean() - x[theirs].mean() + 0.5))
        games.append(TeamGame(tuple((i, 0) for i in ours), tuple((j, 1) for j in theirs), score, number))
    pairs = [(i, j, game.score) for game in games for i, _ in game.first for j, _ in game.second]
    first, second, score_of_pair = (np.array(column) for column in zip(*pairs, strict=True))
    apart = pair_trial(Games(first, second, score_of_pair), x)
    return Trial(apart.naive, fit_teams(games, 12, roles=2).intervals()[:12], x)


def newcomer(rng: np.random.Generator) -> Trial:
    """Sixty games of a newcomer in a table of 200,000; its interval alone."""
    x = np.append(0.5, np.linspace(1.0, -1.0, 20) - 0.5 / 20)
    first, second = (1 + seats for seats in every_pair(20, 526))
    first = np.concatenate([first, np.zeros(60, dtype=np.int64)])
    second = np.concatenate([second, rng.integers(1, 21, 60)])
    trial = pair_trial(Games(first, second, tossed(rng, x, first, second)), x)
    return Trial(trial.naive[:1], trial.ours[:1], x[:1])


def many_draws(rng: np.random.Generator) -> Trial:
    """Davidson's law of draws: equals draw half of their games."""
    first, second = every_pair(8, 5)
    win, draw = davidson(EIGHT[first] - EIGHT[second])
    toss = rng.random(len(first))
    score = (toss < win) * 0.5 + (toss < win + draw) * 0.5
    win, draw = davidson(EIGHT[:, None] - EIGHT[None, :])
    return pair_trial(Games(first, second, score), in_the_long_run(win + draw / 2))


def davidson(ahead: Array) -> tuple[Array, Array]:
    """The chances of a win and of a draw after Davidson 1970, with nu = 2."""
    total = np.exp(ahead / 2) + 2 + np.exp(-ahead / 2)
    return np.exp(ahead / 2) / total, 2 / total


def separation(rng: np.random.Generator) -> Trial:
    """One agent of eight is 3.5 logits ahead of the mean and often wins everything, twenty games a pair."""
    x = np.append(4.0, np.linspace(1.0, -1.0, 7))
    x -= x.mean()
    first, second = every_pair(8, 10)
    return pair_trial(Games(first, second, tossed(rng, x, first, second)), x)


def long_ladder(rng: np.random.Generator) -> Trial:
    """Six agents 3 logits apart: 19 of 20 games between neighbours go one way; 40 games a pair."""
    x = np.linspace(7.5, -7.5, 6)
    first, second = every_pair(6, 20)
    return pair_trial(Games(first, second, tossed(rng, x, first, second)), x)


def near_deterministic(rng: np.random.Generator) -> Trial:
    """Players at temperature 0: each deal is played eight times, and 19 of 20 replays go as the first play did."""
    first, second = (np.repeat(seats, 8) for seats in every_pair(8, 5))
    score, deal = tossed(rng, EIGHT, first, second), np.arange(len(first)) // 8
    again = rng.random(len(first)) < 0.95
    return pair_trial(Games(first, second, np.where(again, score[8 * deal], score), deal), EIGHT)


def first_seat(rng: np.random.Generator) -> Trial:
    """The first seat is ahead by 0.8, and the first half of the agents sit there more often; naive: no seat term."""
    first, second = every_pair(8, 8)
    keep = (first < second) | (rng.random(len(first)) < 0.3)
    first, second = first[keep], second[keep]
    games = Games(first, second, tossed(rng, EIGHT, first, second, 0.8))
    ours = fit_pairs(games, 8, seat_effect=True)
    return Trial(pair_trial(games, EIGHT).naive, ours.intervals(), EIGHT)


def stopped_at_a_width(rng: np.random.Generator) -> Trial:
    """Every pair plays two games of one deal a round, until each agent has 20 deals and no half-width is above 60."""
    first, second = every_pair(5, 60)
    truth = np.linspace(0.6, -0.6, 5)
    score = tossed(rng, truth, first, second)
    low, high = np.minimum(first, second), np.maximum(first, second)
    deal = (np.arange(len(first)) // 20 * 5 + low) * 5 + high
    for games in range(100, len(first), 20):
        played = Games(first[:games], second[:games], score[:games], deal[:games])
        trial = pair_trial(played, truth)
        if np.ptp(trial.ours, axis=1).max() <= 2 * STOP_WIDTH:
            return trial
    raise ValueError(f"intervals are wider than {STOP_WIDTH} after {len(first)} games")


SCENARIOS: Final[dict[str, Callable[[np.random.Generator], Trial]]] = {
    "independent games": independent,
    "replayed deals": replayed_deals,
    "deals shared by pairs": shared_deals,
    "six players as pairs": six_as_pairs,
    "six players, ranked": six_players,
    "six players, winner only": winner_only,
    "three against three": three_against_three,
    "newcomer, 200,000 games": newcomer,
    "many draws": many_draws,
    "separation": separation,
    "near-deterministic": near_deterministic,
    "first-seat advantage": first_seat,
    "few games": few_games,
    "long ladder": long_ladder,
    "stopped at a width": stopped_at_a_width,
}


class Coverage(NamedTuple):
    """Shares of intervals that held the truth, and the median half-width in Elo points."""

    naive: float
    ours: float
    worst: float
    width: float


def coverage(simulate: Callable[[np.random.Generator], Trial], seed: int, replicates: int) -> Coverage:
    """Simulate again and again; the same seed gives the same numbers."""
    streams = np.random.SeedSequence(seed).spawn(replicates)
    trials = [simulate(np.random.default_rng(stream)) for stream in streams]
    truth = np.stack([trial.truth for trial in trials])
    naive, ours = (np.stack([getattr(trial, name) for trial in trials]) for name in ("naive", "ours"))
    held = (ours[..., 0] <= truth) & (truth <= ours[..., 1])
    held_naively = (naive[..., 0] <= truth) & (truth <= naive[..., 1])
    width = POINTS_PER_LOGIT * float(np.median(ours[..., 1] - ours[..., 0])) / 2
    return Coverage(float(held_naively.mean()), float(held.mean()), float(held.mean(axis=0).min()), width)


def main() -> None:
    """Print one row per situation."""
    replicates = int(sys.argv[1]) if len(sys.argv) > 1 else REPLICATES
    print(f"Coverage of nominal 95 % intervals, {replicates} replicates each")
    print(f"{'situation':<26}{'naive':>8}{'ours':>8}{'worst':>8}{'width':>8}")
    for name, simulate in SCENARIOS.items():
        row = coverage(simulate, zlib.crc32(name.encode()), replicates)
        print(f"{name:<26}{row.naive:>8.3f}{row.ours:>8.3f}{row.worst:>8.3f}{row.width:>8.0f}", flush=True)


if __name__ == "__main__":
    main()
