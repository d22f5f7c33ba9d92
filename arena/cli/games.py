"""`arena games`: which games there are; `arena games NAME`: one in full."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from games.core import Game
    from games.plugins import Entry


def games(
    name: Annotated[str, typer.Argument(help="One game, with its rules as a player reads them.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the games, or show one: its facts, parameters and rules."""
    from arena.cli.output import print_json

    if name:
        return _one(name, json)
    rows = [_row(entry) for entry in _entries()]
    if json:
        return print_json({"schema": 1, "games": rows})
    return _table(rows)


def _entries() -> list[Entry]:
    from games.registry import REGISTRY

    return REGISTRY.entries()


def _row(entry: Entry) -> dict[str, Any]:
    """One line of the listing; a game that cannot be imported says why and breaks nothing else."""
    from games.plugins import PluginError
    from games.registry import load_class

    label = entry.name if entry.source == "agon" else f"{entry.source}/{entry.name}"
    try:
        info = load_class(label).info
    except PluginError as error:
        return {"name": entry.name, "source": entry.source, "broken": str(error)}
    return {"name": entry.name, "source": entry.source, **asdict(info)}


def _table(rows: list[dict[str, Any]]) -> None:
    from arena.cli.output import print_table, warn

    sound = sorted((row for row in rows if "broken" not in row), key=lambda row: (row["family"], row["name"]))
    columns = ("game", "players", "kind", "what it is")
    print_table("", columns, [_cells(row) for row in sound])
    for row in rows:
        if "broken" in row:
            warn(f"broken: {row['name']} ({row['source']}): {row['broken']}")


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    few, many = row["min_players"], row["max_players"]
    needs = () if row["referee"] == "none" else (f"needs a {row['referee']}",)
    kind = (row["family"], row["utility"], f"{row['information']} information", *needs)
    return row["name"], str(few) if few == many else f"{few}-{many}", ", ".join(kind), row["summary"]


def _one(name: str, json: bool) -> None:
    from arena.cli.output import print_json, say
    from games.registry import load

    game = load(name)
    facts = {key: value for key, value in asdict(game.info).items() if value not in ("", (), None)}
    if json:
        return print_json({"schema": 1, "game": facts, "pool": game.pool, "parameters": _parameters(game)})
    for key, value in facts.items():
        say(f"{key:>12}  {', '.join(value) if isinstance(value, tuple) else value}")
    for parameter in _parameters(game):
        say(f"{'parameter':>12}  {parameter['name']} = {parameter['value']!r}: {parameter['description']}")
    for seat in range(game.num_players):
        role = f", {game.info.roles[seat]}" if game.info.roles else ""
        say(f"\n--- what seat {seat}{role} is told ---\n{game.rules_text(seat)}")
    return None


def _parameters(game: Game[Any, Any]) -> list[dict[str, Any]]:
    values = game.params.model_dump(mode="json")
    return [
        {"name": name, "value": values[name], "description": field.description or ""}
        for name, field in type(game.params).model_fields.items()
    ]
