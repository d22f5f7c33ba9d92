from __future__ import annotations

import pytest
from pydantic import ValidationError

from games.core import Illegal, Unparsable
from games.economic.buyer_seller import BuyerSeller
from games.economic.haggling import BUYER, SELLER, Offer
from tests.games.joint_play import play

BALLOON = BuyerSeller.of(cash=20, cost=8, good="balloon", offers=10, openings=[20, 10], willingness=20)


def test_a_deal_divides_the_twenty_between_cost_and_willingness() -> None:
    game = BuyerSeller()
    for price in (40, 50, 55, 60):
        assert game.returns(play(game, f"offer {price}", "accept")) == (price - 40, 60 - price)
    assert game.returns(play(game, "offer 30", "accept")) == (-10, 30)


@pytest.mark.parametrize("turns", [("offer 55", "reject"), ("offer 55", "offer 45 | please", "reject")])
def test_a_rejection_ends_it_with_nothing(turns: tuple[str, ...]) -> None:
    game = BuyerSeller()
    state = play(game, *turns)
    assert game.to_move(state) == ()
    assert game.returns(state) == (0, 0)
    assert game.outcome_text(state) == "no deal"


def test_an_offer_is_answered_by_an_offer_and_the_latest_one_counts() -> None:
    game = BuyerSeller()
    state = play(game, "offer 70 | a fine piece", "offer 45", "offer 52")
    assert game.to_move(state) == (BUYER,)
    assert game.observation(state, BUYER).startswith("Your offer of 45 was not accepted. The seller offers 52.")
    assert game.returns(game.apply(state, {BUYER: "accept"})) == (12, 8)


def test_each_side_has_four_offers_and_the_seller_answers_the_last() -> None:
    game = BuyerSeller()
    state = play(game, *(f"offer {price}" for price in (90, 10, 80, 20, 70, 30, 60, 40)))
    assert game.to_move(state) == (SELLER,)
    assert game.legal_actions(state, SELLER) == ("accept", "reject")
    with pytest.raises(Illegal, match="accept, reject"):
        game.parse_action(state, SELLER, "offer 50")
    assert game.max_turns() == 9


@pytest.mark.parametrize(
    ("text", "problem"),
    [("accept", Illegal), ("reject", Illegal), ("leave", Illegal), ("offer 101", Illegal), ("offer 5.5", Illegal),
     ("offer", Unparsable), ("how about 50?", Unparsable), ("", Unparsable)],
)  # fmt: skip
def test_a_first_offer_is_a_whole_number_up_to_the_cash(text: str, problem: type[Exception]) -> None:
    game = BuyerSeller()
    with pytest.raises(problem):
        game.parse_action(game.initial_state(), SELLER, text)


def test_the_balloon_opens_at_twenty_and_ten() -> None:
    state = BALLOON.initial_state()
    assert state.offers == (Offer(20), Offer(10))
    assert BALLOON.to_move(state) == (SELLER,)
    assert BALLOON.offers_left(state, SELLER) == BALLOON.offers_left(state, BUYER) == 9
    assert "The first offers are fixed: the seller names 20 and the buyer names 10." in BALLOON.rules_text(BUYER)
    assert BALLOON.returns(play(BALLOON, "offer 16 | It is the last one.", "accept")) == (8, 4)


def test_nobody_reads_the_value_of_the_other() -> None:
    game = BuyerSeller()
    assert "worth 40 to the seller" in game.rules_text(SELLER)
    assert "40" not in game.rules_text(BUYER)
    assert "60" not in game.rules_text(SELLER)


def test_openings_leave_room_and_can_be_paid() -> None:
    with pytest.raises(ValidationError, match="openings must be from 0 to cash=100"):
        BuyerSeller.of(openings=[101])
    with pytest.raises(ValidationError, match="leave no offer"):
        BuyerSeller.of(openings=[20, 10], offers=1)


@pytest.mark.parametrize("text", ["accept it", "leave", "offer a lot"])
def test_who_has_an_offer_to_answer_is_told_all_that_can_be_written(text: str) -> None:
    game = BuyerSeller()
    with pytest.raises((Illegal, Unparsable), match="expected accept or reject or offer PRICE"):
        game.parse_action(play(game, "offer 55"), BUYER, text)
