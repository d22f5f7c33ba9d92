"""One question to a language model and its answer, the same for every transport."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from agents.base import Message
from agents.llm.clients.errors import CallError, ErrorKind

NO_KEY: Final = "none"
OVERSIZED: Final = "oversized"
"""Finish reason of a reply that was too large to read."""
TOOL_NAME: Final = "act"
TOOL_DESCRIPTION: Final = "Play your action. Every answer is given by calling this."
TOOL_SCHEMA: Final[Mapping[str, Any]] = {
    "type": "object",
    "properties": {"action": {"type": "string", "description": "The action, written as the rules say."}},
    "required": ["action"],
}


@dataclass(frozen=True, slots=True)
class Route:
    """Where a model is reached.

    Attributes:
        model: the name that the transport sends.
        base_url: address of the API without the method's path; None: the provider's own.
        api_key_env: environment variable that holds the key; None: the provider's usual one, and no key at all for a
            `base_url` of one's own, so that a key never travels to a server it was not meant for.
    """

    model: str
    base_url: str | None = None
    api_key_env: str | None = None

    def api_key(self) -> str | None:
        """The key, read now; None when no variable was named.

        Raises:
            CallError: fatal, when the named variable is not set.
        """
        if self.api_key_env is None:
            return None
        key = os.environ.get(self.api_key_env)
        if not key:
            raise CallError(f"the environment variable {self.api_key_env} is not set", ErrorKind.FATAL)
        return key

    def sdk_key(self) -> str | None:
        """The key for a provider's library, which looks up the provider's own one when it gets None."""
        return self.api_key() or (None if self.base_url is None else NO_KEY)


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """One question.

    Attributes:
        messages: the chat, the newest message last.
        parameters: sampling parameters by their OpenAI names; a transport sends every one of them or fails.
        seed: sampling seed, sent where the provider takes one.
        tool: whether the answer is to be given by calling the tool `act`.
    """

    messages: tuple[Message, ...]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    seed: int | None = None
    tool: bool = False

    def with_seed(self) -> dict[str, Any]:
        """The parameters, the seed among them when there is one."""
        return dict(self.parameters) if self.seed is None else {**self.parameters, "seed": self.seed}


@dataclass(frozen=True, slots=True)
class ChatReply:
    """One answer. Unknown is None, never 0.

    Attributes:
        text: the visible text, or the arguments of the tool call as JSON.
        parameters: sampling parameters that were sent, by their OpenAI names.
        reasoning: thinking that came apart from the text.
        finish_reason: why the model stopped, in the provider's word.
        returned_model: the name that the server says answered.
        tokens_in: prompt tokens, cached ones included.
        tokens_out: completion tokens, thinking included.
        tokens_reasoning: thinking tokens among `tokens_out`.
        tokens_cached: prompt tokens read from the provider's cache.
        cost_usd: price in US dollars, where the transport knows one.
    """

    text: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    reasoning: str | None = None
    finish_reason: str | None = None
    returned_model: str | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    tokens_reasoning: int | None = None
    tokens_cached: int | None = None
    cost_usd: float | None = None


class Client(ABC):
    """A transport to one model, for any number of calls at once.

    Connections and heavy imports wait for the first call. Nothing is retried and no time limit is set here: whoever
    calls cancels.

    Attributes:
        name: what records call the transport.
    """

    name: ClassVar[str]

    def __init__(self, route: Route) -> None:
        self.route = route

    @abstractmethod
    async def complete(self, request: ChatRequest) -> ChatReply:
        """Ask once. Raises CallError when no whole answer came back."""

    @abstractmethod
    async def aclose(self) -> None:
        """Release the connections; a later call opens new ones."""
