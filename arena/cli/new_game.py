"""`arena new-game`: a game and its test to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def new_game(
    name: Annotated[str, typer.Argument(help="Name of the game, in snake_case.")],
    out: Annotated[Path, typer.Option(help="Folder to write to.")] = Path(),
) -> None:
    """Write a small game and its test to start from.

    NAME.py passes every check as it is; test_NAME.py runs them. Files that are there stay.
    """
    from arena.cli.output import say
    from arena.errors import UsageError
    from games.testing.template import class_name, game_template, test_template

    try:
        files = {out / f"{name}.py": game_template(name), out / f"test_{name}.py": test_template(name)}
    except ValueError as error:
        raise UsageError(str(error)) from None
    for path in files:
        if path.exists():
            raise UsageError(f"{path} exists; choose another name or another --out")
    out.mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
        say(f"written: {path}")
    spec = f"{out / name}.py:{class_name(name)}"
    say(f"next: arena check {spec}   |   arena play {spec}")
