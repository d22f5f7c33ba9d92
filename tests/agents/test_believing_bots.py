"""Scripted players in games that ask for beliefs: they play the game inside, and answer."""

from __future__ import annotations

import pytest

from agents.base import Agent
from agents.bots.courtiers import CoupHonest
from agents.bots.equilibrium import Equilibrium
from agents.bots.holdem import HoldemRules
from agents.bots.poker import PokerRules
from agents.bots.push_fold import PushFoldChart
from agents.registry import build_agent
from games.registry import load
from tests.agents.questions import answer, play
from tests.games.joint_play import play as played

PAIRS = (
    ("equilibrium", 'elicited(ask="everyone", game="kuhn_poker")'),
    ("concession_bargainer", 'elicited(game="price_negotiation")'),
    ("coup_honest", 'elicited(ask="everyone", game="coup")'),
    ("coup_liar", 'elicited(game="coup(num_players=5)")'),
    ("dice_counter", 'elicited(ask="everyone", game="liars_dice(dice=1)")'),
    ("first_legal", 'elicited(game="leduc_poker")'),
    ("holdem_rules(samples=3)", 'elicited(ask="everyone", game="texas_holdem(hands=1, num_players=3)")'),
    ("mcts(simulations=3)", 'elicited(game="ultimatum(pie=4)")'),
    ("poker_rules", 'elicited(ask="everyone", game="leduc_poker")'),
    ("random", 'elicited(ask="everyone", game="undercover")'),
    ("tit_for_tat", 'elicited(game="prisoners_dilemma(rounds=3)")'),
    ("word_guesser", 'elicited(game="undercover")'),
)


def agent(spec: str) -> Agent:
    return build_agent(spec)


@pytest.mark.parametrize(("spec", "name"), PAIRS)
async def test_bots_play_the_game_inside_and_answer(spec: str, name: str):
    game = load(name)
    assert agent(spec).suits(game)
    for seed in range(3):
        state, turns = await play(name, [agent(spec)] * game.num_players, seed)
        assert game.to_move(state) == ()
        assert turns


async def test_bots_decide_as_without_questions():
    plain, asked = load("leduc_poker"), load('elicited(game="leduc_poker")')
    bot = PokerRules.of(bluff=0.5)
    for deal in ("Js", "Qh", "Ks"):
        bare = played(plain, deal, "Qs")
        state = played(asked, deal, "Qs", "card of player 2: J 100%; card of player 1 as player 2 sees it: J 100%")
        assert state.inner == bare
        for seed in range(5):
            assert await answer(bot, asked, state, 0, seed) == await answer(bot, plain, bare, 0, seed)


async def test_courtiers_believe_by_counting_cards():
    game = load('elicited(ask="everyone", game="coup(num_players=2)")')
    state = played(game, "duke", "duke", "duke", "captain", "tax")
    # Of 13 cards that player 2 does not see, 2 are dukes; two cards of them are none with 11/13 * 10/12.
    assert await answer(CoupHonest(), game, state, 1) == ((29, 71),)
    assert await answer(CoupHonest(), game, state, 0) == ((50, 50),)


async def test_the_chart_believes_in_hands_that_it_would_have_pushed():
    game = load('elicited(game="push_fold(stack=10)")')
    dealt = played(game, "AA", "72o")
    unknown = (await answer(PushFoldChart(), game, dealt, 0))[0]
    # Of 1,225 hands without two aces: 73 pairs, 96 with an ace, 96 of two high ranks, and 960 others.
    assert unknown == (6, 8, 8, 78)
    pushed = played(game, "AA", "72o", "hand of player 2: low; hand of player 1 as player 2 sees it: low", "push")
    told = (await answer(PushFoldChart(), game, pushed, 1))[0]
    assert told[0] > 6
    assert told[3] < 78


async def test_raises_make_good_hands_likelier():
    game = load('elicited(game="texas_holdem(hands=1)")')
    dealt = played(game, "As", "Kd", "9c", "9d", "hand of player 2: low", "raise to 60")
    (after_a_raise,) = await answer(HoldemRules(), game, dealt, 1)
    (before,) = await answer(HoldemRules(), game, played(game, "As", "Kd", "9c", "9d"), 0)
    assert after_a_raise[0] > before[0]
    assert after_a_raise[3] < before[3]


async def test_the_poker_player_believes_in_cards_that_it_does_not_see():
    game = load('elicited(ask="everyone", game="leduc_poker")')
    state = played(game, "Js", "Ks")
    assert await answer(PokerRules(), game, state, 0) == ((20, 40, 40), (33, 33, 33))
    kuhn = load("elicited")
    assert (await answer(PokerRules(), kuhn, played(kuhn, "Q", "K"), 0))[0] == (50, 0, 50)


def test_who_does_not_know_the_game_inside_does_not_suit():
    assert not Equilibrium().suits(load('elicited(game="undercover")'))
    assert not agent("mcts").suits(load("elicited"))
