from __future__ import annotations

import numpy as np
import pytest

from agents.base import AttemptOutcome
from arena.metrics.base import Undefined
from arena.metrics.measure import evaluate
from arena.metrics.survival import EXPONENT, LEVEL, Level, Trials, fit_tail, survival_level
from arena.records import ActionSource, Attempt, DecisionTurn, MatchRecord
from tests.arena.metrics.played import play, pool_of, value


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


def decided(failures: int, solved: bool, cluster: int) -> MatchRecord:
    """A match of tic-tac-toe in which the first decision took some attempts."""
    record = play("tic_tac_toe", ["first_legal", "random"], cluster)
    first = record.turns[0]
    assert isinstance(first, DecisionTurn)
    attempts = [Attempt(outcome=AttemptOutcome.ILLEGAL, text="x")] * failures
    attempts += [Attempt(outcome=AttemptOutcome.OK, text="a1")] * solved
    source = ActionSource.AGENT if solved else ActionSource.RANDOM
    decision = first.decisions[0].model_copy(update={"attempts": tuple(attempts), "source": source})
    turns = (first.model_copy(update={"decisions": (decision,)}), *record.turns[1:])
    return record.model_copy(update={"turns": turns})


def test_failed_attempts_of_decisions_are_what_is_fitted():
    failures = [1] * 30 + [2] * 6 + [3] * 4
    pool = pool_of(*(decided(count, count < 3, cluster) for cluster, count in enumerate(failures)))
    expected = fit_tail([Trials(count, count < 3) for count in failures])
    assert expected
    found = value(evaluate(EXPONENT, pool, "first_legal"))
    assert found.value == pytest.approx(expected.alpha)
    assert (found.n, found.clusters) == (40, 40)
    assert found.low is not None
    assert found.high is not None
    assert found.low < expected.alpha < found.high
    level = value(evaluate(LEVEL, pool, "first_legal"))
    assert level.value == list(Level).index(survival_level(expected)) + 1


def test_without_thirty_failures_there_is_no_exponent():
    pool = pool_of(*(decided(1, True, cluster) for cluster in range(29)))
    assert isinstance(evaluate(EXPONENT, pool, "first_legal"), Undefined)
    assert isinstance(evaluate(LEVEL, pool, "first_legal"), Undefined)
    assert isinstance(evaluate(EXPONENT, pool, "random"), Undefined)
