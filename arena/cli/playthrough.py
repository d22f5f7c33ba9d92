"""`arena playthrough`: one play of a game with everything that everybody sees, to read or to keep as a golden file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

_GOLDEN: Final = Path("tests/golden/playthroughs")


def playthrough(
    game: Annotated[str, typer.Argument(help="Spec of the game.")],
    seed: Annotated[int, typer.Option(help="Seed of the play.")] = 0,
    write: Annotated[bool, typer.Option("--write", help="Write it to --out/NAME.txt instead of printing it.")] = False,
    out: Annotated[Path, typer.Option(help="Folder of golden files.")] = _GOLDEN,
) -> None:
    """Print one random play with all that everybody sees.

    Facts, rules, what each seat reads and knows turn by turn, and who sees which draw when.
    """
    from arena.cli.output import say
    from games.registry import load
    from games.testing import playthrough as told
    from games.testing import write_playthrough

    loaded = load(game)
    if not write:
        return say(told(loaded, seed))
    path = out / f"{loaded.info.name}.txt"
    write_playthrough(path, loaded, seed)
    return say(f"written: {path}; read it before you keep it")
