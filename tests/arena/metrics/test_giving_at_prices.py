from __future__ import annotations

import numpy as np
import pytest

from arena.metrics.base import Undefined
from arena.metrics.giving_at_prices import ELASTICITY, GIVEN, KEPT_AT_PAR, MOST_ELASTIC, fit_preference
from arena.metrics.measure import evaluate
from arena.metrics.revealed_preference import Choices
from games.economic.budget_choice import ANDREONI_MILLER, BudgetParams, Line
from tests.arena.metrics.played import play, pool_of, value

LINES = BudgetParams(tokens=1000).lines()
KINDS = (("even", 0.5, -9.0), ("sum", 0.5, 0.9))
GAME = 'budget_choice(setting="giving")'


def best(weight: float, power: float, line: Line) -> int:
    """The tokens that maximise a weighted power mean, by trying all of them."""

    def utility(tokens: int) -> float:
        own, other = (points + 1e-9 for points in line.bundle(tokens))
        return float((weight * own**power + (1 - weight) * other**power) / power)

    return max(range(line.tokens + 1), key=utility)


@pytest.mark.parametrize(("weight", "power"), [(0.5, 0.5), (0.7, 0.3), (0.6, -1.0), (0.4, -4.0), (0.8, 0.8)])
def test_the_utility_that_chose_is_found_again(weight: float, power: float):
    """At equal prices the ratio of what is kept to what is given is (weight / (1 - weight)) ** elasticity."""
    found = fit_preference([Choices(LINES, tuple(best(weight, power, line) for line in LINES), 1)])
    assert found
    elasticity = 1 / (1 - power)
    odds = (weight / (1 - weight)) ** elasticity
    assert found.elasticity == pytest.approx(elasticity, rel=0.01, abs=0.01)
    assert found.kept_at_par == pytest.approx(odds / (1 + odds), abs=0.005)


def test_the_published_budgets_tell_preferences_apart_too():
    kept = {name: [best(weight, power, line) for line in ANDREONI_MILLER] for name, weight, power in KINDS}
    found = {name: fit_preference([Choices(ANDREONI_MILLER, tuple(tokens), 1)]) for name, tokens in kept.items()}
    assert found["even"]
    assert found["even"].elasticity < 0.3
    assert found["sum"]
    assert found["sum"].elasticity > 4


def test_known_players_have_their_numbers():
    agents = ("cobb_douglas", "cobb_douglas(weight=0.8)", "cobb_douglas(weight=1)", "leontief", "perfect_substitutes")
    pool = pool_of(*(play(GAME, (agent,), deal) for deal in range(3) for agent in agents))
    kept = [value(KEPT_AT_PAR.compute(pool, agent)).value for agent in agents]
    assert kept == pytest.approx([0.5, 0.8, 1, 0.5, 0.5], abs=0.02)
    assert [value(GIVEN.compute(pool, agent)).value for agent in agents[:3]] == pytest.approx([0.5, 0.2, 0])
    elasticities = [value(ELASTICITY.compute(pool, agent)).value for agent in (*agents[:2], *agents[3:])]
    assert elasticities == pytest.approx([1, 1, 0, MOST_ELASTIC], abs=0.05)
    assert isinstance(ELASTICITY.compute(pool, "cobb_douglas(weight=1)"), Undefined)


def test_a_random_player_has_wide_intervals():
    pool = pool_of(*(play(GAME, ("random",), deal) for deal in range(6)))
    for metric in (GIVEN, KEPT_AT_PAR, ELASTICITY):
        found = value(evaluate(metric, pool, "random"))
        assert found.low is not None
        assert found.high is not None
        assert found.low < found.value < found.high
    assert np.isclose(value(GIVEN.compute(pool, "random")).value, 0.5, atol=0.1)


def test_accounts_and_other_games_say_nothing_about_giving():
    for pool in (pool_of(play("budget_choice", ("random",))), pool_of(play("ultimatum", ("random", "random")))):
        for metric in (GIVEN, KEPT_AT_PAR, ELASTICITY):
            assert isinstance(evaluate(metric, pool, "random"), Undefined)
