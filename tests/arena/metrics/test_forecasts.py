from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.metrics.forecasts import CalibrationBin, brier_score, calibration, calibration_error, log_score


def test_known_scores():
    assert brier_score({"rain": 0.7, "sun": 0.3}, "rain") == pytest.approx(0.18)
    assert brier_score({"rain": 1.0}, "rain") == 0
    assert brier_score({"rain": 1.0}, "sun") == 2
    assert log_score({"rain": 0.25, "sun": 0.75}, "rain") == 2
    assert log_score({"rain": 1.0}, "sun") == float("inf")


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_scores_are_proper(truth: float, stated: float):
    for score in (brier_score, log_score):

        def expected(p: float, score=score) -> float:
            forecast = {1: p, 0: 1 - p}
            return truth * score(forecast, 1) + (1 - truth) * score(forecast, 0)

        assert expected(truth) <= expected(stated) + 1e-9


@pytest.mark.parametrize("forecast", [{}, {"a": 0.5}, {"a": 1.5, "b": -0.5}])
def test_what_is_no_distribution_is_refused(forecast: dict[str, float]):
    with pytest.raises(ValueError, match="sum to 1"):
        brier_score(forecast, "a")


def test_calibration_compares_what_was_stated_with_what_came():
    found = calibration([(0.8, True)] * 3 + [(0.8, False)] + [(1.0, True)])
    assert found == [CalibrationBin(pytest.approx(0.8), 0.75, 4), CalibrationBin(1, 1, 1)]
    assert calibration_error([(0.8, True)] * 3 + [(0.8, False)]) == pytest.approx(0.05)
    with pytest.raises(ValueError, match="at least one"):
        calibration_error([])


def test_honest_forecasts_are_calibrated():
    rng = np.random.default_rng(3)
    stated = rng.random(20_000)
    assert calibration_error([(float(p), bool(rng.random() < p)) for p in stated]) < 0.02
