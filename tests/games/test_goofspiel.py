"""Goofspiel: prizes, ties, and what the small games are worth."""

from __future__ import annotations

import pytest

from agents.bots.goofspiel import MatchPrize, OneUp
from games.cards.goofspiel import Goofspiel, GoofspielState
from games.core import CHANCE
from games.solvers.best_response import best_response_values, expected_returns
from games.solvers.policies import to_policy, to_profile, uniform
from games.solvers.sequence_form import solve_zero_sum
from games.solvers.tree import flatten
from tests.agents.questions import play as play_bots


def rounds(game: Goofspiel, *played: tuple[int, ...]) -> GoofspielState:
    """The state after rounds of a prize and a bid of each seat."""
    state = game.initial_state()
    for prize, *bids in played:
        if game.to_move(state) == (CHANCE,):
            state = game.apply(state, {CHANCE: prize})
        assert state.up == prize
        state = game.apply(state, dict(enumerate(bids)))
    return state


def test_the_highest_bid_gets_the_prize_and_the_last_card_plays_itself() -> None:
    game = Goofspiel.of(cards=3)
    state = rounds(game, (3, 1, 2))
    assert game.points(state) == (0, 3)
    assert state.hands == ((2, 3), (1, 3))
    end = rounds(game, (3, 1, 2), (1, 2, 1))
    assert game.to_move(end) == ()
    # The last prize, 2, is bid for with the two threes: a tie, and nobody gets it.
    assert game.points(end) == (1, 3)
    assert game.returns(end) == (-1, 1)
    assert "Bids: player 1 (you): 3, player 2: 3. Nobody got the prize of 2." in game.observation(end, 0)


def test_a_tied_prize_is_carried_over_where_that_is_the_rule() -> None:
    game = Goofspiel.of(cards=3, ties="carry", prizes="descending")
    state = rounds(game, (3, 2, 2))
    assert (game.points(state), state.carried) == ((0, 0), 3)
    assert "The prize is 2 and 3 carried over" in game.observation(state, 0)
    end = rounds(game, (3, 2, 2), (2, 3, 1))
    assert game.points(end) == (5, 1)


def test_points_less_the_mean_and_shared_wins() -> None:
    difference = Goofspiel.of(cards=2, prizes="descending", result="difference", num_players=3)
    assert difference.returns(rounds(difference, (2, 2, 1, 1))) == pytest.approx((4 / 3, -2 / 3, -2 / 3))
    two = Goofspiel.of(cards=2, prizes="ascending", num_players=3)
    end = rounds(two, (1, 2, 1, 1))
    assert two.points(end) == (1, 0, 0)
    assert two.returns(end) == (2, -1, -1)


def test_where_bids_are_hidden_only_winners_are_told() -> None:
    game = Goofspiel.of(cards=4, bids="hidden")
    one, other = rounds(game, (2, 4, 1)), rounds(game, (2, 4, 3))
    assert game.information_state(one, 0) == game.information_state(other, 0)
    assert game.observation(one, 0) == game.observation(other, 0)
    assert game.information_state(one, 1) != game.information_state(other, 1)


@pytest.mark.parametrize("prizes", ["random", "descending", "ascending"])
def test_small_games_are_worth_nothing_to_either_side(prizes: str) -> None:
    tree = flatten(Goofspiel.of(cards=3, prizes=prizes, result="difference"))
    assert solve_zero_sum(tree).value == pytest.approx(0, abs=1e-9)


def test_the_best_reply_to_matching_prizes_gives_the_highest_one_away() -> None:
    tree = flatten(Goofspiel.of(cards=4, result="difference"))
    bidder = MatchPrize()
    matching = {
        (seat, each.key): {bidder.card(each.key.hands[seat], each.key.up): 1.0}
        for seat, own in enumerate(tree.seats)
        for each in own.sets
    }
    values = best_response_values(tree, to_profile(tree, matching))
    # All prizes but the highest, less half of all: 6 - 5.
    assert values == pytest.approx((1, 1))


def test_matching_prizes_is_the_best_reply_to_bids_at_random() -> None:
    tree = flatten(Goofspiel.of(cards=4, result="difference"))
    bidder = MatchPrize()
    matching = {(0, each.key): {bidder.card(each.key.hands[0], each.key.up): 1.0} for each in tree.seats[0].sets}
    at_random = to_policy(tree, uniform(tree))
    profile = to_profile(tree, {**at_random, **matching})
    # Ross 1971, theorem 1.
    assert expected_returns(tree, profile)[0] == pytest.approx(best_response_values(tree, profile)[0])


async def test_one_up_beats_who_matches_prizes() -> None:
    for cards in range(3, 14):
        for seed in range(3):
            state, _ = await play_bots(f"goofspiel(cards={cards})", [OneUp(), MatchPrize()], seed)
            # It gives the highest prize away and wins all others.
            total = cards * (cards + 1) // 2
            assert Goofspiel.of(cards=cards).points(state) == (total - cards, cards)
