"""Whole matches over HTTP: 64 in flight against a stub that answers after 200 ms, as a share of the ideal rate.

    python benchmarks/transports.py

The stub runs in a process of its own and always answers the same. Rows, all measured in one run: whole matches of the
prisoner's dilemma, in each of which a model behind the `http` transport meets a scripted player, with match loop,
journal and store; the transport alone; a bare aiohttp loop as the peer. The ideal is calls in flight divided by the
latency. Each rate is the steady one: calls of a long run less those of a short one, by the difference in time, so
that starting and ending do not count.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Coroutine
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

import aiohttp
import orjson
from aiohttp import web

from agents.base import Message
from agents.llm.clients.base import ChatRequest, Route
from agents.llm.clients.http import HttpClient
from arena.config import parse_config
from arena.records import MatchRecord
from arena.tournament import enter, prepare, run_tournament

LATENCY_S: Final = 0.2
IN_FLIGHT: Final = 64
ROUNDS: Final = 3
MATCH_ROUNDS: Final = 10
SHORT, LONG = 640, 2560
Work = Callable[[str, int], Coroutine[Any, Any, None]]
REPLY: Final = orjson.dumps(
    {
        "model": "stub",
        "choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": "ACTION: cooperate"}}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 5},
    }
)


def stub(ready: Connection) -> None:
    """Serve until the process is ended: read the request, wait, answer `ACTION: cooperate`."""

    async def chat(request: web.Request) -> web.Response:
        await request.read()
        await asyncio.sleep(LATENCY_S)
        return web.Response(body=REPLY, content_type="application/json")

    async def serve() -> None:
        application = web.Application(client_max_size=1 << 24)
        application.router.add_post("/v1/chat/completions", chat)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        ready.send(f"http://127.0.0.1:{runner.addresses[0][1]}/v1")
        await asyncio.Event().wait()

    asyncio.run(serve())


async def transport_alone(url: str, calls: int) -> None:
    """Calls of the transport with a chat of sixteen messages, `IN_FLIGHT` at once."""
    client, left = HttpClient(Route("stub", url, None)), iter(range(calls))
    past = [Message("user", "You played, the other played." * 5), Message("assistant", "ACTION: cooperate")]
    request = ChatRequest((Message("system", "Rules. " * 200), *past * 8), {"max_tokens": 64}, seed=1)

    async def worker() -> None:
        for _ in left:
            await client.complete(request)

    await asyncio.gather(*(worker() for _ in range(IN_FLIGHT)))
    await client.aclose()


async def bare_loop(url: str, calls: int) -> None:
    """The peer: posts, `IN_FLIGHT` at once, replies parsed and dropped."""
    body = orjson.dumps({"model": "careful", "seed": 1, "messages": [{"role": "user", "content": "Hello"}]})
    left = iter(range(calls))

    async def worker(session: aiohttp.ClientSession) -> None:
        for _ in left:
            async with session.post(f"{url}/chat/completions", data=body) as response:
                orjson.loads(await response.read())

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await asyncio.gather(*(worker(session) for _ in range(IN_FLIGHT)))


async def matches(url: str, calls: int) -> None:
    """A tournament that makes so many calls, one model in each match."""
    config = parse_config(
        {
            "games": [f"prisoners_dilemma(rounds={MATCH_ROUNDS})"],
            "agents": [f"local/careful@{url}", "tit_for_tat"],
            "repeats": calls // MATCH_ROUNDS // 2,
            "max_concurrency": IN_FLIGHT,
        },
        "benchmark",
    )
    tournament, played = prepare(config), list[MatchRecord]()
    with tempfile.TemporaryDirectory() as folder:
        enter(tournament, Path(folder) / "run")
        await run_tournament(tournament, Path(folder) / "run", played.append)
    assert len(played) * MATCH_ROUNDS == calls


def steady(work: Work, url: str) -> tuple[float, float]:
    """Calls per second and CPU seconds per call of this process, starting and ending excluded."""
    (short_wall, short_cpu), (long_wall, long_cpu) = (measured(work, url, calls) for calls in (SHORT, LONG))
    calls = LONG - SHORT
    return calls / (long_wall - short_wall), (long_cpu - short_cpu) / calls


def measured(work: Work, url: str, calls: int) -> tuple[float, float]:
    """Wall and CPU seconds of so many calls."""
    cpu, start = _cpu(), time.perf_counter()
    asyncio.run(work(url, calls))
    return time.perf_counter() - start, _cpu() - cpu


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Print the table."""
    receiver, sender = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=stub, args=(sender,), daemon=True)
    process.start()
    url, ideal = receiver.recv(), IN_FLIGHT / LATENCY_S
    rows: dict[str, Work] = {
        "matches over http": matches,
        "transport alone": transport_alone,
        "bare aiohttp loop": bare_loop,
    }
    timings: dict[str, list[tuple[float, float]]] = {name: [] for name in rows}
    for _ in range(ROUNDS):
        for name, work in rows.items():
            timings[name].append(steady(work, url))
    process.terminate()
    print(f"{IN_FLIGHT} in flight, {LATENCY_S:g} s: ideal {ideal:.0f} calls/s (medians of {ROUNDS})")
    for name, found in timings.items():
        rate, cpu = (statistics.median(column) for column in zip(*found, strict=True))
        print(f"{name:<20}{rate:>8.0f} calls/s{rate / ideal:>8.1%} of ideal{cpu * 1e6:>8.0f} us CPU per call")


if __name__ == "__main__":
    main()
