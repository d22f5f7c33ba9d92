"""Breakthrough, othello, chess960 and pig: rules at their edges."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from games.board.breakthrough import Breakthrough
from games.board.chess import Chess
from games.board.chess960 import POSITIONS, Chess960
from games.board.othello import PASS, Othello, OthelloState
from games.cards.pig import Pig
from games.core import CHANCE, Illegal, Unparsable
from tests.games.trees import play


def test_in_breakthrough_straight_ahead_is_blocked_and_diagonals_capture():
    game = Breakthrough.of(rows=5, columns=3)
    state = play(game, "a2-a3")
    assert "a4-a3" not in [game.action_to_text(state, 1, step) for step in game.legal_actions(state, 1)]
    captured = play(game, "a2-a3", "b4xa3")
    assert captured.first.bit_count() == 5
    with pytest.raises(Illegal):
        game.parse_action(state, 1, "a4-a3")
    with pytest.raises(Unparsable):
        game.parse_action(state, 1, "forward")


def test_in_breakthrough_the_far_row_wins():
    game = Breakthrough.of(rows=5, columns=3)
    state = play(game, "a2-a3", "c4-c3", "a3-b4", "c5-c4", "b4-a5")
    assert game.to_move(state) == ()
    assert game.returns(state) == (1.0, -1.0)
    assert game.outcome_text(state) == "X reaches the far row"


def test_in_othello_a_player_who_can_turn_nothing_must_pass():
    game = Othello.of(size=4)
    # First: a1 and b1; second: c1. Only the first player can enclose anything.
    state = OthelloState(0b0011, 0b0100, 1)
    assert game.legal_actions(state, 1) == [PASS]
    passed = game.apply(state, {1: PASS})
    assert game.legal_actions(passed, 0) == [3]
    assert game.returns(game.apply(passed, {0: 3})) == (1.0, -1.0)


def test_four_by_four_othello_is_won_by_the_second_player():
    """Known from exhaustive search: 3 to 11 with best play."""
    game = Othello.of(size=4)
    known: dict[OthelloState, float] = {}

    def lead(state: OthelloState) -> float:
        if state not in known:
            seats = game.to_move(state)
            if not seats:
                known[state] = state.first.bit_count() - state.second.bit_count()
            else:
                values = [lead(game.apply(state, {seats[0]: place})) for place in game.legal_actions(state, seats[0])]
                known[state] = max(values) if seats == (0,) else min(values)
        return known[state]

    assert lead(game.initial_state()) == 3 - 11


def test_chess960_position_518_is_chess_and_all_positions_differ():
    usual, numbered = Chess(), Chess960.of(position=518)
    start = numbered.initial_state()
    assert numbered.legal_actions(start, 0) == usual.legal_actions(usual.initial_state(), 0)
    game = Chess960()
    boards = {game.observation(game.apply(game.initial_state(), {CHANCE: deal}), 0) for deal, _ in deals(game)}
    assert len(boards) == POSITIONS


def deals(game: Chess960):
    return game.chance_outcomes(game.initial_state())


def test_chess960_castles_by_name_and_states_of_different_positions_differ():
    pytest.importorskip("chess")
    game = Chess960.of(position=518)
    state = play(game, "e4", "e5", "Nf3", "Nc6", "Be2", "Be7", "O-O")
    (rank,) = [line.split() for line in game.render(state).splitlines() if line.startswith("1 ")]
    assert rank[5:] == [".", "R", "K", "."]
    first, second = (Chess960.of(position=number).initial_state() for number in (0, 1))
    assert first != second


def test_pig_loses_the_turn_on_a_1_and_saves_on_holding():
    game = Pig.of(target=10)
    assert play(game, "1").scores == (0, 0)
    assert play(game, "1").turn == 1
    held = play(game, "6", "roll", "3", "hold")
    assert (held.scores, held.turn) == ((9, 0), 1)
    assert game.returns(play(game, "6", "roll", "4", "hold")) == (1.0, -1.0)


def test_pig_that_takes_too_long_goes_to_the_leaders():
    game = Pig.of(num_players=3, target=50, max_rounds=1)
    state = play(game, "5", "hold", "5", "hold", "2", "hold")
    assert game.returns(state) == (0.5, 0.5, -1.0)


@pytest.mark.parametrize("marks", ["X", "XX", "X.", "X ", "XYZ"])
def test_marks_must_be_told_apart(marks):
    with pytest.raises(ValidationError):
        Othello.of(marks=marks)
