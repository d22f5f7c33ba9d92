"""LiteLLM, for every provider it knows. Its retries, its time limit and its dropping of parameters are off.

The library keeps one pool of connections and one background worker per process, so the last of our clients that closes
tidies up for all.
"""

from __future__ import annotations

import asyncio
import dataclasses
import functools
import importlib
import logging
import os
import weakref
from collections.abc import Mapping
from typing import Any, Final

from agents.llm.clients.base import ChatReply, ChatRequest, Client, Route
from agents.llm.clients.errors import CallError, ErrorKind, kind_of, retry_after_s
from agents.llm.clients.openai_format import FORCED_TOOL, TOOL, chat_reply

# The library's own limit is 6000 s and it takes no "none": whoever calls cancels long before this.
_NO_TIME_LIMIT_S: Final = 86_400.0
_ENVIRONMENT: Final = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",  # or it fetches prices from the network when imported
    "LITELLM_MODE": "PRODUCTION",  # or it loads a .env file from the working folder
    "AIOHTTP_CONNECTOR_LIMIT": "0",  # or its pool is smaller than the number of matches
    "AIOHTTP_CONNECTOR_LIMIT_PER_HOST": "0",
}
_LOGGERS: Final = ("LiteLLM", "LiteLLM Proxy", "LiteLLM Router")
_HOPELESS: Final = ("missing credentials", "api_key client option must be set", "llm provider not provided")


class LiteLLMClient(Client):
    """Calls through `litellm.acompletion`; the model's name starts with LiteLLM's name of the provider."""

    name = "litellm"

    def __init__(self, route: Route) -> None:
        super().__init__(route)
        self._litellm: Any = None
        self._takes_seed = False

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Ask once. Raises CallError when no whole answer came back."""
        litellm = await self._open()
        parameters = request.with_seed() if self._takes_seed else dict(request.parameters)
        arguments = self._arguments(request, parameters)
        try:
            response = await litellm.acompletion(**arguments)
        except Exception as error:  # the library lets errors of many kinds through
            raise _call_error(litellm, error) from None
        return self._reply(response, parameters)

    async def aclose(self) -> None:
        """Release the connections once no other client needs them; a later call opens new ones."""
        if self._litellm is None:
            return
        self._litellm = None
        _OPEN.discard(self)
        if not _OPEN:
            await _close_library()

    async def _open(self) -> Any:
        if self._litellm is None:
            self._litellm = await asyncio.to_thread(_library)
            # Anything else that the provider does not take is an error when it is sent.
            self._takes_seed = "seed" in (self._litellm.get_supported_openai_params(model=self.route.model) or ())
            _OPEN.add(self)
        return self._litellm

    def _arguments(self, request: ChatRequest, parameters: Mapping[str, Any]) -> dict[str, Any]:
        # Without the last one it looks for tools of a proxy of its own, which needs a package that we do not install.
        tool = {"tools": [TOOL], "tool_choice": FORCED_TOOL, "_skip_mcp_handler": True} if request.tool else {}
        return {
            "model": self.route.model,
            "messages": [{"role": message.role, "content": message.content} for message in request.messages],
            "api_base": self.route.base_url,
            "api_key": self.route.sdk_key(),
            "timeout": _NO_TIME_LIMIT_S,
            "num_retries": 0,
            "max_retries": 0,
            **parameters,
            **tool,
        }

    def _reply(self, response: Any, parameters: Mapping[str, Any]) -> ChatReply:
        reply = chat_reply(response.model_dump(), parameters)
        if not reply.tokens_in and not reply.tokens_out:  # the library writes 0 where the server counted nothing
            reply = dataclasses.replace(reply, tokens_in=None, tokens_out=None)
        cost = response._hidden_params.get("response_cost")
        known = isinstance(cost, float) and reply.tokens_in is not None and not self._elsewhere()
        return dataclasses.replace(reply, cost_usd=cost if known else None)

    def _elsewhere(self) -> bool:
        """Whether the call goes to another server than the provider's own, so that the price list does not hold."""
        provider = self.route.model.partition("/")[0].upper()
        moved = (f"{provider}_{name}" for name in ("API_BASE", "BASE_URL"))
        return self.route.base_url is not None or any(os.environ.get(name) for name in moved)


def listed_price(model: str) -> tuple[float, float] | None:
    """US dollars per prompt and per completion token in the library's own price list; None when it lists none."""
    try:
        facts = _library().get_model_info(model)
    except Exception:  # the library raises a bare Exception for a model that it does not know
        return None
    prices = facts.get("input_cost_per_token"), facts.get("output_cost_per_token")
    return None if None in prices else (float(prices[0]), float(prices[1]))


_OPEN: Final[weakref.WeakSet[LiteLLMClient]] = weakref.WeakSet()


@functools.cache
def _library() -> Any:
    """Import LiteLLM (seconds) with everything off that reaches for the network, the working folder or the terminal."""
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    litellm: Any = importlib.import_module("litellm")
    litellm.suppress_debug_info = True
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        logger.setLevel(logging.WARNING)
        logger.propagate = False
        logger.handlers = [logging.NullHandler()]
    return litellm


async def _close_library() -> None:
    """End the background worker and close every pooled connection, and forget them, so that none is used again."""
    litellm = _library()
    worker = importlib.import_module("litellm.litellm_core_utils.logging_worker").GLOBAL_LOGGING_WORKER
    await asyncio.sleep(0)  # tasks of finished calls have yet to hand their work to the worker
    await worker.flush()
    await worker.stop()
    cleanup = importlib.import_module("litellm.llms.custom_httpx.async_client_cleanup")
    await cleanup.close_litellm_async_clients()
    litellm.in_memory_llm_clients_cache.flush_cache()


def _call_error(litellm: Any, error: Exception) -> CallError:
    """An error of the library, or of one below it, by the status it carries."""
    text = f"{type(error).__name__}: {error}"
    details = f"{text} {getattr(error, 'body', '') or ''}"
    status = getattr(error, "status_code", None)
    headers = getattr(error, "litellm_response_headers", None) or {}
    if isinstance(error, litellm.UnsupportedParamsError) or any(mark in details.casefold() for mark in _HOPELESS):
        return CallError(text, ErrorKind.FATAL)
    if not isinstance(status, int) or status < 400:  # a body that it could not read carries status 200
        return CallError(text, ErrorKind.RETRYABLE)
    return CallError(text, kind_of(status, details), retry_after_s(headers))
