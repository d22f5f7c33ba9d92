"""The single public good: one endowment, one pool, shared out at the end."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.bots.public_goods import FreeRider, MatchingContributor
from games.core import Illegal, Unparsable
from games.dilemmas.public_good import PublicGood
from tests.agents.questions import answer
from tests.agents.questions import play as played
from tests.games.joint_play import play


def test_a_game_by_hand() -> None:
    game = PublicGood()
    state = play(game, ("20", "0", "10"), ("30", "10", "0"), *[("0", "0", "0")] * 3)
    # The pool holds 70, which become 245, 81.67 for each.
    assert game.returns(state) == pytest.approx((50 + 245 / 3, 90 + 245 / 3, 90 + 245 / 3))
    assert game.observation(state, 1).splitlines() == [
        "Round 5 ended. Given: player 1: 0, player 2 (you): 0, player 3: 0. In the pool: 70.",
        "The game is over. You kept 90 tokens, and your share of the pool is 81.66666667. Your result: 171.6666667.",
    ]


@given(st.data(), st.integers(2, 5), st.integers(1, 30), st.integers(11, 120))
def test_results_follow_the_formula_and_nobody_gives_what_it_does_not_have(
    data: st.DataObject, players: int, endowment: int, tenths: int
) -> None:
    game = PublicGood.of(num_players=players, endowment=endowment, multiplier=tenths / 10, rounds=3)
    state, given_by = game.initial_state(), [0] * players
    while seats := game.to_move(state):
        gifts = {seat: data.draw(st.sampled_from(game.legal_actions(state, seat))) for seat in seats}
        given_by = [total + gifts[seat] for seat, total in enumerate(given_by)]
        assert max(given_by) <= endowment
        state = game.apply(state, gifts)
    share = Fraction(tenths, 10) * sum(given_by) / players
    assert game.returns(state) == pytest.approx([float(endowment - own + share) for own in given_by])
    low, high = game.utility_bounds()
    assert all(low - 1e-9 <= value <= high + 1e-9 for value in game.returns(state))


@pytest.mark.parametrize(("multiplier", "giving_pays"), [(3.5, True), (2.9, False)])
def test_full_contribution_is_dominant_in_points_just_where_a_token_brings_more_than_itself(
    multiplier: float, giving_pays: bool
) -> None:
    game = PublicGood.of(multiplier=multiplier, rounds=1, endowment=5)
    for others in (("0", "0"), ("5", "2"), ("5", "5")):
        results = [game.returns(play(game, (str(own), *others)))[0] for own in range(6)]
        assert results == sorted(results, reverse=not giving_pays)
        assert len(set(results)) == 6


def test_in_the_released_example_the_least_giver_ranks_first_all_the_same() -> None:
    game = PublicGood()
    returns = game.returns(play(game, ("100", "100", "0"), *[("0", "0", "0")] * 4))
    assert max(returns) == returns[2]
    alone = game.returns(play(game, ("100", "100", "100"), *[("0", "0", "0")] * 4))
    assert alone[2] > returns[2]


def test_tokens_that_are_given_are_gone() -> None:
    game = PublicGood()
    state = play(game, ("60", "0", "0"))
    assert len(game.legal_actions(state, 0)) == 41
    assert "You have 40 tokens left" in game.observation(state, 0)
    for text in ("41", "-1"):
        with pytest.raises(Illegal, match="from 0 to 40"):
            game.parse_action(state, 0, text)
    with pytest.raises(Unparsable, match="from 0 to 40"):
        game.parse_action(state, 0, "all of them")


async def test_the_matching_contributor_follows_the_others_while_its_tokens_last() -> None:
    game, agent = PublicGood(), MatchingContributor()
    assert await answer(agent, game, game.initial_state(), 0) == 20
    state = play(game, ("80", "10", "25"))
    assert await answer(agent, game, state, 1) == 52
    assert await answer(agent, game, play(game, ("95", "10", "25")), 0) == 5
    assert await answer(FreeRider(), game, state, 0) == 0


async def test_a_free_rider_ranks_first_among_matching_contributors() -> None:
    state, _ = await played("public_good", [FreeRider(), MatchingContributor(), MatchingContributor()])
    returns = PublicGood().returns(state)
    assert returns[0] > returns[1] == returns[2]
