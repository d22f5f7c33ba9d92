"""The OpenAI library. Its retries and its time limit are off: both live above the transports."""

from __future__ import annotations

import asyncio
import importlib
from typing import TYPE_CHECKING, Any

from agents.llm.clients.base import ChatReply, ChatRequest, Client, Route
from agents.llm.clients.errors import CallError, ErrorKind, error_from_status
from agents.llm.clients.openai_format import chat_body, chat_reply, decoded

if TYPE_CHECKING:
    from openai import AsyncOpenAI


class OpenAIClient(Client):
    """One `AsyncOpenAI` for many calls; the raw body is read, so that odd replies fail the same way everywhere."""

    name = "openai"

    def __init__(self, route: Route) -> None:
        super().__init__(route)
        self._client: AsyncOpenAI | None = None

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Ask once. Raises CallError when no whole answer came back."""
        client = await self._open()
        import openai

        try:
            raw = await client.chat.completions.with_raw_response.create(**self._body(request))
        except openai.APIStatusError as error:
            text = error.response.content.decode("utf-8", "replace")
            raise error_from_status(error.status_code, text, error.response.headers) from None
        except openai.APIConnectionError as error:
            raise CallError(f"{error} {error.__cause__ or ''}".strip(), ErrorKind.RETRYABLE) from None
        return chat_reply(decoded(raw.http_response.content), request.with_seed())

    async def aclose(self) -> None:
        """Release the connections; a later call opens new ones."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _open(self) -> AsyncOpenAI:
        if self._client is None:
            openai = await asyncio.to_thread(importlib.import_module, "openai")
            self._client = self._client or self._new(openai)
        return self._client

    def _new(self, openai: Any) -> AsyncOpenAI:
        try:
            client: AsyncOpenAI = openai.AsyncOpenAI(
                api_key=self.route.sdk_key(), base_url=self.route.base_url, max_retries=0, timeout=None
            )
        except openai.OpenAIError as error:
            raise CallError(str(error), ErrorKind.FATAL) from None
        return client

    def _body(self, request: ChatRequest) -> dict[str, Any]:
        """OpenAI has renamed `max_tokens`, and its newer models refuse the old name; other servers know no other."""
        body = chat_body(self.route.model, request)
        if self.route.base_url is None and "max_tokens" in body:
            body["max_completion_tokens"] = body.pop("max_tokens")
        return body
