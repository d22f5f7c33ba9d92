"""Transports to language models, one interface."""

from __future__ import annotations

from typing import Literal

from agents.llm.clients.base import Client, Route

TransportName = Literal["http", "openai", "anthropic", "litellm"]


def open_client(transport: TransportName, route: Route) -> Client:
    """The transport with this name; only its own module is imported, and the provider's library with the first call."""
    match transport:
        case "http":
            from agents.llm.clients.http import HttpClient

            return HttpClient(route)
        case "openai":
            from agents.llm.clients.openai_sdk import OpenAIClient

            return OpenAIClient(route)
        case "anthropic":
            from agents.llm.clients.anthropic_sdk import AnthropicClient

            return AnthropicClient(route)
        case "litellm":
            from agents.llm.clients.litellm_sdk import LiteLLMClient

            return LiteLLMClient(route)
