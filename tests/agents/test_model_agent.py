"""Models as players: names, parameters, decisions."""

from __future__ import annotations

import subprocess
import sys
from contextlib import aclosing

import pytest

from agents.base import AttemptOutcome, DecisionLimits
from agents.llm.agent import build_model_agent
from agents.llm.clients.errors import CallError
from agents.llm.names import resolve
from agents.llm.params import ModelParams
from games.spec import SpecError
from tests.agents.asking import Book, Texts, asked
from tests.agents.faulty_server import Does, faulty_server, openai_reply

URL = "http://127.0.0.1:8000/v1"
MOCK = "http://127.0.0.1:9/v1"

ROUTES = [
    ("openai/gpt-5-mini", {}, ("litellm", "openai/gpt-5-mini", None)),
    ("anthropic/claude-x", {}, ("litellm", "anthropic/claude-x", None)),
    ("openrouter/meta/llama", {}, ("litellm", "openrouter/meta/llama", None)),
    ("openai/gpt-5-mini", {"transport": "openai"}, ("openai", "gpt-5-mini", None)),
    ("anthropic/claude-x", {"transport": "anthropic"}, ("anthropic", "claude-x", None)),
    (f"hosted_vllm/qwen@{URL}", {}, ("http", "qwen", URL)),
    (f"hosted_vllm/Qwen/Qwen3-8B@{URL}/", {}, ("http", "Qwen/Qwen3-8B", URL)),
    (f"Qwen/Qwen3-8B@{URL}", {}, ("http", "Qwen/Qwen3-8B", URL)),
    (f"local/some@main@{URL}", {}, ("http", "some@main", URL)),
    ("hosted_vllm/qwen", {"base_url": URL}, ("http", "qwen", URL)),
    (f"hosted_vllm/qwen@{URL}", {"transport": "litellm"}, ("litellm", "hosted_vllm/qwen", URL)),
    (f"hosted_vllm/qwen@{URL}", {"transport": "openai"}, ("openai", "qwen", URL)),
    ("mock/careful", {}, ("litellm", "hosted_vllm/careful", MOCK)),
    ("mock/careful", {"transport": "http"}, ("http", "careful", MOCK)),
    ("mock/careless:illegal=0.5", {"transport": "openai"}, ("openai", "careless:illegal=0.5", MOCK)),
]


@pytest.mark.parametrize(("name", "args", "expected"), ROUTES)
def test_a_name_leads_to_a_transport_and_a_server(name, args, expected):
    transport, route = resolve(name, ModelParams(**args), MOCK)
    assert (transport, route.model, route.base_url) == expected


WRONG = [
    ("gpt-5-mini", {}, "provider/model"),
    ("openai/", {}, "provider/model"),
    ("openai/m", {"transport": "http"}, "needs an address"),
    ("anthropic/m", {"transport": "openai"}, "reaches openai/"),
    ("openai/m", {"transport": "anthropic"}, "reaches anthropic/"),
    ("anthropic/m", {"transport": "anthropic", "seed": True}, "no seed"),
    ("anthropic/m", {"transport": "anthropic", "reasoning_effort": "low"}, "reasoning_effort"),
    (f"local/m@{URL}", {"base_url": URL}, "address already"),
    ("local/m@http://user:hunter2@host/v1", {}, "api_key_env"),
    ("local/m@http://user:hunter2@host:port/v1", {}, "api_key_env"),
    ("local/m@http://host/v1?key=hunter2", {}, "api_key_env"),
    ("local/m", {"base_url": "ftp://host"}, "no address"),
    ("local/m@http://", {}, "no address"),
    ("local/m@http://host:port/v1", {}, "no address"),
    (f"mock/careful@{URL}", {}, "mock server"),
    ("mock/careful", {"transport": "anthropic"}, "another transport"),
    ("openai/m", {"temperatur": 0}, "temperatur"),
    ("openai/m", {"temperature": 3}, "temperature"),
    ("openai/m", {"input_price": 1.0}, "both"),
    ("openai/m", {"answer": "xml"}, "answer"),
    ("openai/m", {"max_tokens": 0}, "max_tokens"),
]


@pytest.mark.parametrize(("name", "args", "said"), WRONG)
def test_what_cannot_work_is_refused_when_it_is_built(name, args, said):
    with pytest.raises(SpecError, match=said) as raised:
        build_model_agent(name, args, mock_url=MOCK)
    assert "hunter2" not in str(raised.value)


def test_a_mock_model_needs_the_mock_server():
    with pytest.raises(SpecError, match="must be running"):
        build_model_agent("mock/careful", {})


def test_an_agent_knows_the_spec_it_was_built_from():
    agent = build_model_agent("mock/careful", {"temperature": 0, "answer": "json", "retries": 5}, mock_url=MOCK)
    assert agent.spec == 'mock/careful(answer="json", temperature=0.0)'
    assert not agent.scripted


