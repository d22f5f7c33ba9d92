"""Retries, limits, prices and the journal, once above all transports."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.base import Message, ModelCall, NoJournal
from agents.llm.calling import FIRST_WAIT_S, LONGEST_WAIT_S, MOST_WAITING_S, Asking, ModelCaller, Prices
from agents.llm.clients.base import ChatReply, ChatRequest, Client, Route
from agents.llm.clients.errors import CallError, ErrorKind
from agents.llm.clients.http import HttpClient
from agents.llm.journal import pack, unpack
from tests.agents.asking import Book
from tests.agents.faulty_server import Does, faulty_server

CHAT = ChatRequest((Message("user", "now"),), {"max_tokens": 7}, seed=5)
GOOD = ChatReply("ACTION: 4", parameters={"max_tokens": 7}, tokens_in=100, tokens_out=20)


class ScriptedClient(Client):
    """Raises or returns what it is given, one by one, and counts."""

    name = "scripted"

    def __init__(self, *script: CallError | ChatReply | float) -> None:
        super().__init__(Route("m", "http://somebody:hunter2@host/v1", "MY_SERVER"))
        self.script = list(script)
        self.calls = 0

    async def complete(self, request: ChatRequest) -> ChatReply:
        self.calls += 1
        does = self.script.pop(0) if self.script else GOOD
        if isinstance(does, float):
            await asyncio.sleep(does)
            return GOOD
        if isinstance(does, CallError):
            raise does
        return does

    async def aclose(self) -> None:
        """Nothing to release."""


class Clock:
    """A sleep that only notes how long it was asked for."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)


def trouble(retry_after_s: float | None = None) -> CallError:
    return CallError("busy", ErrorKind.RETRYABLE, retry_after_s)


async def call(client: Client, *, asking: Asking | None = None, retries: int = 5, prices: Prices | None = None):
    clock = Clock()
    caller = ModelCaller(client, retries, prices, sleep=clock)
    return await caller.call(CHAT, asking or Asking(NoJournal(), "k", 1)), clock.slept


async def test_trouble_is_tried_again_and_counted():
    client = ScriptedClient(trouble(), trouble(), GOOD)
    answer, slept = await call(client)
    assert (answer.retries, client.calls, len(slept)) == (2, 3, 2)
    assert answer.reply == "ACTION: 4"


async def test_pauses_grow_and_are_random_within_bounds():
    firsts = set()
    for seed in range(50):
        _, slept = await call(ScriptedClient(*[trouble()] * 12), asking=Asking(NoJournal(), "k", seed), retries=12)
        bounds = [min(LONGEST_WAIT_S, FIRST_WAIT_S * 2**failures) for failures in range(12)]
        assert all(0 <= pause <= bound for pause, bound in zip(slept, bounds, strict=True))
        firsts.add(slept[0])
    assert len(firsts) == 50


async def test_pauses_depend_on_the_seed_and_key_alone():
    runs = [(await call(ScriptedClient(*[trouble()] * 3), asking=Asking(NoJournal(), key, 1)))[1] for key in "kkj"]
    assert runs[0] == runs[1] != runs[2]


async def test_no_pause_is_shorter_than_the_server_asks():
    _, slept = await call(ScriptedClient(trouble(7.0), trouble(20.0)))
    assert slept[0] >= 7.0
    assert slept[1] >= 20.0


async def test_tries_end_after_the_last_retry():
    client = ScriptedClient(*[trouble()] * 9)
    with pytest.raises(CallError, match=r"m through scripted: busy \(after 3 tries\)") as raised:
        await call(client, retries=2)
    assert client.calls == 3
    assert not raised.value.fatal


async def test_waiting_has_a_limit():
    client = ScriptedClient(trouble(MOST_WAITING_S * 0.6), trouble(MOST_WAITING_S * 0.6))
    with pytest.raises(CallError):
        await call(client)
    assert client.calls == 2


@pytest.mark.parametrize("kind", [ErrorKind.FATAL, ErrorKind.BAD_REQUEST, ErrorKind.CONTEXT_TOO_LONG])
async def test_hopeless_calls_are_not_repeated(kind):
    client = ScriptedClient(CallError("no", kind))
    with pytest.raises(CallError) as raised:
        await call(client)
    assert (client.calls, raised.value.kind) == (1, kind)
    assert "; " in str(raised.value), "it says what to do"
    assert raised.value.fatal == (kind is ErrorKind.FATAL)


async def test_a_prompt_that_the_provider_s_filter_refuses_is_an_answer():
    answer, _ = await call(ScriptedClient(CallError("filtered", ErrorKind.BLOCKED)))
    assert (answer.reply, answer.finish_reason) == ("", "content_filter")


async def test_a_pause_that_outlasts_the_decision_is_trouble_and_not_the_player_s_timeout():
    client = ScriptedClient(trouble(30.0))
    with pytest.raises(CallError, match="busy"):
        await call(client, asking=Asking(NoJournal(), "k", 1, time_s=20.0))
    assert client.calls == 1


