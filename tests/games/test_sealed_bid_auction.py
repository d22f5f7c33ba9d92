from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from games.economic.sealed_bid_auction import Auction, AuctionState, SealedBidAuction, shading
from tests.games.joint_play import ends, play

DEAL = ("100", "200", "50")


@pytest.mark.parametrize(("rule", "gain"), [("first", 110), ("second", 140)])
def test_an_auction_by_hand(rule: str, gain: float) -> None:
    game = SealedBidAuction.of(num_players=3, price_rule=rule, rounds=1)
    state = play(game, *DEAL, ("60", "90", "20"))
    assert game.returns(state) == (0, gain, 0)
    price = 200 - gain
    assert (
        f"The highest bid was 90, made by 1 bidder; the price is {price}. You bid 60 for a good worth 100 to you and "
        "did not win: your result is 0." in game.observation(state, 0)
    )


def test_a_tie_is_shared_at_the_tied_price_under_both_rules() -> None:
    for rule in ("first", "second"):
        game = SealedBidAuction.of(num_players=3, price_rule=rule, rounds=1)
        assert game.returns(play(game, *DEAL, ("80", "80", "20"))) == (10, 60, 0)


def test_a_bidder_reads_its_own_valuation_only() -> None:
    game = SealedBidAuction.of(num_players=3)
    state = play(game, *DEAL)
    assert game.to_move(state) == (0, 1, 2)
    assert "worth 100 to you" in game.observation(state, 0)
    other = play(game, "100", "30", "70")
    assert game.observation(state, 0) == game.observation(other, 0)
    assert game.information_state(state, 0) == game.information_state(other, 0)


def test_valuations_are_all_different_and_equally_likely() -> None:
    stage = Auction.of(num_players=2, highest_value=30)
    deals = list(ends(stage, stage.initial_state()))
    assert len({state.values for state, _ in deals}) == 12
    assert all(first != second for (first, second) in (state.values for state, _ in deals))
    assert [weight for _, weight in deals] == pytest.approx([1 / 12] * 12)


@given(st.lists(st.integers(0, 20), min_size=3, max_size=3), st.integers(0, 20))
def test_truth_is_dominant_under_the_second_price_rule(bids: list[int], value: int) -> None:
    stage = Auction.of(num_players=3, price_rule="second", highest_value=20, value_step=1)
    values = (value, *[worth for worth in range(21) if worth != value][:2])
    truthful = stage.returns(AuctionState(values, (value, *bids[1:])))[0]
    assert truthful >= stage.returns(AuctionState(values, tuple(bids)))[0]


def test_shading_is_nearly_a_best_reply_to_itself_under_the_first_price_rule() -> None:
    # Two bidders, valuations 0 to 100 in steps of 1: no other bid gains more than rounding allows.
    stage = Auction.of(num_players=2, highest_value=100, value_step=1)
    others = [round(shading(2) * value) for value in range(101)]
    for value in (20, 50, 80):
        gains = [
            sum(stage.returns(AuctionState((value, 0), (bid, other)))[0] for other in others) / len(others)
            for bid in range(101)
        ]
        assert max(gains) - gains[round(shading(2) * value)] < 0.5


@pytest.mark.parametrize(
    ("wrong", "message"), [({"value_step": 30}, "must divide"), ({"value_step": 50}, "10 bidders need")]
)
def test_parameters_are_checked(wrong: dict[str, int], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        SealedBidAuction.of(**wrong)
