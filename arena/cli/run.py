"""`arena run`: play a tournament, or go on with one."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from arena.cli.options import INTERRUPTED, Agents, ConfigFile, Games, Repeats, Seed

if TYPE_CHECKING:
    from collections.abc import Callable

    from arena.cli.progress import Reporter
    from arena.records import MatchRecord
    from arena.rounds import Ending
    from arena.tournament import Tournament

    # Whether a record, counted with all before it, settles what was to be found out.
    Enough = Callable[[MatchRecord], bool]


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
    from arena.rounds import Ending
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
    ending = play_out(tournament, folder, reporter)
    reporter.close(ending, as_json=json)
    if ending is Ending.INTERRUPTED:
        raise typer.Exit(INTERRUPTED)
    if reporter.void:
        raise typer.Exit(1)


def play_out(tournament: Tournament, folder: Path, reporter: Reporter, enough: Enough | None = None) -> Ending:
    """Play what is left, and say why play ended: as interrupted too when a record was `enough`."""
    import asyncio

    from agents.base import PersonLeft
    from arena.rounds import Ending

    if reporter.complete:
        return Ending.PLAYED
    try:
        return asyncio.run(_run(tournament, folder, reporter, enough))
    except (KeyboardInterrupt, asyncio.CancelledError, PersonLeft):
        return Ending.INTERRUPTED


async def _run(tournament: Tournament, folder: Path, reporter: Reporter, enough: Enough | None) -> Ending:
    import asyncio

    from arena.tournament import run_tournament

    stopping = asyncio.Event()

    def on_record(record: MatchRecord) -> None:
        reporter.on_record(record)
        if enough is not None and enough(record):
            stopping.set()

    play = asyncio.ensure_future(run_tournament(tournament, folder, on_record, stopping))

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
        return await play
