"""`arena compare`: play until it is known which of two agents is ahead."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from arena.cli.options import INTERRUPTED

if TYPE_CHECKING:
    from arena.comparison import Comparison, Standing
    from arena.config import RunConfig
    from arena.ratings.sequential import EloTest
    from arena.records import MatchRecord
    from arena.rounds import Ending
    from arena.tournament import Tournament

_MOST_DEALS: Final = 5000


def compare(
    first: Annotated[str, typer.Argument(help="The agent whose lead is tested: a spec, or a name in --config.")],
    second: Annotated[str, typer.Argument(help="The agent it is compared with, likewise.")],
    game: Annotated[str, typer.Option(help="Spec of a two-seat game in which one side's gain is the other's loss.")],
    elo0: Annotated[float, typer.Option(help="The smaller lead, in Elo points.")] = 0.0,
    elo1: Annotated[float, typer.Option(help="The larger lead, in Elo points.")] = 20.0,
    config: Annotated[Path | None, typer.Option(help="TOML file for the rest; its repeats are the most deals.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder of the run; results/... unless given.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Play two agents until it is known which one is ahead.

    A sequential test over pairs of matches (GSPRT, errors of 5 % each way): it stops as soon as one of the two leads is
    accepted, or after 5000 deals. The run is an ordinary one: the same command goes on with it, and every other command
    reads it. A file says what `arena run` reads there: seed, limits, policy, concurrency, options of agents.
    """
    from arena.cli.options import default_folder
    from arena.cli.output import warn
    from arena.rounds import Ending
    from arena.tournament import prepare

    settings = _settings(config, game, (first, second))
    tournament = prepare(settings)
    test = _test(settings, tournament, elo0, elo1)
    comparison, ending = _play(tournament, out or default_folder(None, settings), test, quiet=json)
    _tell(comparison.standing(), test, settings, json=json)
    if ending is Ending.INTERRUPTED and not comparison.decided:
        warn("interrupted; the same command goes on from here")
        raise typer.Exit(INTERRUPTED)


def _settings(path: Path | None, game: str, names: tuple[str, str]) -> RunConfig:
    """The run of two agents in one game; everything else is the file's."""
    from arena.config import parse_config, read_toml
    from arena.errors import UsageError

    data = {} if path is None else read_toml(path)
    if unused := sorted({"schedule", "stop"} & set(data)):
        raise UsageError(f"{path}: [{unused[0]}] has no place in a comparison, which plays pairs until it knows")
    roster = data.get("agents")
    entries = roster if isinstance(roster, list) else []
    listed = {
        entry["name"]: entry for entry in entries if isinstance(entry, dict) and isinstance(entry.get("name"), str)
    }
    agents = [listed.get(name, name) for name in names]
    data = {"repeats": _MOST_DEALS, **data, "games": [{"game": game, "agents": list(names)}], "agents": agents}
    return parse_config(data, "command line" if path is None else f"{path} and the command line")


def _test(config: RunConfig, tournament: Tournament, elo0: float, elo1: float) -> EloTest:
    from arena.errors import UsageError
    from arena.ratings.sequential import EloTest
    from games.info import Utility

    game = tournament.fixtures[0].game
    if game.num_players != 2 or game.info.utility not in (Utility.ZERO_SUM, Utility.CONSTANT_SUM):
        raise UsageError(f"{game} is no contest of two seats; compare agents there by `arena run` and mean payoffs")
    try:
        return EloTest(elo0, elo1)
    except ValueError as error:
        raise UsageError(str(error)) from None


def _play(tournament: Tournament, folder: Path, test: EloTest, *, quiet: bool) -> tuple[Comparison, Ending]:
    """Play until the verdict, or until all deals are played; earlier matches of the folder count first."""
    from arena.cli.progress import Reporter
    from arena.cli.run import play_out
    from arena.comparison import Comparison
    from arena.rounds import Ending
    from arena.tournament import enter

    comparison = Comparison(tournament.config.agents[0].label, test)
    progress = enter(tournament, folder)
    for record in progress.run.records():
        comparison.add(record)

    def enough(record: MatchRecord) -> bool:
        comparison.add(record)
        return comparison.decided

    if comparison.decided:
        return comparison, Ending.PLAYED
    return comparison, play_out(tournament, folder, Reporter(progress, quiet=quiet), enough)


def _tell(standing: Standing, test: EloTest, config: RunConfig, *, json: bool) -> None:
    from dataclasses import asdict

    from arena.cli.output import print_json, say

    first, second = (entry.label for entry in config.agents)
    if json:
        facts = {"schema": 1, "first": first, "second": second, "game": config.games[0].game}
        return print_json({**facts, "test": asdict(test), **asdict(standing)})
    say(f"{first} against {second} in {config.games[0].game}: {_verdict(standing, test, first, second)}")
    score = "-" if standing.score is None else f"{standing.score:.3f}"
    low, high = standing.bounds
    say(f"{standing.pairs} pairs, score {score}, log-likelihood ratio {standing.ratio:+.2f} in {low:.2f}..{high:.2f}")
    if standing.void:
        say(f"{standing.void} pairs left out: a match was void; the same command plays it again")
    return say("The score of a test that stopped early leans outward: read the verdict, not the margin.")


def _verdict(standing: Standing, test: EloTest, first: str, second: str) -> str:
    from arena.ratings.sequential import Verdict

    match standing.verdict:
        case Verdict.ACCEPT_ELO1:
            return f"{first} leads by {test.elo1:g} Elo rather than {test.elo0:g}"
        case Verdict.ACCEPT_ELO0:
            return f"no lead of {test.elo1:g} Elo over {second}; {test.elo0:g} fits better"
        case _:
            return "not decided; ask for leads further apart, or for more deals (repeats in --config)"
