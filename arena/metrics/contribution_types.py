"""Types of contributors, by their tables of conditional contributions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Final

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool
from arena.metrics.intervals import jackknife, mean_value, share_value
from arena.metrics.needs import kind
from arena.metrics.regression import pooled_slope
from games.dilemmas.conditional_contributions import ConditionalContributions, Schedule

_CONDITIONAL: Final = kind("conditional contributions", ConditionalContributions)
_SOURCE: Final = "Fischbacher, Gaechter and Fehr, Are people conditionally cooperative?, 2001"
_TABLES: Final = "every table that was filled in"
_NOTHING: Final = "no table was filled in"
_SIGNIFICANT: Final = 0.01
# With fewer numbers a correlation has no significance.
_FEWEST: Final = 3


class ContributorType(StrEnum):
    """How a table answers to what the others give."""

    CONDITIONAL_COOPERATOR = "conditional cooperator"
    FREE_RIDER = "free rider"
    HUMP_SHAPED = "hump-shaped"
    OTHER = "other"


def contributor_type(table: Schedule) -> ContributorType:
    """The type of a table.

    Free rider: it gives nothing. Conditional cooperator: it never falls and rises somewhere, or Spearman's rank
    correlation with what the others give is positive at the 1 % level. Hump-shaped: it rises in this sense to its
    highest contribution (the first of several), and falls in this sense from there. Anything else is of another type,
    and so is a constant gift. They are tried in this order. How humps are recognised is ours.
    """
    if not any(table):
        return ContributorType.FREE_RIDER
    if _rises(table):
        return ContributorType.CONDITIONAL_COOPERATOR
    peak = table.index(max(table))
    if _rises(table[: peak + 1]) and _rises(table[peak:][::-1]):
        return ContributorType.HUMP_SHAPED
    return ContributorType.OTHER


def _rises(values: Sequence[int]) -> bool:
    """Whether numbers go up, without exception or with a rank correlation that is significant."""
    if len(set(values)) < 2:
        return False
    if all(earlier <= later for earlier, later in pairwise(values)):
        return True
    if len(values) < _FEWEST:
        return False
    from scipy.stats import spearmanr

    found = spearmanr(range(len(values)), values)
    return bool(found.statistic > 0 and found.pvalue < _SIGNIFICANT)


def tables(pool: Pool, agent: str) -> Iterator[tuple[str, Schedule]]:
    """Cluster and table of every seat of an agent that filled one in."""
    for played in pool.played_by(agent):
        if played.end.tables:
            yield played.cluster, played.end.tables[played.seat]


def _share_of(wanted: ContributorType) -> Callable[[Pool, str], Result]:
    def compute(pool: Pool, agent: str) -> Result:
        found = ((cluster, contributor_type(table) is wanted) for cluster, table in tables(pool, agent))
        return share_value(found, _NOTHING)

    return compute


def _slope(pool: Pool, agent: str) -> Result:
    points = (
        (cluster, [(float(mean), float(gift)) for mean, gift in enumerate(table)])
        for cluster, table in tables(pool, agent)
    )
    return jackknife(points, pooled_slope, _NOTHING)


def _unconditional(pool: Pool, agent: str) -> Result:
    game = pool.game
    assert isinstance(game, ConditionalContributions), "the metric needs conditional contributions"
    gifts = (
        (played.cluster, played.end.gifts[played.seat] / game.params.endowment)
        for played in pool.played_by(agent)
        if played.end.gifts
    )
    return mean_value(gifts, "nobody decided on a contribution")


def _type_metric(name: str, wanted: ContributorType, what: str) -> Metric:
    return Metric(
        name=name,
        family=Family.SOCIAL,
        meaning=f"Share of tables that {what}.",
        where=_TABLES,
        needs=(_CONDITIONAL,),
        source=_SOURCE,
        compute=_share_of(wanted),
    )


CONDITIONAL_COOPERATORS: Final = _type_metric(
    "conditional_cooperator_tables",
    ContributorType.CONDITIONAL_COOPERATOR,
    "give more when the others give more (never less, or by Spearman's rank correlation at the 1 % level)",
)
FREE_RIDERS: Final = _type_metric(
    "free_rider_tables", ContributorType.FREE_RIDER, "give nothing, whatever the others give"
)
HUMP_SHAPED: Final = _type_metric(
    "hump_shaped_tables", ContributorType.HUMP_SHAPED, "give more when the others give more up to a point only"
)
OTHERS: Final = _type_metric("other_tables", ContributorType.OTHER, "are of none of the three named types")
SLOPE: Final = Metric(
    name="table_slope",
    family=Family.SOCIAL,
    meaning="How much more a table gives when the others give one token more on average.",
    where=_TABLES,
    needs=(_CONDITIONAL,),
    unit="tokens per token",
    low=None,
    high=None,
    source=f"{_SOURCE}; least-squares slope of all tables",
    compute=_slope,
)
UNCONDITIONAL: Final = Metric(
    name="unconditional_contribution",
    family=Family.SOCIAL,
    meaning="Share of the endowment that the agent gives without knowing what the others give.",
    where="every decision before the tables",
    needs=(_CONDITIONAL,),
    source=_SOURCE,
    compute=_unconditional,
)
