"""Run a tournament: play every scheduled match that is not yet stored, and store it.

A run continues where it was left: finished matches are never played again, a match that was under way is replayed
from its journal up to the first unanswered call, and void matches are played again with the same seeds.
"""

from __future__ import annotations

import asyncio
import platform
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path
from typing import Any, Final

from agents.base import Agent, PersonLeft, Referee
from agents.llm.prompts import PROMPT_VERSION
from agents.registry import build_agent, build_referee, needs_mock, partial_juror
from arena.budget import Budget, budget, prices
from arena.config import RunConfig, differences
from arena.errors import UsageError
from arena.match import Match, play_match
from arena.ratings.results import MatchScore, match_score
from arena.records import MatchHeader, MatchRecord, Outcome
from arena.rounds import Ending, Rounds
from arena.schedule import Fixture, Group, fixture, rotations, schedule
from arena.store import Manifest, Run, RunWriter, create, exists, open_run, writing
from games.info import Utility
from games.plugins import PluginError
from games.spec import SpecError

_REPORTED_SOFTWARE: Final = ("agon", "anthropic", "litellm", "openai", "pydantic")

OnRecord = Callable[[MatchRecord], None]


@dataclass(frozen=True, slots=True)
class Tournament:
    """A checked configuration: its games exist, its agents can be built.

    Attributes:
        config: what was asked for.
        fixtures: its games, loaded.
        total: number of matches if nothing ends it before.
    """

    config: RunConfig
    fixtures: tuple[Fixture, ...]
    total: int

    @property
    def most(self) -> int:
        """Number of matches that are played at most."""
        return min(self.total, self.config.stop.max_matches or self.total)

    def headers(self) -> Iterator[MatchHeader]:
        """The header of every match, in the order of play; where results decide, those of as long a round robin."""
        return islice(schedule(self.config, self.fixtures), self.most)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands.

    Attributes:
        run: the run folder.
        stored: matches that were stored before play began, void ones excluded.
        total: matches that are played at most.
    """

    run: Run
    stored: int
    total: int

    @property
    def complete(self) -> bool:
        """Whether nothing is left to play."""
        return self.stored == self.total


def prepare(config: RunConfig) -> Tournament:
    """Load the games and build the agents once, so that mistakes are found before the first call.

    Raises:
        UsageError: a game or an agent cannot be had, with the reason.
    """
    try:
        agents = {entry.label: build_agent(entry.spec, mock_url=_trial_url(entry.spec)) for entry in config.agents}
        fixtures = tuple(
            fixture(entry, config, lambda item, game: agents[item.label].suits(game)) for entry in config.games
        )
        for referee in _referees(fixtures):
            build_referee(referee, mock_url=_trial_url(referee))
        prices(config, fixtures)
    except (PluginError, SpecError) as error:
        raise UsageError(str(error)) from None
    _check_meetings(fixtures)
    _check_jurors(fixtures, config)
    for item in fixtures:
        _check_contest(item, config)
    total = sum(item.repeats * sum(len(rotations(group)) for group in item.groups) for item in fixtures)
    return Tournament(config, fixtures, total)


def _check_meetings(fixtures: Sequence[Fixture]) -> None:
    """Nobody meets in two entries of one game: it would be the same match twice."""
    met: set[tuple[str, Group]] = set()
    for item in fixtures:
        for group in item.groups:
            if (item.locator, group) in met:
                raise UsageError(
                    f"the game {item.locator!r} is listed twice for {', '.join(group)}; leave one entry out, or name "
                    "other agents in it"
                )
            met.add((item.locator, group))


def _check_jurors(fixtures: Sequence[Fixture], config: RunConfig) -> None:
    """No juror judges a model of its own family."""
    specs = {entry.label: entry.spec for entry in config.agents}
    for item in fixtures:
        for name in item.names:
            juror = None if item.referee is None else partial_juror(item.referee, specs[name])
            if juror is not None:
                raise UsageError(
                    f"the juror {juror} is of the same family as {name}, which plays {item.locator}, and judges favour "
                    "their own kind; name jurors of other families, or other players in this game"
                )


def _check_contest(item: Fixture, config: RunConfig) -> None:
    """Whether ratings make sense, where the schedule or the end of a run depends on them."""
    contest = item.game.info.utility in (Utility.ZERO_SUM, Utility.CONSTANT_SUM)
    if config.schedule.kind.adaptive and not (contest and item.game.num_players == 2 and len(item.names) > 1):
        raise UsageError(
            f"{item.locator} is no contest of two seats with at least two agents, which kind = "
            f"'{config.schedule.kind}' needs; play it in a run of its own, as a round robin"
        )
    if config.stop.max_half_width is not None and not contest:
        raise UsageError(
            f"{item.locator} has no ratings (payoffs are {item.game.info.utility}): no max_half_width there"
        )


def _referees(fixtures: Sequence[Fixture]) -> list[str]:
    return sorted({item.referee for item in fixtures if item.referee is not None})


def _trial_url(spec: str) -> str | None:
    """Stands for the mock server when somebody is built only to see whether that can be done."""
    return "http://127.0.0.1:9/v1" if needs_mock(spec) else None


def enter(tournament: Tournament, path: Path) -> Progress:
    """Make the run folder, or join the one that is there.

    Raises:
        UsageError: the folder holds a run of another configuration, or of other versions of its games or prompts;
            what differs is shown.
    """
    manifest = _manifest(tournament, path)
    if not exists(path):
        return Progress(create(path, manifest), 0, tournament.most)
    run = open_run(path)
    named = {**manifest.config, "name": tournament.config.name or run.name}
    lines = [
        *differences(run.manifest.config, named),
        *differences(run.manifest.pools, manifest.pools, "version of "),
        *differences(_prompts(run.manifest), _prompts(manifest), "version of "),
    ]
    if lines:
        shown = "\n  ".join(lines)
        raise UsageError(f"{path} holds a run of another configuration; use another --out. Different:\n  {shown}")
    stored = sum(outcome is not Outcome.VOID for outcome in run.outcomes().values())
    return Progress(run, stored, tournament.most)


async def run_tournament(
    tournament: Tournament, path: Path, on_record: OnRecord, stopping: asyncio.Event | None = None
) -> Ending:
    """Play what is left, and say why play ended.

    `stopping`, once set, lets matches in play finish and admits no more.

    Raises:
        PersonLeft: a person at the terminal wants to stop.
        UsageError: another process writes to the run, or money is limited and a price is not known.
    """
    stopping = stopping or asyncio.Event()
    with writing(path) as writer:
        run, config = open_run(path), tournament.config
        account = _Account(config, budget(config, tournament.fixtures))
        for record in run.records() if config.by_results or config.stop.max_cost_usd is not None else ():
            account.add(record)
        done = {match_id for match_id, outcome in run.outcomes().items() if outcome is not Outcome.VOID}
        rounds = Rounds(config, tournament.fixtures, account.scores.get)
        async with participants(tournament) as cast:
            table = _Table(tournament, cast, writer, account, on_record, stopping)
            while not isinstance(turn := rounds.next(), Ending):
                await _play_all((header for header in turn if header.match_id not in done), table)
                if stopping.is_set():
                    return Ending.INTERRUPTED
                if account.money.exhausted:
                    return Ending.COST
            return turn


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody who takes part, built once: agents by spec string, referees by spec string."""

    agents: dict[str, Agent]
    referees: dict[str, Referee]


