"""`arena run`: play a tournament, or go on with one."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from arena.cli.options import Agents, ConfigFile, Games, Repeats, Seed

if TYPE_CHECKING:
    import asyncio

    from arena.cli.progress import Reporter
    from arena.tournament import Tournament

_INTERRUPTED = 130


def run(
    config: ConfigFile = None,
    game: Games = None,
    agent: Agents = None,
    repeats: Repeats = None,
    seed: Seed = None,
    max_concurrency: Annotated[int | None, typer.Option(help="Matches in play at once.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder of the run; results/NAME unless given.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print a summary as JSON.")] = False,
) -> None:
    """Play a tournament, or go on with one.

    Every match is stored. The same command again resumes the run or says that it is complete.

    Exit status: 0 all played, 1 some matches are void, 2 cannot be used as asked, 130 interrupted.
    """
    from arena.cli.options import default_folder, read_config, tell_left_out
    from arena.cli.progress import Reporter
    from arena.tournament import enter, prepare

    flags = {
        "games": game,
        "agents": agent,
        "repeats": repeats,
        "seed": seed,
        "max_concurrency": max_concurrency,
    }
    settings = read_config(config, flags)
    tournament = prepare(settings)
    if not json:
        tell_left_out(tournament)
    folder = out or default_folder(config, settings)
    reporter = Reporter(enter(tournament, folder), quiet=json)
    interrupted = play_out(tournament, folder, reporter)
    reporter.close(as_json=json, interrupted=interrupted)
    if interrupted:
        raise typer.Exit(_INTERRUPTED)
    if not reporter.complete:
        raise typer.Exit(1)


def play_out(tournament: Tournament, folder: Path, reporter: Reporter) -> bool:
    """Play what is left; whether it was interrupted."""
    import asyncio

    from agents.base import PersonLeft

    if reporter.complete:
        return False
    stopping = asyncio.Event()
    try:
        asyncio.run(_run(tournament, folder, reporter, stopping))
    except (KeyboardInterrupt, asyncio.CancelledError, PersonLeft):
        return True
    return stopping.is_set()


async def _run(tournament: Tournament, folder: Path, reporter: Reporter, stopping: asyncio.Event) -> None:
    import asyncio

    from arena.tournament import run_tournament

    play = asyncio.ensure_future(run_tournament(tournament, folder, reporter.on_record, stopping))

    def stop() -> None:
        if stopping.is_set():
            play.cancel()
            return
        stopping.set()
        reporter.note("stopping: matches in play are being finished; press Ctrl-C again to stop at once")

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    with reporter:
        await play
