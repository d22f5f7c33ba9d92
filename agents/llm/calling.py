"""One answered model call: from the journal if it was answered before, else asked, retried, priced and kept.

This lives once, above the transports, so that retries are counted and limited in one place.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from agents.base import Journal, ModelCall
from agents.llm.clients.base import ChatReply, ChatRequest, Client
from agents.llm.clients.errors import CallError, ErrorKind
from agents.llm.journal import pack, unpack
from agents.llm.redaction import redact

FIRST_WAIT_S: Final = 0.5
LONGEST_WAIT_S: Final = 60.0
MOST_WAITING_S: Final = 600.0
_ERROR_LENGTH: Final = 400
# A call that follows failed tries ends a little before the decision's own time limit does, so that time lost to
# a server's trouble is never counted as the player's.
_SHARE_OF_TIME: Final = 0.98

_ADVICE: Final = {
    ErrorKind.FATAL: "; check the model's name, the key and the credit behind it",
    ErrorKind.BAD_REQUEST: "; check the agent's parameters",
    ErrorKind.CONTEXT_TOO_LONG: "; lower max_tokens, or choose a model with room for the whole match",
}

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Prices:
    """US dollars per million tokens; cached prompt tokens count as prompt tokens."""

    input: float
    output: float

    def cost_usd(self, reply: ChatReply) -> float | None:
        """Price of a reply; None when the server did not count its tokens."""
        if reply.tokens_in is None or reply.tokens_out is None:
            return None
        return (reply.tokens_in * self.input + reply.tokens_out * self.output) / 1e6


@dataclass(frozen=True, slots=True)
class Asking:
    """What surrounds one call.

    Attributes:
        journal: where the answer is kept.
        key: the call's key there.
        seed: seed of the pauses between tries.
        time_s: seconds that the decision may take in all; None: no limit.
    """

    journal: Journal
    key: str
    seed: int
    time_s: float | None = None


class ModelCaller:
    """One model behind one transport, for any number of calls at once.

    Args:
        client: the transport.
        retries: how often a failed call may be tried again.
        prices: what tokens cost; None: what the transport knows, else unknown.
        sleep: pauses between tries.
    """

    def __init__(
        self, client: Client, retries: int = 5, prices: Prices | None = None, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._client = client
        self._retries = retries
        self._prices = prices
        self._sleep = sleep
        self._hopeless: CallError | None = None

    async def call(self, request: ChatRequest, asking: Asking) -> ModelCall:
        """The answer to a request. Once a call has failed for a reason that no later one can escape, none is made.

        Raises:
            CallError: no answer could be had; its text holds no secrets.
        """
        stored = asking.journal.recall(asking.key)
        answered = None if stored is None else unpack(stored, request.messages)
        if answered is not None:
            return answered
        if self._hopeless is not None:
            raise self._hopeless
        try:
            call = await self._ask(request, asking)
        except CallError as error:
            self._hopeless = error if error.fatal else None
            raise
        asking.journal.keep(asking.key, pack(call))
        return call

    async def aclose(self) -> None:
        """Release the transport's connections."""
        await self._client.aclose()

    async def _ask(self, request: ChatRequest, asking: Asking) -> ModelCall:
        """Ask until an answer comes, at most `retries` more times, with growing random pauses."""
        pauses = _Pauses(asking)
        for failures in range(self._retries + 1):
            started = time.perf_counter()
            try:
                async with asyncio.timeout_at(pauses.deadline if failures else None):
                    reply = await self._client.complete(request)
            except CallError as error:
                if error.kind is ErrorKind.BLOCKED:
                    return self._record(request, _blocked(request), time.perf_counter() - started, failures)
                pause = pauses.after(failures, error.retry_after_s)
                if error.kind is not ErrorKind.RETRYABLE or failures == self._retries or pause is None:
                    raise self._final(error, failures) from None
                await self._sleep(pause)
            except TimeoutError:
                raise self._final(CallError("no time is left", ErrorKind.RETRYABLE), failures) from None
            else:
                return self._record(request, reply, time.perf_counter() - started, failures)
        raise AssertionError("the last try returns or raises")

    def _record(self, request: ChatRequest, reply: ChatReply, latency_s: float, failures: int) -> ModelCall:
        return ModelCall(
            requested_model=self._client.route.model,
            transport=self._client.name,
            messages=request.messages,
            reply=reply.text,
            returned_model=reply.returned_model,
            reasoning=reply.reasoning,
            finish_reason=reply.finish_reason,
            tokens_in=reply.tokens_in,
            tokens_out=reply.tokens_out,
            tokens_reasoning=reply.tokens_reasoning,
            tokens_cached=reply.tokens_cached,
            cost_usd=reply.cost_usd if self._prices is None else self._prices.cost_usd(reply),
            latency_s=latency_s,
            retries=failures,
            parameters=dict(reply.parameters),
        )

    def _final(self, error: CallError, failures: int) -> CallError:
        """The error that ends the call: whom it concerns, after how many tries, and no secrets."""
        route = self._client.route
        named = os.environ.get(route.api_key_env) if route.api_key_env else None
        text = redact(str(error), named)
        tries = f" (after {failures + 1} tries)" if failures else ""
        where = redact(f"{route.model} through {self._client.name}", named)
        advice = _ADVICE.get(error.kind, "")
        return CallError(f"{where}: {_shortened(text)}{tries}{advice}", error.kind, error.retry_after_s)


class _Pauses:
    """The pauses between the tries of one call: full jitter, at least what the server asks for, within a total."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._rng: random.Random | None = None
        self._left_s = MOST_WAITING_S
        self._loop = asyncio.get_running_loop()
        self.deadline = None if asking.time_s is None else self._loop.time() + _SHARE_OF_TIME * asking.time_s

    def after(self, failures: int, retry_after_s: float | None) -> float | None:
        """Seconds to pause after so many earlier failures and one more; None when that would take too long."""
        if self._rng is None:  # most calls never pause
            self._rng = random.Random(f"{self._asking.seed}/{self._asking.key}/pauses")
        pause = self._rng.uniform(0.0, min(LONGEST_WAIT_S, FIRST_WAIT_S * 2**failures)) + (retry_after_s or 0.0)
        self._left_s -= pause
        late = self.deadline is not None and self._loop.time() + pause >= self.deadline
        return None if self._left_s < 0 or late else pause


def _blocked(request: ChatRequest) -> ChatReply:
    """The provider's filter refused the prompt: an answer without text, which the player has to answer for."""
    return ChatReply("", parameters=request.with_seed(), finish_reason="content_filter")


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _ERROR_LENGTH else f"{line[:_ERROR_LENGTH]}..."
