"""Real decisions by a real model over HTTP: what it says is noise, and every call is counted and classified."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from agents.base import AttemptOutcome
from agents.llm.agent import ModelAgent, build_model_agent
from agents.llm.clients.errors import CallError, ErrorKind
from games.board.tic_tac_toe import TicTacToe, TicTacToeState
from games.cards.kuhn_poker import KuhnPoker, KuhnState
from tests.agents.asking import Book, asked, texts_of
from tests.serving.conftest import Served

pytestmark = pytest.mark.serving

TOKENS = 24
NOISE = {AttemptOutcome.TRUNCATED, AttemptOutcome.UNPARSABLE, AttemptOutcome.EMPTY}
QUESTIONS = {
    "kuhn_poker": texts_of(KuhnPoker(), KuhnState(cards=(1, 2), bets=("check", "bet")), 0),
    "tic_tac_toe": texts_of(TicTacToe(), TicTacToeState(crosses=0b1, noughts=0b10), 0),
}


def agent_of(served: Served, transport: str, model: str | None = None, **args: object) -> ModelAgent:
    name = f"hosted_vllm/{model or served.model}@{served.base_url}"
    return build_model_agent(name, {"transport": transport, "max_tokens": TOKENS, **args})


@pytest.mark.parametrize("transport", ["http", "openai", "litellm"])
@pytest.mark.parametrize("game", QUESTIONS)
async def test_a_real_model_s_decision_is_counted_and_classified(served_model, transport, game):
    async with aclosing(agent_of(served_model, transport)) as agent:
        decision = await agent.decide(asked(QUESTIONS[game]))
    (call,) = decision.calls
    assert decision.outcome in NOISE
    assert (decision.action, bool(decision.problem)) == ("", True)
    text = "".join(message.content for message in call.messages)
    assert len(text) <= call.tokens_in <= len(text) + 20, "one token per byte, and the marks of the template"
    assert 1 <= call.tokens_out <= TOKENS
    assert (decision.outcome is AttemptOutcome.TRUNCATED) == (call.finish_reason == "length")
    assert call.returned_model.endswith("tiny@main")
    assert call.latency_s > 0
    assert call.cost_usd is None
    assert call.parameters["max_tokens"] == TOKENS


async def test_calls_at_once_are_all_answered_and_kept(served_model):
    book = Book()
    async with aclosing(agent_of(served_model, "http")) as agent:
        questions = [asked(QUESTIONS["kuhn_poker"], journal=book, turn=turn, seed=turn) for turn in range(8)]
        decisions = await asyncio.gather(*(agent.decide(question) for question in questions))
        again = await asyncio.gather(*(agent.decide(question) for question in questions))
    assert len(book.kept) == 8
    assert decisions == again


@pytest.mark.parametrize("transport", ["http", "openai", "litellm"])
async def test_a_model_that_is_not_served_is_an_error(served_model, transport):
    async with aclosing(agent_of(served_model, transport, model="other")) as agent:
        with pytest.raises(CallError, match="pinned") as raised:
            await agent.decide(asked(QUESTIONS["tic_tac_toe"]))
    assert raised.value.kind is ErrorKind.BAD_REQUEST
