from __future__ import annotations

import random
from itertools import chain, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from games.board.snake import BODY, HEAD, STEPS, WALL, Crash, Snake, SnakeState
from games.board.squares import square
from games.core import CHANCE, Unparsable

SMALL = Snake()


def cell(name: str, width: int = 5) -> int:
    return "abcdefghij".index(name[0]) + width * (int(name[1:]) - 1)


def board(*snakes: str, apples: str = "a5 e1", eaten: tuple[int, ...] | None = None) -> SnakeState:
    """A state of a board of five columns: the cells of each snake from its head, and the apples."""
    bodies = tuple(tuple(map(cell, snake.split())) for snake in snakes)
    none = (None,) * len(bodies)
    return SnakeState(bodies, tuple(sorted(map(cell, apples.split()))), eaten or (0,) * len(bodies), none)


def moved(state: SnakeState, *moves: str, game: Snake = SMALL) -> SnakeState:
    return game.apply(state, dict(enumerate(moves)))


def names(cells: tuple[int, ...]) -> str:
    return " ".join(square(*divmod(part, 5)) for part in cells)


def test_two_heads_on_one_cell_both_crash_and_the_apple_there_stays():
    state = moved(board("b3", "d3", apples="c3 e1"), "right", "left")
    assert state.crashes == (Crash(1, HEAD),) * 2
    assert state.snakes == ((), ())
    assert state.apples == tuple(sorted((cell("c3"), cell("e1"))))
    assert state.eaten == (0, 0)
    assert SMALL.to_move(state) == ()
    assert SMALL.returns(state) == (0.0, 0.0)


def test_heads_that_change_places_crash_and_heads_in_file_do_not():
    assert moved(board("b3", "c3"), "right", "left").crashes == (Crash(1, HEAD),) * 2
    assert moved(board("b3", "c3"), "right", "right").crashes == (None, None)


def test_apples_break_the_tie_of_a_common_crash():
    state = moved(board("b3 b2", "d3", eaten=(1, 0)), "right", "left")
    assert SMALL.returns(state) == (1.0, -1.0)


def test_a_cell_that_a_tail_leaves_is_free_and_one_where_it_stays_to_grow_is_not():
    around = board("b2 b3 c3 c2", "e5")
    assert names(moved(around, "right", "left").snakes[0]) == "c2 b2 b3 c3"
    followed = board("a1", "c1 b1", apples="a5 e5")
    assert moved(followed, "right", "right").crashes == (None, None)
    eating = board("a1", "c1 b1", apples="a5 d1")
    assert moved(eating, "right", "right").crashes == (Crash(1, BODY), None)


def test_growth_keeps_the_tail_and_the_apple_is_replaced_by_chance():
    state = moved(board("b2 b1", "d4", apples="b3 e1"), "up", "right")
    assert names(state.snakes[0]) == "b3 b2 b1"
    assert state.eaten == (1, 0)
    assert state.apples == (cell("e1"),)
    assert SMALL.to_move(state) == (CHANCE,)
    outcomes = dict(SMALL.chance_outcomes(state))
    assert set(outcomes) == set(range(25)) - {cell(name) for name in ("b3", "b2", "b1", "e4", "e1")}
    assert SMALL.parse_action(state, CHANCE, "c3") == cell("c3")
    assert SMALL.to_move(SMALL.apply(state, {CHANCE: cell("c3")})) == (0, 1)


@pytest.mark.parametrize("move", STEPS)
def test_walls_end_a_snake_on_every_side(move: str):
    corner = {"up": "a5", "down": "a1", "left": "a1", "right": "e1"}[move]
    state = moved(board(corner, "c3"), move, "up")
    assert state.crashes == (Crash(1, WALL), None)
    assert SMALL.returns(state) == (-1.0, 1.0)


