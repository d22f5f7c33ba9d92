"""The mock server: legal when careful, at fault as often as asked, and a function of the prompt alone."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import aclosing, asynccontextmanager

import aiohttp
import pytest

from agents.base import AttemptOutcome, Exchange
from agents.llm.agent import build_model_agent
from agents.llm.mock import mock_server
from agents.llm.mock_player import FAILURES, NAMES, UnknownMock, mock_reply
from games.board.tic_tac_toe import TicTacToe
from games.cards.kuhn_poker import KuhnPoker
from games.core import CHANCE, ActionError
from games.registry import load
from tests.agents.asking import Texts, asked, texts_of


@asynccontextmanager
async def agent_of(name, **args):
    async with mock_server() as url:
        args = {"transport": "http", **args}
        async with aclosing(build_model_agent(f"mock/{name}", args, mock_url=url)) as agent:
            yield agent


async def play(game, agent, seed):
    """A whole play by one agent in all seats; fails at the first answer that the game does not take."""
    state, rng = game.initial_state(), random.Random(seed)
    past = dict.fromkeys(range(game.num_players), ())
    while seats := game.to_move(state):
        if seats == (CHANCE,):
            state = game.apply(state, {CHANCE: game.sample_chance(state, rng)})
            continue
        actions = {}
        for seat in seats:
            texts = texts_of(game, state, seat, past[seat])
            decision = await agent.decide(asked(texts, seed=rng.getrandbits(62)))
            actions[seat] = game.parse_action(state, seat, decision.action)
            past[seat] += (Exchange(texts.seen, decision.action),)
        state = game.apply(state, actions)
    return state


@pytest.mark.parametrize("mode", ["text", "json", "tool"])
@pytest.mark.parametrize("game", [TicTacToe(), KuhnPoker.of(num_players=3)], ids=str)
@pytest.mark.parametrize("name", ["careful", "verbose"])
async def test_careful_models_play_whole_games_legally(game, mode, name):
    async with agent_of(name, answer=mode) as agent:
        ends = [await play(game, agent, seed) for seed in range(5)]
    assert len(set(ends)) > 1


@pytest.mark.parametrize("mode", ["text", "json", "tool"])
async def test_every_transport_gets_the_same_answer(mode):
    answers = set()
    for transport in ("http", "openai", "litellm"):
        async with agent_of("verbose", transport=transport, answer=mode) as agent:
            decision = await agent.decide(asked(seed=3))
        (call,) = decision.calls
        answers.add((decision.action, decision.reasoning, call.reply, call.tokens_in, call.tokens_out))
        assert call.tokens_out > call.tokens_reasoning > 100
        assert call.cost_usd is None
    assert len(answers) == 1


OPEN_GAMES = (
    'elicited(ask="everyone", game="kuhn_poker(num_players=3)")',
    'elicited(ask="everyone", game="liars_dice(dice=1)")',
    'elicited(game="price_negotiation(horizon=2)")',
    'elicited(game="undercover(clue_rounds=1)")',
    'cheap_talk(audience="private", game="price_negotiation", when="every_decision", who="whisperer")',
    'cheap_talk(game="elicited", max_words=4, when="every_decision")',
    'composite(form="parallel", games=["matrix_game", "matrix_game(table=\\"chicken\\")"])',
    "equilibrium_quiz",
    "equilibrium_quiz(numbers=[1, 67, 144], tale=3)",
    "equilibrium_quiz(numbers=[12, 40], together=True)",
    "equilibrium_quiz(numbers=[12, 40], tale=2, together=True)",
)


@pytest.mark.parametrize("spec", OPEN_GAMES)
async def test_questions_messages_and_puzzles_are_answered_legally(spec):
    async with agent_of("careful") as agent:
        for seed in range(4):
            await play(load(spec), agent, seed)


async def test_a_puzzle_gets_different_answers():
    async with agent_of("careful") as agent:
        ends = {await play(load("equilibrium_quiz"), agent, seed) for seed in range(12)}
    assert len(ends) > 2


RULES = {
    "a price": (
        "It is worth 80 to the seller, that is, to you.\nWrite an offer as offer PRICE or offer PRICE | MESSAGE, with "
        "the number in place of PRICE",
        lambda action: action.startswith("offer ") and 80 <= int(action[6:]) <= 120,
    ),
    "an example": ("Write a number, for example: 17", lambda action: action == "17"),
    "a clue": (
        "Write a clue as one line of at most 12 words and 80 characters.\nWrite a vote, for example: player 2",
        lambda action: 2 <= len(action.split()) <= 12 and "player" not in action,
    ),
    "a speech": ("Write a speech of at most 300 words.", lambda action: 10 < len(action.split()) < 300),
    "anything": ("Say something.", bool),
}


@pytest.mark.parametrize("what", RULES)
@pytest.mark.parametrize("mode", ["text", "json", "tool"])
async def test_open_actions_follow_the_rules_in_the_prompt(what, mode):
    rules, fits = RULES[what]
    async with agent_of("careful", answer=mode) as agent:
        for seed in range(5):
            decision = await agent.decide(asked(Texts(rules=rules, legal=None), seed=seed))
            assert decision.outcome is AttemptOutcome.OK
            assert fits(decision.action), decision.action


REFUSED = {
    "numbers": (
        "'x y' is no table; expected 5 whole numbers from 2 to 9, with spaces between them",
        lambda action: len(action.split()) == 5 and all(2 <= int(number) <= 9 for number in action.split()),
    ),
    "shares": (
        "'x y' is not a plan; expected 3 whole numbers that add up to 100, separated by commas",
        lambda action: sum(map(int, action.split(","))) == 100 and action.count(",") == 2,
    ),
    "a number with a name": (
        "'x y' is not an offer; expected bid NUMBER with a whole number from 30 to 40",
        lambda action: action.startswith("bid ") and 30 <= int(action[4:]) <= 40,
    ),
    "a number with words": (
        "'x y' is not an offer; expected offer NUMBER or offer NUMBER | MESSAGE with a whole number from 30 to 40",
        lambda action: action.startswith("offer ") and 30 <= int(action[6:]) <= 40,
    ),
    "a word": ("'x y' is no guess; expected one word without anything else", str.isalpha),
    "a form": ("'x y' is no proposal; expected: give 1 x get 1 y", lambda action: action == "give 1 x get 1 y"),
}


@pytest.mark.parametrize("what", REFUSED)
async def test_a_careful_model_does_what_a_refusal_asks_for(what):
    feedback, fits = REFUSED[what]
    async with agent_of("careful") as agent:
        request = asked(Texts(rules="Say something.", legal=None), attempt=2, feedback=feedback, rejected="x y")
        action = (await agent.decide(request)).action
    assert fits(action), action


async def test_open_words_are_said_once_and_never_contain_the_own_word():
    seen = "Your word: Friends\nClues so far:"
    async with agent_of("careful") as agent:
        for seed in range(20):
            texts = Texts(rules="Write a clue of at most 12 words.", seen=seen, legal=None)
            clue = (await agent.decide(asked(texts, seed=seed))).action
            assert clue not in seen
            assert "friends" not in clue
            seen += f'\nplayer: "{clue}"'


async def test_a_careless_model_fails_as_often_as_usual():
    game, outcomes = TicTacToe(), Counter()
    async with agent_of("careless") as agent:
        for seed in range(400):
            decision = await agent.decide(asked(texts_of(game, game.initial_state(), 0), seed=seed))
            outcomes[await judged(game, decision)] += 1
    assert outcomes.keys() == {"ok", "illegal", "unparsable"}
    assert 0.09 < outcomes["illegal"] / 400 < 0.21
    assert 0.05 < outcomes["unparsable"] / 400 < 0.16


async def judged(game, decision):
    """How an answer to the first move fares."""
    if decision.outcome is not AttemptOutcome.OK:
        return decision.outcome.value
    try:
        game.parse_action(game.initial_state(), 0, decision.action)
    except ActionError:
        return "illegal"
    return "ok"


@pytest.mark.parametrize("kind", FAILURES)
@pytest.mark.parametrize("mode", ["text", "json", "tool"])
async def test_a_careless_model_fails_in_the_way_it_is_asked_to(kind, mode):
    game = TicTacToe()
    async with agent_of(f"careless:{kind}=1", answer=mode) as agent:
        for seed in range(3):
            decision = await agent.decide(asked(texts_of(game, game.initial_state(), 0), seed=seed))
            assert await judged(game, decision) == kind


@pytest.mark.parametrize("model", ["clever", "careful:illegal=1", "careless:lazy=1", "careless:illegal=2", "", None])
def test_there_are_no_other_models(model):
    with pytest.raises(UnknownMock):
        mock_reply({"model": model, "messages": []})


@pytest.mark.parametrize("name", NAMES)
def test_a_reply_depends_on_model_seed_and_messages_alone(name):
    body = {
        "model": name,
        "seed": 1,
        "messages": [{"role": "user", "content": "Legal actions, one per line:\na\nb\nc"}],
    }
    assert mock_reply(body) == mock_reply({**body, "temperature": 2.0, "max_tokens": 3})
    assert len({mock_reply({**body, "seed": seed}) for seed in range(20)}) > 1


@pytest.mark.parametrize(
    "body", [{}, {"messages": None}, {"messages": [1, {"role": 3}]}, {"messages": [{"content": None}]}]
)
def test_any_messages_are_answered(body):
    assert mock_reply({"model": "careful", **body}).text


async def test_the_server_is_healthy_lists_its_models_and_names_what_it_lacks():
    async with mock_server() as url, aiohttp.ClientSession() as session:
        async with session.get(url.replace("/v1", "/health")) as response:
            assert response.status == 200
        async with session.get(f"{url}/models") as response:
            assert [model["id"] for model in (await response.json())["data"]] == list(NAMES)
        for body, status in [(b"{", 400), (b"[]", 400), (b'{"model": "x", "messages": []}', 404)]:
            async with session.post(f"{url}/chat/completions", data=body) as response:
                assert response.status == status
                assert (await response.json())["error"]["message"]


async def test_the_slow_model_takes_its_time():
    async with agent_of("slow") as agent:
        decision = await agent.decide(asked())
    assert decision.calls[0].latency_s >= 0.05
