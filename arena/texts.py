"""Texts of messages by content address: a prompt that grows by one line a turn is stored line by line, once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from agents.base import Message, ModelCall
from arena.digests import text_address
from arena.records import MessageRef, ModelCallRecord

_PLAIN_FIELDS: Final = tuple(name for name in ModelCallRecord.model_fields if name not in ("messages", "parameters"))


class TextPool:
    """Collects the texts of one match."""

    def __init__(self) -> None:
        self._refs: dict[Message, MessageRef] = {}

    def calls(self, calls: Sequence[ModelCall]) -> tuple[ModelCallRecord, ...]:
        """The records of model calls, their messages replaced by addresses."""
        return tuple(self._call(call) for call in calls)

    def sorted(self) -> dict[str, str]:
        """All texts by address, in the order of addresses."""
        return dict(sorted((ref.text, message.content) for message, ref in self._refs.items()))

    def _call(self, call: ModelCall) -> ModelCallRecord:
        fields: dict[str, Any] = {name: getattr(call, name) for name in _PLAIN_FIELDS}
        messages = tuple([self._ref(message) for message in call.messages])
        return ModelCallRecord(messages=messages, parameters=dict(call.parameters), **fields)

    def _ref(self, message: Message) -> MessageRef:
        ref = self._refs.get(message)
        if ref is None:
            ref = MessageRef.model_validate({"role": message.role, "text": text_address(message.content)})
            self._refs[message] = ref
        return ref
