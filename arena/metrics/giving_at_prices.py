"""What a player's choices between itself and another person say about how it values the other.

Two numbers of a utility with constant elasticity of substitution, in its own terms rather than those of the formula:
how much it keeps when giving costs what it brings, and how that changes with the price. Andreoni and Miller, Giving
according to GARP, Econometrica 2002; Fisman, Kariv and Markovits, Individual preferences for giving, American Economic
Review 2007.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np
from scipy.special import expit

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool
from arena.metrics.intervals import jackknife, mean_value
from arena.metrics.needs import Need
from arena.metrics.revealed_preference import Choices, choices_by
from games.economic.budget_choice import BudgetChoice
from games.solvers.sequences import FloatArray

MOST_ELASTIC: Final = 30.0
_MOST_KEPT: Final = 30.0
# Whoever keeps all but this, or gives all but this, shows nothing of how it answers to prices.
_LEAST_GIVEN: Final = 0.01
_STARTS: Final = (0.0, -1.0, -5.0)
_SOURCE: Final = "Fisman, Kariv and Markovits, Individual preferences for giving, American Economic Review 2007"
_WHERE: Final = "finished matches of two choices or more"
_NOTHING: Final = "no finished match of two choices or more"


class Preference(NamedTuple):
    """A utility of constant elasticity of substitution.

    Attributes:
        kept_at_par: share of the tokens that it keeps when a token brings both persons the same.
        elasticity: by how many per cent the ratio of both persons' points changes when the ratio of the prices does
            by one: 0 for equal shares whatever they cost, 1 for fixed shares of the tokens, large for the largest sum.
    """

    kept_at_par: float
    elasticity: float


def fit_preference(matches: Sequence[Choices]) -> Preference | None:
    """The preference of least squares in the shares of tokens kept; None without a choice.

    The share is logistic in the logarithm of the relative price, with slope 1 - elasticity: the first-order condition
    of maximising a weighted power mean of both persons' points.
    """
    from scipy.optimize import least_squares

    lines = [line for match in matches for line in match.lines]
    if not lines:
        return None
    kept = _kept(matches)
    price = np.log([line.second / line.first for line in lines])

    def residuals(parameters: FloatArray) -> FloatArray:
        return np.asarray(expit(parameters[0] + parameters[1] * price) - kept)

    bounds = ([-_MOST_KEPT, 1 - MOST_ELASTIC], [_MOST_KEPT, 1.0])
    fits = [least_squares(residuals, (0.0, slope), bounds=bounds) for slope in _STARTS]
    level, slope = min(fits, key=lambda fit: float(fit.cost)).x
    return Preference(float(expit(level)), 1 - float(slope))


def kept_at_par(matches: Sequence[Choices]) -> float | None:
    """The share that is kept at equal prices; None without a choice."""
    found = fit_preference(matches)
    return None if found is None else found.kept_at_par


def elasticity(matches: Sequence[Choices]) -> float | None:
    """The elasticity of substitution; None where next to nothing is given, or next to nothing kept."""
    if not matches or not _LEAST_GIVEN < float(_kept(matches).mean()) < 1 - _LEAST_GIVEN:
        return None
    found = fit_preference(matches)
    return None if found is None else found.elasticity


def _kept(matches: Sequence[Choices]) -> FloatArray:
    """Share of the tokens kept in each choice."""
    pairs = (pair for match in matches for pair in zip(match.tokens, match.lines, strict=True))
    return np.array([tokens / line.tokens for tokens, line in pairs])


def _fitted(estimate: Callable[[Sequence[Choices]], float | None], nothing: str) -> Callable[[Pool, str], Result]:
    return lambda pool, agent: jackknife(choices_by(pool, agent), estimate, nothing)


def _given(pool: Pool, agent: str) -> Result:
    return mean_value(
        ((cluster, 1 - float(share)) for cluster, choices in choices_by(pool, agent) for share in _kept([choices])),
        _NOTHING,
    )


_GIVING: Final = Need(
    "choices from budgets between oneself and another person",
    lambda game: isinstance(game, BudgetChoice) and game.params.setting == "giving",
)

GIVEN: Final = Metric(
    name="given_share",
    family=Family.SOCIAL,
    meaning="Share of the tokens that the agent gives to the other person; a mean over choices.",
    where=_WHERE,
    needs=(_GIVING,),
    source="Andreoni and Miller, Giving according to GARP, Econometrica 2002",
    compute=_given,
)
KEPT_AT_PAR: Final = Metric(
    name="kept_at_par",
    family=Family.SOCIAL,
    meaning="Share that the agent keeps when giving costs what it brings, by its utility: 1 is selfish, 0.5 is fair.",
    where=_WHERE,
    needs=(_GIVING,),
    source=_SOURCE,
    compute=_fitted(kept_at_par, _NOTHING),
)
ELASTICITY: Final = Metric(
    name="giving_elasticity",
    family=Family.SOCIAL,
    meaning="Elasticity of substitution: below 1 the agent evens out what both get, above 1 it serves their sum.",
    where=f"{_WHERE}, where something is kept and something given; at most {MOST_ELASTIC:g}",
    needs=(_GIVING,),
    unit="elasticity",
    high=MOST_ELASTIC,
    source=_SOURCE,
    compute=_fitted(elasticity, "next to nothing is given, or next to nothing kept"),
)
