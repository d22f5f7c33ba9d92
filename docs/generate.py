"""Write the generated reference pages, or with `--check` say which of them are stale.

python docs/generate.py [--check]
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from typer.testing import CliRunner

from agents.registry import AGENTS, REFEREES, Description, describe, describe_model
from arena.cli.main import COMMANDS, app
from arena.config import AgentEntry, GameEntry, RunConfig, Schedule, Stop
from arena.records import (
    Attempt,
    ChanceTurn,
    DecisionTurn,
    Limits,
    MatchHeader,
    MatchRecord,
    MatchResult,
    MessageRef,
    ModelCallRecord,
    Policy,
    RefereeTurn,
    SeatDecision,
    SeatRecord,
)
from games.core import Game
from games.registry import BUILT_IN, load

ROOT: Final = Path(__file__).parent.parent
OWN_COMMANDS: Final = (*COMMANDS, "export", "rank", "site")
NOTE: Final = "<!-- Written by docs/generate.py: change the source, then run `make docs`. -->\n\n"
RECORDS: Final[tuple[type[BaseModel], ...]] = (
    MatchRecord,
    MatchHeader,
    SeatRecord,
    Policy,
    Limits,
    ChanceTurn,
    DecisionTurn,
    SeatDecision,
    Attempt,
    ModelCallRecord,
    MessageRef,
    RefereeTurn,
    MatchResult,
)


def cli_page() -> str:
    """The help of every command."""
    os.environ.update({"COLUMNS": "100", "TERMINAL_WIDTH": "100"})
    lines = ["# Command line\n"]
    for arguments in ([], *([name] for name in sorted(OWN_COMMANDS))):
        shown = CliRunner().invoke(app, [*arguments, "--help"], prog_name="arena").output
        lines.append(f"## {' '.join(['arena', *arguments])}\n\n```text\n{shown.strip()}\n```\n")
    return NOTE + "\n".join(lines)


def games_page() -> str:
    """Every built-in game with its facts, parameters and sources."""
    games = sorted((load(name) for name in BUILT_IN), key=lambda game: (game.info.family, game.info.name))
    return NOTE + "# Games\n\n" + "\n".join(_game(game) for game in games)


def _game(game: Game[Any, Any]) -> str:
    info = game.info
    players = (
        str(info.min_players) if info.min_players == info.max_players else f"{info.min_players}-{info.max_players}"
    )
    facts = [info.dynamics, f"{info.information} information", info.utility, f"{info.actions} actions"]
    if info.referee != "none":
        facts.append(f"needs a {info.referee}")
    lines = [
        f"## {info.name}\n",
        f"{info.title}. {info.summary}\n",
        f"Family {info.family}; players {players}; {'; '.join(facts)}; version {info.version}.\n",
        *([f"Roles: {', '.join(info.roles)}.\n"] if info.roles else []),
        *_fields(type(game.params)),
        *(["Sources:\n", *(f"- {source}" for source in info.references), ""] if info.references else []),
    ]
    return "\n".join(lines)


def agents_page() -> str:
    """Every built-in agent and referee with its parameters."""
    parts = [NOTE + "# Language models\n", _agent(describe_model("PROVIDER/MODEL"))]
    parts += ["# Agents\n", *(_agent(item) for item in describe(AGENTS) if item.source == "agon")]
    parts += ["# Referees\n", *(_agent(item) for item in describe(REFEREES) if item.source == "agon")]
    return "\n".join(parts)


def _agent(item: Description) -> str:
    plays = f"Plays {', '.join(item.plays)}.\n" if item.plays else ""
    rows = [f"| `{row.name}` | `{row.default!r}` | {row.description} |" for row in item.parameters]
    table = ["| parameter | default | |", "| --- | --- | --- |", *rows, ""] if rows else []
    return "\n".join([f"## {item.name}\n", f"{item.title}\n", *([plays] if plays else []), *table])


def config_page() -> str:
    """Every key of a run's configuration."""
    sections = (("Top level", RunConfig), ("[[games]]", GameEntry), ("[[agents]]", AgentEntry))
    more = (("[policy]", Policy), ("[limits]", Limits), ("[schedule]", Schedule), ("[stop]", Stop))
    parts = [
        f"## {title}\n\n{(model.__doc__ or '').strip()}\n\n" + "\n".join(_fields(model))
        for title, model in sections + more
    ]
    return NOTE + "# Configuration of a run\n\nA TOML file; an unknown key is an error.\n\n" + "\n".join(parts)


def records_page() -> str:
    """Every field of a match record."""
    parts = [
        f"## {model.__name__}\n\n{(model.__doc__ or '').strip()}\n\n" + "\n".join(_fields(model)) for model in RECORDS
    ]
    return (
        NOTE
        + "# Match records\n\nOne JSON object per match; `arena export --format jsonl` prints them.\n\n"
        + "\n".join(parts)
    )


def schema_golden() -> str:
    """The JSON Schema of a match record."""
    return json.dumps(MatchRecord.model_json_schema(), indent=1, sort_keys=True) + "\n"


def _fields(model: type[BaseModel]) -> Iterator[str]:
    if not model.model_fields:
        return
    yield "| field | type | default | |"
    yield "| --- | --- | --- | --- |"
    for name, field in model.model_fields.items():
        yield f"| `{name}` | {_type(field)} | {_default(field)} | {field.description or ''} |"
    yield ""


def _type(field: FieldInfo) -> str:
    text = getattr(field.annotation, "__name__", None) if isinstance(field.annotation, type) else None
    # What validates a value is no part of its type for a reader, and its address differs from run to run.
    shown = re.sub(r"Annotated\[(\w+), [^\]]*\]", r"\1", text or str(field.annotation))
    for prefix in ("typing.", "arena.records.", "arena.config.", "agents.base."):
        shown = shown.replace(prefix, "")
    return "`" + shown.replace("|", "\\|") + "`"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True)
    if isinstance(value, BaseModel):
        return "see below"
    return f"`{value!r}`".replace("|", "\\|")


PAGES: Final[dict[str, Callable[[], str]]] = {
    "docs/reference/cli.md": cli_page,
    "docs/reference/games.md": games_page,
    "docs/reference/agents.md": agents_page,
    "docs/reference/configuration.md": config_page,
    "docs/reference/records.md": records_page,
    "tests/golden/match_record.schema.json": schema_golden,
}


def main() -> int:
    """Write the pages, or compare them."""
    stale = []
    for name, page in PAGES.items():
        path, text = ROOT / name, page()
        if "--check" not in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
    if stale:
        sys.stderr.write(f"stale: {', '.join(stale)}; run `make docs` and look at the difference\n")
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(main())
