from __future__ import annotations

import pytest
from pydantic import ValidationError

from games.economic.centipede import Centipede, CentipedeState
from games.solvers.best_response import expected_returns, nash_conv
from games.solvers.policies import to_profile
from games.solvers.tree import flatten
from tests.games.joint_play import nodes, play


def test_the_piles_of_mckelvey_and_palfrey() -> None:
    # In dimes: 4 and 1, then 2 and 8, 16 and 4, 8 and 32; 64 and 16 when nobody takes.
    game = Centipede.of(length=4)
    ends = [game.returns(play(game, *["pass"] * passes, "take")) for passes in range(4)]
    assert ends == [(4, 1), (2, 8), (16, 4), (8, 32)]
    assert game.returns(play(game, *["pass"] * 4)) == (64, 16)


@pytest.mark.parametrize("length", [2, 3, 6])
def test_backward_induction_takes_at_every_decision(length: int) -> None:
    game = Centipede.of(length=length)

    def value(state: CentipedeState) -> tuple[float, ...]:
        if not game.to_move(state):
            return game.returns(state)
        (seat,) = game.to_move(state)
        after = {action: value(game.apply(state, {seat: action})) for action in game.legal_actions(state, seat)}
        assert after["take"][seat] > after["pass"][seat]
        return after["take"]

    assert value(game.initial_state()) == (4, 1)


def test_one_end_for_each_decision_and_one_for_none() -> None:
    game = Centipede()
    ends = [state for state, seats in nodes(game) if not seats]
    assert len(ends) == game.params.length + 1
    assert game.observation(play(game, "pass", "take"), 0) == (
        "The other player took the larger pile at decision 2. You get 2 tokens."
    )
    assert game.observation(play(game, *["pass"] * 6), 1) == "All 6 decisions were to pass. You get 64 tokens."


@pytest.mark.parametrize("wrong", [{"large": 2}, {"growth": 4}, {"length": 1}, {"length": 40}])
def test_parameters_are_checked(wrong: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        Centipede.of(**wrong)


def test_the_solver_agrees_that_always_taking_is_an_equilibrium_and_always_passing_is_not() -> None:
    game = Centipede()
    tree = flatten(game)
    states = [(passes % 2, CentipedeState(passes)) for passes in range(6)]
    taking = to_profile(tree, {each: {"take": 1.0} for each in states})
    passing = to_profile(tree, {each: {"pass": 1.0} for each in states})
    assert nash_conv(tree, taking) == 0
    assert tuple(expected_returns(tree, taking)) == (4, 1)
    # The last decider would rather take 128 tokens than be left with 64.
    assert nash_conv(tree, passing) == 128 - 64
