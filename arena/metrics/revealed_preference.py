"""Whether choices from budgets could come from preferences, and how far they are from it.

A choice is revealed preferred to a bundle that its budget could have bought as well, and strictly so to one that would
have left tokens over. Everything here follows from the share of a budget that a bundle would have taken. Afriat, The
construction of utility functions from expenditure data, International Economic Review 1967; Varian, The nonparametric
approach to demand analysis, Econometrica 1982.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool
from arena.metrics.intervals import mean_value, share_value
from arena.metrics.needs import kind
from games.economic.budget_choice import BudgetChoice, BudgetState, Line
from games.solvers.sequences import FloatArray, IntArray

BoolArray = npt.NDArray[np.bool_]

DRAWS: Final = 1000
_SEED: Final = 0
_BUDGETS: Final = kind("choices from budgets", BudgetChoice)
_WHERE: Final = "finished matches of two choices or more, each by itself"
_NOTHING: Final = "no finished match of two choices or more"


class Choices(NamedTuple):
    """The choices of one match.

    Attributes:
        lines: the budgets.
        tokens: what went into the first good of each.
        step: tokens were divided in multiples of this many.
    """

    lines: tuple[Line, ...]
    tokens: tuple[int, ...]
    step: int

    @property
    def bundles(self) -> IntArray:
        """The points of both goods, shape (choices, 2)."""
        return np.array([line.bundle(tokens) for line, tokens in zip(self.lines, self.tokens, strict=True)])

    @property
    def ratios(self) -> FloatArray:
        """The cost ratios of the choices."""
        return cost_ratios(self.lines, self.bundles, self.step)


def cost_ratios(lines: Sequence[Line], bundles: IntArray, step: int) -> FloatArray:
    """Entry (t, s) is the share of budget t that bundle s, or more of both goods, would have taken.

    Tokens come in whole steps, so that costs are rounded up to what could have been divided: who chooses the best of
    what there is never contradicts itself.

    Args:
        lines: the budgets.
        bundles: the points of both goods of each choice, shape (..., choices, 2): of many sets of choices.
        step: tokens were divided in multiples of this many.
    """
    per_step = step * np.array([(line.first, line.second) for line in lines])
    steps = -(-bundles[..., np.newaxis, :, :] // per_step[:, np.newaxis, :])
    budgets = np.array([line.tokens // step for line in lines])
    return np.asarray(steps.sum(axis=-1) / budgets[:, np.newaxis])


def violations(ratios: FloatArray) -> BoolArray:
    """The pairs (t, s) of which t is revealed preferred to s, maybe through others, and s strictly so to t.

    There are none when the choices obey the generalised axiom of revealed preference, GARP (Varian 1982).
    """
    preferred = ratios <= 1
    for via in range(ratios.shape[-1]):
        preferred |= preferred[..., :, via, np.newaxis] & preferred[..., np.newaxis, via, :]
    return np.asarray(preferred & np.swapaxes(ratios < 1, -1, -2))


def critical_cost_efficiency(ratios: FloatArray) -> float:
    """Afriat's index: the largest share e of each budget at which the choices obey GARP; 1 where they are consistent.

    Below the least, over all cycles, of a cycle's largest ratio no cycle is left: that ratio is the index. It is found
    among the ratios themselves, by Warshall's closure with minima of maxima, so that it is exact.
    """
    widest = ratios.copy()
    np.fill_diagonal(widest, np.inf)
    for via in range(len(widest)):
        widest = np.minimum(widest, np.maximum(widest[:, via, np.newaxis], widest[np.newaxis, via]))
    return min(1.0, float(widest.diagonal().min()))


def largest_consistent(ratios: FloatArray) -> int:
    """The largest number of choices that obey GARP together (Houtman and Maks 1985), by integer programming.

    At least one choice of every contradictory cycle must go: cycles are added until what is left has none.
    """
    first, second = np.nonzero(np.triu(_clashes(ratios)))
    cycles = [list(pair) for pair in zip(first.tolist(), second.tolist(), strict=True)]
    while True:
        kept = _kept(len(ratios), cycles)
        cycle = _contradiction(ratios[np.ix_(kept, kept)])
        if not cycle:
            return len(kept)
        cycles.append([kept[choice] for choice in cycle])


def money_pump(ratios: FloatArray, spent: FloatArray | IntArray) -> float:
    """What trading against pairs of choices that violate GARP wins, over what the pair spent; 0 when no pair does.

    The mean over cycles of two choices of Echenique, Lee and Shum (The money pump as a measure of revealed preference
    violations, Journal of Political Economy 2011).
    """
    first, second = np.nonzero(np.triu(_clashes(ratios)))
    if not len(first):
        return 0.0
    won = spent[first] * (1 - ratios[first, second]) + spent[second] * (1 - ratios[second, first])
    return float(np.mean(won / (spent[first] + spent[second])))


def bronars_power(choices: Choices, draws: int = DRAWS, seed: int = _SEED) -> float:
    """Share of simulated choices, uniform on each budget, that violate GARP.

    Bronars, The power of nonparametric tests of preference maximization, Econometrica 1987: a test that random choices
    would pass says little about those who pass it.
    """
    rng = np.random.default_rng(seed)
    total = np.array([line.tokens for line in choices.lines])
    tokens = choices.step * rng.integers(total // choices.step + 1, size=(draws, len(total)))
    per_token = np.array([(line.first, line.second) for line in choices.lines])
    bundles = np.stack((tokens, total - tokens), axis=-1) * per_token
    found = violations(cost_ratios(choices.lines, bundles, choices.step))
    return float(found.any(axis=(-2, -1)).mean())


def _clashes(ratios: FloatArray) -> BoolArray:
    """Which two choices violate GARP without others; symmetric."""
    clash = (ratios <= 1) & (ratios < 1).T
    return np.asarray(clash | clash.T)


def _kept(number: int, cycles: Sequence[Sequence[int]]) -> list[int]:
    """As many of the choices as possible, without all those of any of the cycles."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    if not cycles:
        return list(range(number))
    members = np.zeros((len(cycles), number))
    for row, cycle in zip(members, cycles, strict=True):
        row[cycle] = 1
    left_out = milp(np.ones(number), integrality=1, bounds=Bounds(0, 1), constraints=LinearConstraint(members, lb=1))
    assert left_out.success, "to leave out everything is always possible"
    return np.flatnonzero(left_out.x < 0.5).tolist()


