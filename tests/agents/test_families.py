"""Families of models: who must not judge whom."""

from __future__ import annotations

import pytest

from agents.llm.families import family
from agents.registry import partial_juror


@pytest.mark.parametrize(
    ("model", "line"),
    [
        ("openai/gpt-5-mini", "gpt"),
        ("openai/o3-mini", "gpt"),
        ("azure/chatgpt-4o-latest", "gpt"),
        ("openai/gpt-oss-120b", "gpt"),
        ("anthropic/claude-sonnet-4-5", "claude"),
        ("bedrock/anthropic.claude-3-5-haiku-20241022-v1:0", "claude"),
        ("openrouter/google/gemini-2.5-pro", "gemini"),
        ("hosted_vllm/google/gemma-3-27b-it@http://127.0.0.1:8000/v1", "gemini"),
        ("hosted_vllm/Qwen/Qwen3-8B@http://127.0.0.1:8000/v1", "qwen"),
        ("together_ai/meta-llama/Llama-3.3-70B-Instruct-Turbo", "llama"),
        ("mistral/codestral-latest", "mistral"),
        ("ollama/somebodys-model-7b", "somebodys-model"),
        ("ollama/unheard", "unheard"),
        ("mock/careful", "mock/careful"),
    ],
)
def test_a_model_belongs_to_the_line_that_its_name_begins_with(model: str, line: str) -> None:
    assert family(model) == line


JURY = 'jury(models=["anthropic/claude-sonnet-4-5", "openai/gpt-5-mini"])'


@pytest.mark.parametrize(
    ("referee", "agent", "juror"),
    [
        (JURY, "openai/gpt-4.1(temperature=0)", "openai/gpt-5-mini"),
        (JURY, "openrouter/anthropic/claude-opus-4", "anthropic/claude-sonnet-4-5"),
        (JURY, "mistral/mistral-large", None),
        (JURY, "template_debater", None),
        ("stub_jury", "openai/gpt-4.1", None),
    ],
)
def test_a_juror_of_a_players_family_is_found(referee: str, agent: str, juror: str | None) -> None:
    assert partial_juror(referee, agent) == juror
