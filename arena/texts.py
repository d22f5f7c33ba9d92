"""Texts of messages by content address: a prompt that grows by one line a turn is stored line by line, once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agents.base import ModelCall
from arena.digests import text_address
from arena.records import MessageRef, ModelCallRecord


class TextPool:
    """Collects the texts of one match."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def calls(self, calls: Sequence[ModelCall]) -> tuple[ModelCallRecord, ...]:
        """The records of model calls, their messages replaced by addresses."""
        return tuple(self._call(call) for call in calls)

    def sorted(self) -> dict[str, str]:
        """All texts by address, in the order of addresses."""
        return dict(sorted(self._texts.items()))

    def _call(self, call: ModelCall) -> ModelCallRecord:
        fields: dict[str, Any] = {
            name: getattr(call, name) for name in ModelCallRecord.model_fields if name not in ("messages", "parameters")
        }
        messages = tuple(
            MessageRef.model_validate({"role": message.role, "text": self._keep(message.content)})
            for message in call.messages
        )
        return ModelCallRecord(messages=messages, parameters=dict(call.parameters), **fields)

    def _keep(self, text: str) -> str:
        address = text_address(text)
        self._texts[address] = text
        return address
