from functools import cache

import pytest

from games.board.tic_tac_toe import TicTacToe, TicTacToeState
from games.core import Illegal, Unparsable
from tests.games.trees import nodes, play

GAME = TicTacToe()


def test_there_are_5478_reachable_positions_and_255168_plays() -> None:
    positions, plays = set(), 0
    for state, seats in nodes(GAME):
        positions.add(state)
        plays += not seats
    assert (len(positions), plays) == (5_478, 255_168)


def test_best_play_is_a_draw() -> None:
    @cache
    def value(state: TicTacToeState) -> float:
        seats = GAME.to_move(state)
        if not seats:
            return GAME.returns(state)[0]
        values = [value(GAME.apply(state, {seats[0]: cell})) for cell in GAME.legal_actions(state, seats[0])]
        return max(values) if seats == (0,) else min(values)

    assert value(GAME.initial_state()) == 0


def test_three_in_a_row_end_the_game() -> None:
    state = play(GAME, "0", "3", "1", "4", "2")
    assert GAME.to_move(state) == ()
    assert GAME.returns(state) == (1.0, -1.0)
    assert GAME.outcome_text(state) == "X has three in a row"


def test_a_taken_cell_is_illegal_and_prose_is_unparsable() -> None:
    state = play(GAME, "4")
    with pytest.raises(Illegal, match="legal: 0, 1, 2, 3, 5, 6, 7, 8"):
        GAME.parse_action(state, 1, "4")
    with pytest.raises(Unparsable):
        GAME.parse_action(state, 1, "the centre")