def test_turning_back_into_the_neck_is_a_crash_but_not_for_two_cells():
    assert moved(board("b2 c2 d2", "e5"), "right", "left").crashes[0] == Crash(1, BODY)
    assert names(moved(board("b2 c2", "e5"), "right", "left").snakes[0]) == "c2 b2"


def test_who_hits_a_wall_is_gone_before_bodies_are_looked_at():
    state = moved(board("a3 b3 c3", "b2"), "left", "up")
    assert state.crashes == (Crash(1, WALL), None)
    assert names(state.snakes[1]) == "b3"


def test_two_that_bite_each_other_both_crash():
    state = moved(board("b2 b3 b4", "c3 c2 c1"), "right", "left")
    assert state.crashes == (Crash(1, BODY),) * 2


def test_at_the_end_of_time_apples_decide():
    game = Snake.of(turns=1)
    for eaten, returns in (((2, 1), (1.0, -1.0)), ((0, 1), (-1.0, 1.0)), ((1, 1), (0.0, 0.0))):
        state = moved(board("b2", "d4", eaten=eaten), "up", "down", game=game)
        assert game.to_move(state) == ()
        assert game.returns(state) == returns


def test_three_are_ranked_by_life_and_then_by_apples():
    game = Snake.of(num_players=3)
    state = moved(board("a1", "b3", "e5", eaten=(5, 0, 1)), "down", "up", "up", game=game)
    assert game.to_move(state) == ()
    assert game.returns(state) == (0.0, 1.0, -1.0)
    both = moved(board("a1", "b3", "e5"), "down", "up", "up", game=game)
    assert game.returns(both) == (-0.5, 1.0, -0.5)


def test_a_full_board_has_no_new_apples():
    game = Snake.of(width=4, height=4)
    path = [0, 1, 2, 3, 7, 6, 5, 4, 8, 9, 10, 11, 15, 14, 13]
    state = SnakeState((tuple(reversed(path)), (12,)), (), (14, 0), (None, None))
    assert game.to_move(state) == (0, 1)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 4), st.integers(4, 7))
def test_snakes_hang_together_keep_apart_and_are_as_long_as_they_have_eaten(seed: int, players: int, width: int):
    game, rng = Snake.of(num_players=players, width=width, height=5, apples=4), random.Random(seed)
    state = game.initial_state()
    while movers := game.to_move(state):
        if movers == (CHANCE,):
            state = game.apply(state, {CHANCE: game.sample_chance(state, rng)})
            continue
        state = game.apply(state, {seat: rng.choice(list(STEPS)) for seat in movers})
        parts = list(chain(*state.snakes))
        assert len(parts) == len(set(parts))
        assert not set(parts) & set(state.apples)
        for snake, eaten, crash in zip(state.snakes, state.eaten, state.crashes, strict=True):
            assert len(snake) == (eaten + 1 if crash is None else 0)
            for one, two in pairwise(snake):
                assert two in [game.beyond(one, move) for move in STEPS]
    assert sum(game.returns(state)) == pytest.approx(0)


def test_the_board_shows_heads_bodies_and_apples():
    text = SMALL.observation(board("b2 b1 c1", "d4", eaten=(2, 0)), 1)
    assert text.splitlines() == [
        "Turn 1 of 20. You steer snake B. The board (* apple, . free):",
        "5 * . . . .",
        "4 . . . B .",
        "3 . . . . .",
        "2 . A . . .",
        "1 . # # . *",
        "  a b c d e",
        "Snake A: head b2, body # from there to the tail b1 c1; apples eaten: 2",
        "Snake B (you): head d4; apples eaten: 0",
    ]


def test_other_words_are_no_moves():
    for text in ("north", "", "up up", "c3"):
        with pytest.raises(Unparsable, match="up, down, left, right"):
            SMALL.parse_action(board("b2", "d4"), 0, text)


def test_apples_may_take_half_of_the_board_at_most():
    with pytest.raises(ValidationError, match="half of the board, 8 cells, but are 9"):
        Snake.of(width=4, height=4, apples=9)
