from __future__ import annotations

import pytest

from arena.metrics import bargaining
from arena.metrics.bargaining import Deal
from arena.metrics.base import Undefined
from games.economic.haggling import BUYER, SELLER
from tests.arena.metrics.played import play, pool_of, value


def test_efficiency_fairness_and_gain_of_deals():
    deal = Deal(price=110, seller_value=80, buyer_value=120, scale=100)
    assert bargaining.efficiency(deal)
    assert bargaining.fairness(deal) == pytest.approx(0.96)
    assert bargaining.self_gain(deal, SELLER) == pytest.approx(0.3)
    assert bargaining.self_gain(deal, BUYER) == pytest.approx(0.1)
    harmful = deal._replace(price=130)
    assert not bargaining.efficiency(harmful)
    assert bargaining.self_gain(harmful, BUYER) == pytest.approx(-0.1)


def test_no_deal_is_efficient_only_where_no_price_helps_both():
    missed = Deal(price=None, seller_value=80, buyer_value=120, scale=100)
    assert not bargaining.efficiency(missed)
    assert bargaining.efficiency(missed._replace(buyer_value=80))
    assert bargaining.fairness(missed) == 1
    assert bargaining.self_gain(missed, SELLER) == 0


def test_gains_of_both_sides_share_the_surplus_of_a_real_negotiation():
    pool = pool_of(play("price_negotiation", ("concession_bargainer", "concession_bargainer")))
    assert value(bargaining.EFFICIENCY.compute(pool, "concession_bargainer")).value == 1
    assert value(bargaining.SELF_GAIN.compute(pool, "concession_bargainer")).value == pytest.approx(0.2)


def test_ultimatum_offers_and_answers_by_role():
    pool = pool_of(
        play("ultimatum", ("fair_splitter", "rational_splitter"), 1),
        play("ultimatum", ("rational_splitter", "fair_splitter"), 2),
    )
    assert value(bargaining.OFFER.compute(pool, "fair_splitter")).value == 0.5
    assert value(bargaining.OFFER.compute(pool, "rational_splitter")).value <= 0.01
    assert value(bargaining.MINIMUM_ACCEPTED.compute(pool, "rational_splitter")).value == 0.5
    assert value(bargaining.REJECTION.compute(pool, "rational_splitter")).value == 0
    assert value(bargaining.REJECTION.compute(pool, "fair_splitter")).value == 1
    assert isinstance(bargaining.MINIMUM_ACCEPTED.compute(pool, "fair_splitter"), Undefined)


def test_envy_grows_with_the_least_acceptable_share():
    assert bargaining.envy_of_rejections(0) == 0
    assert bargaining.envy_of_rejections(0.25) == 0.5
    assert bargaining.envy_of_rejections(1 / 3) == pytest.approx(1)
    with pytest.raises(ValueError, match="below"):
        bargaining.envy_of_rejections(0.5)
