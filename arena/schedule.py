"""Who meets whom when that is settled beforehand: a round robin of all groups, or of those of a newcomer.

Every group plays every deal once in each rotation of seats. The matches of one group and deal share a deal seed and a
cluster: the same cards, dice and roles fall, whoever sits where. The order is balanced: rotations and groups alternate,
so that every prefix has played everybody about equally.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from arena.config import AgentEntry, GameEntry, RunConfig, Schedule
from arena.digests import content_hash
from arena.errors import UsageError
from arena.records import Limits, MatchHeader, Policy, SeatRecord
from arena.seeding import derive_seed
from games.core import Game
from games.info import RefereeKind
from games.registry import load, locator
from games.spec import parse_spec

_SANDBOX: Final = "sandbox"

# Agents that meet at one table, in the order of the roster.
Group = tuple[str, ...]

# Whether a configured agent can play a game.
Suits = Callable[[AgentEntry, Game[Any, Any]], bool]


@dataclass(frozen=True, slots=True)
class Fixture:
    """One game of the programme with all that its matches share.

    Attributes:
        locator: spec string that loads the game.
        game: the rules.
        names: the agents that play it.
        groups: those that may meet, each as many agents as there are seats.
        repeats: deals per group.
        policy: what happens when an answer is no legal action.
        limits: what a match may take.
        referee: spec string of the referee; None when the game needs none.
    """

    locator: str
    game: Game[Any, Any]
    names: tuple[str, ...]
    groups: tuple[Group, ...]
    repeats: int
    policy: Policy
    limits: Limits
    referee: str | None


@dataclass(frozen=True, slots=True)
class Seating:
    """One match before it is played: who sits where, and which deal falls."""

    fixture: Fixture
    names: tuple[str, ...]
    group: Group
    deal: int


def fixture(entry: GameEntry, config: RunConfig, suits: Suits) -> Fixture:
    """The fixture of a configured game, with the agents that it names or else all that can play it.

    Raises:
        PluginError: there is no such game, or it is broken.
        SpecError: the game does not take these parameters.
        UsageError: it names an agent that is not of the roster or cannot play it, or nobody can.
    """
    game = load(entry.game)
    names = _players(entry, config, [item.label for item in config.agents if suits(item, game)])
    return Fixture(
        locator=locator(entry.game),
        game=game,
        names=names,
        groups=_meetings(entry, config.schedule, names, game.num_players),
        repeats=entry.repeats or config.repeats,
        policy=entry.policy or config.policy,
        limits=entry.limits or config.limits,
        referee=_referee(entry, config, game.info.referee),
    )


def _referee(entry: GameEntry, config: RunConfig, kind: RefereeKind) -> str | None:
    """Who answers at a game's referee nodes: code is run by a sandbox, whatever jury the run has."""
    if kind is RefereeKind.NONE:
        return None
    needs_sandbox = kind is RefereeKind.SANDBOX and parse_spec(config.referee).name != _SANDBOX
    return entry.referee or (_SANDBOX if needs_sandbox else config.referee)


def _players(entry: GameEntry, config: RunConfig, able: list[str]) -> tuple[str, ...]:
    if entry.agents is None:
        if not able:
            raise UsageError(f"nobody of the roster can play {entry.game}")
        return tuple(able)
    roster = [item.label for item in config.agents]
    for name in entry.agents:
        if name not in roster:
            raise UsageError(f"{entry.game} names the agent {name!r}, which is not listed; listed: {', '.join(roster)}")
        if name not in able:
            raise UsageError(f"{entry.game} names the agent {name!r}, which cannot play it")
    return entry.agents


def _meetings(entry: GameEntry, schedule: Schedule, names: Sequence[str], seats: int) -> tuple[Group, ...]:
    found = groups(names, seats)
    if schedule.newcomer is not None:
        found = [group for group in found if schedule.newcomer in group]
    if not found:
        raise UsageError(
            f"the newcomer {schedule.newcomer!r} does not play {entry.game}, so nobody meets anybody there"
        )
    return tuple(dict.fromkeys([*found, *((name,) * seats for name in names if schedule.self_play)]))


def groups(names: Sequence[str], seats: int) -> list[Group]:
    """Every group of distinct agents that fills the seats; a smaller roster fills them by sitting several times."""
    if len(names) < seats:
        return [tuple(names[seat % len(names)] for seat in range(seats))]
    return list(combinations(names, seats))


def rotations(group: Group) -> list[tuple[str, ...]]:
    """Every distinct cyclic rotation: each agent sits once in each seat."""
    turned = [group[shift:] + group[:shift] for shift in range(len(group))]
    return list(dict.fromkeys(turned))


def seatings(fixtures: Sequence[Fixture]) -> Iterator[Seating]:
    """Every match of groups that are known beforehand, in balanced order."""
    for deal in range(max((fixture.repeats for fixture in fixtures), default=0)):
        for fixture in fixtures:
            yield from one_deal(fixture, deal)


def one_deal(fixture: Fixture, deal: int) -> Iterator[Seating]:
    """The matches in which every group plays its n-th deal; none where it has fewer deals."""
    return turns(fixture, [(group, deal) for group in fixture.groups if deal < fixture.repeats])


def turns(fixture: Fixture, deals: Sequence[tuple[Group, int]]) -> Iterator[Seating]:
    """The matches of deals, each of a group: all play in their first rotation of seats, then in the next."""
    tables = [(group, deal, rotations(group)) for group, deal in deals]
    for shift in range(max((len(turned) for _, _, turned in tables), default=0)):
        for group, deal, turned in tables:
            if shift < len(turned):
                yield Seating(fixture, turned[shift], group, deal)


def schedule(config: RunConfig, fixtures: Sequence[Fixture]) -> Iterator[MatchHeader]:
    """The header of every match, in the order of play."""
    specs = {entry.label: entry.spec for entry in config.agents}
    for index, seating in enumerate(seatings(fixtures)):
        yield header(seating, specs, config.seed, index)


def header(seating: Seating, specs: dict[str, str], seed: int, index: int) -> MatchHeader:
    """The header of one match; its id is the hash of the rest but the index."""
    fixture = seating.fixture
    pool = fixture.game.pool
    roles = fixture.game.info.roles or ("",) * len(seating.names)
    facts: dict[str, Any] = {
        "game": fixture.locator,
        "pool": pool,
        "seats": [
            SeatRecord(agent=name, spec=specs[name], role=role).model_dump()
            for name, role in zip(seating.names, roles, strict=True)
        ],
        "referee": fixture.referee,
        "cluster": content_hash([pool, *seating.group, seed, seating.deal]),
        "deal_seed": derive_seed(seed, "deal", pool, *seating.group, seating.deal),
        "seed": derive_seed(seed, "match", pool, *seating.names, seating.deal),
        "policy": fixture.policy.model_dump(),
        "limits": fixture.limits.model_dump(),
    }
    return MatchHeader(match_id=content_hash(facts), index=index, **facts)