def test_building_an_agent_imports_no_provider_s_library():
    code = (
        "import sys\n"
        "from agents.llm.agent import build_model_agent\n"
        "for transport in ('http', 'openai', 'anthropic', 'litellm'):\n"
        "    build_model_agent('local/m', {'transport': transport, 'base_url': 'http://127.0.0.1:1/v1'})\n"
        "print([name for name in ('openai', 'anthropic', 'litellm', 'pandas') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


async def decide(server, request=None, name="hosted_vllm/m", **args):
    async with aclosing(build_model_agent(f"{name}@{server.openai_url}", args)) as agent:
        return await agent.decide(request or asked())


async def test_a_decision_carries_the_action_and_the_call():
    async with faulty_server() as server:
        decision = await decide(server, input_price=1.0, output_price=2.0)
    assert (decision.outcome, decision.action, decision.reasoning) == (AttemptOutcome.OK, "4", "hm\n\nI think so.")
    (call,) = decision.calls
    assert (call.requested_model, call.returned_model, call.transport) == ("m", "served-model", "http")
    assert (call.tokens_in, call.tokens_out, call.cost_usd) == (100, 20, 140 / 1e6)
    assert call.parameters == {"max_tokens": 4096, "seed": (2**62 + 11) % 2**31}
    assert [message.role for message in call.messages] == ["system", "user"]
    assert server.bodies[0]["messages"] == [{"role": m.role, "content": m.content} for m in call.messages]


async def test_sampling_parameters_reach_the_server():
    async with faulty_server() as server:
        await decide(server, temperature=0.25, top_p=0.5, max_tokens=99, reasoning_effort="low", seed=False)
    body = server.bodies[0]
    sent = {name: body[name] for name in set(body) - {"model", "messages"}}
    assert sent == {"temperature": 0.25, "top_p": 0.5, "max_tokens": 99, "reasoning_effort": "low"}


async def test_instructions_reach_the_server():
    async with faulty_server() as server:
        await decide(server, instructions="You are a patient bluffer.")
    system = server.bodies[0]["messages"][0]
    assert system["role"] == "system"
    assert "\n\nYou are a patient bluffer.\n\n" in system["content"]


@pytest.mark.parametrize(("limit", "sent"), [(None, 500), (100, 100), (9999, 500)])
async def test_the_match_s_token_limit_holds(limit, sent):
    async with faulty_server() as server:
        await decide(server, asked(limits=DecisionLimits(tokens=limit)), max_tokens=500)
    assert server.bodies[0]["max_tokens"] == sent


async def test_each_decision_has_a_seed_of_its_own_and_each_run_the_same():
    async with faulty_server() as server:
        for seed in (1, 2, 1):
            await decide(server, asked(seed=seed))
    assert [body["seed"] for body in server.bodies] == [1, 2, 1]


async def test_a_resumed_match_reads_the_journal_and_asks_nobody():
    book = Book()
    async with faulty_server() as server:
        first = await decide(server, asked(journal=book))
        again = await decide(server, asked(journal=book))
    assert first == again
    assert len(server.bodies) == 1
    assert list(book.kept) == ["3/0/1/0"]


OUTCOMES = [
    (openai_reply("no idea"), AttemptOutcome.UNPARSABLE),
    (openai_reply(None), AttemptOutcome.EMPTY),
    (openai_reply("I think", "length"), AttemptOutcome.TRUNCATED),
    (openai_reply("", "content_filter"), AttemptOutcome.REFUSAL),
    (openai_reply(None, "stop", refusal="No."), AttemptOutcome.REFUSAL),
    ({**openai_reply(), "choices": []}, AttemptOutcome.EMPTY),
]


@pytest.mark.parametrize(("body", "outcome"), OUTCOMES)
async def test_a_bad_answer_is_an_outcome_with_a_hint_and_no_error(body, outcome):
    async with faulty_server(Does(body=body)) as server:
        decision = await decide(server)
    assert (decision.outcome, decision.action) == (outcome, "")
    assert decision.problem.endswith(".")
    assert len(decision.calls) == 1


async def test_a_filtered_prompt_is_a_refusal():
    async with faulty_server(Does(400, {"error": {"code": "content_filter"}})) as server:
        assert (await decide(server)).outcome is AttemptOutcome.REFUSAL


async def test_a_server_s_failure_is_an_error_and_no_outcome():
    async with faulty_server(Does(404, {"error": {"message": "no such model"}})) as server:
        with pytest.raises(CallError, match=r"m through http: status 404: .*no such model") as raised:
            await decide(server)
    assert raised.value.fatal


async def test_reasoning_of_earlier_turns_is_never_sent():
    async with faulty_server() as server:
        decision = await decide(server, asked(Texts(rules="Rules.")))
    assert decision.reasoning
    assert "I think so" not in str(server.bodies)


async def test_tool_answers_are_forced_and_read():
    call = {"id": "c", "type": "function", "function": {"name": "act", "arguments": '{"action": "5"}'}}
    async with faulty_server(Does(body=openai_reply(None, "tool_calls", tool_calls=[call]))) as server:
        decision = await decide(server, answer="tool")
    assert decision.action == "5"
    assert "tool_choice" in server.bodies[0]


async def test_prose_in_place_of_a_tool_call_is_unparsable():
    async with faulty_server(Does(body=openai_reply("ACTION: 5"))) as server:
        decision = await decide(server, answer="tool")
    assert decision.outcome is AttemptOutcome.UNPARSABLE
    assert "tool" in decision.problem
