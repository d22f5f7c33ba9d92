"""Every transport gives the same answer to the same server behaviour."""

from __future__ import annotations

import asyncio
import functools
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from agents.base import Message
from agents.llm.clients import open_client
from agents.llm.clients.base import OVERSIZED, ChatRequest, Route
from agents.llm.clients.errors import CallError, ErrorKind
from agents.llm.clients.http import BODY_CAP
from tests.agents.faulty_server import Does, FaultyServer, anthropic_reply, faulty_server, openai_reply

CHAT = (Message("system", "rules"), Message("user", "seen"), Message("assistant", "ACTION: 5"), Message("user", "now"))
OPENAI_LIKE = ("http", "openai", "litellm")
TRANSPORTS = (*OPENAI_LIKE, "anthropic")
everywhere = pytest.mark.parametrize("transport", TRANSPORTS)
openai_like = pytest.mark.parametrize("transport", OPENAI_LIKE)


def route(transport: str, server: FaultyServer, api_key_env: str | None = None) -> Route:
    base_url = server.anthropic_url if transport == "anthropic" else server.openai_url
    return Route("hosted_vllm/m" if transport == "litellm" else "m", base_url, api_key_env)


@everywhere
@asynccontextmanager
async def client_of(transport, server, api_key_env=None):
    async with aclosing(open_client(transport, route(transport, server, api_key_env))) as client:
        yield client


async def complete(transport, server, **fields):
    async with client_of(transport, server) as client:
        return await client.complete(ChatRequest(CHAT, **{"parameters": {"max_tokens": 7}, **fields}))


async def error_of(transport, *script: Does) -> CallError:
    async with faulty_server(*script) as server:
        with pytest.raises(CallError) as raised:
            await complete(transport, server)
        assert len(server.bodies) == 1, "a transport does not retry"
        return raised.value


@everywhere
async def test_the_reply_carries_text_thinking_names_and_counts(transport):
    async with faulty_server() as server:
        reply = await complete(transport, server)
    assert reply.text.endswith("ACTION: 4")
    assert reply.reasoning == "hm"
    assert reply.finish_reason in ("stop", "end_turn")
    assert "served-model" in reply.returned_model
    assert (reply.tokens_in, reply.tokens_out, reply.tokens_cached) == (100, 20, 30)
    assert reply.tokens_reasoning == (None if transport == "anthropic" else 5)
    assert reply.cost_usd is None


@everywhere
async def test_the_parameters_are_sent_as_they_were_given(transport):
    parameters = {"max_tokens": 7, "temperature": 0.5, "top_p": 0.9}
    async with faulty_server() as server:
        reply = await complete(transport, server, parameters=parameters, seed=11)
    (body,) = server.bodies
    assert {name: body[name] for name in parameters} == parameters
    assert reply.parameters == parameters | ({} if transport == "anthropic" else {"seed": 11})
    assert body.get("seed") == reply.parameters.get("seed")
    roles = [message["role"] for message in body["messages"]]
    assert roles == ([] if transport == "anthropic" else ["system"]) + ["user", "assistant", "user"]
    assert body["model"] == "m"


@everywhere
async def test_nothing_is_sent_that_was_not_asked_for(transport):
    async with faulty_server() as server:
        await complete(transport, server)
    assert set(server.bodies[0]) - {"system"} == {"model", "messages", "max_tokens"}


@openai_like
async def test_a_tool_call_gives_its_arguments(transport):
    call = {"id": "c", "type": "function", "function": {"name": "act", "arguments": '{"action": "4"}'}}
    async with faulty_server(Does(body=openai_reply("So.", "tool_calls", tool_calls=[call]))) as server:
        reply = await complete(transport, server, tool=True)
    assert (reply.text, reply.reasoning) == ('{"action": "4"}', "So.")
    assert server.bodies[0]["tool_choice"] == {"type": "function", "function": {"name": "act"}}
    assert server.bodies[0]["tools"][0]["function"]["parameters"]["required"] == ["action"]


@pytest.mark.parametrize("transport", ["anthropic"])
async def test_an_anthropic_tool_call_gives_its_input(transport):
    block = {"type": "tool_use", "id": "t", "name": "act", "input": {"action": "4"}}
    blocks = [{"type": "text", "text": "So."}, block]
    async with faulty_server(Does(body=anthropic_reply(blocks, "tool_use"))) as server:
        reply = await complete(transport, server, tool=True)
    assert (reply.text, reply.reasoning) == ('{"action":"4"}', "So.")
    assert server.bodies[0]["tool_choice"] == {"type": "tool", "name": "act"}


STATUSES = {
    ErrorKind.RETRYABLE: [
        (408, "late"),
        (409, "busy"),
        (429, "slow down"),
        (429, "You exceeded your current quota"),
        (500, "oops"),
        (503, ""),
        (529, "full"),
    ],
    ErrorKind.FATAL: [
        (401, "bad key"),
        (402, "pay"),
        (403, "forbidden"),
        (404, "unknown model"),
        (429, "insufficient_quota"),
        (400, "Your credit balance is too low"),
    ],
    ErrorKind.BAD_REQUEST: [(400, "bad temperature"), (422, "unexpected field")],
    ErrorKind.CONTEXT_TOO_LONG: [
        (400, "the maximum context length is 10"),
        (400, "prompt is too long"),
        (400, "exceeds the context size"),
    ],
    ErrorKind.BLOCKED: [(400, "content_filter")],
}


