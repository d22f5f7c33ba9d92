from __future__ import annotations

from itertools import product

import pytest
from pydantic import ValidationError

from games.core import Illegal, Unparsable
from games.economic.pirates import Pirates, equilibrium_plan, equilibrium_vote
from tests.games.joint_play import play


def test_a_plan_that_passes_and_one_that_fails() -> None:
    game = Pirates.of(num_players=4)
    passed = play(game, "99, 0, 1, 0", ("reject", "accept", "reject"))
    assert game.to_move(passed) == (), "two of four votes are half"
    assert game.returns(passed) == (99, 0, 1, 0)
    failed = play(game, "99, 0, 1, 0", ("reject", "reject", "reject"))
    assert game.to_move(failed) == (1,)
    assert "The plan of pirate 1 (pirate 1: 99, pirate 2 (you): 0" in game.observation(failed, 1)
    assert "failed, and pirate 1 went overboard" in game.observation(failed, 1)
    assert game.observation(failed, 1).endswith("Propose your plan.")
    assert game.observation(failed, 0).endswith("You are out of the game.")
    later = play(game, "99, 0, 1, 0", ("reject",) * 3, "60, 40, 0", ("accept", "reject"))
    assert game.returns(later) == (0, 60, 40, 0)


def test_with_two_left_every_plan_passes() -> None:
    game = Pirates.of(num_players=2)
    assert game.returns(play(game, "100, 0", "reject")) == (100, 0)


def test_ten_pirates_as_published() -> None:
    assert equilibrium_plan(10, 100) == (96, 0, 1, 0, 1, 0, 1, 0, 1, 0)


def solved(pirates: int, gold: int) -> tuple[int, ...]:
    """The best plan by trying them all; a pirate accepts what is more than it would get next."""
    if pirates == 1:
        return (gold,)
    after = solved(pirates - 1, gold)
    plans = [plan for plan in product(range(gold + 1), repeat=pirates) if sum(plan) == gold]
    passing = [
        plan
        for plan in plans
        if 2 * (1 + sum(got > then for got, then in zip(plan[1:], after, strict=True))) >= pirates
    ]
    return max(passing)


@pytest.mark.parametrize("pirates", [2, 3, 4, 5])
def test_the_equilibrium_is_that_of_backward_induction(pirates: int) -> None:
    assert equilibrium_plan(pirates, 6) == solved(pirates, 6)


def test_the_equilibrium_plan_passes_and_one_piece_less_fails() -> None:
    game = Pirates()
    text = game.action_to_text(game.initial_state(), 0, equilibrium_plan(10, 100))
    for plan, passes in ((text, True), ("97, 0, 1, 0, 1, 0, 1, 0, 0, 0", False)):
        state = play(game, plan)
        votes = [equilibrium_vote(state, seat, 100) for seat in range(1, 10)]
        assert (game.to_move(play(game, plan, votes)) == ()) == passes


def test_texts_that_are_no_plan() -> None:
    game = Pirates.of(num_players=3, gold=10)
    state = game.initial_state()
    assert game.parse_action(state, 0, " 9,0 , 1 ") == (9, 0, 1)
    for text in ("9, 1", "9, 0, 2", "11, 0, -1", "10"):
        with pytest.raises(Illegal, match="3 whole numbers that add up to 10"):
            game.parse_action(state, 0, text)
    for text in ("", "accept", "9; 0; 1", "nine, 0, 1"):
        with pytest.raises(Unparsable, match="3 whole numbers that add up to 10"):
            game.parse_action(state, 0, text)
    with pytest.raises(Illegal, match="accept, reject"):
        game.parse_action(play(game, "9, 0, 1"), 1, "9, 0, 1")


def test_there_is_gold_for_all_bribes() -> None:
    with pytest.raises(ValidationError, match="at least 4 for 10 pirates"):
        Pirates.of(gold=3)
