"""Steps of thought in the 11-20 money request game."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from math import fsum
from typing import Final

import numpy as np

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool
from arena.metrics.intervals import jackknife, mean_value, share_value
from arena.metrics.level_k import step_weights
from arena.metrics.needs import kind
from games.economic.eleven_twenty import ElevenTwenty
from games.solvers.sequences import FloatArray

# Beyond it, high steps of the standard game have run through the requests and begin anew at 20: the most thoughtless
# request would count as the deepest thought.
LARGEST_TAU: Final = 5.0
_TAUS: Final = 251
_STEPS: Final = 25
_ELEVEN_TWENTY: Final = kind("the 11-20 money request game", ElevenTwenty)
_NOTHING: Final = "the agent made no request"
_ARAD: Final = "Arad and Rubinstein, The 11-20 money request game: a level-k reasoning study, 2012"


def request_level(game: ElevenTwenty, request: int) -> int:
    """Level of a request: the largest is level 0, and each level asks for one less."""
    return game.params.high - request


def hierarchy_requests(game: ElevenTwenty, tau: float, steps: int) -> list[int]:
    """What steps 1, 2, ... of a cognitive hierarchy ask for; step 0 makes all requests equally often.

    Step k answers best to the mixture of the lower steps, weighed by a Poisson distribution of mean tau (Camerer, Ho
    and Chong, A cognitive hierarchy model of games, 2004).
    """
    options = list(game.options)
    weights = step_weights(steps, tau)
    # What the lower steps ask for, by request, not normalised.
    believed = dict.fromkeys(options, weights[0] / len(options))
    found = []
    for weight in weights[1:]:
        total = fsum(believed.values())
        best = max(options, key=lambda own: own + game.params.bonus * believed.get(own + 1, 0.0) / total)
        found.append(best)
        believed[best] += weight
    return found


def request_probabilities(game: ElevenTwenty, tau: float) -> list[float]:
    """How often each request is made in a cognitive hierarchy, in the order of the options."""
    weights = step_weights(_STEPS, tau)
    probabilities = dict.fromkeys(game.options, weights[0] / len(game.options))
    for weight, request in zip(weights[1:], hierarchy_requests(game, tau, _STEPS), strict=True):
        probabilities[request] += weight
    return list(probabilities.values())


def most_likely_tau(game: ElevenTwenty, requests: Sequence[int]) -> float | None:
    """The mean number of steps under which some requests are most likely, to 0.02; None without requests.

    From 0, where all requests are equally likely, to 5.
    """
    if not requests:
        return None
    counts = np.bincount(np.array(requests) - game.params.low, minlength=len(game.options))
    taus, logs = _likelihoods(game)
    return float(taus[int((logs @ counts).argmax())])


@lru_cache(maxsize=8)
def _likelihoods(game: ElevenTwenty) -> tuple[FloatArray, FloatArray]:
    """Values of tau, and the log-probability of each request under each of them, shape (taus, requests)."""
    taus = np.linspace(0.0, LARGEST_TAU, _TAUS)
    return taus, np.log([request_probabilities(game, float(tau)) for tau in taus])


def _requests(pool: Pool, agent: str) -> Iterator[tuple[str, int]]:
    """Cluster and request of each match of an agent, once per seat."""
    for played in pool.played_by(agent):
        if played.end.actions:
            yield played.cluster, played.end.actions[played.seat]


def _game(pool: Pool) -> ElevenTwenty:
    assert isinstance(pool.game, ElevenTwenty), "the metric needs the 11-20 game"
    return pool.game


def _mean_level(pool: Pool, agent: str) -> Result:
    game = _game(pool)
    return mean_value(((cluster, request_level(game, each)) for cluster, each in _requests(pool, agent)), _NOTHING)


def _tau(pool: Pool, agent: str) -> Result:
    game = _game(pool)
    return jackknife(_requests(pool, agent), lambda requests: most_likely_tau(game, requests), _NOTHING)


def _share(name: str, levels: str, counts: Callable[[int], bool]) -> Metric:
    def compute(pool: Pool, agent: str) -> Result:
        game = _game(pool)
        hits = ((cluster, counts(request_level(game, request))) for cluster, request in _requests(pool, agent))
        return share_value(hits, _NOTHING)

    return Metric(
        name=name,
        family=Family.STRATEGY,
        meaning=f"Share of requests of {levels}; the largest request is level 0, and each level asks for one less.",
        where="every request",
        needs=(_ELEVEN_TWENTY,),
        source=_ARAD,
        compute=compute,
    )


MEAN_LEVEL: Final = Metric(
    name="request_level",
    family=Family.STRATEGY,
    meaning="Mean level of requests: how much less than the most the agent asks for.",
    where="every request",
    needs=(_ELEVEN_TWENTY,),
    unit="levels",
    high=None,
    source=_ARAD,
    compute=_mean_level,
)
TAU: Final = Metric(
    name="request_tau",
    family=Family.STRATEGY,
    meaning="Mean number of steps of thought (tau) of a cognitive hierarchy, by maximum likelihood.",
    where="every request; step 0 makes all requests equally often, and tau is sought from 0 to 5",
    needs=(_ELEVEN_TWENTY,),
    unit="steps",
    high=LARGEST_TAU,
    source="Camerer, Ho and Chong, A cognitive hierarchy model of games, 2004",
    compute=_tau,
)
LEVEL_0: Final = _share("request_level_0_share", "level 0", lambda level: level == 0)
LEVEL_1: Final = _share("request_level_1_share", "level 1", lambda level: level == 1)
LEVEL_2: Final = _share("request_level_2_share", "level 2", lambda level: level == 2)
LEVEL_3: Final = _share("request_level_3_share", "level 3", lambda level: level == 3)
HIGHER: Final = _share("request_higher_level_share", "level 4 and above", lambda level: level > 3)
