"""Names of models: `openai/gpt-5-mini`, `hosted_vllm/qwen@http://127.0.0.1:8000/v1`, `mock/careful`.

The part before the first slash says how the model is reached; it is LiteLLM's name of the provider. After an at sign
may stand the address of an OpenAI-compatible server.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from agents.llm.clients import TransportName
from agents.llm.clients.base import Route
from agents.llm.params import ModelParams
from games.spec import SpecError

MOCK: Final = "mock"
# What people write before the model's own name when the server is their own; the server does not know it.
_OWN_SERVER: Final = frozenset(
    {"custom_openai", "hosted_vllm", "litellm_proxy", "llamafile", "lm_studio", "local", "ollama", "openai"}
)


def resolve(name: str, params: ModelParams, mock_url: str | None = None) -> tuple[TransportName, Route]:
    """The transport and the route that a model's name and parameters stand for.

    `auto` means `http` for a server of one's own, else LiteLLM; the mock server is reached through LiteLLM as well, so
    that a trial run exercises what a real one uses.

    Args:
        name: provider, slash, model; perhaps an at sign and an address.
        params: what the spec says besides.
        mock_url: address of the mock server, for names that start with `mock/`.

    Raises:
        SpecError: name and parameters do not lead to a model; the message says what is missing.
    """
    full, base_url = _split(name, params.base_url)
    provider, _, model = full.partition("/")
    if not model:
        raise SpecError(f"{name!r} is no model; expected provider/model, like openai/gpt-5-mini")
    if provider == MOCK:
        if mock_url is None or base_url is not None:
            raise SpecError(f"{name!r} is played by the built-in mock server: it takes no address and must be running")
        if params.transport == "anthropic":
            raise SpecError(f"{name!r}: the mock server does not speak the Anthropic API; choose another transport")
        full, base_url = f"hosted_vllm/{model}", mock_url
    transport: TransportName = (
        params.transport
        if params.transport != "auto"
        else ("litellm" if base_url is None or provider == MOCK else "http")
    )
    _check(name, transport, full.partition("/")[0], base_url, params)
    return transport, Route(_as_sent(full, transport), base_url, params.api_key_env)


def _split(name: str, given: str | None) -> tuple[str, str | None]:
    """The name before the address, and the address, which may stand in the name or in the parameters."""
    for scheme in ("@http://", "@https://"):
        full, found, rest = name.partition(scheme)
        if found and given is not None:
            raise SpecError(f"{name!r} has an address already; leave out base_url={given!r}")
        if found:
            return full, _checked_url(scheme[1:] + rest)
    return name, None if given is None else _checked_url(given)


def _checked_url(url: str) -> str:
    if "@" in url or "?" in url:
        raise SpecError("an address holds no login and no query; put the key in a variable and name it in api_key_env")
    try:
        parts = urlsplit(url)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        valid = False
    if not valid:
        raise SpecError(f"{url!r} is no address; expected something like http://127.0.0.1:8000/v1")
    return url.rstrip("/")


def _check(name: str, transport: TransportName, provider: str, base_url: str | None, params: ModelParams) -> None:
    """Refuse what a transport cannot do, rather than drop it."""
    if transport == "http" and base_url is None:
        raise SpecError(f'{name!r}: transport "http" needs an address: {name}@http://127.0.0.1:8000/v1')
    if transport in ("openai", "anthropic") and base_url is None and provider != transport:
        raise SpecError(f'{name!r}: transport "{transport}" reaches {transport}/... or, with base_url, another server')
    if transport == "anthropic" and params.seed:
        raise SpecError(f"{name!r}: the Anthropic API takes no seed; leave seed out")
    if transport == "anthropic" and params.reasoning_effort is not None:
        raise SpecError(f'{name!r}: transport "anthropic" sends no reasoning_effort; use transport="litellm"')


def _as_sent(full: str, transport: TransportName) -> str:
    """The model's name as the transport sends it: LiteLLM wants the provider in front, servers do not."""
    provider, _, model = full.partition("/")
    if transport == "litellm":
        return full
    if transport == "anthropic":
        return model if provider == "anthropic" else full
    return model if provider in _OWN_SERVER else full
