"""The commands `arena rank`, `arena export` and `arena site`."""

from __future__ import annotations

from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arena.ratings.diagnosis import Diagnosis
    from arena.ratings.tables import Anchor, PoolTable
    from arena.records import MatchRecord
    from arena.store import Run

Runs = Annotated[list[Path], typer.Argument(help="Folders of runs; several are taken together.")]


def rank(
    runs: Runs,
    diagnostics: Annotated[
        bool, typer.Option("--diagnostics", help="Also whether one number per agent can tell the whole story.")
    ] = False,
    anchor: Annotated[
        str, typer.Option(metavar="NAME=POINTS", help="Give one agent's rating, and measure the others from it.")
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say how good each agent is, across games and game by game, with an interval beside every number."""
    from arena.cli.output import console, print_json
    from arena.ratings.headline import across
    from arena.ratings.pools import rate_scores
    from arena.ratings.results import match_score
    from arena.ratings.tables import rank_json
    from leaderboard.conduct import conducts
    from leaderboard.frontier import frontiers
    from leaderboard.terminal import show, show_diagnostics

    opened = open_runs(runs)
    scores = [match_score(record) for record in all_records(opened)]
    tables = rate_scores(scores)
    # Shares of a common strength do not depend on where each pool's scale has its zero.
    headline, behaved = across(tables), conducts(record for run in opened for record in run.records())
    if anchor:
        tables = rate_scores(scores, _anchor(anchor, tables))
    found = _diagnoses(opened, tables) if diagnostics else []
    if json:
        spent = [frontier.as_data() for frontier in frontiers(tables, behaved)]
        extra = {"diagnostics": [each.as_data() for each in found]} if diagnostics else {}
        return print_json({**rank_json(tables, headline), "frontiers": spent, **extra})
    show(tables, headline, behaved, console())
    return show_diagnostics(found, console()) if diagnostics else None


def _anchor(text: str, tables: Sequence[PoolTable]) -> Anchor:
    """The agent and the points that `NAME=POINTS` names.

    Raises:
        UsageError: it is written otherwise, or nobody of that name has a rating.
    """
    from arena.errors import UsageError
    from arena.ratings.tables import Anchor

    name, _, points = text.rpartition("=")
    try:
        given = float(points)
    except ValueError:
        given = float("nan")
    if not name or not isfinite(given):
        raise UsageError(f"--anchor {text}: expected the name of an agent and its rating, like random=1000")
    rated = sorted({row.agent for table in tables for row in table.agents if row.rating})
    if name not in rated:
        raise UsageError(
            f"--anchor {text}: {name!r} has no rating in these runs; rated: {', '.join(rated) or 'nobody'}"
        )
    return Anchor(name, given)


def _diagnoses(runs: Sequence[Run], tables: Sequence[PoolTable]) -> list[Diagnosis]:
    """The diagnostics of every rated pool."""
    from collections import defaultdict

    from arena.ratings.diagnosis import diagnose
    from arena.ratings.results import MatchScore, match_score

    matches: defaultdict[str, list[MatchScore]] = defaultdict(list)
    for run in runs:
        for record in run.records():
            matches[record.header.pool].append(match_score(record))
    return [diagnose(table.pool, matches[table.pool]) for table in tables if table.rated]


def export(
    run: Annotated[Path, typer.Argument(help="Folder of the run.")],
    kind: Annotated[
        str, typer.Option("--format", help="jsonl: whole records; csv or parquet: a row per seat and match.")
    ] = "jsonl",
    out: Annotated[Path | None, typer.Option(help="File to write; standard output unless given.")] = None,
    stable: Annotated[
        bool, typer.Option("--stable", help="Leave out times, so that equal runs give equal files (jsonl).")
    ] = False,
) -> None:
    """Print the matches of a run, or write them to a file."""
    from arena.cli.output import say
    from leaderboard.export import export as write

    (opened,) = open_runs([run])
    write(opened.records(), out, kind, stable=stable)
    if out is not None:
        say(f"written: {out}")


def site(
    runs: Runs,
    out: Annotated[Path, typer.Option(help="Folder of the pages; a new or empty one, or an earlier site.")] = Path(
        "site"
    ),
) -> None:
    """Make web pages of runs: leaderboards, every match to step through. They need no server and no network."""
    from arena.cli.output import say
    from arena.replay import replay
    from leaderboard.site.build import build_site

    index = build_site(open_runs(runs), out, replay)
    say(f"open {index}")


def open_runs(paths: Sequence[Path]) -> list[Run]:
    """The runs in these folders.

    Raises:
        UsageError: a folder is given twice, is no run, or holds no match yet.
    """
    from arena.errors import UsageError
    from arena.store import open_run

    places = [path.resolve() for path in paths]
    for path, place in zip(paths, places, strict=True):
        if places.count(place) > 1:
            raise UsageError(f"{path} is given twice; its matches would count twice")
    runs = [open_run(path) for path in paths]
    for path, run in zip(paths, runs, strict=True):
        if next(run.records(), None) is None:
            raise UsageError(f"{path} holds no match yet; `arena run` plays them")
    return runs


def all_records(runs: Sequence[Run]) -> Iterator[MatchRecord]:
    """Every record of every run, void matches that were played again included: they are counted in public."""
    for run in runs:
        yield from run.records()
        yield from run.superseded()
