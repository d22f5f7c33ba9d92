from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.metrics.base import Undefined
from arena.metrics.measure import evaluate
from arena.metrics.revealed_preference import (
    CONSISTENCY,
    CONSISTENT_SHARE,
    EFFICIENCY,
    MONEY_PUMP,
    POWER,
    VIOLATIONS,
    Choices,
    bronars_power,
    critical_cost_efficiency,
    largest_consistent,
    money_pump,
    violations,
)
from games.economic.budget_choice import ANDREONI_MILLER, BudgetParams, Line
from games.solvers.sequences import FloatArray
from tests.arena.metrics.played import play, pool_of, value

METRICS = (CONSISTENCY, VIOLATIONS, EFFICIENCY, CONSISTENT_SHARE, MONEY_PUMP, POWER)
LINES = BudgetParams().lines()

few_choices = st.lists(
    st.tuples(st.integers(1, 6), st.integers(1, 6), st.integers(0, 6), st.integers(0, 6)).filter(
        lambda row: row[2] + row[3] > 0
    ),
    min_size=2,
    max_size=5,
)


def cost_ratios(prices: FloatArray, bundles: FloatArray) -> FloatArray:
    """What bundle s costs at the prices of t, over what bundle t costs there; money can be divided at will."""
    costs = prices @ bundles.T
    return costs / costs.diagonal()[:, np.newaxis]


def ratios_of(rows: list[tuple[int, int, int, int]]) -> FloatArray:
    return cost_ratios(np.array([row[:2] for row in rows]), np.array([row[2:] for row in rows]))


def cycles(number: int) -> Iterator[list[tuple[int, int]]]:
    """Every cycle of two choices or more, as its steps."""
    for length in range(2, number + 1):
        for chosen in permutations(range(number), length):
            if chosen[0] == min(chosen):
                yield list(zip(chosen, (*chosen[1:], chosen[0]), strict=True))


def consistent(ratios: FloatArray, share: float = 1.0) -> bool:
    """GARP by its definition, at a share of each budget: no cycle of preferences with a strict one among them."""
    for cycle in cycles(len(ratios)):
        steps = [ratios[step] for step in cycle]
        if max(steps) <= share and min(steps) < share:
            return False
    return True


def test_the_textbook_violation_has_an_index_of_two_thirds():
    ratios = cost_ratios(np.array([(1, 2), (2, 1)]), np.array([(1, 4), (4, 1)]))
    assert violations(ratios).sum() == 2
    assert critical_cost_efficiency(ratios) == 2 / 3
    assert largest_consistent(ratios) == 1
    assert money_pump(ratios, np.array([9, 9])) == pytest.approx(1 / 3)


def test_tokens_give_the_same_ratios_where_nothing_is_rounded():
    choices = Choices((Line(9, 2, 1), Line(9, 1, 2)), (1, 8), step=1)
    assert choices.bundles.tolist() == [[2, 8], [8, 2]]
    assert choices.ratios.tolist() == [[1, 6 / 9], [6 / 9, 1]]


def test_costs_are_rounded_up_to_what_could_be_divided():
    """Twenty points take two steps that bring 15 each, of the four that there are."""
    choices = Choices((Line(20, 3, 3), Line(20, 1, 2)), (10, 20), step=5)
    assert choices.bundles.tolist() == [[30, 30], [20, 0]]
    assert choices.ratios.tolist() == [[1, 2 / 4], [(6 + 3) / 4, 1]]


def test_bundles_on_each_others_budget_lines_are_consistent():
    ratios = cost_ratios(np.array([(1, 2), (2, 1)]), np.array([(3, 3), (3, 3)]))
    assert not violations(ratios).any()
    assert critical_cost_efficiency(ratios) == 1
    assert money_pump(ratios, np.array([9, 9])) == 0


def test_a_weak_violation_leaves_an_index_of_one():
    """The second bundle lies on the first budget line, the first one inside the second."""
    ratios = cost_ratios(np.array([(1, 1), (1, 2)]), np.array([(4, 0), (2, 2)]))
    assert violations(ratios).any()
    assert critical_cost_efficiency(ratios) == 1
    assert largest_consistent(ratios) == 1


def test_three_goods_may_contradict_each_other_only_all_together():
    prices = np.array([(4, 1, 5), (5, 4, 1), (1, 5, 4)])
    bundles = np.array([(4, 1, 1), (1, 4, 1), (1, 1, 4)])
    ratios = cost_ratios(prices, bundles)
    pairs = [violations(ratios[np.ix_(pair, pair)]).any() for pair in combinations(range(3), 2)]
    assert not any(pairs)
    assert violations(ratios).sum() == 3
    assert critical_cost_efficiency(ratios) == 13 / 22
    assert largest_consistent(ratios) == 2


@given(few_choices)
def test_garp_is_what_its_definition_says(rows: list[tuple[int, int, int, int]]):
    ratios = ratios_of(rows)
    assert violations(ratios).any() != consistent(ratios)


@given(few_choices)
def test_the_index_is_the_largest_share_at_which_the_definition_holds(rows: list[tuple[int, int, int, int]]):
    ratios = ratios_of(rows)
    index = critical_cost_efficiency(ratios)
    assert consistent(ratios, index - 1e-9)
    assert index == 1 or not consistent(ratios, index + 1e-9)


