from __future__ import annotations

from math import log

import numpy as np
import pytest

from arena.metrics.dilemma import Rounds
from arena.metrics.strategy_shares import STRATEGIES, TIT_FOR_TAT, agreements, fit
from tests.arena.metrics.played import play, pool_of, value


def simulated(strategy: str, rounds: int, error: float, rng: np.random.Generator) -> Rounds:
    own: tuple[bool, ...] = ()
    other = tuple(bool(move) for move in rng.random(rounds) < 0.6)
    for number in range(rounds):
        move = STRATEGIES[strategy](own, other[:number])
        own = (*own, move != bool(rng.random() < error))
    return Rounds(own, other)


def test_shares_and_errors_of_simulated_matches_are_recovered():
    rng = np.random.default_rng(4)
    mix = {"tit_for_tat": 60, "always_defect": 30, "win_stay_lose_shift": 10}
    matches = [simulated(name, 20, 0.05, rng) for name, number in mix.items() for _ in range(number)]
    found = fit(tuple((20, agreements(rounds)) for rounds in matches))
    assert found
    shares = dict(zip(STRATEGIES, found.shares, strict=True))
    assert sum(found.shares) == pytest.approx(1)
    for name in STRATEGIES:
        assert shares[name] == pytest.approx(mix.get(name, 0) / 100, abs=0.04)
    assert found.beta == pytest.approx(0.95, abs=0.01)


def test_the_likelihood_of_one_match_is_the_binomial_one():
    found = fit(((10, (9, 0, 0, 0, 0, 0, 0)),))
    assert found
    assert found.shares[0] == pytest.approx(1)
    assert found.log_likelihood == pytest.approx(9 * log(0.9) + log(0.1))


def test_two_rounds_of_punishment_and_grim_follow_their_rules():
    other = (True, False, True, True, True)
    two = STRATEGIES["two_round_punishment"]
    assert [two((), other[:t]) for t in range(6)] == [True, True, False, False, True, True]
    assert [STRATEGIES["grim"](other[:t], other[:t]) for t in range(4)] == [True, True, False, False]


def test_a_scripted_player_is_recognised():
    pool = pool_of(*(play("prisoners_dilemma(rounds=20)", ("tit_for_tat", "random"), deal) for deal in range(6)))
    assert value(TIT_FOR_TAT.compute(pool, "tit_for_tat")).value == pytest.approx(1, abs=1e-3)
    assert value(TIT_FOR_TAT.compute(pool, "random")).value < 0.9


def test_nothing_played_is_not_fitted():
    assert fit(()) is None
    assert fit(((0, (0,) * 7),)) is None
