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


def test_step_weights_are_poisson_with_the_highest_steps_left_out():
    assert level_k.step_weights(3, 0) == [1, 0, 0, 0]
    assert level_k.step_weights(2, 2) == pytest.approx([1 / 5, 2 / 5, 2 / 5])
    assert sum(step * weight for step, weight in enumerate(level_k.step_weights(40, 1.5))) == pytest.approx(1.5)
