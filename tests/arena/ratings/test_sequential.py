from __future__ import annotations

from math import log

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import expit

from arena.ratings.bradley_terry import POINTS_PER_LOGIT
from arena.ratings.sequential import (
    SCORES,
    EloTest,
    Verdict,
    confidence_sequence,
    decide,
    log_likelihood_ratio,
    pentanomial,
)


def outcome_shares(elo: float, opening_sd: float = 200.0, draws: float = 0.6) -> np.ndarray:
    """Of the five outcomes, for pairs whose deal favours one seat: Davidson draws, lead exact in expected score."""
    bias = np.random.default_rng(5).standard_normal(2000) * opening_sd

    def five(lead: float) -> np.ndarray:
        single = []
        for gap in (lead + bias, lead - bias):
            strength = np.exp(gap / POINTS_PER_LOGIT / 2)
            weights = np.array([1 / strength, np.full_like(gap, draws), strength])
            single.append(weights / weights.sum(axis=0))
        return np.array(
            [sum(single[0][i] * single[1][k - i] for i in range(3) if 0 <= k - i < 3).mean() for k in range(5)]
        )

    target = expit(elo / POINTS_PER_LOGIT)
    low, high = elo - 100, 3 * elo + 100
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if five(middle) @ SCORES < target else (low, middle)
    return five(low)


def run(test: EloTest, shares: np.ndarray, rng: np.random.Generator) -> tuple[Verdict, int]:
    """The verdict and the pairs it took, looking after every ten."""
    counts = np.zeros(5)
    while True:
        counts += rng.multinomial(10, shares)
        verdict = decide(counts.tolist(), test)
        if verdict is not Verdict.CONTINUE:
            return verdict, int(counts.sum())


def test_pairs_are_counted_by_their_score():
    assert pentanomial([(0, 0), (1, 0), (0, 1), (0.5, 0.5), (1, 0.5), (1, 1), (0, 0.5)]) == (1, 1, 3, 1, 1)
    with pytest.raises(ValueError, match="expected scores of"):
        pentanomial([(1, 0.7)])


def test_the_ratio_is_that_of_the_best_distributions_with_each_mean():
    counts = np.array([10.0, 30, 50, 40, 15])

    def best(elo: float) -> float:
        mean = expit(elo / POINTS_PER_LOGIT)
        found = minimize(
            lambda p: -(counts @ np.log(p)),
            np.full(5, 0.2),
            bounds=[(1e-9, 1)] * 5,
            constraints=[
                {"type": "eq", "fun": lambda p: p.sum() - 1},
                {"type": "eq", "fun": lambda p: p @ SCORES - mean},
            ],
            method="SLSQP",
            options={"ftol": 1e-13, "maxiter": 500},
        )
        return -float(found.fun)

    assert log_likelihood_ratio(counts.tolist(), 0, 50) == pytest.approx(best(50) - best(0), abs=1e-5)


def test_near_its_bounds_the_ratio_is_the_quadratic_of_means():
    """For small leads: n (s1 - s0) (2 mean - s0 - s1) / (2 variance)."""
    counts = np.array([1000.0, 3000, 5000, 3200, 1000])
    shares, total = counts / counts.sum(), counts.sum()
    mean = shares @ SCORES
    variance = shares @ (SCORES - mean) ** 2
    s0, s1 = expit(0), expit(4 / POINTS_PER_LOGIT)
    expected = total * (s1 - s0) * (2 * mean - s0 - s1) / (2 * variance)
    assert log_likelihood_ratio(counts.tolist(), 0, 4) == pytest.approx(expected, rel=0.01)


def test_swapping_the_agents_swaps_the_hypotheses():
    counts = [3.0, 20, 40, 25, 9]
    assert log_likelihood_ratio(counts, -10, 30) == pytest.approx(-log_likelihood_ratio(counts[::-1], -30, 10))


def test_clean_sweeps_are_decided_after_the_floor_and_not_before():
    test = EloTest(0, 100)
    assert decide([0, 0, 0, 0, 19], test) is Verdict.CONTINUE
    assert decide([0, 0, 0, 0, 20], test) is Verdict.ACCEPT_ELO1
    assert decide([20, 0, 0, 0, 0], test) is Verdict.ACCEPT_ELO0
    assert decide([0, 0, 20, 0, 0], test) is Verdict.ACCEPT_ELO0


