from __future__ import annotations

import pytest

from arena.metrics.base import Undefined
from arena.metrics.empirical_regret import EMPIRICAL_REGRET, empirical_regret
from arena.metrics.matrix_rounds import SeatRounds
from arena.metrics.measure import evaluate
from tests.arena.metrics.played import play, pool_of, value

PENNIES = {(0, 0): (1, -1), (0, 1): (-1, 1), (1, 0): (-1, 1), (1, 1): (1, -1)}


def test_playing_the_wrong_side_of_a_coin_is_all_regret():
    assert empirical_regret(PENNIES, [SeatRounds(0, ((0, 1),) * 5)]) == 1
    assert empirical_regret(PENNIES, [SeatRounds(1, ((0, 1),) * 5)]) == 0
    assert empirical_regret(PENNIES, [SeatRounds(0, ((0, 1), (0, 0)))]) == 0
    assert empirical_regret(PENNIES, [SeatRounds(0, ((0, 0), (1, 1)))]) == -0.5
    assert empirical_regret(PENNIES, []) is None


def test_seats_are_weighed_by_their_rounds():
    matches = [SeatRounds(0, ((0, 1),)), SeatRounds(1, ((0, 1),) * 3)]
    assert empirical_regret(PENNIES, matches) == pytest.approx(0.25)


def test_cooperating_with_a_defector_is_regretted():
    pool = pool_of(
        play("prisoners_dilemma", ("cooperator", "defector")), play("prisoners_dilemma", ("cooperator",) * 2)
    )
    assert value(EMPIRICAL_REGRET.compute(pool, "defector")).value == 0
    # A round against defection costs 1 - 0, one against cooperation 5 - 3; seat 0 had both, seat 1 the latter.
    assert value(EMPIRICAL_REGRET.compute(pool, "cooperator")).value == pytest.approx((1 + 2 + 2) / 3 / 5)


def test_noisy_and_other_games_are_not_defined():
    for game in ("prisoners_dilemma(noise=0.1)", "kuhn_poker"):
        pool = pool_of(play(game, ("random", "random")))
        assert isinstance(evaluate(EMPIRICAL_REGRET, pool, "random"), Undefined)
