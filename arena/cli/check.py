"""`arena check`: run every conformance check on a game."""

from __future__ import annotations

from typing import Annotated

import typer


def check(
    game: Annotated[str, typer.Argument(help="Spec of the game; path/to/file.py:Class works too.")],
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Run every conformance and leak check on a game. Exit 1 when one fails."""
    from agents.plain_text import plain_text
    from arena.cli.output import print_json, say
    from games.registry import load
    from games.testing import check_game

    results = check_game(load(game))
    failed = [result for result in results if not result.ok]
    if json:
        print_json({"schema": 1, "game": game, "checks": [result._asdict() for result in results]})
    else:
        for result in results:
            say(f"{'ok    ' if result.ok else 'FAILED'}  {result.name}")
            if not result.ok:
                say("\n".join(f"        {line}" for line in plain_text(result.message).splitlines()))
        say(f"{len(results) - len(failed)} of {len(results)} checks pass")
    if failed:
        raise typer.Exit(1)
