"""The chat format that OpenAI introduced and most servers speak: requests out, replies in, whatever their shape."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

import orjson

from agents.llm.clients.base import TOOL_DESCRIPTION, TOOL_NAME, TOOL_SCHEMA, ChatReply, ChatRequest
from agents.llm.clients.errors import CallError, ErrorKind, error_from_status

TOOL: Final[Mapping[str, Any]] = {
    "type": "function",
    "function": {"name": TOOL_NAME, "description": TOOL_DESCRIPTION, "parameters": TOOL_SCHEMA},
}
FORCED_TOOL: Final[Mapping[str, Any]] = {"type": "function", "function": {"name": TOOL_NAME}}


def chat_body(model: str, request: ChatRequest) -> dict[str, Any]:
    """The JSON body of a request."""
    body: dict[str, Any] = {
        "model": model,
        "messages": [{"role": message.role, "content": message.content} for message in request.messages],
        **request.with_seed(),
    }
    if request.tool:
        body |= {"tools": [TOOL], "tool_choice": FORCED_TOOL}
    return body


def decoded(content: bytes) -> dict[str, Any]:
    """The JSON object of a body.

    Raises:
        CallError: retryable, when the body is no whole JSON object.
    """
    try:
        value = orjson.loads(content)
    except orjson.JSONDecodeError:
        value = _decoded_leniently(content)
    if not isinstance(value, dict):
        raise CallError(f"the reply is no JSON object: {_shown(content)}", ErrorKind.RETRYABLE)
    return value


def _decoded_leniently(content: bytes) -> object:
    """What the strict decoder refuses but some servers send: a byte order mark, half surrogates, a wrong charset."""
    try:
        return json.loads(content.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        raise CallError(f"the reply is no whole JSON: {_shown(content)}", ErrorKind.RETRYABLE) from None


def chat_reply(body: Mapping[str, Any], parameters: Mapping[str, Any]) -> ChatReply:
    """The answer in a reply's JSON object; whatever is missing or of another type is unknown.

    Args:
        body: the reply.
        parameters: what was sent.

    Raises:
        CallError: the object reports an error in place of an answer.
    """
    choices = body.get("choices")
    if not isinstance(choices, list):
        raise _reported_error(body)
    choice = _mapping(choices[0] if choices else None)
    message = _mapping(choice.get("message"))
    usage = _mapping(body.get("usage"))
    arguments, content = _tool_arguments(message), _text(message.get("content"))
    refusal = "" if arguments or content else _refusal(message)
    thoughts = _string(message.get("reasoning_content")) or _string(message.get("reasoning"))
    return ChatReply(
        text=arguments or content or refusal,
        parameters=parameters,
        reasoning=joined(thoughts, content if arguments else None),
        finish_reason="refusal" if refusal else _string(choice.get("finish_reason")),
        returned_model=_string(body.get("model")),
        tokens_in=count(usage.get("prompt_tokens")),
        tokens_out=count(usage.get("completion_tokens")),
        tokens_reasoning=count(_mapping(usage.get("completion_tokens_details")).get("reasoning_tokens")),
        tokens_cached=count(_mapping(usage.get("prompt_tokens_details")).get("cached_tokens")),
    )


def joined(*texts: str | None) -> str | None:
    """Paragraphs of what there is; None when there is nothing. Text beside a tool call counts as reasoning."""
    return "\n\n".join(text for text in texts if text) or None


def clean(text: str) -> str:
    """The text with half surrogates replaced, so that it can be stored."""
    return text.encode("utf-8", "replace").decode()


def count(value: object) -> int | None:
    """A number of tokens, or None where the server gave none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _reported_error(body: Mapping[str, Any]) -> CallError:
    """Some gateways answer 200 and put the error of the server behind them into the body."""
    error = _mapping(body.get("error"))
    status = error.get("code")
    text = orjson.dumps(error or list(body), default=str).decode()
    return error_from_status(status if isinstance(status, int) and 400 <= status < 600 else 500, text, {})


def _tool_arguments(message: Mapping[str, Any]) -> str:
    calls = message.get("tool_calls")
    first = calls[0] if isinstance(calls, list) and calls else None
    return _string(_mapping(_mapping(first).get("function")).get("arguments")) or ""


def _refusal(message: Mapping[str, Any]) -> str:
    """What the model said in declining; LiteLLM moves the field down by one level."""
    moved = _mapping(message.get("provider_specific_fields"))
    return _string(message.get("refusal")) or _string(moved.get("refusal")) or ""


def _text(content: object) -> str:
    """Content is a string, or a list of parts some of which are text."""
    if isinstance(content, list):
        return "".join(_string(_mapping(part).get("text")) or "" for part in content)
    return _string(content) or ""


def _string(value: object) -> str | None:
    return clean(value) if isinstance(value, str) else None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _shown(content: bytes) -> str:
    return repr(content[:120].decode("utf-8", "replace"))
