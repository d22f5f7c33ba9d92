"""Goofspiel: prizes, ties, and what the small games are worth."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest
from scipy.optimize import linprog

from agents.bots.goofspiel import MatchPrize, OneUp
from games.cards.goofspiel import Goofspiel, GoofspielState
from games.core import CHANCE
from games.solvers.best_response import best_response_values, expected_returns
from games.solvers.policies import to_policy, to_profile, uniform
from games.solvers.sequence_form import solve_zero_sum
from games.solvers.tree import FlatTree, flatten
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


# -- first bids, by backward induction over matrices of their own -----------------------------------------------


def sure(matrix: Sequence[Sequence[float]]) -> float:
    """The value of a matrix game to its row player, by linear programming."""
    rows = np.array(matrix).T
    result = linprog(
        c=np.append(np.zeros(rows.shape[1]), -1.0),
        A_ub=np.column_stack([-rows, np.ones(len(rows))]),
        b_ub=np.zeros(len(rows)),
        A_eq=[np.append(np.ones(rows.shape[1]), 0.0)],
        b_eq=[1.0],
        bounds=[(0, 1)] * rows.shape[1] + [(None, None)],
    )
    return float(-result.fun)


@cache
def worth(mine: tuple[int, ...], theirs: tuple[int, ...], prizes: tuple[int, ...]) -> float:
    """What the rest is worth in points more than the other player's, when prizes come up at random."""
    return sum(sure(bids(mine, theirs, prizes, up)) for up in prizes) / len(prizes) if prizes else 0.0


def bids(mine: tuple[int, ...], theirs: tuple[int, ...], prizes: tuple[int, ...], up: int) -> list[list[float]]:
    """What each pair of bids for a prize leads to."""
    rest = without(prizes, up)
    return [
        [up * ((one > two) - (one < two)) + worth(without(mine, one), without(theirs, two), rest) for two in theirs]
        for one in mine
    ]


def without(cards: tuple[int, ...], card: int) -> tuple[int, ...]:
    return tuple(other for other in cards if other != card)


class StartedLater(Goofspiel):
    """Goofspiel from some state on."""

    first: GoofspielState

    def initial_state(self) -> GoofspielState:
        return self.first


def tree_from(game: Goofspiel, state: GoofspielState) -> FlatTree:
    later = StartedLater(game.params)
    later.first = state
    return flatten(later)


@pytest.mark.parametrize("cards", [3, 4])
def test_what_each_pair_of_first_bids_is_worth(cards: int) -> None:
    game, hand = Goofspiel.of(cards=cards, result="difference"), tuple(range(1, cards + 1))
    for prize in hand:
        matrix = bids(hand, hand, hand, prize)
        for one in hand:
            for two in hand[:one]:
                tree = tree_from(game, rounds(game, (prize, one, two)))
                # Points less the mean are half of the points that one has more.
                assert 2 * solve_zero_sum(tree).value == pytest.approx(matrix[one - 1][two - 1], abs=1e-9)
                assert matrix[one - 1][two - 1] == pytest.approx(-matrix[two - 1][one - 1], abs=1e-9)


@pytest.mark.parametrize("cards", [3, 4])
def test_first_bids_of_the_equilibrium_are_best_in_the_matrix_of_each_prize(cards: int) -> None:
    game, hand = Goofspiel.of(cards=cards, result="difference"), tuple(range(1, cards + 1))
    tree = flatten(game)
    policy = to_policy(tree, solve_zero_sum(tree).profile)
    for prize in hand:
        state = game.apply(game.initial_state(), {CHANCE: prize})
        for seat in range(2):
            mix = np.array([policy[seat, state][card] for card in hand])
            assert min(mix @ np.array(bids(hand, hand, hand, prize))) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(("cards", "safe"), [(3, {1: 1, 2: 2, 3: 3}), (4, {1: 1, 4: 4})])
def test_first_bids_that_cannot_lose_match_the_prize_and_middle_prizes_of_four_have_none(
    cards: int, safe: dict[int, int]
) -> None:
    hand = tuple(range(1, cards + 1))
    worst = {prize: np.array(bids(hand, hand, hand, prize)).min(axis=1) for prize in hand}
    best = {prize: 1 + int(values.argmax()) for prize, values in worst.items() if values.max() > -1e-9}
    assert best == safe


async def test_one_up_beats_who_matches_prizes() -> None:
    for cards in range(3, 14):
        for seed in range(3):
            state, _ = await play_bots(f"goofspiel(cards={cards})", [OneUp(), MatchPrize()], seed)
            # It gives the highest prize away and wins all others.
            total = cards * (cards + 1) // 2
            assert Goofspiel.of(cards=cards).points(state) == (total - cards, cards)
