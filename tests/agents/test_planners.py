"""Planners: each changes its plan when its docstring says so, and those that search find better plans."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from agents.bots.planners.players import GreedyPlanner, RandomPlanner, Reviser, Stubborn, craft_of, worth
from games.registry import load
from tests.agents.questions import answer, play

GAMES = ("card_battle", "elemental_duel", "lane_defence")


def loop(name: str, rounds: int = 6) -> str:
    return f'plan_revise(game="{name}", rounds={rounds})'


@pytest.mark.parametrize("name", GAMES)
@pytest.mark.parametrize("seat", [0, 1])
async def test_a_stubborn_player_never_and_a_reviser_only_after_a_loss_changes_its_plan(name: str, seat: int) -> None:
    for agent in (Stubborn(), Reviser()):
        players = [agent, RandomPlanner()] if seat == 0 else [RandomPlanner(), agent]
        state, _ = await play(loop(name), players)
        for before, after in pairwise(state.past):
            if isinstance(agent, Stubborn) or before.battle.winner != 1 - seat:
                assert after.plans[seat] == before.plans[seat]


@pytest.mark.parametrize("name", GAMES)
async def test_whoever_searches_beats_whoever_never_changes_in_all_battles_but_the_first(name: str) -> None:
    for agent in (GreedyPlanner(), Reviser()):
        state, _ = await play(loop(name), [agent, Stubborn()])
        assert [battle.battle.winner for battle in state.past[1:]] == [0] * 5


@pytest.mark.parametrize("name", GAMES)
@pytest.mark.parametrize("seat", [0, 1])
def test_an_answer_beats_most_random_enemies_within_budget(name: str, seat: int) -> None:
    game = load(name)
    own, other = craft_of(game, seat), craft_of(game, 1 - seat)
    won = 0
    for seed in range(6):
        enemy = other.draw(random.Random(seed))
        plan = GreedyPlanner().answer_to(own, enemy)
        assert game.cost(seat, plan) <= game.budget(seat)
        won += worth(own, plan, enemy)[0] > 0
    assert won >= 5


@pytest.mark.parametrize("name", GAMES)
async def test_random_players_spend_within_their_budget_and_differ_by_seed(name: str) -> None:
    game = load(name)
    for seat in (0, 1):
        plans = [await answer(RandomPlanner(), game, game.initial_state(), seat, seed) for seed in range(10)]
        assert len(set(plans)) > 5
        assert all(0 < game.cost(seat, plan) <= game.budget(seat) for plan in plans)


async def test_without_steps_the_best_draft_is_played() -> None:
    game = load("card_battle")
    plan = await answer(GreedyPlanner.of(steps=0), game, game.initial_state(), 0)
    assert plan in game.examples(0)


@pytest.mark.parametrize(
    "spec",
    [
        "lane_defence(attack_budget=100, columns=3, defence_budget=100, lanes=1, ticks=50)",
        "card_battle(places=1, raider_budget=1, warden_budget=1)",
        "elemental_duel(budget=12)",
    ],
)
async def test_the_smallest_games_can_be_planned_too(spec: str) -> None:
    for agent in (GreedyPlanner(), RandomPlanner()):
        state, _ = await play(f"plan_revise(game='{spec}', rounds=3)", [agent, agent])
        game = load(spec)
        for seat in (0, 1):
            assert all(game.cost(seat, battle.plans[seat]) <= game.budget(seat) for battle in state.past)
