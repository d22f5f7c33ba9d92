"""What can go wrong in a call, in five kinds, whichever transport it went through."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Final

from agents.base import ProviderError

_RETRYABLE: Final = frozenset({408, 409, 425, 429})
_FATAL: Final = frozenset({401, 402, 403, 404, 405, 410})
_NO_CREDIT: Final = ("insufficient_quota", "credit balance is too low")
_CONTEXT: Final = (
    "context_length_exceeded",
    "maximum context length",
    "context window",
    "contextwindow",
    "context size",
    "context limit",
    "maximum number of tokens",
    "prompt is too long",
)
_BLOCKED: Final = ("content_filter", "content_policy", "contentpolicy", "content management policy")


class ErrorKind(StrEnum):
    """What a failed call means for the next one.

    RETRYABLE: the same call may work later. FATAL: no call to this model can work. BAD_REQUEST: this call cannot.
    CONTEXT_TOO_LONG: the chat does not fit the model. BLOCKED: the provider's filter refused the prompt.
    """

    RETRYABLE = "retryable"
    FATAL = "fatal"
    BAD_REQUEST = "bad_request"
    CONTEXT_TOO_LONG = "context_too_long"
    BLOCKED = "blocked"


class CallError(ProviderError):
    """A call that brought no whole answer.

    Attributes:
        kind: what it means for the next call.
        retry_after_s: seconds to wait at least, when the server named them.
    """

    def __init__(self, message: str, kind: ErrorKind, retry_after_s: float | None = None) -> None:
        super().__init__(message, fatal=kind is ErrorKind.FATAL)
        self.kind = kind
        self.retry_after_s = retry_after_s


def error_from_status(status: int, text: str, headers: Mapping[str, str]) -> CallError:
    """The error that an HTTP status other than 200 stands for.

    Args:
        status: the status code.
        text: the body, or what the library made of it.
        headers: the response's headers; names in lower case, or a mapping that ignores case.
    """
    return CallError(f"status {status}: {text}", kind_of(status, text), retry_after_s(headers))


def kind_of(status: int, text: str) -> ErrorKind:
    """The kind of error that a status and the text beside it stand for."""
    said = text.casefold()
    if status == 402 or _mentions(said, _NO_CREDIT):
        return ErrorKind.FATAL
    if status in _RETRYABLE or status >= 500:
        return ErrorKind.RETRYABLE
    if status in _FATAL or status < 400:
        return ErrorKind.FATAL
    if _mentions(said, _CONTEXT):
        return ErrorKind.CONTEXT_TOO_LONG
    return ErrorKind.BLOCKED if _mentions(said, _BLOCKED) else ErrorKind.BAD_REQUEST


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Seconds that the server asks to wait: `Retry-After` as a number or as an HTTP date."""
    value = headers.get("retry-after")
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        return _seconds_until(value)
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _seconds_until(date: str) -> float | None:
    try:
        moment = parsedate_to_datetime(date)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _mentions(text: str, marks: tuple[str, ...]) -> bool:
    return any(mark in text for mark in marks)
