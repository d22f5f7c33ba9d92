from __future__ import annotations

from itertools import product

import pytest

from agents.bots.bargaining import ConcessionBargainer, DifferenceSplitter, Haggler, HardHaggler, LearningHaggler
from games.economic.coached_bargaining import CoachedBargaining
from games.economic.haggling import NegotiationState, Offer
from games.registry import load
from tests.agents.questions import answer, play

BOTS = (ConcessionBargainer(), DifferenceSplitter(), HardHaggler())
GAMES = ("buyer_seller", "price_negotiation")
BALLOON = 'buyer_seller(cash=20, cost=8, good="balloon", offers=10, openings=[20, 10], willingness=20)'


@pytest.mark.parametrize(("spec", "agents"), list(product((*GAMES, BALLOON), product(BOTS, BOTS))))
async def test_nobody_deals_at_a_loss(spec: str, agents: tuple[Haggler, Haggler]) -> None:
    game = load(spec)
    state, _ = await play(spec, list(agents))
    assert min(game.returns(state)) >= 0


@pytest.mark.parametrize("spec", GAMES)
async def test_two_who_split_the_difference_agree_near_the_middle(spec: str) -> None:
    game = load(spec)
    state, _ = await play(spec, [DifferenceSplitter(), DifferenceSplitter()])
    seller, buyer = game.returns(state)
    assert state.answer == "accept"
    assert abs(seller - buyer) <= (seller + buyer) / 2


async def test_two_who_never_move_do_not_agree() -> None:
    state, _ = await play("buyer_seller", [HardHaggler.of(margin=0.4), HardHaggler.of(margin=0.4)])
    assert [offer.price for offer in state.offers] == [56, 36] * 4
    assert state.answer == "reject"


async def test_who_never_moves_gains_more_from_who_does() -> None:
    game = load("buyer_seller")
    soft, _ = await play("buyer_seller", [DifferenceSplitter(), DifferenceSplitter()])
    hard, _ = await play("buyer_seller", [HardHaggler(), DifferenceSplitter()])
    assert game.returns(hard)[0] > game.returns(soft)[0]


async def test_the_middle_of_both_last_offers_comes_next_and_never_passes_the_value() -> None:
    game = load("buyer_seller")
    state = NegotiationState((Offer(56), Offer(45)))
    assert await answer(DifferenceSplitter(), game, state, 0) == Offer(51)
    assert await answer(DifferenceSplitter(), game, NegotiationState((Offer(56), Offer(5))), 0) == Offer(40)
    assert await answer(DifferenceSplitter(), game, NegotiationState((Offer(90), Offer(70), Offer(80))), 1) == Offer(60)


async def test_who_asks_for_more_after_each_deal_gets_more_from_who_does_not() -> None:
    agents = [LearningHaggler(), LearningHaggler.of(step=0), LearningHaggler()]
    state, _ = await play("coached_bargaining", agents)
    prices = [price for price in CoachedBargaining().prices(state) if price is not None]
    assert len(prices) >= 2
    assert prices == sorted(prices)
    assert prices[-1] > prices[0]
    assert len(state.advice) == len(state.past) - 1
