"""Which maker's line of models a model belongs to: a judge favours texts of its own line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# Each mock model plays in its own way, so each is a line of its own.
_MOCK: Final = "mock/"
# What models are called, by line. A name that begins with none of these is a line of its own.
_LINES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "claude": ("claude",),
        "command": ("command", "aya"),
        "deepseek": ("deepseek",),
        "gemini": ("gemini", "gemma"),
        "glm": ("glm", "chatglm"),
        "gpt": ("gpt", "chatgpt", "o1", "o3", "o4"),
        "grok": ("grok",),
        "kimi": ("kimi", "moonshot"),
        "llama": ("llama", "meta"),
        "mistral": ("mistral", "mixtral", "ministral", "magistral", "codestral", "devstral", "pixtral"),
        "nova": ("nova", "amazon"),
        "phi": ("phi",),
        "qwen": ("qwen", "qwq", "qvq"),
    }
)


def family(model: str) -> str:
    """The line of a model by its name, such as `claude` of `openrouter/anthropic/claude-sonnet-4.5`.

    A fine-tuned model counts to the line that its name begins with, after provider and owner. Mock models are lines of
    their own each.

    Args:
        model: as in a spec: provider, slash, perhaps an owner, model; perhaps an at sign and an address.

    Returns:
        The name of the line; of an unknown one, the model's name up to its first digit.
    """
    path = model.partition("@")[0].lower()
    if path.startswith(_MOCK):
        return path
    name = path.rsplit("/", 1)[-1]
    # Some providers write `maker.model`.
    for part in (name, *name.split(".")):
        for line, beginnings in _LINES.items():
            if part.startswith(beginnings):
                return line
    return re.split(r"[-_.:\s]*\d", name)[0] or name
