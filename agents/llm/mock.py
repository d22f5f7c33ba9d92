"""A stand-in for a model server: offline, free, deterministic, and spoken to like any OpenAI-compatible one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

import orjson
from aiohttp import web

from agents.llm.clients.base import TOOL_NAME
from agents.llm.mock_player import NAMES, MockReply, UnknownMock, mock_reply, usage

_LATENCY: Final = web.AppKey("latency", float)
_BODY_CAP: Final = 16 << 20


@asynccontextmanager
async def mock_server(*, latency_s: float = 0.0) -> AsyncIterator[str]:
    """Run the mock server on a free port of this machine; yields the address that clients are given.

    Args:
        latency_s: seconds that every answer takes at least.
    """
    runner = web.AppRunner(_application(latency_s), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}/v1"
    finally:
        await runner.cleanup()


def _application(latency_s: float) -> web.Application:
    application = web.Application(client_max_size=_BODY_CAP)
    application[_LATENCY] = latency_s
    application.router.add_get("/health", _health)
    application.router.add_get("/v1/models", _models)
    application.router.add_post("/v1/chat/completions", _chat)
    return application


async def _health(_: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


async def _models(_: web.Request) -> web.Response:
    return web.json_response({"object": "list", "data": [{"id": name, "object": "model"} for name in NAMES]})


async def _chat(request: web.Request) -> web.Response:
    try:
        body = orjson.loads(await request.read())
    except orjson.JSONDecodeError:
        return _error(400, "the request is no JSON")
    if not isinstance(body, dict) or not isinstance(body.get("messages"), list):
        return _error(400, "the request has no messages")
    try:
        reply = mock_reply(body)
    except UnknownMock as error:
        return _error(404, str(error))
    await asyncio.sleep(request.app[_LATENCY] + reply.pause_s)
    return web.Response(body=orjson.dumps(completion(body, reply)), content_type="application/json")


def completion(body: Mapping[str, Any], reply: MockReply) -> dict[str, Any]:
    """A reply as the chat completion that answers this request."""
    message: dict[str, Any] = {"role": "assistant", "content": reply.text}
    if reply.reasoning is not None:
        message["reasoning_content"] = reply.reasoning
    if body.get("tools") and reply.text.startswith("{"):
        function = {"name": TOOL_NAME, "arguments": reply.text}
        message |= {"content": None, "tool_calls": [{"id": "call_1", "type": "function", "function": function}]}
    return {
        "id": "mock",
        "object": "chat.completion",
        "created": 0,
        "model": f"mock-{body['model']}",
        "choices": [{"index": 0, "finish_reason": reply.finish_reason, "message": message}],
        "usage": usage(body["messages"], reply),
    }


def _error(status: int, message: str) -> web.Response:
    return web.json_response({"error": {"message": message, "type": "invalid_request_error"}}, status=status)
