from __future__ import annotations

from itertools import product

import pytest

from arena.metrics import ring_order
from arena.metrics.base import Undefined
from arena.metrics.ring_order import order_of
from tests.arena.metrics.played import play, pool_of, value

PREDICTED = [(0, 1), (1, 2), (2, 0), (0, 2)]
BLIND = [(0, 0), (1, 1), (2, 2), (1, 1)]


def profile(order: int) -> list[tuple[int, int]]:
    """The choices of an exact type: blind to the rings above its order."""
    return BLIND[: 4 - order] + PREDICTED[4 - order :]


def distance(one, other) -> int:
    """How many of eight choices differ."""
    return sum(a != b for pairs in zip(one, other, strict=True) for a, b in zip(*pairs, strict=True))


def test_exact_profiles_have_their_order():
    assert [order_of(profile(order), PREDICTED) for order in range(1, 5)] == [1, 2, 3, 4]


def test_one_deviation_is_forgiven_and_ties_go_to_the_lower_order():
    rational = profile(4)
    # One wrong choice as player 4 or 3 leaves order 4 the nearest.
    assert order_of([*rational[:3], (0, 0)], PREDICTED) == 4
    assert order_of([*rational[:2], (2, 1), rational[3]], PREDICTED) == 4
    # As player 1 it also is order 3 with one choice that should not have changed, and exactly order 3 without one.
    assert order_of([(0, 2), *rational[1:]], PREDICTED) == 3
    assert order_of([(0, 0), *rational[1:]], PREDICTED) == 3


def test_what_is_further_away_has_no_order():
    assert order_of([(0, 0), (1, 1), (2, 2), (1, 0)], PREDICTED) == 0
    assert order_of([(2, 0), (2, 1), (0, 1), (0, 2)], PREDICTED) == 0


def test_all_choices_have_the_nearest_order_of_a_second_implementation():
    types = {
        order: [
            [*zip(free, free, strict=True), *PREDICTED[4 - order :]] for free in product(range(3), repeat=4 - order)
        ]
        for order in range(1, 5)
    }
    pairs = list(product(range(3), repeat=2))
    for choices in product(pairs[::2], pairs, pairs, pairs[::3]):
        distances = {order: min(distance(choices, each) for each in exact) for order, exact in types.items()}
        least = min(distances.values())
        expected = 0 if least > 1 else min(order for order, distance in distances.items() if distance == least)
        assert order_of(choices, PREDICTED) == expected


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_level_players_show_their_level_once_they_have_had_all_seats(level: int):
    agent = f"level_k(level={level})"
    seatings = [tuple(agent if seat == own else "random" for seat in range(4)) for own in range(4)]
    records = [play("ring_game", seating, deal=7) for seating in seatings]
    found = value(ring_order.MEAN_ORDER.compute(pool_of(*records), agent))
    assert (found.value, found.n, found.clusters) == (level, 1, 1)
    for least, metric in enumerate(
        (ring_order.ORDER_1, ring_order.ORDER_2, ring_order.ORDER_3, ring_order.ORDER_4), start=1
    ):
        assert value(metric.compute(pool_of(*records), agent)).value == float(level >= least)
    assert isinstance(ring_order.MEAN_ORDER.compute(pool_of(*records[:3]), agent), Undefined)


def test_random_players_are_rarely_of_an_order():
    pool = pool_of(*(play("ring_game", ("random",) * 4, deal) for deal in range(40)))
    found = value(ring_order.ORDER_2.compute(pool, "random"))
    assert (found.n, found.clusters) == (40, 40)
    assert found.value < 0.3
