from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.metrics import inequality
from arena.metrics.base import Undefined
from tests.arena.metrics.played import pool_of, value
from tests.factories import forfeit, match

SHARES = st.lists(st.floats(0, 100), min_size=1, max_size=8).filter(lambda shares: sum(shares) > 1e-3)


def test_known_values():
    assert inequality.gini([1, 2, 3, 4]) == pytest.approx(0.25)
    assert inequality.gini([0, 0, 0, 1]) == pytest.approx(0.75)
    assert inequality.jain([1, 2, 3, 4]) == pytest.approx(100 / 120)
    assert inequality.jain([0, 0, 0, 1]) == pytest.approx(0.25)
    assert inequality.min_max_ratio([1, 2, 3, 4]) == 0.25


@given(SHARES, st.floats(0.1, 10))
def test_the_gini_is_its_double_sum_and_knows_no_unit(shares: list[float], unit: float):
    n = len(shares)
    double = sum(abs(a - b) for a in shares for b in shares) / (2 * n * sum(shares))
    assert inequality.gini(shares) == pytest.approx(double, abs=1e-9)
    assert inequality.gini([unit * share for share in shares]) == pytest.approx(double, abs=1e-9)
    assert 1 / n - 1e-9 <= inequality.jain(shares) <= 1 + 1e-9


@pytest.mark.parametrize("shares", [[], [0, 0], [1, -1], [2, -1]])
def test_what_is_no_division_is_refused(shares: list[float]):
    for index in (inequality.gini, inequality.jain, inequality.min_max_ratio):
        with pytest.raises(ValueError, match="more than 0"):
            index(shares)


def test_only_divisions_among_completed_matches_count():
    pool = pool_of(match(returns=(3, 1)), match(returns=(1, -1), index=1), forfeit([0], index=2), match(returns=(0, 0)))
    found = value(inequality.GINI.compute(pool, "ann"))
    assert (found.value, found.n) == (0.25, 1)
    assert isinstance(inequality.JAIN.compute(pool_of(match()), "ann"), Undefined)