@given(few_choices)
def test_the_largest_consistent_set_is_that_of_all_sets(rows: list[tuple[int, int, int, int]]):
    ratios = ratios_of(rows)
    largest = max(
        size
        for size in range(1, len(rows) + 1)
        for chosen in combinations(range(len(rows)), size)
        if consistent(ratios[np.ix_(chosen, chosen)])
    )
    assert largest_consistent(ratios) == largest


@given(few_choices)
def test_money_can_be_pumped_exactly_where_two_goods_are_inconsistent(rows: list[tuple[int, int, int, int]]):
    ratios = ratios_of(rows)
    assert (money_pump(ratios, np.ones(len(rows))) > 0) == (not consistent(ratios))


@pytest.mark.parametrize("family", ["cobb_douglas", "substitutes", "leontief", "ces"])
def test_whoever_maximises_a_utility_is_consistent(family: str):
    """Closed-form demands, where money can be divided at will."""
    first, second = (np.array(values, dtype=float) for values in zip(*(line[1:] for line in LINES), strict=True))
    share = {
        "cobb_douglas": np.full(len(LINES), 0.3),
        "substitutes": (2 * first > second).astype(float),
        "leontief": second / (first + second),
        "ces": first**0.5 / (first**0.5 + second**0.5),
    }[family]
    bundles = np.stack((share * first, (1 - share) * second), axis=1)
    ratios = cost_ratios(1 / np.stack((first, second), axis=1), bundles)
    off_line = np.where(np.isclose(ratios, 1, rtol=1e-12), 1.0, ratios)
    assert not violations(off_line).any()
    assert critical_cost_efficiency(off_line) == 1
    assert largest_consistent(off_line) == len(LINES)


@given(st.lists(st.sampled_from(LINES), min_size=2, max_size=10, unique=True), st.data())
def test_whoever_ranks_what_can_be_chosen_is_consistent_on_a_coarse_grid_too(lines: list[Line], data: st.DataObject):
    """Any utility that grows in both goods: random ones, by a random weight and curvature."""
    weight, power = data.draw(st.floats(0.1, 0.9)), data.draw(st.floats(-3, 1).filter(lambda number: abs(number) > 0.1))

    def utility(line: Line, tokens: int) -> float:
        first, second = (points + 1 for points in line.bundle(tokens))
        return float((weight * first**power + (1 - weight) * second**power) / power)

    chosen = tuple(max(range(0, 101, 10), key=lambda tokens: utility(line, tokens)) for line in lines)
    ratios = Choices(tuple(lines), chosen, 10).ratios
    assert not violations(ratios).any()
    assert critical_cost_efficiency(ratios) == 1
    assert largest_consistent(ratios) == len(lines)


def test_the_power_is_the_share_of_random_choosers_that_are_caught():
    lines, rng = LINES[:12:3], np.random.default_rng(3)
    caught = 0
    for _ in range(1500):
        tokens = tuple(int(rng.integers(11)) * 10 for _ in lines)
        caught += not consistent(Choices(lines, tokens, 10).ratios)
    assert bronars_power(Choices(lines, (0,) * len(lines), 10), draws=4000) == pytest.approx(caught / 1500, abs=0.035)


def test_budgets_that_do_not_cross_have_no_power():
    nested = (Line(100, 1, 1), Line(100, 2, 2), Line(100, 3, 3))
    assert bronars_power(Choices(nested, (0, 0, 0), 1)) == 0
    assert bronars_power(Choices(ANDREONI_MILLER, (0,) * 11, 1)) > 0.5


def test_agents_with_a_utility_are_consistent_and_random_ones_are_not():
    agents = ("cobb_douglas", "cobb_douglas(weight=0.23)", "perfect_substitutes", "leontief", "random")
    for game in ("budget_choice", 'budget_choice(setting="giving")'):
        pool = pool_of(*(play(game, (agent,), deal) for deal in range(4) for agent in agents))
        for agent in agents[:4]:
            assert [value(metric.compute(pool, agent)).value for metric in METRICS[:5]] == [1, 0, 1, 1, 0]
        assert value(CONSISTENCY.compute(pool, "random")).value == 0
        assert value(VIOLATIONS.compute(pool, "random")).value > 0.1
        assert value(EFFICIENCY.compute(pool, "random")).value < 0.8
        assert value(CONSISTENT_SHARE.compute(pool, "random")).value < 0.9
        assert 0 < value(MONEY_PUMP.compute(pool, "random")).value < 0.5
        power = value(POWER.compute(pool, "random"))
        assert power.value > 0.99
        assert power.clusters == 4


def test_a_single_choice_and_other_games_say_nothing():
    single = pool_of(play("budget_choice(rounds=1)", ("random",)))
    other = pool_of(play("ultimatum", ("random", "random")))
    for metric in METRICS:
        alone = evaluate(metric, single, "random")
        assert isinstance(alone, Undefined)
        assert "two choices" in alone.reason
        elsewhere = evaluate(metric, other, "random")
        assert isinstance(elsewhere, Undefined)
        assert elsewhere.reason == "needs choices from budgets"
