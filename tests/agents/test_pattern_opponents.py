"""Opponents with a rule: copying, countering and sampling."""

from __future__ import annotations

from collections import Counter

from agents.bots.patterns import Copier, Counterer, PatternPlayer, Sampler
from games.registry import load
from games.transforms.repeated import Repeated
from tests.agents.questions import answer, play

SHAPES = 'repeated(stage="matrix_game(table=\\"rock_paper_scissors\\")", rounds=6)'
ROCK, PAPER, SCISSORS = range(3)


async def test_a_copier_plays_what_the_other_played_before() -> None:
    _, turns = await play(SHAPES, [PatternPlayer.of(cycle=(1, 2)), Copier()])
    assert [turn[1] for turn in turns] == [ROCK, PAPER, SCISSORS, PAPER, SCISSORS, PAPER]


async def test_a_counterer_plays_what_would_have_won_before() -> None:
    _, turns = await play(SHAPES, [Counterer(), PatternPlayer.of(cycle=(0, 1, 2))])
    assert [turn[0] for turn in turns] == [ROCK, PAPER, SCISSORS, ROCK, PAPER, SCISSORS]


async def test_a_sampler_draws_by_its_weights() -> None:
    game, agent = load(SHAPES), Sampler.of(weights=(0.6, 0.2, 0.2))
    drawn = Counter([await answer(agent, game, game.initial_state(), 0, seed) for seed in range(500)])
    assert 260 < drawn[ROCK] < 340
    assert 70 < drawn[PAPER] < 130


def test_rules_for_other_numbers_of_actions_do_not_suit() -> None:
    assert not Sampler.of(weights=(1, 1)).suits(load(SHAPES))
    payoffs = "[[[1, 1], [0, 0], [2, 2]], [[0, 0], [1, 1], [2, 2]]]"
    table = f"matrix_game(payoffs={payoffs}, actions=[['a', 'b'], ['c', 'd', 'e']])"
    uneven = Repeated.of(stage=table).spec
    assert not Copier().suits(load(uneven))
    assert Counterer().suits(load(uneven))
