from __future__ import annotations

import pytest

from arena.ratings.glicko import Glicko, Met, glicko, rated
from arena.ratings.results import MatchScore


def won(first: str, second: str) -> MatchScore:
    return MatchScore("p", "g", "c", (first, second), (first, second), (1.0, 0.0))


def test_the_worked_example_of_glickman():
    results = [Met(Glicko(1400, 30), 1), Met(Glicko(1550, 100), 0), Met(Glicko(1700, 300), 0)]
    after = rated(Glicko(1500, 200, 0.06), results, tau=0.5)
    assert after.rating == pytest.approx(1464.06, abs=0.01)
    assert after.deviation == pytest.approx(151.52, abs=0.01)
    assert after.volatility == pytest.approx(0.05999, abs=0.00001)


def test_who_rests_becomes_less_certain_but_never_less_than_a_newcomer():
    assert rated(Glicko(1600, 50, 0.06), []).deviation == pytest.approx((50**2 + (173.7178 * 0.06) ** 2) ** 0.5)
    assert rated(Glicko(1600, 349.9, 0.06), []).deviation == 350


def test_history_is_rated_period_by_period():
    together = glicko([won("ann", "ben"), won("ben", "ann")], period=2)
    assert together["ann"] == together["ben"]
    apart = glicko([won("ann", "ben"), won("ben", "ann")], period=1)
    assert apart["ann"].rating != apart["ben"].rating


def test_wild_results_raise_the_volatility():
    lost = [Met(Glicko(1000, 30), 0)] * 20
    assert rated(Glicko(2200, 40, 0.06), lost).volatility > 0.06


def test_comparisons_of_larger_matches_weigh_less():
    whole, half = rated(Glicko(), [Met(Glicko(), 1)]), rated(Glicko(), [Met(Glicko(), 1, 0.5)])
    assert 1500 < half.rating < whole.rating
    assert half.deviation > whole.deviation
