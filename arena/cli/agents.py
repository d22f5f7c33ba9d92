"""`arena agents`: which players there are."""

from __future__ import annotations

from typing import Annotated

import typer


def agents(
    name: Annotated[str, typer.Argument(help="One agent, with its parameters.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the agents, or show one. Anything with a slash is a language model: openai/gpt-5-mini."""
    from dataclasses import asdict

    from agents.registry import describe, describe_model, is_model
    from arena.cli.output import print_json, print_table, say

    found = [describe_model(name)] if is_model(name) else describe()
    rows = [asdict(row) for row in found if name in ("", row.name)]
    if not rows:
        from arena.errors import UsageError

        raise UsageError(f"there is no agent {name!r}; `arena agents` lists what there is")
    if json:
        return print_json({"schema": 1, "agents": rows})
    cells = [(row["name"], ", ".join(row["plays"]) or row["scope"], row["broken"] or row["title"]) for row in rows]
    print_table("", ("agent", "plays", "what it does"), cells)
    for row in rows:
        for parameter in row["parameters"] if name else ():
            say(f"{parameter['name']} = {parameter['default']!r}: {parameter['description']}")
    if not name:
        say(
            "Models: PROVIDER/MODEL (through LiteLLM), PROVIDER/MODEL@URL (any OpenAI-compatible server), "
            "mock/careful; their parameters: arena agents mock/careful."
        )
    return None
