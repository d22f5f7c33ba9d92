"""Whether one number per agent can tell the whole story of a pool: diagnostics with their bands, never an order.

Nash averaging and maximal lotteries do not change when copies of an agent enter; alpha-rank follows who takes over from
whom; the cyclic share says how much of the results no rating can express.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from arena.ratings.alpha_rank import alpha_rank
from arena.ratings.bands import Bands, bands
from arena.ratings.bradley_terry import FloatArray
from arena.ratings.cyclic import CyclicShare, cyclic_share
from arena.ratings.evidence import evidence
from arena.ratings.maximal_lottery import maximal_lottery
from arena.ratings.nash_averaging import nash_ratings
from arena.ratings.results import MatchScore

MEANINGS: Final = {
    "nash": "Nash average: mean lead, in log odds, over the strongest mixture of agents; 0 belongs to it, below 0 does "
    "not. It does not move when copies of an agent enter.",
    "lottery": "Maximal lottery: the mixture that no agent beats on average; shares add up to 1. One agent that beats "
    "all others has 1.",
    "alpha_rank": "Alpha-rank: share of time that a population of imitators plays an agent.",
    "cyclic": "Cyclic share: how much of the results no rating can express, as when rock beats scissors beats paper "
    "beats rock; 0: a rating says it all.",
}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The diagnostics of one pool.

    Attributes:
        pool: its name.
        nash: Nash averages.
        lottery: shares in the maximal lottery.
        alpha_rank: shares of time.
        cyclic: the cyclic share.
    """

    pool: str
    nash: Bands
    lottery: Bands
    alpha_rank: Bands
    cyclic: CyclicShare

    def bands(self) -> dict[str, Bands]:
        """The diagnostics that are numbers of agents, by name."""
        return {"nash": self.nash, "lottery": self.lottery, "alpha_rank": self.alpha_rank}

    def as_data(self) -> dict[str, Any]:
        """JSON-ready values."""
        return {
            "pool": self.pool,
            "agents": [
                {
                    "agent": agent,
                    **{
                        name: {"value": float(of.value[i]), "low": float(of.low[i]), "high": float(of.high[i])}
                        for name, of in self.bands().items()
                    },
                }
                for i, agent in enumerate(self.nash.agents)
            ],
            "cyclic": asdict(self.cyclic),
        }


def diagnose(pool: str, matches: Iterable[MatchScore]) -> Diagnosis:
    """The diagnostics of a rated pool, from its matches."""
    found = evidence([match for match in matches if not match.void])
    return Diagnosis(
        pool,
        bands(found, nash_ratings),
        bands(found, _lottery),
        bands(found, alpha_rank),
        cyclic_share(found.scores()),
    )


def _lottery(lead: FloatArray) -> FloatArray:
    """The maximal lottery of the margins in one game: expected score of one against another, from -1 to 1."""
    return maximal_lottery(np.tanh(lead / 2))
