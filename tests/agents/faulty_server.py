"""A server of the OpenAI chat and the Anthropic Messages API that does what a script says, then answers well."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import web

OPENAI_REPLY = {
    "id": "1",
    "object": "chat.completion",
    "created": 1,
    "model": "served-model",
    "choices": [
        {
            "index": 0,
            "finish_reason": "stop",
            "message": {"role": "assistant", "content": "I think so.\nACTION: 4", "reasoning_content": "hm"},
        }
    ],
    "usage": {
        "prompt_tokens": 100,
        "completion_tokens": 20,
        "total_tokens": 120,
        "completion_tokens_details": {"reasoning_tokens": 5},
        "prompt_tokens_details": {"cached_tokens": 30},
    },
}
ANTHROPIC_REPLY = {
    "id": "msg_1",
    "type": "message",
    "role": "assistant",
    "model": "served-model",
    "content": [{"type": "thinking", "thinking": "hm", "signature": "s"}, {"type": "text", "text": "So.\nACTION: 4"}],
    "stop_reason": "end_turn",
    "stop_sequence": None,
    "usage": {
        "input_tokens": 60,
        "cache_read_input_tokens": 30,
        "cache_creation_input_tokens": 10,
        "output_tokens": 20,
    },
}


@dataclass(frozen=True)
class Does:
    """One answer: a status and a body, whole or broken off after half of it, perhaps after a while."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    reset: bool = False
    after_s: float = 0.0


@dataclass
class FaultyServer:
    """The running server: its address and what it was asked."""

    script: list[Does]
    host: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    dropped: int = 0

    @property
    def openai_url(self) -> str:
        return f"{self.host}/v1"

    @property
    def anthropic_url(self) -> str:
        return self.host

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.bodies.append(orjson.loads(await request.read()))
        self.headers.append({name.lower(): value for name, value in request.headers.items()})
        does = self.script.pop(0) if self.script else Does()
        try:
            await asyncio.sleep(does.after_s)
        except asyncio.CancelledError:
            self.dropped += 1
            raise
        good = ANTHROPIC_REPLY if request.path.endswith("/messages") else OPENAI_REPLY
        body = _bytes(good if does.body is None else does.body)
        if not does.reset:
            return web.Response(status=does.status, body=body, headers=does.headers, content_type="application/json")
        response = web.StreamResponse(headers={"Content-Length": str(len(body)), "Content-Type": "application/json"})
        await response.prepare(request)
        await response.write(body[: len(body) // 2])
        assert request.transport is not None
        request.transport.abort()
        return response


@asynccontextmanager
async def faulty_server(*script: Does) -> AsyncIterator[FaultyServer]:
    """Run the server on a free port of this machine."""
    server = FaultyServer(list(script))
    application = web.Application()
    application.router.add_post("/v1/chat/completions", server.answer)
    application.router.add_post("/v1/messages", server.answer)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        server.host = f"http://{host}:{port}"
        yield server
    finally:
        await runner.cleanup()


def openai_reply(content: Any = "ACTION: 4", finish: str | None = "stop", **message: Any) -> dict[str, Any]:
    """A chat completion with this message."""
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content, **message}}
    return {**OPENAI_REPLY, "choices": [choice]}


def anthropic_reply(content: Sequence[Mapping[str, Any]], stop: str = "end_turn") -> dict[str, Any]:
    """A message with these blocks."""
    return {**ANTHROPIC_REPLY, "content": list(content), "stop_reason": stop}


def _bytes(body: Any) -> bytes:
    return body if isinstance(body, bytes) else orjson.dumps(body)
