"""The foraging snake lives longer than others, and eats."""

from __future__ import annotations

import pytest

from agents.bots.boards.snake import ForagingSnake, prospect
from agents.registry import build_agent
from games.board.snake import Snake
from games.registry import load
from tests.agents.questions import answer, play
from tests.games.test_snake import board

GAME = Snake()


@pytest.mark.parametrize(
    "spec", ["snake", "snake(height=10, width=10, apples=3, turns=50)", "snake(num_players=3, height=6, width=7)"]
)
async def test_it_beats_random_snakes_nearly_always_from_every_seat(spec: str) -> None:
    game, won = load(spec), 0
    for seed in range(20):
        seat = seed % game.num_players
        players = [build_agent("random")] * game.num_players
        players[seat] = ForagingSnake()
        state, _ = await play(spec, players, seed)
        won += game.returns(state)[seat] == 1
    assert won >= 18


async def test_two_of_them_mostly_live_to_the_end_and_eat() -> None:
    for seed in range(5):
        state, _ = await play("snake(height=8, width=8, turns=30)", [ForagingSnake()] * 2, seed)
        assert sum(state.eaten) > 5
        assert state.turns > 20


async def test_it_takes_the_apple_beside_it_and_turns_from_a_wall() -> None:
    assert await answer(ForagingSnake(), GAME, board("b3", "e5", apples="b4 e1"), 0) == "up"
    for seed in range(5):
        assert await answer(ForagingSnake(), GAME, board("a1 b1", "e5", apples="e2 e3"), 0, seed) in ("up", "right")
    assert not prospect(GAME, board("a1 b1", "e5"), 0, "left").alive


async def test_it_follows_its_tail_out_of_a_corner() -> None:
    # Round about are its own body and walls; only the tail on a2 moves away.
    assert await answer(ForagingSnake(), GAME, board("a1 b1 b2 a2", "e5", apples="d5 e4"), 0) == "up"


async def test_it_avoids_a_dead_end_even_for_an_apple() -> None:
    # The apple on a1 lies in a corner that its own body closes.
    state = board("b1 b2 a2 a3 a4 b4", "e5", apples="a1 e3", eaten=(5, 0))
    assert prospect(GAME, state, 0, "left").room == 1
    assert await answer(ForagingSnake(), GAME, state, 0) == "right"


async def test_it_meets_a_head_only_when_that_wins() -> None:
    apples = "c3 a5"
    even, ahead = board("b3", "d3", apples=apples), board("b3 b2", "d3", apples=apples, eaten=(1, 0))
    assert await answer(ForagingSnake(), GAME, even, 0) != "right"
    assert prospect(GAME, ahead, 0, "right").unmet
    assert not prospect(GAME, ahead, 1, "left").unmet
