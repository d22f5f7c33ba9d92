"""Regressions on factors: known coefficients, and the jackknife over clusters as a second way to the intervals."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from scipy.stats import t

from arena.metrics.base import Result, Undefined, Value
from arena.metrics.least_squares import Factor, Observation, coefficients, terms
from tests.arena.metrics.played import value

COLOUR = Factor("colour", ("red", "green", "blue"))
SIZE = Factor("size", ("small", "large"))
WORTH = {"red": 0.0, "green": 2.0, "blue": -1.0, "small": 0.0, "large": 0.5}


def observed(noise: float, count: int = 60, clusters: int = 12) -> list[Observation]:
    random = Random(7)
    found = []
    for number in range(count):
        levels = (random.choice(COLOUR.levels), random.choice(SIZE.levels))
        shared = Random(number % clusters).gauss(0, noise)
        outcome = 3 + sum(WORTH[level] for level in levels) + shared + random.gauss(0, noise)
        found.append(Observation(str(number % clusters), levels, outcome))
    return found


def test_terms_are_the_default_cell_and_all_other_levels():
    assert terms((COLOUR, SIZE)) == ("default", "colour: green", "colour: blue", "size: large")


def test_without_noise_the_coefficients_are_exact_and_have_no_interval():
    found = [value(result) for result in coefficients((COLOUR, SIZE), observed(0))]
    assert [each.value for each in found] == pytest.approx([3, 2, -1, 0.5])
    assert {(each.low, each.high, each.n, each.clusters) for each in found} == {(None, None, 60, 12)}


def test_intervals_are_those_of_the_jackknife_over_clusters():
    observations = observed(1)
    point = fitted(observations)
    others = [fitted([each for each in observations if each.cluster != str(left)]) for left in range(12)]
    half = t.ppf(0.975, 11) * np.sqrt(11 / 12 * sum((other - point) ** 2 for other in others))
    found = [value(result) for result in coefficients((COLOUR, SIZE), observations)]
    assert [each.value for each in found] == pytest.approx(list(point))
    assert [each.high for each in found] == pytest.approx(list(point + half))
    assert [each.low for each in found] == pytest.approx(list(point - half))


def ends(result: Result) -> tuple[float | None, ...]:
    found = value(result)
    return found.value, found.low, found.high


def fitted(observations: list[Observation]) -> np.ndarray:
    rows = [
        [1, each.levels[0] == "green", each.levels[0] == "blue", each.levels[1] == "large"] for each in observations
    ]
    return np.linalg.lstsq(np.array(rows, dtype=float), [each.outcome for each in observations], rcond=None)[0]


def test_levels_that_go_together_cannot_be_told_apart_and_others_can():
    alike = [Observation(each.cluster, (*each.levels, each.levels[1]), each.outcome) for each in observed(1)]
    found = coefficients((COLOUR, SIZE, Factor("weight", ("small", "large"))), alike)
    assert [isinstance(result, Value) for result in found] == [True, True, True, False, False]
    for result, plain in zip(found[:3], coefficients((COLOUR, SIZE), observed(1)), strict=False):
        assert ends(result) == pytest.approx(ends(plain))


def test_a_level_that_was_not_observed_has_no_number():
    found = coefficients((COLOUR,), [Observation("a", ("red",), 1.0), Observation("b", ("green",), 2.0)])
    assert isinstance(found[2], Undefined)
    assert value(found[1]).value == pytest.approx(1)


def test_what_one_cluster_alone_says_has_no_interval():
    alone = [*observed(1), Observation("other", ("red", "huge"), 9.0)]
    found = coefficients((COLOUR, Factor("size", ("small", "large", "huge"))), alone)
    huge, green = value(found[4]), value(found[1])
    assert huge.low is None
    assert green.low is not None


def test_nothing_observed_gives_nothing():
    assert all(isinstance(result, Undefined) for result in coefficients((COLOUR,), []))
