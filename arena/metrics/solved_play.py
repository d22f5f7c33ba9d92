"""How good single decisions are, in games that are small enough to be solved.

Decisions count where the reference opponent leads with a probability above 1e-3: elsewhere its play, and with it
the worth of actions, is arbitrary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import fsum
from typing import Final, NamedTuple

from arena.metrics.base import Family, Metric, Result, Undefined, Value
from arena.metrics.evidence import Pool, SeatPlay
from arena.metrics.intervals import jackknife, mean_value, share_value
from arena.metrics.needs import SOLVABLE
from arena.metrics.quantal import Choice, differing, fit_precision, log_likelihoods
from arena.metrics.reference import Situation, reference
from arena.records import DecisionTurn
from games.core import Seat
from games.solvers.tree import Unsolvable

LEAST_REACH: Final = 1e-3
# In units of one over the range of payoffs: so precise a player loses next to nothing.
_CAP: Final = 200.0
_NO_DIFFERENCE: Final = "no decision between actions of different worth"
_NO_DECISION: Final = "no decision where the reference leads"
_WHERE: Final = f"decisions where chance and the reference opponent lead with a probability above {LEAST_REACH:g}"


class Judged(NamedTuple):
    """A decision: its cluster, its seat, its situation, and the index of the action taken."""

    cluster: str
    seat: Seat
    situation: Situation
    taken: int


def judged(pool: Pool, agent: str) -> Iterator[Judged]:
    """Every decision of an agent in its situation.

    Raises:
        Unsolvable: the game is too large.
    """
    assert pool.game is not None, "the metric needs a solvable game"
    solved = reference(pool.game.spec)
    for played in pool.played_by(agent):
        for state, text in _decisions(played):
            situation = solved[played.seat, pool.game.information_state(state, played.seat)]
            action = pool.game.parse_action(state, played.seat, text)
            yield Judged(played.cluster, played.seat, situation, situation.actions.index(action))


def reached(pool: Pool, agent: str) -> Iterator[Judged]:
    """The decisions of an agent that have a choice and that the reference leads to."""
    return (
        each for each in judged(pool, agent) if each.situation.reach > LEAST_REACH and len(each.situation.actions) > 1
    )


def loss(decision: Judged) -> float:
    """Worth of the best action minus that of the one taken."""
    values = decision.situation.values
    return max(values) - values[decision.taken]


def _decisions(played: SeatPlay) -> Iterator[tuple[object, str]]:
    """The state and the action's text of each decision of a seat that was applied."""
    for state, turn in zip(played.play.states, played.play.record.turns, strict=False):
        for decision in turn.decisions if isinstance(turn, DecisionTurn) else ():
            if decision.seat == played.seat and decision.action is not None:
                yield state, decision.action


def _expected_loss(pool: Pool, agent: str) -> Result:
    return mean_value(((each.cluster, loss(each)) for each in reached(pool, agent)), _NO_DECISION)


def _dominated(pool: Pool, agent: str) -> Result:
    tempted = (each for each in judged(pool, agent) if any(each.situation.dominated))
    hits = ((each.cluster, each.situation.dominated[each.taken]) for each in tempted)
    return share_value(hits, "no decision where an action is obviously dominated")


def _choices(pool: Pool, agent: str) -> list[Choice]:
    return [Choice(each.cluster, each.situation.values, each.taken) for each in reached(pool, agent)]


def _cap(pool: Pool) -> float:
    assert pool.game is not None, "the metric needs a solvable game"
    low, high = pool.game.utility_bounds()
    return _CAP / (high - low) if high > low else _CAP


def _precision(pool: Pool, agent: str) -> Result:
    choices = _choices(pool, agent)
    found = fit_precision(choices, _cap(pool))
    if found is None:
        return Undefined(_NO_DIFFERENCE)
    clusters = len({choice.cluster for choice in choices})
    return Value(found.value, found.low, found.high, len(choices), clusters)


def _fit(pool: Pool, agent: str) -> Result:
    """McFadden's measure; to first order it does not depend on the precision, which is taken as given."""
    choices = differing(_choices(pool, agent))
    found = fit_precision(choices, _cap(pool))
    if found is None:
        return Undefined(_NO_DIFFERENCE)
    fitted, uniform = (log_likelihoods(choices, precision) for precision in (found.value, 0.0))
    clusters = [choice.cluster for choice in choices]

    def pseudo_r2(pairs: Sequence[tuple[float, float]]) -> float | None:
        return 1 - fsum(pair[0] for pair in pairs) / fsum(pair[1] for pair in pairs) if pairs else None

    return jackknife(zip(clusters, zip(fitted, uniform, strict=True), strict=True), pseudo_r2, _NO_DIFFERENCE)


def unless_unsolvable(compute: Callable[[Pool, str], Result]) -> Callable[[Pool, str], Result]:
    """The computation, with games that cannot be solved as a reason."""

    def guarded(pool: Pool, agent: str) -> Result:
        try:
            return compute(pool, agent)
        except Unsolvable as error:
            return Undefined(str(error))

    return guarded


EXPECTED_LOSS: Final = Metric(
    name="expected_loss",
    family=Family.RATIONALITY,
    meaning="Payoff lost per decision against an equilibrium opponent, best play following.",
    where=_WHERE,
    needs=(SOLVABLE,),
    unit="payoff per decision",
    high=None,
    source="mean over decisions; counterfactual values against the average profile of CFR+ (Tammelin 2014)",
    compute=unless_unsolvable(_expected_loss),
)
DOMINATED: Final = Metric(
    name="dominated_action_rate",
    family=Family.RATIONALITY,
    meaning="Share of actions whose best outcome is worse than the worst outcome of another action.",
    where="decisions where some action is obviously dominated",
    needs=(SOLVABLE,),
    source="Li, Obviously strategy-proof mechanisms, American Economic Review 2017 (obvious dominance)",
    compute=unless_unsolvable(_dominated),
)
PRECISION: Final = Metric(
    name="quantal_precision",
    family=Family.RATIONALITY,
    meaning="Lambda of a logit rule on the worth of actions against an equilibrium; 0 is random, the cap best play.",
    where=f"{_WHERE}; capped at {_CAP:g} over the range of payoffs",
    needs=(SOLVABLE,),
    unit="1 / payoff",
    high=None,
    source="McKelvey and Palfrey, Quantal response equilibria, 1995; maximum likelihood with given values",
    compute=unless_unsolvable(_precision),
)
QUANTAL_FIT: Final = Metric(
    name="quantal_fit",
    family=Family.RATIONALITY,
    meaning="How much of the agent's choices quantal_precision explains: 0 no more than random play, 1 all of it.",
    where=f"{_WHERE}, between actions of different worth",
    needs=(SOLVABLE,),
    unit="pseudo R2",
    source="McFadden, Conditional logit analysis of qualitative choice behavior, 1974 (likelihood ratio index)",
    compute=unless_unsolvable(_fit),
)