@everywhere
@pytest.mark.parametrize(
    ("status", "said", "kind"), [(status, said, kind) for kind, cases in STATUSES.items() for status, said in cases]
)
async def test_a_status_has_one_meaning(transport, status, said, kind):
    error = await error_of(transport, Does(status, {"error": {"message": said, "code": said, "type": said}}))
    assert error.kind is kind
    assert error.fatal == (kind is ErrorKind.FATAL)
    assert said in str(error)


@everywhere
async def test_retry_after_in_seconds(transport):
    error = await error_of(transport, Does(429, {}, {"Retry-After": "7"}))
    assert error.retry_after_s == 7.0


@everywhere
async def test_retry_after_as_a_date(transport):
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    error = await error_of(transport, Does(503, {}, {"Retry-After": date}))
    assert error.retry_after_s == pytest.approx(90, abs=30)


@everywhere
@pytest.mark.parametrize("value", ["soon", "nan", "inf", ""])
async def test_a_strange_retry_after_is_none(transport, value):
    error = await error_of(transport, Does(429, {}, {"Retry-After": value}))
    assert (error.kind, error.retry_after_s) == (ErrorKind.RETRYABLE, None)


@everywhere
@pytest.mark.parametrize(
    "does",
    [
        Does(reset=True),
        Does(body=b'{"choices": [{"message": {"content": "ACTION: 5'),
        Does(body=b"<html>busy</html>"),
        Does(body=b""),
        Does(body=b"[" * 100_000),
        Does(body=b"[1, 2]"),
    ],
    ids=["reset", "half", "html", "nothing", "nested", "list"],
)
async def test_half_a_reply_is_never_used(transport, does):
    error = await error_of(transport, does)
    assert error.kind is ErrorKind.RETRYABLE


@everywhere
async def test_nobody_there_is_worth_another_try(transport):
    async with faulty_server() as server:
        pass
    with pytest.raises(CallError) as raised:
        await complete(transport, server)
    assert raised.value.kind is ErrorKind.RETRYABLE


@openai_like
async def test_an_error_inside_a_reply_is_an_error(transport):
    error = await error_of(transport, Does(body={"error": {"message": "upstream is down", "code": 502}}))
    assert error.kind is ErrorKind.RETRYABLE


@openai_like
async def test_no_choices_are_an_empty_answer(transport):
    async with faulty_server(Does(body={**openai_reply(), "choices": []})) as server:
        assert (await complete(transport, server)).text == ""


@openai_like
async def test_uncounted_tokens_are_unknown_and_not_zero(transport):
    body = {name: value for name, value in openai_reply().items() if name != "usage"}
    async with faulty_server(Does(body=body)) as server:
        reply = await complete(transport, server)
    assert (reply.tokens_in, reply.tokens_out, reply.cost_usd) == (None, None, None)


@openai_like
async def test_a_refusal_is_told_by_the_finish_reason(transport):
    async with faulty_server(Does(body=openai_reply(None, "stop", refusal="I will not."))) as server:
        reply = await complete(transport, server)
    assert (reply.finish_reason, reply.text) == ("refusal", "I will not.")


@pytest.mark.parametrize("transport", ["http", "openai"])
@pytest.mark.parametrize(
    "content",
    [b'"half \\ud83d surrogate"', b'"wrong charset \xe9\xff"', b'"nul \\u0000"', b'[{"type": "text", "text": "part"}]'],
    ids=["surrogate", "charset", "nul", "parts"],
)
async def test_strange_texts_can_be_stored(transport, content):
    body = b'\xef\xbb\xbf{"choices": [{"message": {"content": ' + content + b"}}]}"
    async with faulty_server(Does(body=body)) as server:
        reply = await complete(transport, server)
    assert reply.text.encode("utf-8").decode() == reply.text != ""


@pytest.mark.parametrize("transport", ["http"])
@pytest.mark.parametrize("message", [None, 7, "text", [], {"content": 7}, {"content": {"a": 1}}, {"tool_calls": [1]}])
async def test_replies_of_any_shape_are_read(transport, message):
    usage = {"prompt_tokens": "many", "completion_tokens": -1, "prompt_tokens_details": 3}
    body = {"choices": [{"message": message, "finish_reason": 4}], "usage": usage, "model": None}
    async with faulty_server(Does(body=body)) as server:
        reply = await complete(transport, server)
    assert (reply.text, reply.tokens_in, reply.tokens_out, reply.finish_reason) == ("", None, None, None)


