from __future__ import annotations

import pytest

from arena.metrics import beauty_contest
from arena.metrics.base import Undefined
from arena.metrics.level_k import hierarchy_mean
from arena.metrics.measure import measure
from tests.arena.metrics.played import play, pool_of, value

LEVELS = tuple(f"level_k(level={level})" for level in (1, 2, 3))


@pytest.mark.parametrize(("tau", "mean"), [(1.0, 37.84), (1.5, 33.50), (2.0, 29.81)])
def test_tau_is_found_by_the_mean_choice(tau: float, mean: float):
    assert beauty_contest.matched_tau([mean - 10, mean + 10], 2 / 3, 50) == pytest.approx(tau, abs=0.002)


def test_tau_ends_at_its_bounds():
    assert beauty_contest.matched_tau([50, 60], 2 / 3, 50) == 0
    assert beauty_contest.matched_tau([0], 2 / 3, 50) == beauty_contest.LARGEST_TAU
    assert hierarchy_mean(beauty_contest.LARGEST_TAU) < 10
    assert beauty_contest.matched_tau([], 2 / 3, 50) is None


def test_steps_and_windows_of_level_players():
    pool = pool_of(*(play("beauty_contest(num_players=3)", LEVELS, deal) for deal in range(3)))
    for level, agent in enumerate(LEVELS, start=1):
        steps = value(beauty_contest.STEPS.compute(pool, agent))
        assert steps.value == pytest.approx(level, abs=0.05)
        assert (steps.n, steps.clusters) == (3, 3)
        shares = (beauty_contest.LEVEL_0, beauty_contest.LEVEL_1, beauty_contest.LEVEL_2, beauty_contest.LEVEL_3)
        found = [value(metric.compute(pool, agent)).value for metric in (*shares, beauty_contest.OTHER)]
        assert found == [float(k == level) for k in range(5)]


def test_later_rounds_are_left_out():
    # In its second round level 1 chooses 2/3 of a mean of about 33, which would be level 2 in the first one.
    pool = pool_of(play("beauty_contest(rounds=6)", ("level_k",) * 4))
    assert value(beauty_contest.STEPS.compute(pool, "level_k")).value == pytest.approx(1, abs=0.03)
    assert value(beauty_contest.STEPS.compute(pool, "level_k")).n == 4


def test_zero_has_no_finite_depth_but_is_counted_as_beyond():
    deep = "level_k(level=20)"
    pool = pool_of(play("beauty_contest", (deep,) * 4))
    assert isinstance(beauty_contest.STEPS.compute(pool, deep), Undefined)
    assert value(beauty_contest.OTHER.compute(pool, deep)).value == 1
    assert value(beauty_contest.TAU.compute(pool, deep)).value == beauty_contest.LARGEST_TAU


def test_tau_carries_an_interval():
    pool = pool_of(*(play("beauty_contest(num_players=3)", (*LEVELS[:2], "random"), deal) for deal in range(12)))
    tau = value(beauty_contest.TAU.compute(pool, "random"))
    assert tau.low is not None
    assert tau.high is not None
    assert tau.low <= tau.value <= tau.high
    assert tau.clusters == 12


def test_other_games_have_no_steps():
    (table,) = measure([play("ultimatum", ("random", "random"))])
    reasons = {row.metric.name: row.result for row in table.rows}
    assert isinstance(reasons["contest_tau"], Undefined)
    assert "beauty contest" in reasons["contest_tau"].reason