def test_the_verdict_falls_where_walds_bounds_are_crossed():
    test = EloTest(0, 20, floor=0)
    for ups in range(0, 200, 5):
        counts = [10.0, 100, 300, 100.0 + ups, 10]
        ratio = log_likelihood_ratio(counts, 0, 20)
        assert (decide(counts, test) is Verdict.ACCEPT_ELO1) == (ratio >= log(19))
        assert (decide(counts, test) is Verdict.ACCEPT_ELO0) == (ratio <= -log(19))


@pytest.mark.parametrize(
    "wrong", [{"elo0": 20, "elo1": 0}, {"elo0": 0, "elo1": 20, "alpha": 0}, {"elo0": 0, "elo1": 20, "beta": 0.7}]
)
def test_an_impossible_test_gets_a_message(wrong: dict[str, float]):
    with pytest.raises(ValueError, match="expected"):
        EloTest(**wrong)
    with pytest.raises(ValueError, match="five counts"):
        log_likelihood_ratio([1, 2, 3], 0, 20)


@pytest.mark.slow
@pytest.mark.parametrize("opening_sd", [0.0, 200.0])
@pytest.mark.parametrize("elo1", [20.0, 50.0, 100.0])
def test_errors_stay_at_most_six_percent_and_pairs_are_saved(elo1: float, opening_sd: float):
    test, runs, rng = EloTest(0, elo1), 1000, np.random.default_rng([int(elo1), int(opening_sd)])
    lengths = []
    for truth, wrong in ((0.0, Verdict.ACCEPT_ELO1), (elo1, Verdict.ACCEPT_ELO0)):
        shares = outcome_shares(truth, opening_sd)
        found = [run(test, shares, rng) for _ in range(runs)]
        assert np.mean([verdict is wrong for verdict, _ in found]) <= 0.06
        lengths.append(np.mean([pairs for _, pairs in found]))
    variance = shares @ SCORES**2 - (shares @ SCORES) ** 2
    fixed = variance * (2 * 1.645 / (expit(elo1 / POINTS_PER_LOGIT) - 0.5)) ** 2
    # For large leads the floor and looking after every ten pairs cost more than there is to save.
    assert elo1 > 20 or np.mean(lengths) < fixed / 1.8


def test_a_confidence_sequence_is_as_wide_as_computed_where_it_is_tuned():
    values = np.tile([0.0, 1.0], 500)
    low, high = confidence_sequence(values, tuned_at=1000)
    fixed = 1.96 * values.std(ddof=1) / np.sqrt(1000)
    assert (high[-1] - low[-1]) / 2 / fixed == pytest.approx(1.55, abs=0.01)
    assert (high[-1] + low[-1]) / 2 == pytest.approx(0.5)


def test_nothing_is_known_from_few_values_or_from_equal_ones():
    equal_then_not = np.array([0.3] * 25 + [0.9])
    low, high = confidence_sequence(equal_then_not, tuned_at=100)
    np.testing.assert_array_equal(np.isfinite(low), [False] * 25 + [True])
    np.testing.assert_array_equal(np.isfinite(high), [False] * 25 + [True])
    low, _ = confidence_sequence(np.tile([0.0, 1.0], 15), tuned_at=100)
    np.testing.assert_array_equal(np.isfinite(low), [False] * 19 + [True] * 11)
    with pytest.raises(ValueError, match="finite"):
        confidence_sequence(np.array([0.0, np.nan]), tuned_at=10)


@pytest.mark.slow
@pytest.mark.parametrize("elo", [0.0, 100.0])
def test_a_confidence_sequence_watched_all_along_misses_at_most_six_percent(elo: float):
    shares, rng = outcome_shares(elo), np.random.default_rng(8)
    missed = 0
    for _ in range(2000):
        values = rng.choice(SCORES, size=2000, p=shares)
        low, high = confidence_sequence(values, tuned_at=500)
        missed += bool(np.any((low > shares @ SCORES) | (high < shares @ SCORES)))
    assert missed / 2000 <= 0.06
