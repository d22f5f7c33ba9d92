from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from games.core import Illegal, Unparsable
from games.economic.bargaining import ALICE, BOB, Bargaining, Split, equilibrium_share, rubinstein_share
from tests.games.joint_play import play


def test_deals_are_discounted_by_round() -> None:
    game = Bargaining.of(alice_discount=0.9, bob_discount=0.8, pie=100)
    assert game.returns(play(game, "offer 40", "accept")) == (60, 40)
    late = play(game, "offer 40", "reject", "offer 30", "reject", "offer 50", "accept")
    assert game.returns(late) == pytest.approx((50 * 0.81, 50 * 0.64))
    second = play(game, "offer 40", "reject", "offer 30", "accept")
    assert game.parts(second.offers) == (30, 70), "Bob offers Alice 30"
    assert game.observation(second, ALICE) == "You accepted the offer of 30 in round 2: you get 30. Your result: 27."


def test_a_fixed_first_offer_is_answered_at_once() -> None:
    game = Bargaining.of(alice_discount=1.0, bob_discount=1.0, horizon=2, opening=10, pie=100)
    assert game.to_move(game.initial_state()) == (BOB,)
    assert "Alice offers you 10 and keeps 90." in game.observation(game.initial_state(), BOB)
    assert "The first offer is fixed: Bob gets 10." in game.rules_text(ALICE)
    assert game.returns(play(game, "accept")) == (90, 10)
    assert game.returns(play(game, "reject", "offer 1", "accept")) == (1, 99)


def test_no_more_than_the_pie_is_offered_first() -> None:
    with pytest.raises(ValidationError, match="more than there is to divide"):
        Bargaining.of(opening=101, pie=100)


def test_no_deal_is_worth_nothing() -> None:
    game = Bargaining.of(horizon=1)
    state = play(game, "offer 1", "reject")
    assert game.to_move(state) == ()
    assert game.returns(state) == (0, 0)
    assert game.observation(state, BOB).startswith("You rejected the offer of 1 in the last round: no deal.")


RUBINSTEIN = {
    (0.8, 0.8): 0.5556,
    (0.9, 0.9): 0.5263,
    (0.95, 0.95): 0.5128,
    (0.8, 0.9): 0.3571,
    (0.9, 0.8): 0.7143,
    (0.95, 0.9): 0.6897,
}
TWELVE = {
    (0.8, 0.8): 0.5174,
    (0.9, 0.9): 0.3777,
    (0.95, 0.95): 0.2357,
    (0.8, 0.9): 0.3074,
    (0.9, 0.8): 0.6148,
    (1, 0.9): 0.4686,
    (0.7, 1): 0,
}


@pytest.mark.parametrize(("discounts", "share"), RUBINSTEIN.items())
def test_rubinsteins_share(discounts: tuple[float, float], share: float) -> None:
    assert rubinstein_share(*discounts) == pytest.approx(share, abs=5e-5)
    assert equilibrium_share(1, 2001, *discounts) == pytest.approx(share, abs=5e-5), "the limit of long horizons"


@pytest.mark.parametrize(("discounts", "share"), TWELVE.items())
def test_shares_with_twelve_rounds(discounts: tuple[float, float], share: float) -> None:
    assert equilibrium_share(1, 12, *discounts) == pytest.approx(share, abs=5e-5)


@given(st.integers(1, 9), st.floats(0.1, 1), st.floats(0.1, 1))
def test_the_equilibrium_offer_leaves_the_responder_what_waiting_is_worth(last: int, alice: float, bob: float) -> None:
    for number in range(1, last):
        now, then = (equilibrium_share(each, last, alice, bob) for each in (number, number + 1))
        if number % 2:
            assert 1 - now == pytest.approx(bob * (1 - then))
        else:
            assert now == pytest.approx(alice * then)


def test_what_a_seat_is_told_of_the_others_discount() -> None:
    discounts = {"alice_discount": 0.95, "bob_discount": 0.8}
    told, untold = Bargaining.of(**discounts), Bargaining.of(complete_information=False, **discounts)
    assert "To Bob it loses 20%" in told.rules_text(ALICE)
    assert told.information_state(told.initial_state(), ALICE).other_discount == 0.8
    assert "20%" not in untold.rules_text(ALICE)
    assert untold.information_state(untold.initial_state(), ALICE).other_discount is None


def test_a_hidden_horizon_is_not_shown() -> None:
    game = Bargaining.of(announce_horizon=False, horizon=37)
    texts = [game.rules_text(ALICE), game.observation(game.initial_state(), ALICE)]
    assert not any("37" in text for text in texts)
    assert game.information_state(game.initial_state(), ALICE).horizon is None


def test_words_travel_with_offers_where_they_may() -> None:
    game = Bargaining.of(messages=True)
    state = play(game, "offer 5000 | Half  for you\n")
    assert state.offers == (Split(5000, "Half for you"),)
    assert 'Alice writes: "Half for you"' in game.observation(state, BOB)
    quiet = Bargaining()
    with pytest.raises(Illegal, match="no messages"):
        quiet.parse_action(quiet.initial_state(), ALICE, "offer 5000 | please")


def test_texts_that_are_no_move() -> None:
    game = Bargaining.of(pie=100)
    start, offered = game.initial_state(), play(game, "60")
    for text in ("accept", "offer 101"):
        with pytest.raises(Illegal, match="from 0 to 100"):
            game.parse_action(start, ALICE, text)
    for text in ("", "half", "offer -1", "offer 1.5"):
        with pytest.raises(Unparsable, match="from 0 to 100"):
            game.parse_action(start, ALICE, text)
    with pytest.raises(Illegal, match="accept, reject"):
        game.parse_action(offered, BOB, "offer 10")
