from __future__ import annotations

import pytest

from agents.bots.search import Mcts, MinimaxBot
from agents.registry import build_agent
from games.core import Game
from games.registry import load
from tests.agents.questions import answer, play

TIC_TAC_TOE = load("tic_tac_toe")


async def outcomes(game: Game, seat: int, state, agent) -> set[float]:
    """Returns of a seat over all that the other one may do."""
    movers = game.to_move(state)
    if not movers:
        return {game.returns(state)[seat]}
    if movers == (seat,):
        return await outcomes(game, seat, game.apply(state, {seat: await answer(agent, game, state, seat)}), agent)
    found = set()
    for action in game.legal_actions(state, 1 - seat):
        found |= await outcomes(game, seat, game.apply(state, {1 - seat: action}), agent)
    return found


@pytest.mark.parametrize("seat", [0, 1])
async def test_minimax_never_loses_tic_tac_toe_whatever_is_replied(seat: int) -> None:
    assert await outcomes(TIC_TAC_TOE, seat, TIC_TAC_TOE.initial_state(), MinimaxBot()) == {0.0, 1.0}


def after(game: Game, moves: list[int]):
    """The state after some moves in turn."""
    state = game.initial_state()
    for move in moves:
        state = game.apply(state, {game.to_move(state)[0]: move})
    return state


@pytest.mark.parametrize("spec", ["minimax", "minimax(depth=2)", "mcts"])
async def test_searchers_take_a_win_and_stop_a_loss_in_connect_four(spec: str) -> None:
    game, agent = load("connect_four"), build_agent(spec)
    for seed in range(3):
        assert await answer(agent, game, after(game, [4, 1, 4, 1, 4, 2]), 0, seed) == 4
        assert await answer(agent, game, after(game, [4, 1, 4, 1, 7, 1]), 0, seed) == 1


async def test_the_soonest_certain_win_is_taken() -> None:
    # X wins at once in cell 2; taking cell 4 first would win as surely, but later.
    state = after(TIC_TAC_TOE, [0, 3, 1, 7])
    assert {await answer(MinimaxBot(), TIC_TAC_TOE, state, 0, seed) for seed in range(20)} == {2}


async def test_equally_good_actions_are_all_played() -> None:
    state = TIC_TAC_TOE.initial_state()
    assert {await answer(MinimaxBot(), TIC_TAC_TOE, state, 0, seed) for seed in range(100)} == set(range(9))


async def test_tree_search_is_a_function_of_its_seed() -> None:
    game, agent = load("connect_four"), Mcts.of(simulations=30)
    state = after(game, [4, 4, 3])
    assert [await answer(agent, game, state, 1, 5) for _ in range(3)] == [await answer(agent, game, state, 1, 5)] * 3
    assert len({await answer(agent, game, state, 1, seed) for seed in range(20)}) > 1


async def test_tree_search_beats_random_play() -> None:
    game, wins = load("tic_tac_toe"), 0
    for seed in range(20):
        seats = [Mcts(), build_agent("random")]
        state, _ = await play("tic_tac_toe", seats if seed % 2 else seats[::-1], seed)
        wins += game.returns(state)[1 - seed % 2] > 0
    assert wins >= 15


async def test_tree_search_plays_for_each_seat_where_interests_are_not_opposed() -> None:
    game = load("ultimatum(pie=4)")
    state = game.apply(game.initial_state(), {0: 1})
    assert await answer(Mcts(), game, state, 1) == "accept"


@pytest.mark.parametrize("agent", [MinimaxBot(), Mcts()])
@pytest.mark.parametrize("spec", ["kuhn_poker", "matrix_game", "prisoners_dilemma", "debate", "undercover"])
def test_search_suits_games_of_turns_and_perfect_information_only(agent, spec: str) -> None:
    assert not agent.suits(load(spec))
    assert agent.suits(load("connect_four"))
