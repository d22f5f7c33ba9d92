"""How far players reason back from the end in the centipede game."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool
from arena.metrics.intervals import mean_value, share_value
from arena.metrics.needs import kind
from games.economic.centipede import Centipede

_CENTIPEDE: Final = kind("the centipede game", Centipede)
_PALFREY: Final = "McKelvey and Palfrey, An experimental study of the centipede game, 1992"
_TAKEN: Final = "matches that the agent ended by taking; where the other took first, its own plan is not known"


class Stop(NamedTuple):
    """Where a match ended.

    Attributes:
        seat: the agent's seat.
        passes: how often was passed.
        taken: whether the last decision was to take.
        length: most decisions.
    """

    seat: int
    passes: int
    taken: bool
    length: int

    @property
    def by_agent(self) -> bool:
        """Whether the agent ended it by taking."""
        return self.taken and self.passes % 2 == self.seat

    @property
    def shown_depth(self) -> int | None:
        """Decisions from the agent's taking to the last one, both counted; 0 if it passed at the last one.

        The last decider should take; who foresees that takes one decision before, and so on. None where the other
        seat ended the match, which hides how far the agent would have gone.
        """
        if self.by_agent:
            return self.length - self.passes
        return 0 if not self.taken and (self.length - 1) % 2 == self.seat else None


def stops(pool: Pool, agent: str) -> Iterator[tuple[str, Stop]]:
    """Cluster and end of each finished match of an agent, once per seat."""
    game = pool.game
    assert isinstance(game, Centipede), "the metric needs the centipede game"
    for played in pool.played_by(agent):
        if not game.to_move(played.end):
            yield played.cluster, Stop(played.seat, played.end.passes, played.end.taken, game.params.length)


def _first_taken(pool: Pool, agent: str) -> Result:
    first = ((cluster, stop.taken and not stop.passes) for cluster, stop in stops(pool, agent) if stop.seat == 0)
    return share_value(first, "the agent never decided first")


def _mean_node(pool: Pool, agent: str) -> Result:
    taken = ((cluster, stop.passes + 1) for cluster, stop in stops(pool, agent) if stop.by_agent)
    return mean_value(taken, "the agent never took")


def _depth(pool: Pool, agent: str) -> Result:
    shown = ((cluster, stop.shown_depth) for cluster, stop in stops(pool, agent))
    return mean_value(
        ((cluster, depth) for cluster, depth in shown if depth is not None),
        "the other ended every match, so that nothing shows how far the agent reasons back",
    )


FIRST_TAKEN: Final = Metric(
    name="first_node_take",
    family=Family.STRATEGY,
    meaning="Share of matches that the agent ends at once, as backward induction to the start demands.",
    where="finished matches in which the agent decides first",
    needs=(_CENTIPEDE,),
    source=_PALFREY,
    compute=_first_taken,
)
STOPPING_NODE: Final = Metric(
    name="stopping_node",
    family=Family.STRATEGY,
    meaning="Mean number of the decision, from 1, at which the agent takes.",
    where=_TAKEN,
    needs=(_CENTIPEDE,),
    unit="decisions",
    low=1.0,
    high=None,
    source=_PALFREY,
    compute=_mean_node,
)
DEPTH: Final = Metric(
    name="induction_depth",
    family=Family.STRATEGY,
    meaning="Mean number of decisions from the agent's taking to the last one, both counted: 1 takes at the last only, "
    "0 not even there.",
    where=f"{_TAKEN}; and matches in which it passed at the last decision",
    needs=(_CENTIPEDE,),
    unit="decisions",
    high=None,
    source=f"{_PALFREY}; steps of backward induction that the choice shows",
    compute=_depth,
)
