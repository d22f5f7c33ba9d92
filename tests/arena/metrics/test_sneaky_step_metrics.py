"""Detection of wrong steps, in matches of players who see all or nothing."""

from __future__ import annotations

from statistics import NormalDist

import pytest

from arena.metrics.base import Undefined
from arena.metrics.evidence import Pool
from arena.metrics.measure import evaluate
from arena.metrics.sneaky_step import (
    BRIER,
    COPY_SUCCESS,
    DETECTION,
    FALSE_ALARMS,
    RESULT_SUCCESS,
    SENSITIVITY,
    SUCCESS,
    VALIDITY,
    judged,
    passed,
)
from tests.arena.metrics.played import play, pool_of, value

METRICS = (DETECTION, FALSE_ALARMS, SENSITIVITY, BRIER, SUCCESS, RESULT_SUCCESS, COPY_SUCCESS, VALIDITY)
z = NormalDist().inv_cdf


@pytest.fixture(scope="module")
def pool() -> Pool:
    pairs = [("step_checker", "step_believer"), ("step_believer", "step_checker")]
    return pool_of(*(play("sneaky_step", pair, deal) for deal in range(40) for pair in pairs))


def test_a_checker_detects_everything_and_a_believer_nothing(pool: Pool) -> None:
    assert value(evaluate(DETECTION, pool, "step_checker")).value == 1
    assert value(evaluate(FALSE_ALARMS, pool, "step_checker")).value == 0
    assert value(evaluate(BRIER, pool, "step_checker")).value == 0
    assert value(evaluate(DETECTION, pool, "step_believer")).value == 0
    assert value(evaluate(SENSITIVITY, pool, "step_believer")).value == pytest.approx(_corrected(pool, "step_believer"))


def _corrected(pool: Pool, agent: str) -> float:
    steps = [step for _, step in judged(pool, agent)]
    wrong = sum(step.wrong for step in steps)
    return z(0.5 / (wrong + 1)) - z(0.5 / (len(steps) - wrong + 1))


def test_brier_scores_the_stated_probability(pool: Pool) -> None:
    steps = [step for _, step in judged(pool, "step_believer")]
    wrong = sum(step.wrong for step in steps)
    expected = (wrong * 0.36 + (len(steps) - wrong) * 0.16) / len(steps)
    found = value(evaluate(BRIER, pool, "step_believer"))
    assert (found.value, found.n, found.clusters) == (pytest.approx(expected), 40, 40)


def test_wrong_steps_pass_with_believers_whatever_is_wrong_with_them(pool: Pool) -> None:
    for metric in (SUCCESS, RESULT_SUCCESS, COPY_SUCCESS):
        assert value(evaluate(metric, pool, "step_checker")).value == 1
    assert value(evaluate(SUCCESS, pool, "step_believer")).value == 0
    assert isinstance(evaluate(COPY_SUCCESS, pool, "step_believer"), Undefined)
    kinds = [len(list(passed(pool, "step_checker", kind))) for kind in (None, True, False)]
    assert kinds[0] == kinds[1] + kinds[2]
    assert min(kinds) > 0


def test_steps_that_are_not_wrong_are_counted_as_such() -> None:
    honest = "step_checker(honest=True)"
    pool = pool_of(*(play("sneaky_step", [honest, "step_checker"], deal) for deal in range(3)))
    assert value(evaluate(VALIDITY, pool, honest)).value == 0
    assert isinstance(evaluate(SUCCESS, pool, honest), Undefined)
    assert isinstance(evaluate(DETECTION, pool, "step_checker"), Undefined)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_other_games_have_no_steps(metric) -> None:
    assert isinstance(evaluate(metric, pool_of(play("kuhn_poker", ["random", "random"])), "random"), Undefined)
