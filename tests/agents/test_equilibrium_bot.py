from __future__ import annotations

import pytest

from agents.bots.base import UnsuitableGame
from agents.bots.equilibrium import Equilibrium, solved
from games.registry import load
from games.solvers.best_response import nash_conv
from games.solvers.policies import to_profile
from games.solvers.tree import flatten
from tests.agents.questions import answer, play, question


async def test_actions_come_as_often_as_the_solved_policy_says() -> None:
    game, agent = load("kuhn_poker"), Equilibrium()
    for cards in [(0, 1), (1, 2), (2, 0)]:
        state = game.initial_state()
        for card in cards:
            state = game.apply(state, {-1: card})
        policy = solved("kuhn_poker", 500)[0, game.information_state(state, 0)]
        bets = sum([await answer(agent, game, state, 0, seed) == "bet" for seed in range(1000)])
        assert bets / 1000 == pytest.approx(policy["bet"], abs=0.05)


async def test_a_jack_never_calls_and_a_king_never_folds() -> None:
    game, agent = load("kuhn_poker"), Equilibrium()
    for card, reply in [(0, "fold"), (2, "call")]:
        state = game.initial_state()
        for actions in [{-1: 1}, {-1: card}, {0: "bet"}]:
            state = game.apply(state, actions)
        assert {await answer(agent, game, state, 1, seed) for seed in range(200)} == {reply}


@pytest.mark.parametrize("spec", ["kuhn_poker", "leduc_poker", "liars_dice(dice=1, faces=3)"])
def test_the_policy_is_nearly_unexploitable(spec: str) -> None:
    tree = flatten(load(spec))
    assert nash_conv(tree, to_profile(tree, solved(spec, 500))) < 0.005


async def test_it_plays_moves_at_once() -> None:
    spec = "matrix_game(payoffs=[[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]], actions=['heads', 'tails'])"
    plays = [(await play(spec, [Equilibrium(), Equilibrium()], seed))[1][0][0] for seed in range(300)]
    assert 120 < sum(plays) < 180


@pytest.mark.parametrize(
    "spec",
    ["kuhn_poker(num_players=3)", "matrix_game", "prisoners_dilemma", "connect_four", "liars_dice", "tic_tac_toe"],
)
async def test_games_that_it_cannot_solve_are_refused(spec: str) -> None:
    game = load(spec)
    assert not Equilibrium().suits(game)
    with pytest.raises(UnsuitableGame, match="two-player zero-sum"):
        await Equilibrium().decide(question(game, game.initial_state(), 0))
