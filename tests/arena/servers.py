"""A mock model server in a thread of the test process, which remembers what it was asked."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from aiohttp import web

from agents.base import Message
from agents.llm.journal import fingerprint
from agents.llm.mock import completion
from agents.llm.mock_player import mock_reply

# Fingerprint of the messages, and the seed: what makes a call the same call.
Asked = tuple[str, int]


class RecordingServer:
    """What was asked, in order."""

    def __init__(self, latency_s: float) -> None:
        self.latency_s = latency_s
        self.asked: list[Asked] = []
        self.url = ""

    async def chat(self, request: web.Request) -> web.Response:
        body: dict[str, Any] = orjson.loads(await request.read())
        messages = tuple(Message(message["role"], message["content"]) for message in body["messages"])
        self.asked.append((fingerprint(messages), body["seed"]))
        await asyncio.sleep(self.latency_s)
        return web.Response(body=orjson.dumps(completion(body, mock_reply(body))), content_type="application/json")


@contextmanager
def recording_server(latency_s: float = 0.0) -> Iterator[RecordingServer]:
    """Serve on loopback until the block ends."""
    server, ready, loop = RecordingServer(latency_s), threading.Event(), asyncio.new_event_loop()
    stopped = asyncio.Event()

    async def serve() -> None:
        application = web.Application(client_max_size=1 << 24)
        application.router.add_post("/v1/chat/completions", server.chat)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
        ready.set()
        await stopped.wait()
        await runner.cleanup()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    ready.wait(10)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(stopped.set)
        thread.join(10)
        loop.close()
