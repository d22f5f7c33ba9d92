"""Planning and revision over rounds in which a player submits a plan, sees how it does, and may change it.

Figures of AdvGameBench (arXiv 2506.12012) as its public evaluators compute them, and over-correction in two senses
that its text leaves open. The evaluators look at the rounds that are played right after the player could revise, the
first round left out, and see a change only where it shows in the cost.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool
from arena.metrics.intervals import mean_value, share_value
from arena.metrics.needs import kind
from arena.metrics.regression import slope
from games.core import Seat
from games.transforms.plan_revise import PlanRevise, PlanReviseState

_REVISED: Final = kind("plans that are revised in rounds: plan_revise", PlanRevise)
_NO_ROUND: Final = "the agent played no round after it could revise"
_DECIMALS: Final = 12
_SOURCE: Final = "AdvGameBench, 2025, arXiv 2506.12012, public evaluators"
_OURS: Final = (
    "AdvGameBench, 2025, arXiv 2506.12012 (over-correction is named there without a formula; this one is ours)"
)


class PlannedRound(NamedTuple):
    """One round right after the player could revise.

    Attributes:
        plan: the plan in canonical form.
        cost: what it costs.
        won: whether it won.
        plan_before: the plan of the round before.
        won_before: whether that one won.
    """

    plan: Hashable
    cost: int
    won: bool
    plan_before: Hashable
    won_before: bool

    @property
    def revised(self) -> bool:
        """Whether the plan was changed, be it at the same cost."""
        return self.plan != self.plan_before


def planned_rounds(game: PlanRevise, end: PlanReviseState, seat: Seat) -> list[PlannedRound]:
    """The rounds that a seat could revise for, in the order of play."""

    def won(number: int) -> bool:
        battle = end.past[number].battle
        return battle is not None and battle.winner == seat

    plans = [finished.plans[seat] for finished in end.past]
    return [
        PlannedRound(
            plans[number], game.inner.cost(seat, plans[number]), won(number), plans[number - 1], won(number - 1)
        )
        for number in range(1, len(plans))
        if seat in game.revisers(number)
    ]


def corrections(rounds: Sequence[PlannedRound]) -> list[PlannedRound]:
    """The rounds whose plan has another cost than that of the round before among these."""
    return [after for before, after in pairwise(rounds) if before.cost != after.cost]


def improvement(rounds: Sequence[PlannedRound]) -> float | None:
    """Least-squares slope of winning (0 or 1) on the number of the round; None for fewer than two rounds."""
    found = slope([(float(number), float(each.won)) for number, each in enumerate(rounds)])
    # A slope of nothing must not be rounding.
    return None if found is None else round(found, _DECIMALS)


def _played(pool: Pool, agent: str) -> Iterator[tuple[str, int, list[PlannedRound]]]:
    """Cluster, budget and rounds of each seat that an agent had."""
    game = pool.game
    assert isinstance(game, PlanRevise), "the metric needs plans that are revised"
    for played in pool.played_by(agent):
        yield played.cluster, game.inner.budget(played.seat), planned_rounds(game, played.end, played.seat)


def _share(
    pool: Pool, agent: str, hits: Callable[[Sequence[PlannedRound], int], Sequence[bool]], nothing: str
) -> Result:
    """The share of hits among all that are found in the rounds of a match, given those and the budget."""
    found = ((cluster, hits(rounds, budget)) for cluster, budget, rounds in _played(pool, agent))
    return share_value(((cluster, hit) for cluster, all_hits in found for hit in all_hits), nothing)


def _win_rate(pool: Pool, agent: str) -> Result:
    return _share(pool, agent, lambda rounds, _: [each.won for each in rounds], _NO_ROUND)


def _over_budget(pool: Pool, agent: str) -> Result:
    return _share(pool, agent, lambda rounds, budget: [each.cost > budget for each in rounds], _NO_ROUND)


def _correction_rate(pool: Pool, agent: str) -> Result:
    def hits(rounds: Sequence[PlannedRound], _: int) -> list[bool]:
        return [before.cost != after.cost for before, after in pairwise(rounds)]

    return _share(pool, agent, hits, "the agent could not revise twice in any match")


def _correction_success(pool: Pool, agent: str) -> Result:
    nothing = "the agent never changed the cost of its plan between two of its revisions"
    return _share(pool, agent, lambda rounds, _: [each.won for each in corrections(rounds)], nothing)


def _improvement_slope(pool: Pool, agent: str) -> Result:
    slopes = ((cluster, improvement(rounds)) for cluster, _, rounds in _played(pool, agent))
    return mean_value(
        ((cluster, each) for cluster, each in slopes if each is not None),
        "the agent could not revise twice in any match",
    )


def _revision_rate(pool: Pool, agent: str) -> Result:
    return _share(pool, agent, lambda rounds, _: [each.revised for each in rounds], _NO_ROUND)


def _needless(pool: Pool, agent: str) -> Result:
    def hits(rounds: Sequence[PlannedRound], _: int) -> list[bool]:
        return [each.won_before for each in rounds if each.revised]

    return _share(pool, agent, hits, "the agent never revised its plan")


def _harmful(pool: Pool, agent: str) -> Result:
    def hits(rounds: Sequence[PlannedRound], _: int) -> list[bool]:
        return [each.won_before and not each.won for each in rounds if each.revised]

    return _share(pool, agent, hits, "the agent never revised its plan")


WIN_RATE: Final = Metric(
    name="plan_win_rate",
    family=Family.STRATEGY,
    meaning="Share of rounds that the agent won.",
    where="rounds right after the agent could revise its plan",
    needs=(_REVISED,),
    source=_SOURCE,
    compute=_win_rate,
)
OVER_BUDGET: Final = Metric(
    name="over_budget_ratio",
    family=Family.RELIABILITY,
    meaning="Share of rounds for which the agent's plan cost more than its budget.",
    where="rounds right after the agent could revise its plan",
    needs=(_REVISED,),
    source=_SOURCE,
    compute=_over_budget,
)
CORRECTION_RATE: Final = Metric(
    name="correction_rate",
    family=Family.STRATEGY,
    meaning="How often the cost of the agent's plan is another one than at its last revision; a change at the same "
    "cost is not seen.",
    where="pairs of successive rounds among those right after the agent could revise its plan",
    needs=(_REVISED,),
    source=_SOURCE,
    compute=_correction_rate,
)
CORRECTION_SUCCESS: Final = Metric(
    name="correction_success",
    family=Family.STRATEGY,
    meaning="Share of corrections, as correction_rate counts them, after which the round was won.",
    where="corrections; pooled over matches, and undefined without any, where the paper's evaluators say 0",
    needs=(_REVISED,),
    source=_SOURCE,
    compute=_correction_success,
)
IMPROVEMENT: Final = Metric(
    name="improvement_slope",
    family=Family.STRATEGY,
    meaning="By how much the chance to win rises from one revision to the next: least squares within a match, mean "
    "over matches.",
    where="matches in which the agent could revise at least twice",
    needs=(_REVISED,),
    unit="wins per revision",
    low=-1.0,
    source=_SOURCE,
    compute=_improvement_slope,
)
REVISION_RATE: Final = Metric(
    name="plan_revision_rate",
    family=Family.STRATEGY,
    meaning="How often the agent changes its plan when it may, be it at the same cost.",
    where="rounds right after the agent could revise its plan",
    needs=(_REVISED,),
    source=_OURS,
    compute=_revision_rate,
)
NEEDLESS: Final = Metric(
    name="needless_revision_rate",
    family=Family.STRATEGY,
    meaning="Over-correction: share of revisions of a plan that had just won.",
    where="revisions, be they at the same cost",
    needs=(_REVISED,),
    source=_OURS,
    compute=_needless,
)
HARMFUL: Final = Metric(
    name="harmful_revision_rate",
    family=Family.STRATEGY,
    meaning="Over-correction: share of revisions that turned a won battle into one that was not won.",
    where="revisions, be they at the same cost",
    needs=(_REVISED,),
    source=_OURS,
    compute=_harmful,
)
