from __future__ import annotations

import pytest

from games.core import Illegal, Unparsable
from games.economic.persuasion import (
    SELLER,
    Persuasion,
    PersuasionView,
    VisitView,
    buys_blindly,
    commitment_lie_rate,
)
from games.registry import load
from tests.games.joint_play import play

SOLD_HIGH = ("high", "recommend", "buy")
SOLD_LOW = ("low", "recommend", "buy")
KEPT_LOW = ("low", "do not recommend", "decline")


def test_rounds_by_hand() -> None:
    game = Persuasion.of(rounds=3, price=100)
    state = play(game, *SOLD_HIGH, *SOLD_LOW, *KEPT_LOW)
    assert game.to_move(state) == ()
    assert game.returns(state) == (2, 25 - 100)
    assert game.observation(state, 1) == (
        "Round 3: You did not buy the product, which was of low quality. All rounds are over. Your result: -75."
    )


def test_the_buyer_reads_what_the_seller_says_and_not_the_quality() -> None:
    game = Persuasion()
    high, low = play(game, "high", "recommend"), play(game, "low", "recommend")
    assert game.observation(high, 1) == game.observation(low, 1)
    assert game.observation(high, 1) == "Round 1 of 20. The seller recommends the product. Do you buy or decline?"
    assert game.information_state(high, 1) == PersuasionView((), ("recommend",), ())
    assert "of low quality" in game.observation(play(game, "low"), SELLER)


def test_myopic_buyers_are_seats_of_their_own_and_are_told_totals_only() -> None:
    game = Persuasion.of(buyers="myopic", rounds=3, price=100)
    assert game.num_players == 4
    assert game.info.roles == ("seller", "buyer", "buyer", "buyer")
    state = play(game, *SOLD_LOW, *SOLD_HIGH, "low", "recommend")
    assert game.to_move(state) == (3,)
    assert game.information_state(state, 3) == VisitView(2, 2, 1, "recommend")
    assert game.observation(state, 3) == (
        "In 2 of the 2 rounds before yours the product was bought, and in 1 of them a product of low quality was "
        "bought. The seller recommends the product. Do you buy or decline?"
    )
    over = play(game, *SOLD_LOW, *SOLD_HIGH, *KEPT_LOW)
    assert game.returns(over) == (2, -100, 25, 0)
    assert game.observation(over, 1) == "You bought the product, which was of low quality. Your result: -100."


def test_a_seller_who_is_not_told_the_value_does_not_read_it() -> None:
    told, untold = Persuasion.of(value=3), Persuasion.of(complete_information=False, value=3)
    assert "gains 20000" in told.rules_text(SELLER)
    assert "20000" not in untold.rules_text(SELLER)
    assert "gains 20000" in untold.rules_text(1)


def test_free_text_is_one_quoted_line() -> None:
    game = Persuasion.of(message_type="textual")
    state = play(game, "low", "It is\n superb!")
    assert state.messages == ("It is superb!",)
    assert 'The seller writes: "It is superb!"' in game.observation(state, 1)
    with pytest.raises(Unparsable, match="empty"):
        game.parse_action(play(game, "low"), SELLER, " \n ")


@pytest.mark.parametrize(
    ("prior", "value", "rate"), [(0.5, 1.25, 0.25), (1 / 3, 2, 0.5), (0.8, 1.25, 1), (0.8, 4, 1), (1 / 3, 4, 1)]
)
def test_the_commitment_lie_rate(prior: float, value: float, rate: float) -> None:
    assert commitment_lie_rate(prior, value) == pytest.approx(rate)


@pytest.mark.parametrize(("prior", "value"), [(0.5, 1.25), (1 / 3, 2), (0.3, 3)])
def test_at_the_commitment_rate_the_buyer_is_just_willing(prior: float, value: float) -> None:
    lies = (1 - prior) * commitment_lie_rate(prior, value)
    assert prior / (prior + lies) * value == pytest.approx(1)


@pytest.mark.parametrize(("prior", "value", "buys"), [(0.5, 1.25, False), (0.5, 2, True), (0.8, 1.25, True)])
def test_a_buyer_who_learns_nothing_goes_by_the_prior(prior: float, value: float, buys: bool) -> None:
    assert buys_blindly(prior, value) == buys


def test_texts_that_are_no_move() -> None:
    game = load("persuasion")
    offered = play(game, "high")
    with pytest.raises(Illegal, match="legal: recommend, do not recommend"):
        game.parse_action(offered, SELLER, "buy")
    with pytest.raises(Unparsable):
        game.parse_action(offered, SELLER, "I recommend it")
    with pytest.raises(Illegal, match="legal: buy, decline"):
        game.parse_action(play(game, "high", "recommend"), 1, "recommend")
