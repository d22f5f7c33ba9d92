"""`arena play`: take a seat yourself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from arena.config import RunConfig
    from arena.records import MatchRecord


def play(
    game: Annotated[str, typer.Argument(help="Spec of the game.")],
    against: Annotated[list[str] | None, typer.Option(help="Spec of an opponent; may be repeated.")] = None,
    seat: Annotated[int, typer.Option(help="Your seat, from 0.", min=0)] = 0,
    seed: Annotated[int, typer.Option(help="Seed of the deal and of the opponents.")] = 0,
    referee: Annotated[str, typer.Option(help="Spec of the referee, for games that need one.")] = "stub_jury",
) -> None:
    """Play a game at the terminal. You read exactly what a model in your seat would read."""
    import asyncio

    from agents.base import PersonLeft
    from arena.cli.output import say
    from arena.config import RunConfig
    from arena.records import Limits, Policy

    opponents = against or ["random"]
    roster = [{"agent": "human", "name": "you"}, *_named(opponents)]
    config = RunConfig.model_validate(
        {
            "games": [{"game": game, "agents": [entry["name"] for entry in roster]}],
            "agents": roster,
            "seed": seed,
            "referee": referee,
            "policy": Policy(attempts=20),
            "limits": Limits(decision_time_s=None),
        }
    )
    try:
        record = asyncio.run(_play(config, len(opponents), seat))
    except (KeyboardInterrupt, asyncio.CancelledError, PersonLeft):
        say("\nstopped")
        raise typer.Exit(130) from None
    _tell(record, seat)


def _named(opponents: list[str]) -> list[dict[str, str]]:
    return [{"agent": spec, "name": f"{spec} #{number}"} for number, spec in enumerate(opponents, 1)]


async def _play(config: RunConfig, opponents: int, seat: int) -> MatchRecord:
    from arena.errors import UsageError
    from arena.match import Match, play_match
    from arena.schedule import Seating, header
    from arena.tournament import participants, prepare

    tournament = prepare(config)
    fixture = tournament.fixtures[0]
    seats = fixture.game.num_players
    if seat >= seats:
        raise UsageError(f"{fixture.locator} has seats 0 to {seats - 1}; there is no seat {seat}")
    labels = [entry.label for entry in config.agents]
    others = [labels[1 + number % opponents] for number in range(seats - 1)]
    names = (*others[:seat], labels[0], *others[seat:])
    specs = {entry.label: entry.spec for entry in config.agents}
    async with participants(tournament) as cast:
        title = header(Seating(fixture, names, names, 0), specs, config.seed, 0)
        agents = tuple(cast.agents[item.spec] for item in title.seats)
        referee = None if title.referee is None else cast.referees[title.referee]
        return await play_match(Match(title, fixture.game, agents, referee))


def _tell(record: MatchRecord, seat: int) -> None:
    """How it ended, and the whole state that was hidden from you."""
    from arena.cli.output import say
    from arena.replay import replay
    from games.registry import load

    result = record.result
    if result.returns is None:
        say(f"\nThe match is {result.outcome}: {result.detail or result.reason}")
        return
    game = load(record.header.game)
    last = list(replay(record, game))[-1].state
    say(f"\n{game.observation(last, seat)}\n\nThe whole state was:\n{game.render(last)}")
    say(f"\nThe end: {result.text}. Your result: {result.returns[seat]:+g}")
