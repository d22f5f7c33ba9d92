"""Parameters of a language model as a player."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from agents.base import AgentParams
from agents.llm.prompts import AnswerMode


class ModelParams(AgentParams):
    """What a spec may say about a model: how it is reached, sampled, asked and paid."""

    transport: Literal["auto", "http", "openai", "anthropic", "litellm"] = Field(
        "auto", description="Client library; auto: http for a server of one's own, else litellm."
    )
    base_url: str | None = Field(None, description="Address of an OpenAI-compatible server, like http://host:8000/v1.")
    api_key_env: str | None = Field(
        None,
        min_length=1,
        description="Environment variable with the key; null: the provider's usual one, none for an own server.",
    )
    temperature: float | None = Field(None, ge=0, le=2, description="Sampling temperature; null: the provider's.")
    top_p: float | None = Field(None, gt=0, le=1, description="Nucleus sampling; null: the provider's.")
    max_tokens: int = Field(4096, ge=1, description="Most completion tokens of one reply, thinking included.")
    reasoning_effort: str | None = Field(
        None,
        min_length=1,
        description="How much a reasoning model thinks (low, medium, high, ...); null: the provider's.",
    )
    seed: bool | None = Field(
        None, description="Whether each call sends a seed of its own; null: where the provider takes one."
    )
    answer: AnswerMode = Field(
        AnswerMode.TEXT, description="Form of the answer: a last line (text), a JSON object, or a tool call."
    )
    instructions: str | None = Field(
        None,
        min_length=1,
        max_length=20_000,
        description="Words of yours between the briefing and how to answer: a persona, advice, a way of thinking.",
    )
    show_legal_actions: bool = Field(True, description="Whether the prompt lists the legal actions, where they can be.")
    retries: int = Field(5, ge=0, le=20, description="How often a call that failed on the way is tried again.")
    input_price: float | None = Field(None, ge=0, description="US dollars per million prompt tokens.")
    output_price: float | None = Field(None, ge=0, description="US dollars per million completion tokens.")

    @model_validator(mode="after")
    def _both_prices(self) -> Self:
        if (self.input_price is None) != (self.output_price is None):
            raise ValueError("give both input_price and output_price, or neither")
        return self