def _contradiction(ratios: FloatArray) -> list[int]:
    """A cycle that violates GARP: a shortest way to a choice that is strictly preferred to the first; empty if none."""
    pairs = np.argwhere(violations(ratios)).tolist()
    if not pairs:
        return []
    start, end = pairs[0]
    ways = {start: [start]}
    for here in (queue := [start]):
        for following in np.flatnonzero(ratios[here] <= 1).tolist():
            if following not in ways:
                ways[following] = [*ways[here], following]
                queue.append(following)
    return ways[end]


def choices_by(pool: Pool, agent: str) -> Iterator[tuple[str, Choices]]:
    """Cluster and choices of each finished match of an agent that has two choices or more."""
    assert isinstance(pool.game, BudgetChoice), "the metric needs choices from budgets"
    for played in pool.played_by(agent):
        end: BudgetState = played.end
        if end.paid is not None and len(end.choices) > 1:
            yield played.cluster, Choices(end.lines, end.choices, pool.game.params.step)


def _consistency(pool: Pool, agent: str) -> Result:
    return share_value(
        ((cluster, not violations(choices.ratios).any()) for cluster, choices in choices_by(pool, agent)), _NOTHING
    )


def _mean_of(measured: Callable[[Choices], float]) -> Callable[[Pool, str], Result]:
    def compute(pool: Pool, agent: str) -> Result:
        return mean_value(((cluster, measured(choices)) for cluster, choices in choices_by(pool, agent)), _NOTHING)

    return compute


def _violating_share(choices: Choices) -> float:
    number = len(choices.tokens)
    return float(violations(choices.ratios).sum() / (number * (number - 1)))


def _efficiency(choices: Choices) -> float:
    return critical_cost_efficiency(choices.ratios)


def _consistent_share(choices: Choices) -> float:
    return largest_consistent(choices.ratios) / len(choices.tokens)


def _pumped(choices: Choices) -> float:
    return money_pump(choices.ratios, np.array([line.tokens for line in choices.lines]))


CONSISTENCY: Final = Metric(
    name="garp_consistency",
    family=Family.RATIONALITY,
    meaning="Share of matches whose choices could maximise some utility; see bronars_power for what that is worth.",
    where=_WHERE,
    needs=(_BUDGETS,),
    source="generalised axiom of revealed preference; Varian, Econometrica 1982",
    compute=_consistency,
)
VIOLATIONS: Final = Metric(
    name="garp_violations",
    family=Family.RATIONALITY,
    meaning="Share of ordered pairs of choices that contradict each other by what they reveal.",
    where=_WHERE,
    needs=(_BUDGETS,),
    source="generalised axiom of revealed preference; Varian, Econometrica 1982",
    compute=_mean_of(_violating_share),
)
EFFICIENCY: Final = Metric(
    name="ccei",
    family=Family.RATIONALITY,
    meaning="Critical cost efficiency: the largest share of each budget at which the choices are consistent.",
    where=_WHERE,
    needs=(_BUDGETS,),
    source="Afriat, On a system of inequalities in demand analysis, International Economic Review 1973",
    compute=_mean_of(_efficiency),
)
CONSISTENT_SHARE: Final = Metric(
    name="houtman_maks",
    family=Family.RATIONALITY,
    meaning="Largest share of a match's choices that are consistent with each other.",
    where=_WHERE,
    needs=(_BUDGETS,),
    source="Houtman and Maks, Determining all maximal data subsets consistent with revealed preference, 1985",
    compute=_mean_of(_consistent_share),
)
MONEY_PUMP: Final = Metric(
    name="money_pump",
    family=Family.RATIONALITY,
    meaning="Share of their tokens that could be won from two choices that contradict each other; 0 if none do.",
    where=f"{_WHERE}; mean over such pairs",
    needs=(_BUDGETS,),
    source="Echenique, Lee and Shum, The money pump as a measure of revealed preference violations, 2011",
    compute=_mean_of(_pumped),
)
POWER: Final = Metric(
    name="bronars_power",
    family=Family.RATIONALITY,
    meaning="Share of random choices from the same budgets that are not consistent: what garp_consistency can tell.",
    where=f"{_WHERE}; {DRAWS} simulated sets of choices per match, seed {_SEED}",
    needs=(_BUDGETS,),
    source="Bronars, The power of nonparametric tests of preference maximization, Econometrica 1987",
    compute=_mean_of(bronars_power),
)
