"""How well two players coordinate on a strategy for Levine's hats."""

from __future__ import annotations

from typing import Final

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool
from arena.metrics.intervals import mean_value
from arena.metrics.needs import Need
from games.puzzles.levine_hats import BEST, BY_CHANCE, LevineHats

_HATS: Final = Need(
    f"Levine's hats of height 2 to {max(BEST)}, for which the best strategy known is known",
    lambda game: isinstance(game, LevineHats) and BEST.get(game.params.height, BY_CHANCE) > BY_CHANCE,
)


def _coordination(pool: Pool, agent: str) -> Result:
    game = pool.game
    assert isinstance(game, LevineHats), "the metric needs Levine's hats"
    best = BEST[game.params.height]
    found = (
        (played.cluster, (game.returns(played.end)[played.seat] - BY_CHANCE) / (best - BY_CHANCE))
        for played in pool.played_by(agent)
        if not game.to_move(played.end)
    )
    return mean_value(found, "no match was played to its end")


COORDINATION: Final = Metric(
    name="hats_coordination",
    family=Family.SOCIAL,
    meaning="How much oftener both are right than by chance, as a part of what the best strategy known adds to it.",
    where="matches played to their end",
    needs=(_HATS,),
    low=None,
    high=None,
    source="arXiv:2508.01737 (language models on Levine's hats); best strategies by search, exact up to height 3",
    compute=_coordination,
)
