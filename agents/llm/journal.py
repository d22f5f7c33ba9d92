"""Model calls as text for the journal, there and back without loss.

The messages of a call are those of the request that recalls it, so that only their fingerprint is kept: a chat that
grows by a line a turn would otherwise be written whole for every answer.
"""

from __future__ import annotations

from dataclasses import fields
from hashlib import blake2b
from typing import Final

import orjson

from agents.base import Message, ModelCall

_KEPT: Final = tuple(field.name for field in fields(ModelCall) if field.name != "messages")
_ASKED: Final = "asked"
_BYTES: Final = 16


def pack(call: ModelCall) -> str:
    """The call as JSON, its messages as a fingerprint."""
    kept = {name: getattr(call, name) for name in _KEPT}
    return orjson.dumps({**kept, _ASKED: fingerprint(call.messages)}).decode()


def unpack(text: str, messages: tuple[Message, ...]) -> ModelCall | None:
    """The call that `pack` wrote; None when it answers other messages, as after a change of prompts or rules."""
    kept = orjson.loads(text)
    if kept.pop(_ASKED) != fingerprint(messages):
        return None
    return ModelCall(messages=messages, **kept)


def fingerprint(messages: tuple[Message, ...]) -> str:
    """A hash of who says what: 32 hexadecimal digits."""
    digest = blake2b(digest_size=_BYTES)
    for message in messages:
        digest.update(orjson.dumps((message.role, message.content)))
    return digest.hexdigest()
