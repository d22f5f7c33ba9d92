"""`arena study`: which published protocols there are; `arena study NAME --agent ...`: play one, print its tables."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from arena.cli.options import INTERRUPTED, Seed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arena.config import RunConfig
    from arena.studies.base import Cell, Report, Size, Study, Table


def study(
    name: Annotated[str, typer.Argument(help="A study, or path/to/file.py:NAME; without it all are listed.")] = "",
    listed: Annotated[bool, typer.Option("--list", help="List all studies.")] = False,
    agent: Annotated[
        list[str] | None, typer.Option("--agent", "--agents", help="Spec of an agent under study; may be repeated.")
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Play as much as the paper did, not a trial of all parts.")
    ] = False,
    seed: Seed = 0,
    out: Annotated[
        Path | None, typer.Option(help="Folder of the run and its figures; results/NAME unless given.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the published protocols, or play one and print its tables beside the published ones.

    The same command again resumes the study, or prints its tables once more.
    """
    from arena.errors import UsageError
    from arena.studies.base import Size
    from arena.studies.registry import load_studies, load_study

    if listed or not name:
        return _list(load_studies(), json)
    found = load_study(name)
    if not agent:
        raise UsageError(f"whom should {found.name} study? Give at least one --agent; `arena agents` lists them")
    size = Size.FULL if full else Size.SMALL
    folder = out or Path("results") / (found.name if size is Size.SMALL else f"{found.name}-{size}")
    return _study(found, _settings(found, agent, size, seed or 0), folder, agent, json)


def _list(found: Sequence[Study], json: bool) -> None:
    from arena.cli.output import print_json, print_table

    if json:
        facts = [
            {"name": one.name, "title": one.title, "asks": one.asks, "source": one.source, "unverified": one.unverified}
            for one in found
        ]
        return print_json({"schema": 1, "studies": facts})
    return print_table("", ("study", "what it asks", "source"), [(one.name, one.asks, one.source) for one in found])


def _settings(found: Study, agents: Sequence[str], size: Size, seed: int) -> RunConfig:
    """What the study plays.

    Raises:
        UsageError: an agent is named twice.
        SpecError: an agent's spec cannot be read.
    """
    from arena.config import AgentEntry
    from arena.errors import UsageError

    twice = sorted({spec for spec in agents if list(agents).count(spec) > 1})
    if twice:
        raise UsageError(f"{twice[0]} is given twice")
    return found.plan(tuple(AgentEntry(agent=spec) for spec in agents), size, seed)


def _study(found: Study, settings: RunConfig, folder: Path, agents: Sequence[str], json: bool) -> None:
    from arena.cli.output import print_json
    from arena.cli.progress import Reporter
    from arena.cli.run import play_out
    from arena.config import AgentEntry
    from arena.rounds import Ending
    from arena.store import open_run
    from arena.tournament import enter, prepare

    tournament = prepare(settings)
    reporter = Reporter(enter(tournament, folder), quiet=json)
    ending = play_out(tournament, folder, reporter)
    if ending is Ending.INTERRUPTED:
        reporter.close(ending, as_json=False)
        raise typer.Exit(INTERRUPTED)
    names = [AgentEntry(agent=spec).label for spec in agents]
    report = found.report(list(open_run(folder).records()), names)
    if json:
        return print_json({"schema": 1, "study": found.name, "source": found.source, **_as_data(report)})
    _show(found, report, reporter)
    _draw(report, folder)
    if not reporter.complete:
        raise typer.Exit(1)
    return None


def _show(found: Study, report: Report, reporter: Any) -> None:
    from arena.cli.output import print_table, say

    say(f"{found.title}\n{found.source}\n")
    for table in report.tables:
        say(f"{table.title}, as published in {table.source}" if table.source else table.title)
        print_table("", table.columns, [(subject, *map(_text, cells)) for subject, cells in table.rows])
    for note in (*report.notes, *(f"unverified: {sentence}" for sentence in found.unverified)):
        say(note)


def _draw(report: Report, folder: Path) -> None:
    from arena.cli.output import say, warn
    from arena.errors import UsageError
    from arena.studies.figures import draw

    try:
        for figure in report.figures:
            say(f"figure: {draw(figure, folder / 'figures')}")
    except UsageError as error:
        warn(f"no figures: {error}")


def _text(cell: Cell) -> str:
    """A cell for people: a value with its interval, a number, a text, or a dash where there is none."""
    from arena.metrics.base import Undefined

    if isinstance(cell, str):
        return cell
    if isinstance(cell, (int, float)):
        return f"{cell:.4g}"
    if isinstance(cell, Undefined):
        return "-"
    if cell.low is None or cell.high is None:
        return f"{cell.value:.4g}"
    return f"{cell.value:.3f} ({cell.low:.3f} to {cell.high:.3f})"


def _as_data(report: Report) -> dict[str, Any]:
    return {"tables": [_table_data(table) for table in report.tables], "notes": report.notes}


def _table_data(table: Table) -> dict[str, Any]:
    rows = [
        {"subject": subject, "cells": [asdict(cell) if is_dataclass(cell) else cell for cell in cells]}
        for subject, cells in table.rows
    ]
    return {"title": table.title, "columns": table.columns, "source": table.source or None, "rows": rows}