@dataclass(frozen=True, slots=True)
class _Account:
    """What matches have cost, and their results where those decide what comes next."""

    config: RunConfig
    money: Budget
    scores: dict[str, MatchScore] = field(default_factory=dict)

    def add(self, record: MatchRecord) -> None:
        """Take in a stored match; a void one has no result."""
        self.money.count(record)
        if self.config.by_results and record.result.outcome is not Outcome.VOID:
            self.scores[record.header.match_id] = match_score(record)


@dataclass(frozen=True, slots=True)
class _Table:
    """What every worker needs."""

    tournament: Tournament
    cast: Cast
    writer: RunWriter
    account: _Account
    on_record: OnRecord
    stopping: asyncio.Event


@asynccontextmanager
async def participants(tournament: Tournament) -> AsyncIterator[Cast]:
    """Build everybody, with a mock server while somebody needs one; release their connections at the end."""
    specs = [entry.spec for entry in tournament.config.agents]
    referees = _referees(tournament.fixtures)
    async with AsyncExitStack() as stack:
        mock_url = await _mock_url(stack, [*specs, *referees])
        cast = Cast(
            {spec: build_agent(spec, mock_url=mock_url) for spec in specs},
            {spec: build_referee(spec, mock_url=mock_url) for spec in referees},
        )
        for participant in (*cast.agents.values(), *cast.referees.values()):
            stack.push_async_callback(participant.aclose)
        yield cast


async def _mock_url(stack: AsyncExitStack, specs: Sequence[str]) -> str | None:
    if not any(needs_mock(spec) for spec in specs):
        return None
    from agents.llm.mock import mock_server

    return await stack.enter_async_context(mock_server())


async def _play_all(headers: Iterable[MatchHeader], table: _Table) -> None:
    """Workers that share one iterator: no more matches exist at once than are in play."""
    left = iter(headers)
    try:
        async with asyncio.TaskGroup() as workers:
            for _ in range(table.tournament.config.max_concurrency):
                workers.create_task(_work(left, table))
    except* PersonLeft as stopped:
        raise stopped.exceptions[0] from None


async def _work(left: Iterator[MatchHeader], table: _Table) -> None:
    games = {item.locator: item.game for item in table.tournament.fixtures}
    for header in left:
        if table.stopping.is_set() or not await table.account.money.admit(header):
            return
        record = await play_match(_match(header, games[header.game], table))
        table.writer.store(record)
        table.account.add(record)
        await table.account.money.release(header)
        table.on_record(record)
        await asyncio.sleep(0)


def _match(header: MatchHeader, game: Any, table: _Table) -> Match:
    return Match(
        header=header,
        game=game,
        agents=tuple(table.cast.agents[seat.spec] for seat in header.seats),
        referee=None if header.referee is None else table.cast.referees[header.referee],
        journal=table.writer.journal(header.match_id),
    )


def _manifest(tournament: Tournament, path: Path) -> Manifest:
    config = tournament.config.model_copy(update={"name": tournament.config.name or path.resolve().name})
    return Manifest(
        name=config.name,
        created_at=datetime.now(UTC).isoformat(timespec="seconds"),
        config=config.frozen(),
        agents={entry.label: entry.spec for entry in config.agents},
        pools={item.locator: item.game.pool for item in tournament.fixtures},
        matches=tournament.total,
        stop=tournament.config.stop.model_dump(exclude_none=True),
        software={**_software(), **_software_of_referees(tournament.fixtures)},
    )


def _prompts(manifest: Manifest) -> dict[str, str]:
    return {"prompts": manifest.software.get("prompts", "unknown")}


def _software_of_referees(fixtures: Sequence[Fixture]) -> dict[str, str]:
    referees = [build_referee(spec, mock_url=_trial_url(spec)) for spec in _referees(fixtures)]
    return {name: said for referee in referees for name, said in referee.software().items()}


def _software() -> dict[str, str]:
    """Versions of what takes part, as far as installed."""
    found = {
        "prompts": str(PROMPT_VERSION),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }
    for name in _REPORTED_SOFTWARE:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
