"""Whether choices from budgets could come from preferences, and how far they are from it.

Choice t was made at prices p_t and is bundle x_t. It is revealed preferred to x_s when x_s would have cost no more:
p_t x_s <= p_t x_t; strictly, when it would have cost less. Everything here follows from the ratios of these costs.
Afriat, The construction of utility functions from expenditure data, International Economic Review 1967; Varian, The
nonparametric approach to demand analysis, Econometrica 1982.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    def ratios(self) -> FloatArray:
        """The cost ratios of the choices."""
        bundles = [line.bundle(tokens) for line, tokens in zip(self.lines, self.tokens, strict=True)]
        return cost_ratios(_prices(self.lines), np.array(bundles))


def cost_ratios(prices: FloatArray | IntArray, bundles: FloatArray | IntArray) -> FloatArray:
    """Entry (t, s) is what bundle s costs at prices t, over what bundle t costs there.

    With whole numbers, equal costs have a ratio of exactly 1.

    Args:
        prices: shape (choices, goods).
        bundles: quantities, shape (..., choices, goods): of many sets of choices at the same prices.

    Raises:
        ValueError: a bundle costs nothing.
    """
    costs = np.swapaxes(bundles @ prices.T, -1, -2)
    spent = np.diagonal(costs, axis1=-2, axis2=-1)
    if not (spent > 0).all():
        raise ValueError("every chosen bundle must cost something at its own prices")
    return np.asarray(costs / spent[..., np.newaxis])


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
    """The largest number of choices that obey GARP together (Houtman and Maks 1985); of two goods only.

    With two goods, choices obey GARP when every two of them do (Banerjee and Murphy, A simplified test for preference
    rationality of two-commodity choice, 2006), so that the fewest choices to leave out are a minimum vertex cover.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    first, second = np.nonzero(np.triu(_clashes(ratios)))
    if not len(first):
        return len(ratios)
    covers = np.zeros((len(first), len(ratios)))
    edges = np.arange(len(first))
    covers[edges, first] = covers[edges, second] = 1
    left_out = milp(
        np.ones(len(ratios)), integrality=1, bounds=Bounds(0, 1), constraints=LinearConstraint(covers, lb=1)
    )
    return len(ratios) - round(float(left_out.fun))


def money_pump(ratios: FloatArray, spent: FloatArray | IntArray) -> float:
    """What trading against pairs of choices that violate GARP wins, over what the pair spent; 0 when no pair does.

    The mean over cycles of two choices of Echenique, Lee and Shum (The money pump as a measure of revealed preference
    violations, Journal of Political Economy 2011). With two goods, there is such a cycle wherever GARP is violated.
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
    found = violations(cost_ratios(_prices(choices.lines), bundles))
    return float(found.any(axis=(-2, -1)).mean())


def _clashes(ratios: FloatArray) -> BoolArray:
    """Which two choices violate GARP without others; symmetric."""
    clash = (ratios <= 1) & (ratios < 1).T
    return np.asarray(clash | clash.T)


def _prices(lines: tuple[Line, ...]) -> IntArray:
    """Prices in whole numbers: a point costs one over what a token brings, times what tokens bring in both goods."""
    return np.array([(line.second, line.first) for line in lines])


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
