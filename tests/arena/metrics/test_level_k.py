from __future__ import annotations

import pytest

from arena.metrics import level_k


def test_steps_and_levels_of_the_beauty_contest():
    assert level_k.beauty_contest_steps(50) == 0
    assert level_k.beauty_contest_steps(50 * (2 / 3) ** 2) == pytest.approx(2)
    assert [level_k.beauty_contest_level(x) for x in (50, 33.3, 22.2, 14.8)] == [0, 1, 2, 3]
    assert level_k.beauty_contest_level(41) is None
    assert level_k.beauty_contest_level(80) is None
    assert level_k.beauty_contest_level(0) is None
    with pytest.raises(ValueError, match="choice >= 0"):
        level_k.beauty_contest_steps(-1)


@pytest.mark.parametrize(
    ("tau", "second", "third", "mean"),
    [(1.0, 27.78, 25.93, 37.84), (1.5, 26.67, 23.91, 33.50), (2.0, 25.93, 22.47, 29.81)],
)
def test_the_cognitive_hierarchy_of_the_beauty_contest(tau: float, second: float, third: float, mean: float):
    assert level_k.hierarchy_choices(3, tau) == pytest.approx([50, 33.33, second, third], abs=0.005)
    assert level_k.hierarchy_mean(tau) == pytest.approx(mean, abs=0.005)


def test_each_level_of_the_money_request_answers_best_to_the_one_below():
    for request in range(12, 21):
        mix = [float(other == request) for other in level_k.REQUESTS]
        values = level_k.money_request_values(mix)
        best = level_k.REQUESTS[values.index(max(values))]
        assert level_k.money_request_level(best) == level_k.money_request_level(request) + 1


def test_the_equilibrium_of_the_money_request_leaves_nothing_to_gain():
    mix = [0, 0, 0, 0, 0.25, 0.25, 0.20, 0.15, 0.10, 0.05]
    values = level_k.money_request_values(mix)
    assert values == pytest.approx([11, 12, 13, 19, 20, 20, 20, 20, 20, 20])


def test_other_requests_are_refused():
    for request in (10, 21):
        with pytest.raises(ValueError, match="from 11 to 20"):
            level_k.money_request_level(request)
    with pytest.raises(ValueError, match="one for each request"):
        level_k.money_request_values([1.0])