async def test_a_try_after_trouble_ends_before_the_decision_s_limit():
    client = ScriptedClient(trouble(), 30.0)
    async with asyncio.timeout(2.0):
        with pytest.raises(CallError, match=r"no time is left \(after 2 tries\)"):
            await call(client, asking=Asking(NoJournal(), "k", 1, time_s=0.7))


async def test_a_first_try_is_cut_off_by_the_match_loop_only():
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await call(ScriptedClient(30.0), asking=Asking(NoJournal(), "k", 1, time_s=0.1))


async def test_an_answer_is_kept_and_never_asked_for_twice():
    book, client = Book(), ScriptedClient()
    first, _ = await call(client, asking=Asking(book, "3/0/1/0", 1), prices=Prices(1.5, 7.0))
    again, _ = await call(client, asking=Asking(book, "3/0/1/0", 1), prices=Prices(99.0, 99.0))
    assert first == again
    assert (client.calls, list(book.kept)) == (1, ["3/0/1/0"])


async def test_an_answer_that_cannot_be_kept_is_not_used():
    class FullDisk(Book):
        def keep(self, key: str, answer: str) -> None:
            raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        await call(ScriptedClient(), asking=Asking(FullDisk(), "k", 1))


async def test_a_price_is_given_known_or_unknown_but_never_guessed():
    costs = {
        "given": ((GOOD, Prices(2.0, 10.0)), (100 * 2 + 20 * 10) / 1e6),
        "free": ((GOOD, Prices(0.0, 0.0)), 0.0),
        "unknown": ((GOOD, None), None),
        "from the transport": ((replace(GOOD, cost_usd=0.25), None), 0.25),
        "uncounted": ((replace(GOOD, tokens_out=None), Prices(2.0, 10.0)), None),
    }
    for (reply, prices), cost in costs.values():
        answer, _ = await call(ScriptedClient(reply), prices=prices)
        assert answer.cost_usd == cost


async def test_no_secret_is_in_an_error(monkeypatch):
    monkeypatch.setenv("SOME_API_KEY", "sk-0123456789abcdef")
    monkeypatch.setenv("MY_SERVER", "plain-name")
    said = (
        "Incorrect key sk-0123456789abcdef for http://somebody:hunter2@host/v1, Authorization: Bearer abc.def, "
        "{'x-api-key': 'ghi.jkl'} plain-name"
    )
    with pytest.raises(CallError) as raised:
        await call(ScriptedClient(CallError(said, ErrorKind.FATAL)))
    text = str(raised.value)
    assert not any(secret in text for secret in ("0123456789", "hunter2", "abc.def", "ghi.jkl", "plain-name"))
    assert "Incorrect key [hidden]" in text
    assert raised.value.__suppress_context__


async def test_errors_are_one_line_of_bounded_length():
    with pytest.raises(CallError) as raised:
        await call(ScriptedClient(CallError("long\n" * 9999, ErrorKind.FATAL)))
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 600


texts = st.text(st.characters(exclude_categories=["Cs"]))
counts = st.none() | st.integers(0, 2**53)
amounts = st.none() | st.floats(0, allow_infinity=False, allow_nan=False)
calls = st.builds(
    ModelCall,
    requested_model=texts,
    transport=texts,
    messages=st.lists(st.builds(Message, texts, texts)).map(tuple),
    reply=texts,
    returned_model=st.none() | texts,
    reasoning=st.none() | texts,
    finish_reason=st.none() | texts,
    tokens_in=counts,
    tokens_out=counts,
    tokens_reasoning=counts,
    tokens_cached=counts,
    cost_usd=amounts,
    latency_s=amounts,
    retries=st.integers(0, 9),
    parameters=st.dictionaries(texts, st.integers(-(2**63), 2**63) | st.floats(0, 2) | texts),
)


@given(calls)
def test_the_journal_gives_back_exactly_what_was_kept(made):
    assert unpack(pack(made), made.messages) == made
    assert unpack(pack(made), (*made.messages, Message("user", "and now?"))) is None


async def test_a_server_s_trouble_over_the_wire_is_survived():
    script = [Does(429, {}, {"Retry-After": "1"}), Does(500), Does(reset=True), Does(body=b'{"choices": [')]
    clock = Clock()
    async with faulty_server(*script) as server:
        caller = ModelCaller(HttpClient(Route("m", server.openai_url)), sleep=clock)
        answer = await caller.call(CHAT, Asking(NoJournal(), "k", 1))
        await caller.aclose()
    assert (answer.retries, len(server.bodies)) == (4, 5)
    assert clock.slept[0] >= 1.0
    assert answer.latency_s > 0
    assert all(body == server.bodies[0] for body in server.bodies)


async def test_after_a_hopeless_failure_nothing_is_asked_any_more() -> None:
    client = ScriptedClient(CallError("401: no such key", ErrorKind.FATAL))
    caller = ModelCaller(client)
    for _ in range(3):
        with pytest.raises(CallError, match="no such key"):
            await caller.call(CHAT, Asking(NoJournal(), "k", 1))
    assert client.calls == 1