@pytest.mark.parametrize("transport", ["http"])
async def test_a_body_over_the_cap_is_cut_off(transport):
    long, short = (Does(body=openai_reply("x" * length)) for length in (BODY_CAP + 1, 1000))
    async with faulty_server(long, short) as server, client_of(transport, server) as client:
        reply = await client.complete(ChatRequest(CHAT))
        after = await client.complete(ChatRequest(CHAT))
    assert (reply.text, reply.finish_reason) == ("", OVERSIZED)
    assert after.text == "x" * 1000


@pytest.mark.parametrize("transport", ["http"])
async def test_redirects_are_not_followed(transport):
    error = await error_of(transport, Does(302, {}, {"Location": "http://127.0.0.1:1/"}))
    assert error.kind is ErrorKind.FATAL


@everywhere
async def test_the_named_key_is_sent_and_read_when_calling(transport, monkeypatch):
    async with faulty_server() as server, client_of(transport, server, "MY_SERVER_KEY") as client:
        monkeypatch.delenv("MY_SERVER_KEY", raising=False)
        with pytest.raises(CallError, match="MY_SERVER_KEY is not set") as raised:
            await client.complete(ChatRequest(CHAT, {"max_tokens": 7}))
        assert raised.value.fatal
        monkeypatch.setenv("MY_SERVER_KEY", "key-of-my-server")
        await client.complete(ChatRequest(CHAT, {"max_tokens": 7}))
    (headers,) = server.headers
    assert "key-of-my-server" in (headers.get("authorization", "") + headers.get("x-api-key", ""))


@everywhere
async def test_the_provider_s_key_never_travels_to_another_server(transport, monkeypatch):
    for provider in ("OPENAI", "ANTHROPIC", "HOSTED_VLLM"):
        monkeypatch.setenv(f"{provider}_API_KEY", f"sk-canary-{provider}")
    monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN", "sk-canary-token")
    async with faulty_server() as server:
        await complete(transport, server)
    assert "canary" not in str(server.headers)


@everywhere
async def test_cancelling_a_call_hangs_up_and_leaves_the_client_usable(transport):
    async with faulty_server(Does(after_s=30)) as server, client_of(transport, server) as client:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await client.complete(ChatRequest(CHAT, {"max_tokens": 7}))
        reply = await client.complete(ChatRequest(CHAT, {"max_tokens": 7}))
        assert reply.text.endswith("ACTION: 4")
        for _ in range(50):
            await asyncio.sleep(0.02 * (not server.dropped))
        assert server.dropped == 1


@everywhere
async def test_a_closed_client_opens_again(transport):
    async with faulty_server() as server:
        client = open_client(transport, route(transport, server))
        for _ in range(2):
            await client.complete(ChatRequest(CHAT, {"max_tokens": 7}))
            await client.aclose()
        await client.aclose()


@everywhere
async def test_closing_one_client_leaves_the_others_alone(transport):
    async with faulty_server(Does(), Does(), Does(after_s=0.2)) as server, client_of(transport, server) as other:
        async with client_of(transport, server) as client:
            await other.complete(ChatRequest(CHAT, {"max_tokens": 7}))
            await client.complete(ChatRequest(CHAT, {"max_tokens": 7}))
            running = asyncio.create_task(other.complete(ChatRequest(CHAT, {"max_tokens": 7})))
            await asyncio.sleep(0.05)
        assert (await running).text.endswith("ACTION: 4")


@pytest.mark.parametrize("transport", ["litellm"])
async def test_litellm_knows_a_price_only_for_the_provider_s_own_server(transport, monkeypatch):
    litellm = pytest.importorskip("litellm")
    answering = functools.partial(litellm.acompletion, mock_response="ACTION: 4")
    monkeypatch.setattr(litellm, "acompletion", answering)
    costs = []
    for base_url, moved in [(None, ""), ("http://127.0.0.1:9/v1", ""), (None, "http://127.0.0.1:9/v1")]:
        monkeypatch.setenv("OPENAI_BASE_URL", moved)
        async with aclosing(open_client(transport, Route("openai/gpt-4o-mini", base_url))) as client:
            costs.append((await client.complete(ChatRequest(CHAT, {"max_tokens": 7}))).cost_usd)
    assert costs[0] > 0
    assert costs[1:] == [None, None]


@pytest.mark.parametrize("transport", ["litellm"])
async def test_litellm_speaks_the_anthropic_api_too(transport):
    block = {"type": "tool_use", "id": "t", "name": "act", "input": {"action": "4"}}
    async with faulty_server(Does(), Does(body=anthropic_reply([block], "tool_use"))) as server:
        client = open_client(transport, Route("anthropic/claude-sonnet-4-5", server.anthropic_url))
        told = await client.complete(ChatRequest(CHAT, {"max_tokens": 7}, seed=3))
        called = await client.complete(ChatRequest(CHAT, {"max_tokens": 7}, seed=3, tool=True))
        await client.aclose()
    assert (told.text, told.reasoning, called.text) == ("So.\nACTION: 4", "hm", '{"action": "4"}')
    assert (told.parameters, told.tokens_in, told.tokens_cached) == ({"max_tokens": 7}, 100, 30)
    assert "seed" not in server.bodies[0]
