"""What `arena run` and `arena plan` have in common: a configuration from a file, from flags, or from both."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

if TYPE_CHECKING:
    from arena.config import RunConfig
    from arena.tournament import Tournament

# The exit status by which a shell says that Ctrl-C ended a program.
INTERRUPTED: Final = 130

ConfigFile = Annotated[Path | None, typer.Argument(help="TOML file; flags given beside it take its place.")]
Games = Annotated[list[str] | None, typer.Option("--game", help="Spec of a game; may be repeated.")]
Agents = Annotated[list[str] | None, typer.Option("--agent", help="Spec of an agent; may be repeated.")]
Repeats = Annotated[int | None, typer.Option(help="Deals per group of agents; each is played in every rotation.")]
Seed = Annotated[int | None, typer.Option(help="Seed of everything random.")]


def read_config(path: Path | None, flags: dict[str, Any]) -> RunConfig:
    """The configuration of a file with the given flags in place of its values.

    Raises:
        UsageError: it cannot be read, or it names no game or no agent.
    """
    from arena.config import parse_config, read_toml
    from arena.errors import UsageError

    given = {key: value for key, value in flags.items() if value not in (None, [])}
    if path is None:
        if not (given.get("games") and given.get("agents")):
            raise UsageError("nothing to play: give a TOML file, or at least one --game and one --agent")
        return parse_config(given, "command line")
    source = f"{path} and the command line" if given else str(path)
    return parse_config({**read_toml(path), **given}, source)


def default_folder(path: Path | None, config: RunConfig) -> Path:
    """Where a run goes unless told: `results/` and its name, or one made of what it plays."""
    from arena.digests import content_hash

    if config.name or path is not None:
        return Path("results") / _slug(config.name or (path.stem if path else ""))
    games = "-".join(entry.game for entry in config.games)
    return Path("results") / f"{_slug(games)[:40]}-{content_hash(config.frozen())[:8]}"


def tell_left_out(tournament: Tournament) -> None:
    """Say who plays the games that are not played by the whole roster."""
    from arena.cli.output import warn

    for item in tournament.fixtures:
        others = len(tournament.config.agents) - len(item.names)
        if others:
            warn(f"{item.locator} is played by {', '.join(item.names)} ({others} of the roster do not)")


def _slug(text: str) -> str:
    """A folder name: lower case letters, digits, dot, dash and underscore."""
    return re.sub(r"[^a-z0-9._-]+", "-", text.lower()).strip("-.") or "run"
