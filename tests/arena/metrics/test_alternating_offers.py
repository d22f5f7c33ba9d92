from __future__ import annotations

import pytest

from arena.metrics import alternating_offers as offers
from arena.metrics.alternating_offers import Agreement
from arena.metrics.base import Undefined
from arena.metrics.measure import evaluate
from tests.arena.metrics.played import play, pool_of, value

METRICS = (offers.EFFICIENCY, offers.FAIRNESS, offers.GAIN)


def test_the_measures_of_an_agreement_by_hand():
    late = Agreement(share=0.75, left=(0.81, 0.64))
    assert offers.gain(late, 0) == pytest.approx(0.6075)
    assert offers.gain(late, 1) == pytest.approx(0.16)
    assert offers.efficiency(late) == pytest.approx(0.7675)
    assert offers.fairness(late) == pytest.approx(0.75)
    missed = late._replace(share=None)
    assert (offers.efficiency(missed), offers.fairness(missed), offers.gain(missed, 0)) == (0, 1, 0)


def test_equilibrium_players_waste_nothing_and_divide_as_backward_induction_says():
    pool = pool_of(play("bargaining", ("rubinstein_bargainer", "hard_bargainer(wanted=0.6)")))
    assert value(evaluate(offers.EFFICIENCY, pool, "rubinstein_bargainer")).value == pytest.approx(1)
    # 12 rounds, both at 0.9, Bob last: Alice keeps 0.3777 (rounded down to whole money).
    assert value(evaluate(offers.GAIN, pool, "rubinstein_bargainer")).value == pytest.approx(0.3777, abs=1e-4)


def test_hard_players_lose_by_waiting():
    pool = pool_of(play("bargaining", ("hard_bargainer", "hard_bargainer")))
    found = value(evaluate(offers.EFFICIENCY, pool, "hard_bargainer"))
    assert found.value == pytest.approx(0.9**11)
    assert found.clusters == 1


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_another_game_has_no_agreement(metric):
    pool = pool_of(play("ultimatum", ("random", "random")))
    assert isinstance(evaluate(metric, pool, "random"), Undefined)
