from __future__ import annotations

from itertools import groupby, permutations
from math import log

import numpy as np
import pytest
from scipy.stats import chi2, chi2_contingency, norm

from arena.metrics.base import Undefined
from arena.metrics.equilibrium_play import (
    DISTANCE,
    DIVERGENCE,
    EQUAL_PAYOFFS,
    SERIAL_INDEPENDENCE,
    comparable,
    equal_payoffs_test,
    nearest,
    ordered,
    relative_entropy,
    runs_test,
    total_variation,
)
from arena.metrics.matrix_rounds import SeatRounds
from arena.metrics.measure import evaluate
from games.matrix.matrix_game import MatrixGame
from games.matrix.stages import payoff_arrays
from games.solvers.bimatrix import bimatrix_equilibria
from tests.arena.metrics.played import play, pool_of, value

PENNIES = {(0, 0): (1, 0), (0, 1): (0, 1), (1, 0): (0, 1), (1, 1): (1, 0)}
STAGE = "matrix_game(payoffs=[[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])"
REPEATED = f"repeated(rounds=40, stage='{STAGE}')"
CHICKEN = "matrix_game(payoffs=[[[6, 6], [2, 7]], [[7, 2], [0, 0]]])"
METRICS = (DISTANCE, DIVERGENCE, SERIAL_INDEPENDENCE, EQUAL_PAYOFFS)


@pytest.mark.parametrize("actions", ["aabbb", "abcc", "aabbcc", "aaabcd"])
def test_the_moments_of_runs_are_those_over_all_orders(actions: str):
    counts = [sum(1 for _ in groupby(order)) for order in permutations(actions)]
    mean, variance = np.mean(counts), np.var(counts)
    tested = runs_test([[ord(letter) for letter in actions]])
    observed = sum(1 for _ in groupby(actions))
    z = abs(observed - mean) / np.sqrt(variance)
    assert tested == runs_test([[ord(letter) for letter in reversed(actions)]])
    assert tested == pytest.approx(2 * norm.sf(z))


def test_alternation_and_clinging_are_not_random_and_draws_are():
    alternating, clinging = [0, 1] * 15, [0] * 15 + [1] * 15
    for sequence in (alternating, clinging):
        tested = runs_test([sequence])
        assert tested is not None
        assert tested < 1e-5
    rng = np.random.default_rng(1)
    p_values = [runs_test([rng.integers(3, size=30).tolist() for _ in range(4)]) for _ in range(400)]
    small = np.mean([p_value is not None and p_value < 0.05 for p_value in p_values])
    assert 0.02 <= small <= 0.08
    assert runs_test([[1, 1, 1], [0], []]) is None


def test_equal_winning_rates_are_pearsons_chi_square_where_rounds_are_won_or_lost():
    joints = ((0, 0),) * 30 + ((0, 1),) * 20 + ((1, 1),) * 10 + ((1, 0),) * 25
    tested = equal_payoffs_test(PENNIES, [SeatRounds(0, joints)])
    expected = chi2_contingency([[30, 20], [10, 25]], correction=False)
    assert tested == pytest.approx(expected.pvalue)
    # The other seat won 25 of 55 rounds with its first action, and 20 of 30 with its second one.
    mirrored = chi2_contingency([[30, 25], [10, 20]], correction=False)
    both = equal_payoffs_test(PENNIES, [SeatRounds(0, joints), SeatRounds(1, joints)])
    assert both == pytest.approx(chi2.sf(expected.statistic + mirrored.statistic, 2))
    assert equal_payoffs_test(PENNIES, []) is None


def test_matches_that_cannot_tell_are_left_out():
    often, rare, alone = (("a", SeatRounds(0, joints)) for joints in (((0, 0), (1, 0)) * 5, ((0, 0),), ((1, 1),) * 9))
    assert comparable([often, rare]) == [often, rare]
    assert comparable([rare, alone]) == []
    assert comparable([alone]) == []
    other_seat = ("b", SeatRounds(1, ((0, 0),) * 9))
    assert comparable([often, other_seat]) == [often]
    assert ordered([often, rare, alone, ("c", SeatRounds(0, ((0, 0), (1, 0))))]) == [often]


