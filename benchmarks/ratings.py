"""Bradley-Terry on integer arrays: ours against evalica and choix, in one run on one core.

    OMP_NUM_THREADS=1 python benchmarks/ratings.py

Prints seconds (the best of a few runs), the ratio of each peer to ours, and the largest difference of any agent from
ours in Elo points. Ours includes the covariance clustered by deal, which the peers do not have; choix takes a table of
scores, which is made as we make ours, within its time. In the smallest table the prior shows, which the peers lack.
Peers that are not installed are said to be missing.
"""

from __future__ import annotations

import importlib
import importlib.util
import time
from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from arena.ratings.bradley_terry import POINTS_PER_LOGIT
from arena.ratings.paired import Games, fit_pairs
from arena.ratings.resampling import resampled
from arena.ratings.sandwich import totals

Array = npt.NDArray[np.float64]

SIZES: Final = ((10, 1_000), (100, 1_000_000), (300, 10_000_000))
RUNS: Final = 3
RESAMPLES: Final = 100
# How evalica writes who won: the first, the second, neither.
FIRST_WON, SECOND_WON, DRAW = 1, 2, 0


def played(agents: int, games: int) -> Games:
    """Deals that the same two play twice with seats swapped; every tenth game is drawn."""
    rng = np.random.default_rng(agents)
    x = rng.normal(size=agents)
    one = rng.integers(0, agents, games // 2, dtype=np.int32)
    other = ((one + rng.integers(1, agents, games // 2)) % agents).astype(np.int32)
    first, second = np.stack([one, other], axis=1).ravel(), np.stack([other, one], axis=1).ravel()
    score = (rng.random(games) < expit(x[first] - x[second])).astype(np.float64)
    score[rng.random(games) < 0.1] = 0.5
    return Games(first, second, score, np.repeat(np.arange(games // 2, dtype=np.int32), 2))


def mixed(games: Games) -> Games:
    """The same games in clusters of six that are not of one pair, as rankings of four players would be."""
    cluster = np.arange(len(games.score), dtype=np.int32) // 6
    order = np.random.default_rng(1).permutation(len(cluster) // 2)
    first, second, score = (
        part[: 2 * len(order)].reshape(-1, 2)[order].ravel() for part in (games.first, games.second, games.score)
    )
    return Games(first, second, score, cluster[: len(first)])


def of_clusters(games: Games, agents: int) -> Callable[[], Array]:
    """Our fit, covariance included."""
    return lambda: fit_pairs(games, agents).strengths


def evalica(games: Games, agents: int) -> Callable[[], Array]:
    """Its Rust solver; winners are prepared beforehand."""
    library, pandas = importlib.import_module("evalica"), importlib.import_module("pandas")
    winners = np.select([games.score == 1, games.score == 0], [FIRST_WON, SECOND_WON], DRAW).astype(np.uint8)
    index = pandas.Index(range(agents))

    def fit() -> Array:
        found = library.bradley_terry(games.first, games.second, winners, index=index, tolerance=1e-9, limit=1000)
        return np.log(found.scores.sort_index().to_numpy())

    return fit


def choix(games: Games, agents: int) -> Callable[[], Array]:
    """Its iterated spectral ranking on a table of scores, which is added up first."""
    library = importlib.import_module("choix")

    def fit() -> Array:
        cell = np.multiply(games.first, agents, dtype=np.intp) + games.second
        forward = totals(cell, games.score, agents**2)
        backward = totals(cell, None, agents**2) - forward
        scores = forward.reshape(agents, agents) + backward.reshape(agents, agents).T
        return np.asarray(library.ilsr_pairwise_dense(scores))

    return fit


def timed(fit: Callable[[], Array]) -> tuple[float, Array]:
    """The fastest of a few runs, and what it found, centred."""
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        found = fit()
        seconds.append(time.perf_counter() - start)
    return min(seconds), found - found.mean()


def main() -> None:
    """Print one row per library and size."""
    print(f"{'agents':>6}{'games':>12}  {'library':<32}{'seconds':>10}{'ratio':>8}{'off, Elo':>10}")
    for agents, count in SIZES:
        games = played(agents, count)

        base, x = timed(of_clusters(games, agents))
        print(f"{agents:>6}{count:>12,}  {'ours, with clustered covariance':<32}{base:>10.4f}{1:>8.1f}{0:>10.3f}")
        seconds, _ = timed(of_clusters(mixed(games), agents))
        print(f"{'':>18}  {'ours, clusters of several pairs':<32}{seconds:>10.4f}{seconds / base:>8.1f}", flush=True)
        for name, peer in (("evalica", evalica), ("choix", choix)):
            if importlib.util.find_spec(name) is None:
                print(f"{'':>18}  {name:<32}{'missing':>10}")
                continue
            seconds, found = timed(peer(games, agents))
            off = POINTS_PER_LOGIT * float(np.abs(found - x).max())
            print(f"{'':>18}  {name:<32}{seconds:>10.4f}{seconds / base:>8.1f}{off:>10.3f}", flush=True)
        start = time.perf_counter()
        resampled(games, agents, RESAMPLES)
        print(f"{'':>18}  {f'ours, {RESAMPLES} bootstraps':<32}{time.perf_counter() - start:>10.4f}", flush=True)


if __name__ == "__main__":
    main()
