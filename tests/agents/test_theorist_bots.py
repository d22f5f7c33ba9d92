"""Players who act on game theory, alone, with messages, and in several games; and everybody in games around others."""

from __future__ import annotations

import pytest

from agents.base import Agent
from agents.bots.theorist import Adviser, ForwardLooker, advice
from agents.registry import build_agent
from games.cards.kuhn_poker import KuhnView
from games.core import CHANCE
from games.registry import load
from games.transforms.cheap_talk import CheapTalk
from games.transforms.composite import Composite
from tests.agents.questions import answer, play, question

NESTED = (
    'composite(form="nested", games=["matrix_game", "matrix_game(table=\\"battle_of_the_sexes\\")"], '
    'restrict=[{"outcome": ["defect", "defect"], "remove": "football"}])'
)
PARALLEL = 'composite(form="parallel", games=["matrix_game", "matrix_game(table=\\"stag_hunt\\")"])'
PAIRS = (
    ("equilibrium", 'cheap_talk(game="kuhn_poker", when="every_decision", who="whisperer")'),
    ("poker_rules", 'elicited(game="cheap_talk(game=\\"kuhn_poker\\", when=\\"every_decision\\")")'),
    ("first_legal", 'cheap_talk(game="elicited", when="every_decision")'),
    ("mcts(simulations=3)", 'handicap(game="ultimatum(pie=4)", points=2)'),
    ("minimax", "handicap(points=1)"),
    ("poker_rules", 'composite(games=["kuhn_poker", "leduc_poker"])'),
    ("poker_rules", 'handicap(game="leduc_poker", points=2)'),
    ("random", 'cheap_talk(game="undercover", when="every_decision")'),
    ("random", NESTED),
    ("random", PARALLEL),
    ("tit_for_tat", 'cheap_talk(game="prisoners_dilemma(rounds=3)", when="every_decision")'),
    ("tit_for_tat", 'composite(games=["prisoners_dilemma(rounds=3)", "prisoners_dilemma(rounds=2)"])'),
    ("adviser", 'cheap_talk(audience="private", game="kuhn_poker", when="every_decision", who="whisperer")'),
    ("adviser", 'cheap_talk(game="matrix_game")'),
    ('adviser(advice="random")', "composite"),
    ("forward_looker", NESTED),
    ("forward_looker", PARALLEL),
)


def agent(spec: str) -> Agent:
    return build_agent(spec)


@pytest.mark.parametrize(("spec", "name"), PAIRS)
async def test_bots_play_the_games_inside(spec: str, name: str):
    game = load(name)
    assert agent(spec).suits(game)
    for seed in range(3):
        state, turns = await play(name, [agent(spec)] * game.num_players, seed)
        assert game.to_move(state) == ()
        assert turns


@pytest.mark.parametrize(
    ("spec", "name"),
    [
        ("tit_for_tat", 'cheap_talk(game="kuhn_poker")'),
        ("poker_rules", 'composite(games=["kuhn_poker", "tic_tac_toe"])'),
        ("adviser", NESTED),
        ("forward_looker", "cheap_talk(game='kuhn_poker')"),
    ],
)
def test_who_does_not_know_a_game_inside_does_not_play_it(spec: str, name: str):
    assert not agent(spec).suits(load(name))


@pytest.mark.parametrize(
    ("table", "best", "worst"),
    [("prisoners_dilemma", 1, 0), ("stag_hunt", 0, 1), ("chicken", 0, 1), ("matching_pennies", 0, 1)],
)
def test_advice_is_dominant_or_of_the_selected_equilibrium(table: str, best: int, worst: int):
    assert advice(load(f'matrix_game(table="{table}")'), 0, None) == (best, worst)


def test_advice_in_poker_follows_the_cards():
    game = load("kuhn_poker")
    assert advice(game, 1, KuhnView(2, ("bet",))) == ("call", "fold")
    assert advice(game, 1, KuhnView(0, ("bet",))) == ("fold", "call")


@pytest.mark.parametrize(
    ("style", "said"),
    [("honest", "You should choose stag."), ("adversarial", "You should choose hare."), ("silent", "-")],
)
async def test_whisperers_recommend_the_best_the_worst_or_nothing(style: str, said: str):
    game = CheapTalk.of(who="whisperer")
    assert await answer(Adviser.of(advice=style), game, game.initial_state(), 2) == said


async def test_players_announce_what_they_do_or_what_they_do_not():
    game = load("cheap_talk")
    assert await answer(Adviser(), game, game.initial_state(), 1) == "I will choose stag."
    assert await answer(Adviser.of(advice="adversarial"), game, game.initial_state(), 1) == "I will choose hare."
    talked = game.apply(game.initial_state(), {0: "-", 1: "-"})
    assert await answer(Adviser.of(advice="adversarial"), game, talked, 1) == 0


async def test_random_words_name_no_action():
    game = CheapTalk.of(who="whisperer")
    words = {await answer(Adviser.of(advice="random"), game, game.initial_state(), 2, seed) for seed in range(9)}
    assert len(words) > 1
    assert not any("stag" in text or "hare" in text for text in words)


async def test_a_whisperer_in_poker_knows_the_card_of_its_victim():
    game = CheapTalk.of(game="kuhn_poker", who="whisperer", victim=1)
    state = game.initial_state()
    for actions in ({CHANCE: 0}, {CHANCE: 2}, {0: "bet"}):
        state = game.apply(state, actions)
    assert await answer(Adviser(), game, state, 2) == "You should choose call."


async def test_the_forward_looker_gives_up_the_first_game_for_the_second():
    game = load(NESTED)
    assert isinstance(game, Composite)
    state, turns = await play(NESTED, [ForwardLooker(), ForwardLooker()])
    assert turns == [{0: 0, 1: 1}, {0: 0, 1: 0}]
    assert game.returns(state) == (10, 12)


async def test_chance_in_one_of_several_games_is_not_that_in_another():
    game = load('composite(form="parallel", games=["matrix_game(table=\'chicken\')", "matrix_game"])')
    seen = {await answer(agent("random"), game, game.initial_state(), 0, seed) for seed in range(40)}
    assert len(seen) == 4


async def test_a_question_is_not_changed_by_being_asked_inside():
    game = load(PARALLEL)
    request = question(game, game.initial_state(), 0)
    await agent("random").decide(request)
    assert request.legal_actions == ("cooperate; stag", "cooperate; hare", "defect; stag", "defect; hare")
