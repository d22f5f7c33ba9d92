"""`arena verify`: replay every match of a run and compare every digest."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def verify(
    run: Annotated[Path, typer.Argument(help="Folder of the run.")],
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Replay every match of a run and compare digests.

    No model is asked and nothing is drawn. Exit status 1 when a match is not reproduced.
    """
    from arena.cli.output import print_json, say
    from arena.replay import verify_run
    from arena.store import open_run

    report = verify_run(open_run(run))
    if json:
        print_json({"schema": 1, "matches": report.matches, "turns": report.turns, "problems": list(report.problems)})
    else:
        for problem in report.problems:
            say(problem)
        verdict = "every digest reproduced" if not report.problems else f"{len(report.problems)} matches differ"
        say(f"{report.matches} matches, {report.turns} turns: {verdict}")
    if report.problems:
        raise typer.Exit(1)
