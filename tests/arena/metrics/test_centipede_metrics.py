from __future__ import annotations

from arena.metrics import centipede
from arena.metrics.base import Undefined
from arena.metrics.centipede import Stop
from tests.arena.metrics.played import play, pool_of, value

INDUCTOR, PASSER = "backward_inductor", "cooperative_passer"


def test_depth_is_counted_from_the_last_decision():
    assert Stop(seat=1, passes=5, taken=True, length=6).shown_depth == 1
    assert Stop(seat=0, passes=0, taken=True, length=6).shown_depth == 6
    assert Stop(seat=1, passes=6, taken=False, length=6).shown_depth == 0
    assert Stop(seat=0, passes=6, taken=False, length=6).shown_depth is None
    assert Stop(seat=1, passes=2, taken=True, length=6).shown_depth is None
    assert Stop(seat=0, passes=5, taken=False, length=5).shown_depth == 0
    assert Stop(seat=1, passes=5, taken=False, length=5).shown_depth is None


def test_inductors_take_at_once_and_passers_never():
    pool = pool_of(play("centipede", (INDUCTOR, PASSER), 1), play("centipede", (PASSER, INDUCTOR), 2))
    assert value(centipede.FIRST_TAKEN.compute(pool, INDUCTOR)).value == 1
    assert value(centipede.FIRST_TAKEN.compute(pool, PASSER)).value == 0
    node = value(centipede.STOPPING_NODE.compute(pool, INDUCTOR))
    assert (node.value, node.n, node.clusters) == (1.5, 2, 2)
    assert value(centipede.DEPTH.compute(pool, INDUCTOR)).value == 5.5
    assert isinstance(centipede.STOPPING_NODE.compute(pool, PASSER), Undefined)
    assert isinstance(centipede.DEPTH.compute(pool, PASSER), Undefined)


def test_passing_at_the_last_decision_shows_no_step():
    pool = pool_of(play("centipede", (PASSER, PASSER)))
    found = value(centipede.DEPTH.compute(pool, PASSER))
    assert (found.value, found.n) == (0, 1)
