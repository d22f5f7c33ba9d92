from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.bots.races import after, losing
from games.board.nim import Nim, NimMove, NimState
from games.core import Illegal, Unparsable
from games.solvers.minimax import Minimax

piles = st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple)


@given(piles, st.booleans())
def test_the_player_to_move_wins_as_theory_says(held, misere):
    game = Nim.of(piles=held, misere=misere)
    values = Minimax(game).action_values(game.initial_state(), float("inf"))
    assert (max(values.values()) < 0) == losing(held, misere=misere)
    for move, value in values.items():
        rest = after(held, move)
        won = losing(rest, misere=misere) if any(rest) else not misere
        assert (value > 0) == won


def test_the_last_object_wins_or_in_misere_loses():
    for misere, value in ((False, 1.0), (True, -1.0)):
        game = Nim.of(piles=[2], misere=misere)
        assert game.returns(game.apply(game.initial_state(), {0: NimMove(0, 2)}))[0] == value


@pytest.mark.parametrize("text", ["take 2 from pile 1", "2 from 1", "  Take 2 FROM pile 1 "])
def test_moves_are_read_as_people_write_them(text):
    assert Nim.of(piles=[3]).parse_action(NimState((3,)), 0, text) == NimMove(0, 2)


@pytest.mark.parametrize(("text", "error"), [("take 4 from pile 1", Illegal), ("take 0 from pile 1", Illegal)])
def test_impossible_moves_say_what_there_is(text, error):
    with pytest.raises(error, match="pile 1: 3"):
        Nim.of(piles=[3]).parse_action(NimState((3,)), 0, text)
    with pytest.raises(Unparsable):
        Nim.of(piles=[3]).parse_action(NimState((3,)), 0, "everything")
