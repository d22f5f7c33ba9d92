"""Cost sharing: when airlines agree, what it brings them, and the benchmarks of fair shares."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from agents.bots.cost_sharing import ProportionalProposer, StubbornProposer
from games.core import Illegal, Unparsable
from games.economic.cost_sharing import (
    CostSharing,
    agreed,
    airport_shares,
    proportional_shares,
    rounded_plan,
)
from tests.agents.questions import answer
from tests.agents.questions import play as played
from tests.games.joint_play import play

OPENING = ("40, 30, 30", "50, 25, 25", "50, 25, 25")


def test_votes_for_one_proposal_agree() -> None:
    game = CostSharing()
    state = play(game, OPENING, ("A", "airline A", "a"))
    assert game.to_move(state) == ()
    assert agreed(state) == (40, 30, 30)
    assert game.returns(state) == (60, 70, 70)
    assert game.observation(state, 1).splitlines() == [
        "Votes in round 1: airline A for airline A, airline B (you) for airline A, airline C for airline A.",
        "You agreed: A 40%, B 30%, C 30%. Your result: 70.",
    ]


def test_votes_for_equal_proposals_agree_and_for_unlike_ones_do_not() -> None:
    game = CostSharing()
    assert agreed(play(game, OPENING, ("B", "C", "B"))) == (50, 25, 25)
    state = play(game, OPENING, ("A", "C", "B"))
    assert agreed(state) is None
    assert game.to_move(state) == (0, 1, 2)
    assert game.returns(state) == (0, 0, 0)


def test_without_agreement_the_last_round_ends_it_with_nothing() -> None:
    game = CostSharing()
    state = play(game, *[OPENING, ("A", "B", "A")] * 5)
    assert game.to_move(state) == ()
    assert game.returns(state) == (0, 0, 0)
    assert "time is up" in game.observation(state, 0)
    assert game.outcome_text(state) == "no agreement"


def test_there_are_231_proposals_in_steps_of_five() -> None:
    plans = CostSharing().legal_actions(CostSharing().initial_state(), 0)
    assert len(plans) == len(set(plans)) == 231
    assert all(sum(plan) == 100 for plan in plans)


@pytest.mark.parametrize("text", ["40,30,30", " 40 / 30 / 30", "40% 30% 30%", "40, 30, 30"])
def test_proposals_are_read_however_they_are_separated(text: str) -> None:
    game = CostSharing()
    assert game.parse_action(game.initial_state(), 0, text) == (40, 30, 30)


def test_what_is_no_proposal_is_refused() -> None:
    game = CostSharing()
    for text in ("40, 30, 20", "41, 29, 30", "200, 0, 0"):
        with pytest.raises(Illegal, match="multiples of 5 that add up to 100"):
            game.parse_action(game.initial_state(), 0, text)
    for text in ("", "40, 60", "A pays 40, B 30, C 30", "-10, 60, 50", "403030"):
        with pytest.raises(Unparsable, match="multiples of 5 that add up to 100"):
            game.parse_action(game.initial_state(), 0, text)
    with pytest.raises(Illegal):
        game.parse_action(play(game, OPENING), 0, "D")


def test_benchmarks_by_hand() -> None:
    assert proportional_shares((90, 50, 50)) == pytest.approx((900 / 19, 500 / 19, 500 / 19))
    # All three share the first 50 flights (16.67 each); A alone needs the other 40, of 90 in all.
    assert airport_shares((90, 50, 50)) == pytest.approx((100 * (50 / 3 + 40) / 90, *[100 * 50 / 3 / 90] * 2))
    assert airport_shares((1, 2, 3)) == pytest.approx([100 * x / 3 for x in (1 / 3, 1 / 3 + 1 / 2, 1 / 3 + 1 / 2 + 1)])
    assert rounded_plan(proportional_shares((90, 50, 50)), 5) == (50, 25, 25)
    assert rounded_plan((0, 50, 50), 20) == (0, 60, 40)


@given(st.lists(st.integers(1, 50), min_size=3, max_size=4))
def test_airport_shares_are_mean_marginal_needs_over_all_orders(needs: list[int]) -> None:
    orders = list(permutations(range(len(needs))))
    means = [
        sum(
            max(0, needs[player] - max((needs[other] for other in order[: order.index(player)]), default=0))
            for order in orders
        )
        / len(orders)
        for player in range(len(needs))
    ]
    assert airport_shares(needs) == pytest.approx([100 * mean / max(needs) for mean in means])


@given(st.lists(st.floats(0.01, 100), min_size=3, max_size=3), st.sampled_from([5, 10, 20, 25, 50]))
def test_rounded_plans_can_be_proposed(weights: list[float], step: int) -> None:
    game = CostSharing.of(step=step)
    assert rounded_plan(proportional_shares(weights), step) in game.legal_actions(game.initial_state(), 0)


@pytest.mark.parametrize("wrong", [{"flights": (0, 1, 1)}, {"hours": (0, 1, 1)}, {"step": 3}, {"rounds": 0}])
def test_parameters_are_checked(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        CostSharing.of(**wrong)


async def test_proportional_proposers_agree_at_once_and_stubborn_ones_never() -> None:
    state, turns = await played("cost_sharing", [ProportionalProposer()] * 3)
    assert agreed(state) == (50, 25, 25)
    assert len(turns) == 2
    state, turns = await played("cost_sharing", [StubbornProposer()] * 3)
    assert agreed(state) is None
    assert len(turns) == 10
    assert [plan[seat] for seat, plan in enumerate(state.past[0].proposals)] == [0, 0, 0]


async def test_proposers_vote_as_they_promise() -> None:
    game = CostSharing()
    voting = play(game, ("0, 50, 50", "50, 25, 25", "65, 20, 15"))
    assert await answer(ProportionalProposer(), game, voting, 0) == 1
    assert await answer(ProportionalProposer.of(rule="airport"), game, voting, 0) == 2
    assert await answer(StubbornProposer(), game, voting, 0) == 0
    assert await answer(StubbornProposer.of(plan=(50, 25, 25)), game, game.initial_state(), 2) == (50, 25, 25)
    with pytest.raises(ValidationError, match="multiples of 5"):
        StubbornProposer.of(plan=(50, 25, 26))
