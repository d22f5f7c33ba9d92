from __future__ import annotations

import pytest

from arena.metrics import social_value
from arena.metrics.base import Undefined
from arena.metrics.social_value import angle, is_transitive, orientation
from games.economic.svo_slider import SvoSlider, SvoState
from tests.arena.metrics.played import play, pool_of, value


@pytest.mark.parametrize(
    ("options", "degrees", "name"),
    [
        ((1, 9, 1, 1, 9, 9), 61.39, "altruistic"),
        ((1, 9, 9, 1, 5, 9), 45.00, "prosocial"),
        ((1, 9, 9, 4, 5, 9), 37.49, "prosocial"),
        ((1, 9, 9, 9, 1, 1), 7.82, "individualistic"),
        ((9, 1, 9, 9, 1, 1), -16.26, "competitive"),
    ],
)
def test_ideal_types(options: tuple[int, ...], degrees: float, name: str):
    found = angle(SvoSlider().divided(SvoState(options)))
    assert found == pytest.approx(degrees, abs=0.02)
    assert orientation(found) == name
    assert is_transitive(options)


def test_boundaries_between_orientations():
    assert [orientation(each) for each in (57.16, 57.15, 22.46, 22.45, -12.03, -12.04, -170)] == [
        "altruistic",
        "prosocial",
        "prosocial",
        "individualistic",
        "individualistic",
        "competitive",
        "competitive",
    ]


def test_cycles_are_no_ranking():
    # Prosocial over competitive, competitive over individualistic, individualistic over prosocial.
    assert not is_transitive((1, 1, 9, 1, 9, 1))
    # All indifferent but one, which breaks two indifferences.
    assert is_transitive((5, 5, 5, 5, 5, 5))
    assert not is_transitive((1, 5, 5, 5, 5, 5))


def test_orientations_of_real_matches():
    pool = pool_of(
        play("svo_slider", ("divider(aim='own')", "divider"), 1),
        play("svo_slider", ("divider", "divider(aim='own')"), 2),
    )
    own = value(social_value.ANGLE.compute(pool, "divider(aim='own')"))
    assert own.value == pytest.approx(7.82, abs=0.01)
    assert (own.n, own.clusters) == (1, 1)
    assert value(social_value.INDIVIDUALISTIC.compute(pool, "divider(aim='own')")).value == 1
    assert value(social_value.PROSOCIAL.compute(pool, "divider")).value == 1
    assert value(social_value.TRANSITIVE.compute(pool, "divider")).value == 1


def test_random_choices_are_mostly_inconsistent_and_then_have_no_angle():
    pool = pool_of(*(play("svo_slider", ("random", "divider"), deal) for deal in range(40)))
    consistent = value(social_value.TRANSITIVE.compute(pool, "random")).value
    assert consistent < 0.8
    assert value(social_value.ANGLE.compute(pool, "random")).n == round(40 * consistent)
    assert isinstance(social_value.ANGLE.compute(pool, "divider"), Undefined)
