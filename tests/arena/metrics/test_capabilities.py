from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.metrics.base import Undefined, Value
from arena.metrics.capabilities import Index, attributed, contributions, interactions

MODULES = ("action", "planning", "reasoning", "reflection")
ALL = [frozenset(chosen) for size in range(5) for chosen in combinations(MODULES, size)]

worths = st.lists(st.floats(-10, 10), min_size=16, max_size=16).map(lambda values: dict(zip(ALL, values, strict=True)))
indices = st.sampled_from(list(Index))


def unanimity(needed: frozenset[str]) -> dict[frozenset[str], float]:
    return {coalition: float(needed <= coalition) for coalition in ALL}


def test_in_the_unanimity_game_of_four_the_indices_differ():
    worth = unanimity(frozenset(MODULES))
    assert contributions(worth) == dict.fromkeys(MODULES, 1 / 4)
    assert contributions(worth, Index.BANZHAF) == dict.fromkeys(MODULES, 1 / 8)


def test_the_weights_of_four_modules_are_those_of_the_paper_and_of_its_scripts():
    assert [Index.SHAPLEY.weight(joined, 3) for joined in range(4)] == pytest.approx([1 / 4, 1 / 12, 1 / 12, 1 / 4])
    assert [Index.BANZHAF.weight(joined, 3) for joined in range(4)] == [1 / 8] * 4


@given(worths)
def test_shapley_values_are_means_over_the_orders_of_joining_and_add_up(worth: dict[frozenset[str], float]):
    found = contributions(worth)
    for module in MODULES:
        gains = [
            worth[before | {module}] - worth[before]
            for order in permutations(MODULES)
            for before in [frozenset(order[: order.index(module)])]
        ]
        assert found[module] == pytest.approx(np.mean(gains), abs=1e-9)
    assert sum(found.values()) == pytest.approx(worth[ALL[-1]] - worth[ALL[0]], abs=1e-12)


@given(worths)
def test_banzhaf_indices_are_means_over_coalitions(worth: dict[frozenset[str], float]):
    found = contributions(worth, Index.BANZHAF)
    for module in MODULES:
        without = [coalition for coalition in ALL if module not in coalition]
        gains = [worth[coalition | {module}] - worth[coalition] for coalition in without]
        assert found[module] == pytest.approx(np.mean(gains), abs=1e-9)


@given(worths, worths, indices)
def test_contributions_to_a_sum_are_sums(
    one: dict[frozenset[str], float], other: dict[frozenset[str], float], index: Index
):
    both = contributions({coalition: one[coalition] + other[coalition] for coalition in ALL}, index)
    apart = contributions(one, index), contributions(other, index)
    assert both == pytest.approx({module: apart[0][module] + apart[1][module] for module in MODULES}, abs=1e-9)


@given(worths, indices, st.floats(-5, 5))
def test_dummies_get_what_they_bring_and_twins_get_the_same(
    worth: dict[frozenset[str], float], index: Index, brought: float
):
    dummy = {each: worth[each - {"action"}] + brought * ("action" in each) for each in ALL}
    assert contributions(dummy, index)["action"] == pytest.approx(brought, abs=1e-9)
    assert interactions(dummy, index)["action", "planning"] == pytest.approx(0, abs=1e-9)

    def exchanged(coalition: frozenset[str]) -> frozenset[str]:
        swap = {"planning": "reasoning", "reasoning": "planning"}
        return frozenset(swap.get(module, module) for module in coalition)

    twins = {each: worth[each] + worth[exchanged(each)] for each in ALL}
    found = contributions(twins, index)
    assert found["planning"] == pytest.approx(found["reasoning"], abs=1e-9)


@pytest.mark.parametrize("index", Index)
def test_a_pair_that_only_works_together_interacts_fully(index: Index):
    found = interactions(unanimity(frozenset({"planning", "action"})), index)
    assert found["action", "planning"] == pytest.approx(1)
    assert sum(map(abs, found.values())) == pytest.approx(1)
    stand_ins = {coalition: float(bool({"planning", "action"} & coalition)) for coalition in ALL}
    assert interactions(stand_ins, index)["action", "planning"] == pytest.approx(-1)


def test_intervals_are_over_tasks_and_agree_with_the_bootstrap():
    rng = np.random.default_rng(4)
    difficulty = rng.normal(size=60)
    scores = {
        each: {
            f"task {task:02}": float(len(each) > 1.5 + difficulty[task] + rng.normal(scale=0.5)) for task in range(60)
        }
        for each in ALL
    }
    found = attributed(scores)["planning"]
    assert isinstance(found, Value)
    means = {each: float(np.mean(list(of_task.values()))) for each, of_task in scores.items()}
    assert found.value == pytest.approx(contributions(means)["planning"])
    assert (found.n, found.clusters) == (60, 60)
    table = {each: np.array(list(of_task.values())) for each, of_task in scores.items()}
    drawn = [rng.integers(60, size=60) for _ in range(400)]
    resampled = [contributions({each: float(row[tasks].mean()) for each, row in table.items()}) for tasks in drawn]
    low, high = np.quantile([each["planning"] for each in resampled], (0.025, 0.975))
    assert found.low == pytest.approx(low, abs=0.02)
    assert found.high == pytest.approx(high, abs=0.02)


def test_incomplete_tables_are_refused_and_empty_ones_have_no_value():
    with pytest.raises(ValueError, match="that of action is not there"):
        contributions({frozenset(): 0.0, frozenset({"action", "planning"}): 1.0, frozenset({"planning"}): 0.5})
    both = {frozenset[str](): {"a": 1.0, "b": 1.0}, frozenset({"action"}): {"a": 1.0}}
    with pytest.raises(ValueError, match="task 'b' is not scored for both action and no module"):
        attributed(both)
    assert isinstance(attributed({frozenset(): {}, frozenset({"action"}): {}})["action"], Undefined)
