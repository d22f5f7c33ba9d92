"""Which repeated-game strategies a player's matches look like: the strategy frequency estimation method (SFEM).

Dal Bo and Frechette, The evolution of cooperation in infinitely repeated games: experimental evidence, American
Economic Review 2011, section V and appendix. There a subject is a person; here each match of an agent is one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from math import log
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np

from arena.metrics.base import Family, Metric, Result
from arena.metrics.dilemma import Rounds, rounds_by
from arena.metrics.evidence import Pool
from arena.metrics.intervals import jackknife
from arena.metrics.needs import PRISONERS_DILEMMA
from games.solvers.sequences import FloatArray

Moves = tuple[bool, ...]
Strategy = Callable[[Moves, Moves], bool]

# A strategy is followed more often than not, and never without any error: the likelihood stays finite.
_BETA_RANGE: Final = (0.5, 1 - 1e-6)
_STARTS: Final = (0.6, 0.9)
_MOST_STEPS: Final = 500
# Gain of log-likelihood per step below which the climb is over.
_SETTLED: Final = 1e-7


def _two_rounds(own: Moves, other: Moves) -> bool:
    """Answer each defection that was met while cooperating with two rounds of it, then cooperate again."""
    punishing = 0
    for cooperated in other:
        punishing = punishing - 1 if punishing else 2 * (not cooperated)
    return punishing == 0


STRATEGIES: Final[Mapping[str, Strategy]] = MappingProxyType(
    {
        "always_defect": lambda own, other: False,
        "always_cooperate": lambda own, other: True,
        "grim": lambda own, other: all(own) and all(other),
        "tit_for_tat": lambda own, other: not other or other[-1],
        "suspicious_tit_for_tat": lambda own, other: bool(other) and other[-1],
        "win_stay_lose_shift": lambda own, other: own[-1:] == other[-1:],
        "two_round_punishment": _two_rounds,
    }
)
"""Whether to cooperate, given own and other's moves so far. Grim is set off by anybody's defection."""


class Fit(NamedTuple):
    """Strategies that were estimated.

    Attributes:
        shares: share of each strategy, in the order of `STRATEGIES`; they sum to 1.
        beta: probability of doing what the strategy says.
        log_likelihood: of all moves.
        bic: Bayesian information criterion, over matches.
    """

    shares: tuple[float, ...]
    beta: float
    log_likelihood: float
    bic: float


def agreements(rounds: Rounds) -> tuple[int, ...]:
    """How many moves of a match agree with each strategy, given what had happened until then."""
    numbers = range(len(rounds.own))
    return tuple(
        sum(strategy(rounds.own[:t], rounds.other[:t]) == rounds.own[t] for t in numbers)
        for strategy in STRATEGIES.values()
    )


@lru_cache(maxsize=256)  # the share of every strategy needs the same fits
def fit(matches: tuple[tuple[int, tuple[int, ...]], ...]) -> Fit | None:
    """Shares and error rate of greatest likelihood; None without a move.

    Maximises sum_n log sum_k phi_k beta^C_nk (1 - beta)^E_nk by expectation maximisation from several starts, C and E
    being agreements and disagreements of match n with strategy k. Strategies that all matches agree with equally
    cannot be told apart and share their part equally.

    Args:
        matches: number of rounds, and agreements with each strategy.
    """
    played = [(rounds, agreed) for rounds, agreed in matches if rounds]
    if not played:
        return None
    agreed = np.array([each for _, each in played], dtype=float)
    lengths = np.array([rounds for rounds, _ in played], dtype=float)[:, None]
    return max((_climb(agreed, lengths, start) for start in _STARTS), key=lambda found: found.log_likelihood)


def _climb(agreed: FloatArray, lengths: FloatArray, beta: float) -> Fit:
    """One run of expectation maximisation."""
    shares, before = np.full(agreed.shape[1], 1 / agreed.shape[1]), -np.inf
    for _ in range(_MOST_STEPS):
        terms = np.log(np.maximum(shares, 1e-300)) + agreed * log(beta) + (lengths - agreed) * log(1 - beta)
        of_match = np.logaddexp.reduce(terms, axis=1)
        likelihood = float(of_match.sum())
        weights = np.exp(terms - of_match[:, None])
        shares = weights.mean(axis=0)
        beta = float(np.clip((weights * agreed).sum() / lengths.sum(), *_BETA_RANGE))
        if likelihood - before < _SETTLED:
            break
        before = likelihood
    bic = len(shares) * log(len(agreed)) - 2 * likelihood
    return Fit(tuple(shares.tolist()), beta, likelihood, bic)


def _metric(name: str) -> Metric:
    number = list(STRATEGIES).index(name)

    def share(matches: Sequence[tuple[int, tuple[int, ...]]]) -> float | None:
        found = fit(tuple(matches))
        return None if found is None else found.shares[number]

    def compute(pool: Pool, agent: str) -> Result:
        items = ((cluster, (len(rounds.own), agreements(rounds))) for cluster, rounds in rounds_by(pool, agent))
        return jackknife(items, share, "no finished round")

    return Metric(
        name=f"{name}_share",
        family=Family.SOCIAL,
        meaning=f"Estimated share of matches played by the strategy {name.replace('_', ' ')}, with errors.",
        where="matches with a finished round; the shares of the seven strategies sum to 1",
        needs=(PRISONERS_DILEMMA,),
        source="Dal Bo and Frechette, The evolution of cooperation in infinitely repeated games, 2011 (SFEM)",
        compute=compute,
    )


ALWAYS_DEFECT: Final = _metric("always_defect")
ALWAYS_COOPERATE: Final = _metric("always_cooperate")
GRIM: Final = _metric("grim")
TIT_FOR_TAT: Final = _metric("tit_for_tat")
SUSPICIOUS: Final = _metric("suspicious_tit_for_tat")
WIN_STAY: Final = _metric("win_stay_lose_shift")
TWO_ROUNDS: Final = _metric("two_round_punishment")
