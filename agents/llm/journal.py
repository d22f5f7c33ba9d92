"""Model calls as text for the journal, there and back without loss."""

from __future__ import annotations

import orjson

from agents.base import Message, ModelCall


def pack(call: ModelCall) -> str:
    """The call as JSON."""
    return orjson.dumps(call).decode()


def unpack(text: str) -> ModelCall:
    """The call that `pack` wrote."""
    fields = orjson.loads(text)
    fields["messages"] = tuple(Message(**message) for message in fields["messages"])
    return ModelCall(**fields)
