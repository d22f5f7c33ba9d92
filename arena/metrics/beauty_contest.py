"""Steps of thought in the beauty contest, by choices of the first round, which no experience has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum
from typing import Final

from scipy.optimize import brentq

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool
from arena.metrics.intervals import jackknife, mean_value, share_value
from arena.metrics.level_k import beauty_contest_level, beauty_contest_steps, hierarchy_mean
from arena.metrics.needs import kind
from games.economic.beauty_contest import BeautyContest

LARGEST_TAU: Final = 10.0
_CONTEST: Final = kind("the beauty contest", BeautyContest)
_FIRST_ROUND: Final = "choices of the first round"
_NOTHING: Final = "the agent finished no first round"
_NAGEL: Final = "Nagel, Unraveling in guessing games: an experimental study, 1995"
_LEVELS: Final = range(4)


def matched_tau(choices: Sequence[float], ratio: float, start: float) -> float | None:
    """The mean number of steps at which a cognitive hierarchy's mean choice is that of some choices; None without any.

    0 where they are not below level 0's mean, and 10 where they are below all that 10 steps explain. Camerer, Ho and
    Chong, A cognitive hierarchy model of games, 2004, estimate tau in the same way, by the mean.
    """
    if not choices:
        return None
    mean = fsum(choices) / len(choices)

    def excess(tau: float) -> float:
        return hierarchy_mean(tau, ratio, start) - mean

    if excess(0.0) <= 0:
        return 0.0
    return LARGEST_TAU if excess(LARGEST_TAU) >= 0 else float(brentq(excess, 0.0, LARGEST_TAU))


def _choices(pool: Pool, agent: str) -> Iterator[tuple[str, int]]:
    """Cluster and first choice of each match of an agent, once per seat."""
    for played in pool.played_by(agent):
        if played.end.past:
            yield played.cluster, played.end.past[0].actions[played.seat]


def _terms(pool: Pool) -> tuple[float, float]:
    """The ratio, and level 0's mean: the middle of the numbers."""
    assert isinstance(pool.game, BeautyContest), "the metric needs the beauty contest"
    return pool.game.params.ratio, pool.game.params.highest / 2


def _mean_steps(pool: Pool, agent: str) -> Result:
    ratio, start = _terms(pool)
    steps = ((cluster, beauty_contest_steps(choice, ratio, start)) for cluster, choice in _choices(pool, agent))
    return mean_value(((cluster, each) for cluster, each in steps if each is not None), f"{_NOTHING} with more than 0")


def _tau(pool: Pool, agent: str) -> Result:
    ratio, start = _terms(pool)
    return jackknife(_choices(pool, agent), lambda choices: matched_tau(choices, ratio, start), _NOTHING)


def _share(name: str, words: str, levels: frozenset[int | None]) -> Metric:
    def compute(pool: Pool, agent: str) -> Result:
        ratio, start = _terms(pool)
        hits = ((cluster, _window(choice, ratio, start) in levels) for cluster, choice in _choices(pool, agent))
        return share_value(hits, _NOTHING)

    return Metric(
        name=name,
        family=Family.STRATEGY,
        meaning=f"Share of choices {words}; level k is within a quarter of a step of middle * ratio^k.",
        where=_FIRST_ROUND,
        needs=(_CONTEST,),
        source=_NAGEL,
        compute=compute,
    )


def _window(choice: float, ratio: float, start: float) -> int | None:
    """The level of a choice, from 0 to 3; None for all others."""
    level = beauty_contest_level(choice, ratio, start)
    return level if level in _LEVELS else None


STEPS: Final = Metric(
    name="contest_steps",
    family=Family.STRATEGY,
    meaning="Mean depth k of choices that are middle * ratio^k; below 0 above the middle.",
    where=f"{_FIRST_ROUND} above 0: a choice of 0 is of no finite depth",
    needs=(_CONTEST,),
    unit="steps",
    low=None,
    high=None,
    source=_NAGEL,
    compute=_mean_steps,
)
TAU: Final = Metric(
    name="contest_tau",
    family=Family.STRATEGY,
    meaning="Mean number of steps of thought (tau) of the cognitive hierarchy with the same mean choice.",
    where=f"{_FIRST_ROUND}; 0 where the mean is not below the middle, and at most 10",
    needs=(_CONTEST,),
    unit="steps",
    high=LARGEST_TAU,
    source="Camerer, Ho and Chong, A cognitive hierarchy model of games, 2004",
    compute=_tau,
)
LEVEL_0: Final = _share("contest_level_0_share", "of level 0", frozenset({0}))
LEVEL_1: Final = _share("contest_level_1_share", "of level 1", frozenset({1}))
LEVEL_2: Final = _share("contest_level_2_share", "of level 2", frozenset({2}))
LEVEL_3: Final = _share("contest_level_3_share", "of level 3", frozenset({3}))
OTHER: Final = _share("contest_other_share", "between or beyond levels 0 to 3", frozenset({None}))
