"""What tokens of a model cost, as far as it is known before a call."""

from __future__ import annotations

from agents.llm.clients.litellm_sdk import listed_price
from agents.llm.names import MOCK
from agents.llm.params import ModelParams
from games.spec import parse_spec


def known_price(spec: str) -> tuple[float, float] | None:
    """US dollars per prompt token and per completion token; None when no price is known.

    The spec's own prices come first, then LiteLLM's price list. The list does not hold for servers of one's own.
    """
    parsed = parse_spec(spec)
    params = ModelParams(**parsed.args)
    if params.input_price is not None and params.output_price is not None:
        return params.input_price / 1e6, params.output_price / 1e6
    if params.base_url is not None or "@" in parsed.name or parsed.name.startswith(f"{MOCK}/"):
        return None
    return listed_price(parsed.name)
