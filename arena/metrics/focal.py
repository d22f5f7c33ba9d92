"""How well players coordinate on labels without talking."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool
from arena.metrics.intervals import mean_value
from arena.metrics.needs import kind
from games.dilemmas.focal_points import SETS, FocalPoints

_FOCAL: Final = kind("focal points", FocalPoints)


def _index(pool: Pool, agent: str) -> Result:
    return mean_value(_by_round(pool, agent), "no round was played")


def _by_round(pool: Pool, agent: str) -> Iterator[tuple[str, float]]:
    """Cluster, and the share of the others with the same label times the number of labels, which is 1 by chance."""
    for played in pool.played_by(agent):
        for each in played.end.sets:
            if each.chosen:
                same = each.chosen.count(each.chosen[played.seat]) - 1
                yield played.cluster, same / (len(each.chosen) - 1) * len(SETS[each.number])


COORDINATION_INDEX: Final = Metric(
    name="coordination_index",
    family=Family.SOCIAL,
    meaning="How many times oftener than by chance another player chooses what the agent chooses; 1: by chance.",
    where="every round of focal points",
    needs=(_FOCAL,),
    low=0.0,
    high=None,
    unit="times chance",
    source="Mehta, Starmer and Sugden, The nature of salience, American Economic Review 84, 1994",
    compute=_index,
)
