from __future__ import annotations

import random

import pytest

from games.core import Game
from games.registry import load
from games.solvers.minimax import Minimax, SearchStopped, best_by_deepening
from games.solvers.tree import Unsolvable
from tests.solvers.oracles import plain_minimax

TIC_TAC_TOE = load("tic_tac_toe")


def reached(game: Game, plies: int, seed: int):
    """A state some random plies from the start, or where the game ended before."""
    rng, state = random.Random(seed), game.initial_state()
    for _ in range(plies):
        if not (movers := game.to_move(state)):
            break
        state = game.apply(state, {movers[0]: rng.choice(game.legal_actions(state, movers[0]))})
    return state


def test_tic_tac_toe_is_a_draw_and_every_opening_holds_it() -> None:
    search = Minimax(TIC_TAC_TOE)
    assert search.value(TIC_TAC_TOE.initial_state()) == 0
    assert search.best_actions(TIC_TAC_TOE.initial_state()) == list(range(9))


def test_only_the_centre_answers_a_corner() -> None:
    after_corner = TIC_TAC_TOE.apply(TIC_TAC_TOE.initial_state(), {0: 0})
    assert Minimax(TIC_TAC_TOE).best_actions(after_corner) == [4]


@pytest.mark.parametrize("spec", ["tic_tac_toe", "connect_four(rows=4, columns=4, connect=3)"])
def test_values_equal_those_of_plain_minimax(spec: str) -> None:
    game = load(spec)
    search = Minimax(game)
    for seed in range(40):
        state = reached(game, 5 if spec == "tic_tac_toe" else 9, seed)
        assert search.value(state) == plain_minimax(game, state)
        if game.to_move(state):
            (seat,) = game.to_move(state)
            after = {a: plain_minimax(game, game.apply(state, {seat: a})) for a in game.legal_actions(state, seat)}
            best = (max if seat == 0 else min)(after.values())
            assert search.best_actions(state) == [action for action, value in after.items() if value == best]


def test_connect_four_on_sixteen_cells_is_a_draw() -> None:
    game = load("connect_four(rows=4, columns=4)")
    assert Minimax(game).value(game.initial_state()) == 0


def test_a_horizon_is_worth_what_the_evaluation_says() -> None:
    search = Minimax(TIC_TAC_TOE, evaluate=lambda state: state.crosses.bit_count() / 10)
    assert search.value(TIC_TAC_TOE.initial_state(), depth=3) == 0.2
    assert Minimax(TIC_TAC_TOE).value(TIC_TAC_TOE.initial_state(), depth=3) == 0


def test_values_do_not_depend_on_the_order_in_which_actions_are_tried() -> None:
    game = load("connect_four(rows=4, columns=4, connect=3)")
    for seed in range(20):
        state = reached(game, 6, seed)
        if movers := game.to_move(state):
            backwards = game.legal_actions(state, movers[0])[::-1]
            values = Minimax(game).action_values(state, 4, backwards)
            assert list(values) == list(backwards)
            best = max(values.values())
            assert Minimax(game).best_actions(state, 4) == [move for move in backwards[::-1] if values[move] == best]


def test_a_search_stops_when_it_has_looked_at_enough() -> None:
    state = TIC_TAC_TOE.initial_state()
    with pytest.raises(SearchStopped, match="100 positions of tic_tac_toe"):
        Minimax(TIC_TAC_TOE, most_positions=100).value(state)
    # One ply is looked at even so, and deeper ones as far as they are finished.
    assert best_by_deepening(Minimax(TIC_TAC_TOE, most_positions=0), state, 9) == list(range(9))


def played(*cells: int):
    """The state after both have marked cells in turn."""
    state = TIC_TAC_TOE.initial_state()
    for cell in cells:
        state = TIC_TAC_TOE.apply(state, {TIC_TAC_TOE.to_move(state)[0]: cell})
    return state


def test_deepening_wins_soonest_and_loses_latest() -> None:
    # X wins at once in cell 2; taking cell 4 first would win as surely, but later.
    assert best_by_deepening(Minimax(TIC_TAC_TOE), played(0, 3, 1, 7), 9) == [2]
    # An edge is no answer to a corner: O has lost, but blocks the diagonal before X threatens in two places.
    lost = played(0, 1, 4)
    assert set(Minimax(TIC_TAC_TOE).action_values(lost).values()) == {-1.0}
    assert best_by_deepening(Minimax(TIC_TAC_TOE), lost, 9) == [8]


@pytest.mark.parametrize(
    ("spec", "reason"),
    [
        ("kuhn_poker", "chance moves, seats do not know the state"),
        ("matrix_game", "seats move at once, interests are not opposed"),
        ("ultimatum", "interests are not opposed"),
        ("kuhn_poker(num_players=3)", "it has 3 players"),
    ],
)
def test_other_games_are_refused_with_the_reason(spec: str, reason: str) -> None:
    with pytest.raises(Unsolvable, match=reason):
        Minimax(load(spec))
