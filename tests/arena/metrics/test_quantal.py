from __future__ import annotations

from math import log

import numpy as np
import pytest

from arena.metrics.quantal import Choice, fit_precision


def drawn(precision: float, number: int, rng: np.random.Generator) -> list[Choice]:
    choices = []
    for decision in range(number):
        values = rng.normal(size=int(rng.integers(2, 5)))
        weights = np.exp(precision * values)
        taken = int(rng.choice(len(values), p=weights / weights.sum()))
        choices.append(Choice(str(decision), tuple(values.tolist()), taken))
    return choices


def test_two_actions_have_the_closed_form():
    choices = [Choice(str(number), (0.0, 2.0), int(number < 80)) for number in range(100)]
    found = fit_precision(choices, cap=50)
    assert found
    assert found.value == pytest.approx(log(4) / 2)
    assert found.high
    assert found.low < found.value < found.high
    entropy = -(0.8 * log(0.8) + 0.2 * log(0.2))
    assert found.pseudo_r2 == pytest.approx(1 - entropy / log(2))


def test_perfect_play_reaches_the_cap_and_has_no_upper_end():
    found = fit_precision([Choice(str(number), (0.0, 1.0, 0.5), 1) for number in range(20)], cap=30)
    assert found
    assert (found.value, found.high, found.capped) == (30, None, True)
    assert found.low > 2


def test_play_worse_than_random_is_zero():
    found = fit_precision([Choice(str(number), (0.0, 1.0), 0) for number in range(20)], cap=30)
    assert found
    assert (found.value, found.low, found.capped) == (0, 0, False)
    assert found.high
    assert found.high < 1


def test_choices_without_a_difference_say_nothing():
    assert fit_precision([Choice("a", (1.0, 1.0), 0)], cap=30) is None


def test_copies_within_a_cluster_add_no_certainty():
    once = fit_precision(drawn(1.0, 60, np.random.default_rng(2)), cap=100)
    copied = fit_precision([choice for choice in drawn(1.0, 60, np.random.default_rng(2)) for _ in range(9)], cap=100)
    assert once
    assert copied
    assert copied.value == pytest.approx(once.value)
    assert copied.low == pytest.approx(once.low, rel=0.1)
    assert copied.high == pytest.approx(once.high, rel=0.1)


@pytest.mark.slow
def test_intervals_cover_the_truth():
    rng, hits = np.random.default_rng(8), 0
    for _ in range(400):
        found = fit_precision(drawn(2.0, 80, rng), cap=100)
        assert found
        hits += found.low <= 2.0 <= (found.high or 100)
    assert 0.92 <= hits / 400 <= 0.98
