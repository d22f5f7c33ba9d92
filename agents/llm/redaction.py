"""Secrets out of texts, by their value: no error may carry a key into a log, a record or a terminal."""

from __future__ import annotations

import os
import re
from typing import Final

_SECRET_NAME: Final = re.compile(r"KEY|TOKEN|SECRET|PASSWORD", re.IGNORECASE)
_SHORTEST: Final = 12
_SHORTEST_NAMED: Final = 6
_HIDDEN: Final = "[hidden]"
# None of these can backtrack: every repetition ends at a character that it cannot itself match.
_USERINFO: Final = re.compile(r"(?<=://)[^/\s@\"']+@")
_HEADER: Final = re.compile(
    r"((?:authorization|x-api-key|api[-_]key)[\"']?\s{0,4}[:=]\s{0,4}[\"']?(?:(?:bearer|basic)\s{1,4})?)[^\s\"',}]+",
    re.I,
)
_BEARER: Final = re.compile(r"\b(bearer\s{1,4})[^\s\"',}]+", re.I)


def redact(text: str, *named: str | None) -> str:
    """The text without the values of secret environment variables, logins in addresses and authorization headers.

    Args:
        text: what is about to be shown or stored.
        named: further values that are secret whatever their variable is called; shorter ones than six characters,
            which are placeholders for servers without keys, are left alone.
    """
    for secret in sorted(_environment_secrets() | _long_enough(named), key=len, reverse=True):
        text = text.replace(secret, _HIDDEN)
    text = _USERINFO.sub(f"{_HIDDEN}@", text)
    text = _HEADER.sub(rf"\1{_HIDDEN}", text)
    return _BEARER.sub(rf"\1{_HIDDEN}", text)


def _environment_secrets() -> set[str]:
    return {value for name, value in os.environ.items() if len(value) >= _SHORTEST and _SECRET_NAME.search(name)}


def _long_enough(named: tuple[str | None, ...]) -> set[str]:
    return {value for value in named if value is not None and len(value) >= _SHORTEST_NAMED}
