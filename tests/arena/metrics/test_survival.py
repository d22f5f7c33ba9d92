from __future__ import annotations

import numpy as np
import pytest

from arena.metrics.survival import Level, Trials, fit_tail, survival_level


def zeta_trials(alpha: float, number: int, seed: int, cap: int | None = None) -> list[Trials]:
    failures = np.random.default_rng(seed).zipf(alpha, number)
    return [Trials(int(min(x, cap or x)), solved=cap is None or x < cap) for x in failures]


@pytest.mark.parametrize(("alpha", "level"), [(1.7, Level.LIMITED), (2.5, Level.CAPABLE), (3.5, Level.AUTONOMOUS)])
def test_samples_of_zeta_tails_get_their_exponent_and_level(alpha: float, level: Level):
    tail = fit_tail(zeta_trials(alpha, 4000, seed=1))
    assert tail
    assert tail.low < alpha < tail.high
    assert tail.alpha == pytest.approx(alpha, abs=0.15)
    assert survival_level(tail) is level
    assert tail.against_geometric > 0


def test_stopped_attempts_do_not_make_the_tail_look_short():
    tail = fit_tail(zeta_trials(1.7, 4000, seed=2, cap=20))
    assert tail
    assert tail.censored > 100
    assert tail.low < 1.7 < tail.high


def test_a_geometric_tail_dies_out():
    failures = np.random.default_rng(3).geometric(0.1, 2000)
    tail = fit_tail([Trials(int(x)) for x in failures])
    assert tail
    assert tail.against_geometric < 0
    assert survival_level(tail) is Level.AUTONOMOUS


def test_too_few_failures_are_not_fitted():
    assert fit_tail([Trials(1)] * 29 + [Trials(0)] * 100) is None
    assert fit_tail([Trials(5, solved=False)] * 40) is None


def test_single_failures_only_are_bounded_from_below():
    tail = fit_tail([Trials(1)] * 200)
    assert tail
    assert tail.high == float("inf")
    assert survival_level(tail) is Level.AUTONOMOUS
