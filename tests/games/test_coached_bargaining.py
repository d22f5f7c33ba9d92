from __future__ import annotations

import pytest
from pydantic import ValidationError

from games.core import Unparsable
from games.economic.coached_bargaining import ADVICE_CAP, CRITIC, CoachedBargaining
from games.economic.haggling import BUYER, SELLER
from tests.games.joint_play import play

GAME = CoachedBargaining.of(games=3)
TIP = "1. Smile more often. 2. Be slow to agree. 3. Ask for a reason."
ONE_DEAL = ("offer 16", "accept")


def test_games_and_advice_alternate_and_results_add_up() -> None:
    state = play(GAME, *ONE_DEAL, TIP, "offer 18", "accept", TIP, "offer 19", "accept")
    assert GAME.to_move(state) == ()
    assert GAME.prices(state) == (16, 18, 19)
    assert GAME.returns(state) == (8 + 10 + 11, 4 + 2 + 1, 29)
    assert GAME.to_move(play(GAME, *ONE_DEAL)) == (CRITIC,)
    assert GAME.to_move(play(GAME, *ONE_DEAL, TIP)) == (SELLER,)


def test_every_game_opens_at_twenty_and_ten() -> None:
    state = play(GAME, *ONE_DEAL, TIP)
    assert state.current == GAME.stage.initial_state()
    assert [offer.price for offer in state.current.offers] == [20, 10]


def test_the_first_game_without_a_deal_is_the_last_unless_it_is_told_otherwise() -> None:
    state = play(GAME, "reject")
    assert GAME.to_move(state) == ()
    assert GAME.prices(state) == (None,)
    goes_on = CoachedBargaining.of(games=3, stop_without_deal=False)
    assert goes_on.to_move(play(goes_on, "reject")) == (CRITIC,)


def test_only_the_side_that_is_coached_reads_the_advice() -> None:
    state = play(GAME, *ONE_DEAL, TIP)
    assert TIP in GAME.observation(state, SELLER)
    assert TIP not in GAME.observation(state, BUYER)
    assert GAME.information_state(state, BUYER).advice == ()
    assert TIP in GAME.secrets(state, BUYER)
    buyer = CoachedBargaining.of(games=3, coached="buyer")
    after = play(buyer, *ONE_DEAL, TIP, "offer 15")
    assert TIP in buyer.observation(after, BUYER)
    assert TIP not in buyer.observation(after, SELLER)


def test_the_critic_reads_the_dialogue_and_not_the_other_sides_value() -> None:
    state = play(GAME, "offer 17 | It floats!", "offer 12", "offer 15", "accept")
    text = GAME.observation(state, CRITIC)
    assert 'Seller: offer 17 | "It floats!"' in text
    assert "sold at 15" in text
    assert "worth 8 to the seller" in GAME.rules_text(CRITIC)
    assert "worth 20 to the buyer" not in GAME.rules_text(CRITIC)


FORGETFUL = CoachedBargaining.of(games=3, opponent_forgets=True)


def test_an_opponent_who_forgets_knows_the_same_in_the_second_game_as_in_the_first() -> None:
    first, second = play(FORGETFUL, "offer 17"), play(FORGETFUL, *ONE_DEAL, TIP, "offer 17")
    assert FORGETFUL.is_blind(second, BUYER)
    assert not FORGETFUL.is_blind(second, SELLER)
    assert FORGETFUL.observation(first, BUYER) == FORGETFUL.observation(second, BUYER)
    assert FORGETFUL.information_state(first, BUYER) == FORGETFUL.information_state(second, BUYER)
    assert FORGETFUL.information_state(second, SELLER).advice == (TIP,)


def test_an_opponent_who_forgets_reads_all_offers_of_the_game_in_play() -> None:
    state = play(FORGETFUL, "offer 17 | It floats!", "offer 12 | It leaks.", "offer 15")
    text = FORGETFUL.observation(state, BUYER)
    for line in (
        "Seller: offer 20",
        "Buyer: offer 10",
        'Seller: offer 17 | "It floats!"',
        'Buyer: offer 12 | "It leaks."',
    ):
        assert line in text


def test_an_opponent_who_forgets_is_told_of_neither_critic_nor_number_of_games() -> None:
    briefing = FORGETFUL.rules_text(BUYER)
    assert "critic" not in briefing
    assert "3 times" not in briefing
    assert "The buyer remembers no earlier game." in FORGETFUL.rules_text(SELLER)
    end = play(FORGETFUL, *ONE_DEAL, TIP, "reject")
    assert FORGETFUL.observation(end, BUYER).endswith("It is over after 2 games. Your result: 4.")


def test_advice_is_one_line_of_limited_length() -> None:
    state = play(GAME, *ONE_DEAL)
    advice = GAME.parse_action(state, CRITIC, "1. Wait.\n2. Wait more.\n" + "x" * 5000)
    assert isinstance(advice, str)
    assert advice.startswith("1. Wait. 2. Wait more. x")
    assert len(advice) == ADVICE_CAP
    with pytest.raises(Unparsable, match="no advice"):
        GAME.parse_action(state, CRITIC, "  \n ")


def test_only_buyer_and_seller_are_coached() -> None:
    with pytest.raises(ValidationError, match="no buyer_seller game"):
        CoachedBargaining.of(game="price_negotiation")
