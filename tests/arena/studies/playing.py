"""Studies, planned and played for tests."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path

from arena.config import AgentEntry, RunConfig
from arena.metrics.base import Undefined, Value
from arena.records import MatchRecord
from arena.store import open_run
from arena.studies.base import Cell, Report, Size, Study, Table
from arena.tournament import enter, prepare, run_tournament


def records_of(config: RunConfig, folder: Path) -> list[MatchRecord]:
    """The matches of a run."""
    tournament = prepare(config)
    enter(tournament, folder)
    asyncio.run(run_tournament(tournament, folder, lambda _: None))
    return list(open_run(folder).records())


def report_of(study: Study, agents: Sequence[str], folder: Path) -> Report:
    """What a small study finds."""
    config = study.plan(tuple(AgentEntry(agent=spec) for spec in agents), Size.SMALL, 0)
    return study.report(records_of(config, folder), agents)


def number(cell: Cell) -> float | str | None:
    """What a cell says, without its interval; None where there is no number."""
    if isinstance(cell, Value):
        return cell.value
    return None if isinstance(cell, Undefined) else cell


def ours(report: Report) -> Iterator[Table]:
    """The tables of this run, without published ones."""
    return (table for table in report.tables if not table.source)


def by_subject(table: Table) -> dict[str, dict[str, float | str | None]]:
    """The cells of a table by subject and column."""
    return {subject: dict(zip(table.columns[1:], map(number, cells), strict=True)) for subject, cells in table.rows}
