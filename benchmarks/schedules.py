"""How many games each schedule needs, in simulation: until every interval is narrow, and how right the order is.

    python benchmarks/schedules.py [seeds]

Twenty agents with normal strengths play pairings of two games, forty games between refits. Equals draw a quarter of
their games, others fewer, and the expected score is what strengths in points say. Shown are medians over seeds: games
until the widest 95 % interval of a rating is at most 30 points to each side, as a ratio to round robin too, and
Kendall's tau between ratings and truth on the way.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Final

import numpy as np
from scipy.special import expit
from scipy.stats import kendalltau

from arena.matchmaking import Pairing, covariance, g_optimal, order_optimal, swiss
from arena.ratings.bradley_terry import POINTS_PER_LOGIT, FloatArray, strengths

AGENTS: Final = 20
BATCH: Final = 20
HALF_WIDTH: Final = 30.0
MOST_GAMES: Final = 16_000
DRAWS: Final = 0.5
MARKS: Final = (1000, 2000, 4000)
QUANTILE: Final = 1.96

# Every pair once, no agent busier than another: those whose numbers differ by one round the table, then by two.
CIRCLE: Final = [
    (min(agent, other), max(agent, other))
    for apart in range(1, AGENTS // 2 + 1)
    for agent in range(AGENTS if 2 * apart < AGENTS else apart)
    for other in [(agent + apart) % AGENTS]
]

Schedule = Callable[[FloatArray], list[Pairing]]


def round_robin(scores: FloatArray) -> list[Pairing]:
    """The next pairings in a fixed order, whatever the results."""
    done = int(scores.sum()) // 2
    return [CIRCLE[number % len(CIRCLE)] for number in range(done, done + BATCH)]


SCHEDULES: Final[dict[str, Schedule]] = {
    "round robin": round_robin,
    # Two deals for each pairing of a round, so that every schedule plays as many games between refits.
    "Swiss": lambda scores: swiss(scores) + swiss(scores),
    "G-optimal": lambda scores: g_optimal(scores, BATCH),
    "order-optimal": lambda scores: order_optimal(scores, BATCH),
}


def half_width(scores: FloatArray) -> float:
    """Of the widest 95 % interval, in points."""
    return float(QUANTILE * POINTS_PER_LOGIT * np.sqrt(np.diag(covariance(scores)).max()))


def play(truth: FloatArray, pairings: list[Pairing], rng: np.random.Generator) -> FloatArray:
    """Scores of two games of each pairing; draws are half as likely as two games with different winners."""
    scores = np.zeros((len(truth), len(truth)))
    for first, second in pairings:
        expected = expit(truth[first] - truth[second])
        drawn = DRAWS * 2 * expected * (1 - expected)
        won = rng.choice([1.0, 0.5, 0.0], size=2, p=[expected - drawn / 2, drawn, 1 - expected - drawn / 2]).sum()
        scores[first, second] += won
        scores[second, first] += 2 - won
    return scores


def simulate(schedule: Schedule, points: float, seed: int) -> tuple[float, list[float]]:
    """Games until all intervals are narrow (infinite: not within the budget), and tau at the marks."""
    rng = np.random.default_rng(seed)
    truth = rng.standard_normal(AGENTS) * points / POINTS_PER_LOGIT
    scores = np.zeros((AGENTS, AGENTS))
    taus: list[float] = []
    narrow = np.inf
    while (played := scores.sum()) < MOST_GAMES and (np.isinf(narrow) or len(taus) < len(MARKS)):
        scores += play(truth, schedule(scores), rng)
        if len(taus) < len(MARKS) and played + 2 * BATCH >= MARKS[len(taus)]:
            taus.append(float(kendalltau(truth, strengths(scores)).statistic))
        if np.isinf(narrow) and half_width(scores) <= HALF_WIDTH:
            narrow = scores.sum()
    return float(narrow), taus


def times_fewer(base: float, games: float) -> str:
    """The ratio to round robin; a bound where round robin used up its budget, nothing where the schedule did."""
    if np.isinf(games):
        return "-"
    return f">{MOST_GAMES / games:.2f}x" if np.isinf(base) else f"{base / games:.2f}x"


def main() -> None:
    """Print one row per schedule and spread of strengths."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 6
    marks = "".join(f"{f'tau@{mark}':>10}" for mark in MARKS)
    print(f"{'spread':<8}{'schedule':<16}{'games to 30':>12}{'fewer':>8}{marks}  (medians of {seeds} seeds)")
    for points in (100.0, 200.0):
        base = None
        for name, schedule in SCHEDULES.items():
            rows = [simulate(schedule, points, seed) for seed in range(seeds)]
            games = float(np.median([row[0] for row in rows]))
            taus = np.median([row[1] for row in rows], axis=0)
            base = base or games
            shown = f"{games:,.0f}" if np.isfinite(games) else f">{MOST_GAMES:,}"
            fewer = times_fewer(base, games)
            print(f"{points:<8.0f}{name:<16}{shown:>12}{fewer:>8}" + "".join(f"{tau:>10.3f}" for tau in taus))


if __name__ == "__main__":
    main()
