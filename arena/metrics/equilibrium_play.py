"""Whether play in matrix games looks like a mixed equilibrium: its frequencies, its order and what it wins.

Walker and Wooders, Minimax play at Wimbledon, American Economic Review 2001.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from math import sqrt
from typing import Any, Final

import numpy as np
from scipy.special import chdtrc, ndtr, rel_entr

from arena.metrics.base import Family, Metric, Result, Undefined, Value
from arena.metrics.evidence import Pool
from arena.metrics.intervals import jackknife
from arena.metrics.matrix_rounds import Joint, SeatRounds, rounds_by, stage_of
from arena.metrics.needs import Need
from games.core import Game
from games.info import Utility
from games.matrix.matrix_game import MatrixGame
from games.matrix.stages import matrix_stage, payoff_arrays
from games.solvers.bimatrix import BimatrixEquilibria, bimatrix_equilibria
from games.solvers.matrix import pure_equilibria
from games.solvers.sequences import FloatArray

Divergence = Callable[[FloatArray, FloatArray], float]
Item = tuple[str, SeatRounds]
"""A match, with its cluster first."""

MOST_ACTIONS: Final = 10
LEAST_ROUNDS: Final = 5
_WALKER_WOODERS: Final = "Walker and Wooders, Minimax play at Wimbledon, American Economic Review 2001"


def total_variation(empirical: FloatArray, equilibrium: FloatArray) -> float:
    """The most by which the probabilities of any set of actions differ."""
    return float(np.abs(empirical - equilibrium).sum() / 2)


def relative_entropy(empirical: FloatArray, equilibrium: FloatArray) -> float:
    """Kullback-Leibler divergence in nats; infinite where an action is played that the equilibrium does not play."""
    return float(rel_entr(empirical, equilibrium).sum())


def nearest(equilibria: BimatrixEquilibria, matches: Iterable[SeatRounds], divergence: Divergence) -> float | None:
    """Least divergence of the empirical mixtures from one equilibrium, seats weighed by rounds; None without a round.

    An agent that had both seats is compared with the same equilibrium in both.
    """
    played: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for match in matches:
        played[match.seat].update(match.own)
    rounds = sum(map(Counter.total, played.values()))
    if not rounds:
        return None
    return min(
        sum(
            counts.total() / rounds * divergence(_mixture(counts, len(pair[seat])), pair[seat])
            for seat, counts in played.items()
            if counts
        )
        for pair in equilibria.equilibria
    )


def _mixture(counts: Counter[int], actions: int) -> FloatArray:
    return np.array([counts[action] for action in range(actions)]) / counts.total()


def runs_test(sequences: Iterable[Sequence[int]]) -> float | None:
    """P-value of the order of actions being random, given how often each was played; None when it cannot be told.

    The numbers of runs of equal actions, added up over the sequences, against their mean and variance over all
    orders (Barton and David, Multiple runs, Biometrika 1957; with two actions, Wald and Wolfowitz 1940), two-sided by
    the normal distribution. Too many runs are switching, too few are clinging.
    """
    excess = variance = 0.0
    for sequence in sequences:
        counts = np.array(list(Counter(sequence).values()), dtype=float)
        if len(counts) > 1:
            n, squares, cubes = counts.sum(), (counts**2).sum(), (counts**3).sum()
            excess += sum(1 for _ in groupby(sequence)) - (n * (n + 1) - squares) / n
            variance += (squares * (squares + n * (n + 1)) - 2 * n * cubes - n**3) / (n * n * (n - 1))
    return float(2 * ndtr(-abs(excess) / sqrt(variance))) if variance > 0 else None


def equal_payoffs_test(payoffs: Mapping[Joint, Sequence[float]], matches: Iterable[SeatRounds]) -> float | None:
    """P-value of all actions that an agent plays winning equally much, as they must in a mixed equilibrium.

    Seat by seat the squared deviations of the actions' mean payoffs from the mean of all, weighed by rounds, over the
    variance of payoffs; added up, against the chi-square distribution. Where a round is won or lost this is Pearson's
    test of equal winning rates. None where no seat plays two actions, or payoffs never differ.
    """
    won: defaultdict[int, defaultdict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for match in matches:
        for joint in match.joints:
            won[match.seat][joint[match.seat]].append(payoffs[joint][match.seat])
    statistic, freedom = 0.0, 0
    for groups in map(list, map(dict.values, won.values())):
        everything = np.concatenate(groups)
        if len(groups) > 1 and np.ptp(everything):
            between = sum(len(group) * (np.mean(group) - everything.mean()) ** 2 for group in groups)
            statistic += float(between / everything.var())
            freedom += len(groups) - 1
    return float(chdtrc(freedom, statistic)) if freedom else None


def ordered(items: Sequence[Item]) -> list[Item]:
    """The matches whose actions could stand in another order with another number of runs."""
    return [item for item in items if len(item[1].joints) > 2 and len(set(item[1].own)) > 1]


def comparable(items: Sequence[Item]) -> list[Item]:
    """The matches in seats in which two actions or more were played, each in `LEAST_ROUNDS` rounds or more."""
    played: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for _, match in items:
        played[match.seat].update(match.own)
    fit = {seat for seat, counts in played.items() if len(counts) > 1 and min(counts.values()) >= LEAST_ROUNDS}
    return [item for item in items if item[1].seat in fit and item[1].joints]


def _is_small(game: Game[Any, Any]) -> bool:
    stage = matrix_stage(game)
    return stage is not None and len(stage.labels) == 2 and max(map(len, stage.labels)) <= MOST_ACTIONS


def _is_mixed_contest(game: Game[Any, Any]) -> bool:
    stage = matrix_stage(game)
    if stage is None or len(stage.labels) != 2 or stage.info.utility not in (Utility.ZERO_SUM, Utility.CONSTANT_SUM):
        return False
    return not pure_equilibria(*payoff_arrays(stage))


_SMALL: Final = Need(
    f"a matrix game of two players and at most {MOST_ACTIONS} actions each, once or in rounds, without noise", _is_small
)
_MIXED_CONTEST: Final = Need(
    "a two-player zero-sum matrix game without a pure equilibrium, once or in rounds, without noise", _is_mixed_contest
)


@lru_cache(maxsize=16)
def _equilibria(stage: MatrixGame) -> BimatrixEquilibria:
    row, column = payoff_arrays(stage)
    return bimatrix_equilibria(row, column)


def _distance(divergence: Divergence) -> Callable[[Pool, str], Result]:
    def compute(pool: Pool, agent: str) -> Result:
        equilibria = _equilibria(stage_of(pool))
        if equilibria.degenerate:
            return Undefined("the game may have infinitely many equilibria")

        def finite(matches: Sequence[SeatRounds]) -> float | None:
            found = nearest(equilibria, matches, divergence)
            return found if found is not None and np.isfinite(found) else None

        nothing = "no finished round, or an action was played that no equilibrium plays"
        return jackknife(rounds_by(pool, agent), finite, nothing)

    return compute


def _p_value(
    kept: Callable[[Sequence[Item]], list[Item]],
    test: Callable[[Pool, list[SeatRounds]], float | None],
    nothing: str,
) -> Callable[[Pool, str], Result]:
    def compute(pool: Pool, agent: str) -> Result:
        items = kept(list(rounds_by(pool, agent)))
        matches = [match for _, match in items]
        p_value = test(pool, matches)
        if p_value is None:
            return Undefined(nothing)
        rounds = sum(len(match.joints) for match in matches)
        return Value(p_value, None, None, rounds, len({cluster for cluster, _ in items}))

    return compute


DISTANCE: Final = Metric(
    name="equilibrium_distance",
    family=Family.RATIONALITY,
    meaning="Total variation between the agent's frequencies of actions and the nearest equilibrium of the round.",
    where="every finished round, of games with finitely many equilibria; chance alone keeps it above 0",
    needs=(_SMALL,),
    source=f"{_WALKER_WOODERS}; all equilibria by support enumeration (von Stengel 2002)",
    compute=_distance(total_variation),
)
DIVERGENCE: Final = Metric(
    name="equilibrium_divergence",
    family=Family.RATIONALITY,
    meaning="Kullback-Leibler divergence of the agent's frequencies from the nearest equilibrium of the round.",
    where="as equilibrium_distance, where the agent plays nothing that the equilibrium does not play",
    needs=(_SMALL,),
    unit="nats",
    high=None,
    source="Kullback and Leibler, On information and sufficiency, 1951",
    compute=_distance(relative_entropy),
)
SERIAL_INDEPENDENCE: Final = Metric(
    name="serial_independence",
    family=Family.RATIONALITY,
    meaning="Runs test: small values say that the agent's actions switch too often, or too rarely, to be drawn anew.",
    where="matches in which the agent plays two different actions; matches are taken to be independent",
    needs=(_MIXED_CONTEST,),
    unit="p-value",
    source=f"{_WALKER_WOODERS}; Barton and David, Multiple runs, Biometrika 1957",
    compute=_p_value(
        ordered,
        lambda pool, matches: runs_test(match.own for match in matches),
        "no match with two actions in some order",
    ),
)
EQUAL_PAYOFFS: Final = Metric(
    name="equal_winning_rates",
    family=Family.RATIONALITY,
    meaning="Chi-square test: small values say that some of the agent's actions win more than others that it plays.",
    where=f"seats whose actions were all played {LEAST_ROUNDS} rounds or more; rounds are taken to be independent",
    needs=(_MIXED_CONTEST,),
    unit="p-value",
    source=_WALKER_WOODERS,
    compute=_p_value(
        comparable,
        lambda pool, matches: equal_payoffs_test(stage_of(pool).payoffs, matches),
        f"no seat with two actions of {LEAST_ROUNDS} rounds or more each",
    ),
)
