from __future__ import annotations

import pytest

from arena.metrics import envy
from arena.metrics.base import Undefined
from arena.metrics.envy import Answer, threshold
from tests.arena.metrics.played import play, pool_of, value


def test_the_threshold_parts_rejected_from_accepted_offers():
    clear = [Answer(0.1, False), Answer(0.2, False), Answer(0.3, True), Answer(0.5, True)]
    assert threshold(clear) == pytest.approx(0.25)
    assert envy.envy(clear) == pytest.approx(0.25 / 0.5)
    with_a_slip = [*clear, Answer(0.05, True), Answer(0.15, False), Answer(0.4, True)]
    assert threshold(with_a_slip) == pytest.approx(0.25)


def test_answers_that_show_no_threshold():
    assert threshold([]) is None
    assert threshold([Answer(0.2, True), Answer(0.4, True)]) is None
    assert threshold([Answer(0.2, False), Answer(0.4, False)]) is None
    assert threshold([Answer(0.2, True), Answer(0.4, False)]) is None
    above_half = [Answer(0.5, False), Answer(0.7, True)]
    assert threshold(above_half) == pytest.approx(0.6)
    assert envy.envy(above_half) is None


def test_alpha_of_a_player_who_wants_three_tenths():
    pool = pool_of(*(play("ultimatum", ("random", "fair_splitter"), deal) for deal in range(60)))
    found = value(envy.ENVY.compute(pool, "fair_splitter"))
    assert found.value == pytest.approx(0.3 / 0.4, abs=0.1)
    assert (found.n, found.clusters) == (60, 60)
    assert isinstance(envy.ENVY.compute(pool, "random"), Undefined)
