from __future__ import annotations

import pytest

from arena.metrics import giving
from arena.metrics.base import Undefined
from tests.arena.metrics.played import play, pool_of, value


def test_gifts_of_dividers():
    selfish = "divider(aim='own')"
    pool = pool_of(play("dictator", (selfish, "divider"), 1), play("dictator", ("divider", selfish), 2))
    assert value(giving.GIFT.compute(pool, "divider")).value == 0.5
    assert value(giving.GUILT.compute(pool, "divider")).value == 1
    assert value(giving.GIFT.compute(pool, selfish)).value == 0
    assert value(giving.GUILT.compute(pool, selfish)).value == 0
    assert isinstance(giving.GIFT.compute(pool, "nobody"), Undefined)


@pytest.mark.parametrize("multiplier", [0.5, 1, 3])
def test_giving_pays_from_the_bound_of_guilt_on(multiplier: float):
    bound = giving.guilt_of_giving(multiplier)
    for beta, pays in ((bound - 0.01, False), (bound + 0.01, True)):
        worth = [100 - gift - beta * (100 - gift - multiplier * gift) for gift in (0, 1)]
        assert (worth[1] > worth[0]) is pays
    with pytest.raises(ValueError, match="positive"):
        giving.guilt_of_giving(0)


def test_sending_and_returning_by_role():
    pool = pool_of(
        play("trust", ("reciprocator(sends=0.4)", "reciprocator(returns=0.25)"), 1),
        play("trust", ("backward_inductor", "reciprocator(sends=0.4)"), 2),
    )
    assert value(giving.SENT.compute(pool, "reciprocator(sends=0.4)")).value == 0.4
    assert value(giving.RETURNED.compute(pool, "reciprocator(returns=0.25)")).value == 0.25
    assert value(giving.SENT.compute(pool, "backward_inductor")).value == 0
    nothing_arrived = giving.RETURNED.compute(pool, "reciprocator(sends=0.4)")
    assert isinstance(nothing_arrived, Undefined)
    assert "nothing arrived" in nothing_arrived.reason