def test_distances_are_those_to_the_nearest_equilibrium():
    equilibria = bimatrix_equilibria(*payoff_arrays(MatrixGame.of(payoffs=[[[6, 6], [2, 7]], [[7, 2], [0, 0]]])))
    assert len(equilibria.equilibria) == 3
    always = [SeatRounds(0, ((1, 0),) * 5)]
    assert nearest(equilibria, always, total_variation) == 0
    mixed = [SeatRounds(0, ((0, 0), (0, 1), (1, 0)))]
    assert nearest(equilibria, mixed, total_variation) == pytest.approx(0, abs=1e-9)
    assert nearest(equilibria, mixed, relative_entropy) == pytest.approx(0, abs=1e-9)
    # The second action in both seats is no equilibrium: one seat would have to play the first.
    both = [SeatRounds(0, ((1, 1),) * 3), SeatRounds(1, ((1, 1),) * 3)]
    assert nearest(equilibria, both, total_variation) == pytest.approx(1 / 2)
    assert nearest(equilibria, both, relative_entropy) == pytest.approx(log(3))
    assert nearest(equilibria, [], total_variation) is None


def test_a_random_player_of_matching_pennies_passes_and_a_stubborn_one_does_not():
    pool = pool_of(*(play(REPEATED, ("random", "first_legal"), deal) for deal in range(6)))
    assert value(DISTANCE.compute(pool, "random")).value < 0.12
    assert value(DIVERGENCE.compute(pool, "random")).value < 0.03
    for metric in (SERIAL_INDEPENDENCE, EQUAL_PAYOFFS):
        found = value(metric.compute(pool, "random"))
        assert (found.n, found.clusters, found.low, found.high) == (240, 6, None, None)
    assert value(SERIAL_INDEPENDENCE.compute(pool, "random")).value > 0.001
    assert value(EQUAL_PAYOFFS.compute(pool, "random")).value < 1e-20
    assert value(DISTANCE.compute(pool, "first_legal")).value == 0.5
    assert value(DIVERGENCE.compute(pool, "first_legal")).value == pytest.approx(log(2))
    for metric in (SERIAL_INDEPENDENCE, EQUAL_PAYOFFS):
        assert isinstance(metric.compute(pool, "first_legal"), Undefined)


def test_an_action_that_no_equilibrium_plays_has_no_divergence():
    pool = pool_of(*(play("prisoners_dilemma", ("cooperator", "defector"), deal) for deal in range(2)))
    assert value(DISTANCE.compute(pool, "cooperator")).value == 1
    assert value(DISTANCE.compute(pool, "defector")).value == 0
    assert isinstance(DIVERGENCE.compute(pool, "cooperator"), Undefined)
    assert value(DIVERGENCE.compute(pool, "defector")).value == 0


def test_games_that_lack_what_is_needed_are_not_defined():
    for game, seats in {"kuhn_poker": 2, "prisoners_dilemma(noise=0.1)": 2, "public_goods": 4}.items():
        pool = pool_of(play(game, ("random",) * seats))
        assert all(isinstance(evaluate(metric, pool, "random"), Undefined) for metric in METRICS)
    chicken = pool_of(play(CHICKEN, ("random", "random")))
    assert [isinstance(evaluate(metric, chicken, "random"), Undefined) for metric in METRICS][2:] == [True, True]
    flat = pool_of(play("matrix_game(payoffs=[[[1, 1], [1, 1]], [[1, 1], [1, 1]]])", ("random", "random")))
    found = evaluate(DISTANCE, flat, "random")
    assert isinstance(found, Undefined)
    assert "infinitely many" in found.reason
