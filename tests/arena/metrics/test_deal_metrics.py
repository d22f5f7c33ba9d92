from __future__ import annotations

import pytest

from arena.metrics import deals
from arena.metrics.base import Undefined
from arena.metrics.deals import Course
from games.economic.coached_bargaining import CoachedBargaining
from games.economic.haggling import BUYER, SELLER
from tests.arena.metrics.played import play, pool_of, value

VALUES = (40, 60)


def test_both_parts_of_the_surplus_add_up_to_one():
    deal = Course((70, 45, 55), 0, True)
    assert deals.surplus_share(deal, VALUES, SELLER) == 0.75
    assert deals.surplus_share(deal, VALUES, BUYER) == 0.25
    assert deals.surplus_share(Course((65,), 0, True), VALUES, BUYER) == -0.25
    assert deals.surplus_share(Course((65,), 0, False), VALUES, BUYER) is None
    assert deals.surplus_share(deal, (60, 40), SELLER) is None


@pytest.mark.parametrize(
    ("prices", "split"), [((60, 40, 50), True), ((61, 40, 50), True), ((61, 40, 51), True), ((60, 40, 52), False)]
)
def test_the_difference_is_split_at_the_middle_of_both_first_offers(prices: tuple[int, ...], split: bool):
    assert deals.splits_the_difference(Course(prices, 0, True)) is split
    assert deals.splits_the_difference(Course(prices, 0, False)) is None
    assert deals.splits_the_difference(Course(prices[:1], 0, True)) is None


def test_the_rank_correlation_is_that_of_the_ranks():
    assert deals.rank_correlation([(1, 10), (2, 20), (3, 90)]) == pytest.approx(1)
    assert deals.rank_correlation([(1, 3), (2, 2), (3, 1)]) == pytest.approx(-1)
    assert deals.rank_correlation([(1, 1), (2, 3), (3, 2)]) == pytest.approx(0.5)
    assert deals.rank_correlation([(1, 3), (2, 2)]) is None
    assert deals.rank_correlation([(1, 3), (1, 2), (1, 1)]) is None


def test_real_negotiations_share_the_surplus_or_have_none_to_share():
    bots = ("difference_splitter", "concession_bargainer")
    pool = pool_of(play("buyer_seller", bots, 1), play("buyer_seller", bots[::-1], 2))
    for agent in bots:
        assert value(deals.DEAL_RATE.compute(pool, agent)).value == 1
    assert sum(value(deals.SURPLUS.compute(pool, agent)).value for agent in bots) == pytest.approx(1)
    stubborn = pool_of(play("buyer_seller", ("hard_haggler(margin=0.5)", "hard_haggler(margin=0.4)")))
    for agent in stubborn.agents:
        assert value(deals.DEAL_RATE.compute(stubborn, agent)).value == 0
        assert isinstance(deals.SURPLUS.compute(stubborn, agent), Undefined)
        assert isinstance(deals.SPLITTING.compute(stubborn, agent), Undefined)


def test_who_gets_more_wins_and_equal_results_decide_nothing():
    bots = ("hard_haggler", "difference_splitter")
    pool = pool_of(play("buyer_seller", bots))
    assert [value(deals.WIN_RATE.compute(pool, bot)).value for bot in bots] == [1, 0]
    fair = ("fair_bargainer", "hard_bargainer(given=0.5, wanted=0.5)")
    equal = pool_of(play("bargaining(alice_discount=1.0, bob_discount=1.0)", fair))
    assert value(deals.DEAL_RATE.compute(equal, "fair_bargainer")).value == 1
    assert isinstance(deals.WIN_RATE.compute(equal, "fair_bargainer"), Undefined)
    even = pool_of(play("resource_exchange", ("fair_trader", "fair_trader")))
    assert isinstance(deals.WIN_RATE.compute(even, "fair_trader"), Undefined)


def test_prices_that_follow_the_first_offer_are_seen():
    matches = [
        play("buyer_seller", (f"hard_haggler(margin={margin})", "difference_splitter"), deal)
        for deal, margin in enumerate((0.05, 0.1, 0.2))
    ]
    openings = [match.header.seats[0] for match in matches]
    assert len({seat.agent for seat in openings}) == 3
    same = [
        match.model_copy(
            update={"header": match.header.model_copy(update={"seats": (openings[0], match.header.seats[1])})}
        )
        for match in matches
    ]
    pool = pool_of(*same)
    found = value(deals.ANCHORING.compute(pool, openings[0].agent))
    assert found.value == pytest.approx(1)
    assert (found.n, found.clusters) == (3, 3)
    assert isinstance(deals.ANCHORING.compute(pool, "difference_splitter"), Undefined)


def test_swaps_gain_for_traders_and_count_as_deals():
    agents = ("fair_trader", "greedy_trader(opening=1.1)")
    pool = pool_of(*(play("simple_negotiation", agents, deal) for deal in range(3)))
    for agent in agents:
        assert value(deals.TRADE_GAIN.compute(pool, agent)).value > 0
    assert deals.SURPLUS.needs[0].holds(pool.game) is False
    exchange = pool_of(play("resource_exchange(values=[[1, 3], [3, 1]])", ("greedy_trader", "fair_trader")))
    assert value(deals.DEAL_RATE.compute(exchange, "greedy_trader")).value == 1


def test_advice_counts_by_the_two_games_around_it():
    keen, same = "learning_haggler(margin=0.75)", "learning_haggler(step=0.0)"
    pool = pool_of(play("coached_bargaining", (keen, same, "learning_haggler")))
    assert CoachedBargaining().prices(pool.plays[0].states[-1])[:2] == (13, 15)
    assert value(deals.ADVISED_GAIN.compute(pool, keen)).value == 2
    assert isinstance(deals.ADVISED_GAIN.compute(pool, same), Undefined)


METRICS = (
    deals.DEAL_RATE,
    deals.WIN_RATE,
    deals.SURPLUS,
    deals.SPLITTING,
    deals.ANCHORING,
    deals.TRADE_GAIN,
    deals.ADVISED_GAIN,
)


@pytest.mark.parametrize("metric", METRICS)
def test_other_games_have_no_deals(metric):
    pool = pool_of(play("ultimatum", ("fair_splitter", "rational_splitter")))
    assert "needs" in (pool.missing(metric.needs) or "")
