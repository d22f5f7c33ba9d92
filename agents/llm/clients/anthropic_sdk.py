"""The Anthropic library. Its retries and its time limit are off: both live above the transports.

The Messages API takes no seed, so none is sent.
"""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import orjson

from agents.base import Message
from agents.llm.clients.base import TOOL_DESCRIPTION, TOOL_NAME, TOOL_SCHEMA, ChatReply, ChatRequest, Client, Route
from agents.llm.clients.errors import CallError, ErrorKind, error_from_status
from agents.llm.clients.openai_format import clean, count, decoded, joined

if TYPE_CHECKING:
    from anthropic import AsyncAnthropic

_TOOL: Final[Mapping[str, Any]] = {"name": TOOL_NAME, "description": TOOL_DESCRIPTION, "input_schema": TOOL_SCHEMA}


class AnthropicClient(Client):
    """One `AsyncAnthropic` for many calls."""

    name = "anthropic"

    def __init__(self, route: Route) -> None:
        super().__init__(route)
        self._client: AsyncAnthropic | None = None

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Ask once. Raises CallError when no whole answer came back."""
        body = message_body(self.route.model, request)
        client = await self._open()
        import anthropic

        try:
            raw = await client.messages.with_raw_response.create(**body)
        except anthropic.APIStatusError as error:
            text = error.response.content.decode("utf-8", "replace")
            raise error_from_status(error.status_code, text, error.response.headers) from None
        except anthropic.APIConnectionError as error:
            raise CallError(f"{error} {error.__cause__ or ''}".strip(), ErrorKind.RETRYABLE) from None
        except (anthropic.AnthropicError, TypeError) as error:  # a missing key is a TypeError there
            raise CallError(str(error), ErrorKind.FATAL) from None
        return message_reply(decoded(raw.http_response.content), request.parameters)

    async def aclose(self) -> None:
        """Release the connections; a later call opens new ones."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _open(self) -> AsyncAnthropic:
        if self._client is None:
            anthropic = await asyncio.to_thread(importlib.import_module, "anthropic")
            self._client = self._client or anthropic.AsyncAnthropic(
                api_key=self.route.sdk_key(), base_url=self.route.base_url, max_retries=0, timeout=None
            )
        assert self._client is not None
        return self._client


def message_body(model: str, request: ChatRequest) -> dict[str, Any]:
    """The arguments of a request: system messages travel apart from the chat, and `max_tokens` is required."""
    body: dict[str, Any] = {
        "model": model,
        "system": "\n\n".join(_texts(request.messages, system=True)),
        "messages": [
            {"role": message.role, "content": message.content}
            for message in request.messages
            if message.role != "system"
        ],
        "max_tokens": request.parameters["max_tokens"],
        # The library's newer versions have no arguments for these, though the API takes them.
        "extra_body": {name: value for name, value in request.parameters.items() if name != "max_tokens"},
    }
    if request.tool:
        body |= {"tools": [_TOOL], "tool_choice": {"type": "tool", "name": TOOL_NAME}}
    return body


def message_reply(body: Mapping[str, Any], parameters: Mapping[str, Any]) -> ChatReply:
    """The answer in a reply's JSON object; whatever is missing or of another type is unknown."""
    content = body.get("content")
    if not isinstance(content, list):
        raise CallError("the reply has no content", ErrorKind.RETRYABLE)
    blocks = [block for block in content if isinstance(block, dict)]
    usage = body.get("usage")
    usage = usage if isinstance(usage, dict) else {}
    inputs = [count(usage.get(f"{kind}input_tokens")) for kind in ("", "cache_read_", "cache_creation_")]
    tool_input, text = _tool_input(blocks), _text(blocks, "text")
    finish, model = body.get("stop_reason"), body.get("model")
    return ChatReply(
        text=tool_input or text,
        parameters=parameters,
        reasoning=joined(_text(blocks, "thinking"), text if tool_input else None),
        finish_reason=finish if isinstance(finish, str) else None,
        returned_model=model if isinstance(model, str) else None,
        tokens_in=None if inputs[0] is None else sum(number or 0 for number in inputs),
        tokens_out=count(usage.get("output_tokens")),
        tokens_cached=inputs[1],
    )


def _texts(messages: Sequence[Message], *, system: bool) -> list[str]:
    return [message.content for message in messages if (message.role == "system") == system]


def _tool_input(blocks: Sequence[Mapping[str, Any]]) -> str:
    inputs = [block.get("input") for block in blocks if block.get("type") == "tool_use"]
    return orjson.dumps(inputs[0]).decode() if inputs else ""


def _text(blocks: Sequence[Mapping[str, Any]], kind: str) -> str:
    texts = (block.get(kind) for block in blocks if block.get("type") == kind)
    return clean("".join(text for text in texts if isinstance(text, str)))
