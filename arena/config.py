"""Configuration of a run: a TOML file or flags, read strictly.

`RunConfig` decides what is played and is frozen into the manifest; how fast it is played (`max_concurrency`) and when
to end before the schedule does (`stop`) are not.
"""

from __future__ import annotations

import difflib
import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from arena.errors import UsageError
from arena.records import Limits, Policy
from games.spec import Spec, SpecError, parse_spec

NOT_FROZEN: Final = frozenset({"max_concurrency", "stop"})


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class AgentEntry(_Section):
    """One agent of the roster."""

    agent: str
    """Spec string: `tit_for_tat`, `mcts(simulations=200)`, `openai/gpt-5-mini`, `hosted_vllm/qwen@http://...`."""
    name: str = ""
    """Name in tables; the spec string unless given."""
    options: dict[str, Any] = Field(default_factory=dict)
    """Further parameters, as in the parentheses of the spec string."""

    @property
    def spec(self) -> str:
        """The spec string with the options in it."""
        parsed = parse_spec(self.agent)
        return str(Spec(parsed.name, {**parsed.args, **self.options}))

    @property
    def label(self) -> str:
        """What tables call the agent."""
        return self.name or self.spec


class GameEntry(_Section):
    """One game of the programme."""

    game: str
    """Spec string: `kuhn_poker`, `leduc_poker(betting="blinds")`, `path/to/file.py:MyGame`."""
    agents: tuple[str, ...] | None = Field(None, min_length=1)
    """Names of the agents that play it; all that can play it unless given."""
    repeats: int | None = Field(None, ge=1)
    """Deals per group of agents; the run's `repeats` unless given."""
    policy: Policy | None = None
    """What happens when an answer is no legal action; the run's `policy` unless given."""
    limits: Limits | None = None
    """What a match may take; the run's `limits` unless given."""
    referee: str | None = None
    """Spec string of the referee; the run's `referee` unless given."""


class ScheduleKind(StrEnum):
    """How it is decided who meets whom."""

    ROUND_ROBIN = "round_robin"
    GAUNTLET = "gauntlet"
    SWISS = "swiss"
    G_OPTIMAL = "g_optimal"
    ORDER_OPTIMAL = "order_optimal"

    @property
    def adaptive(self) -> bool:
        """Whether results so far decide who meets next."""
        return self not in (ScheduleKind.ROUND_ROBIN, ScheduleKind.GAUNTLET)


class Schedule(_Section):
    """Who meets whom. Whatever the kind, a game takes no more deals than a round robin: `repeats` per group."""

    kind: ScheduleKind = ScheduleKind.ROUND_ROBIN
    """`round_robin`: everybody meets everybody. `gauntlet`: a newcomer meets all others, who do not meet each other.
    `swiss`: neighbours in strength meet. `g_optimal`: whoever narrows the widest interval. `order_optimal`: whoever
    settles the order. The last three are for contests of two seats; results so far decide there."""
    newcomer: str | None = None
    """Name of the agent that runs the gauntlet."""
    batch: int = Field(8, ge=1)
    """Deals of a game that `g_optimal` and `order_optimal` settle at a time, each played in both rotations."""
    self_play: bool = False
    """Whether each agent also meets itself, in a round robin: for dilemmas and populations, never rated."""

    @model_validator(mode="after")
    def _fits_the_kind(self) -> Schedule:
        if (self.newcomer is not None) != (self.kind is ScheduleKind.GAUNTLET):
            raise ValueError("`newcomer` names who runs a gauntlet: give it with kind = 'gauntlet', and only there")
        if self.self_play and self.kind is not ScheduleKind.ROUND_ROBIN:
            raise ValueError(f"self_play is for a round robin; nobody meets itself by kind = '{self.kind}'")
        return self


class Stop(_Section):
    """When a run is over before its schedule is. A run that was stopped goes on when the limit is raised."""

    max_matches: int | None = Field(None, ge=1)
    """Matches in all."""
    max_cost_usd: float | None = Field(None, ge=0)
    """US dollars in all. No match begins whose high estimate, with those of the matches in play, goes beyond it."""
    max_half_width: float | None = Field(None, gt=0)
    """Elo points. A game is over once no interval of a rating is wider than twice this; for contests only."""


class RunConfig(_Section):
    """What a run plays, and how."""

    name: str = ""
    """Name of the run; that of its folder unless given."""
    games: tuple[GameEntry, ...] = Field(min_length=1)
    """The programme. An entry may be just a spec string."""
    agents: tuple[AgentEntry, ...] = Field(min_length=1)
    """The roster. An entry may be just a spec string."""
    repeats: int = Field(1, ge=1)
    """Deals per group of agents. Each deal is played once in every rotation of seats."""
    seed: int = Field(0, ge=0)
    """Seed of everything random."""
    policy: Policy = Policy()
    """What happens when an answer is no legal action."""
    limits: Limits = Limits()
    """What a match may take."""
    referee: str = "stub_jury"
    """Spec string of the referee for games that need one."""
    schedule: Schedule = Schedule()
    """Who meets whom."""
    stop: Stop = Stop()
    """When to stop before the schedule ends."""
    max_concurrency: int = Field(16, ge=1, le=10_000)
    """Matches in play at once. Does not change results."""

    @field_validator("games", mode="before")
    @classmethod
    def _plain_games(cls, value: object) -> object:
        return _entries(value, "game")

    @field_validator("agents", mode="before")
    @classmethod
    def _plain_agents(cls, value: object) -> object:
        return _entries(value, "agent")

    @model_validator(mode="after")
    def _names_are_agents(self) -> RunConfig:
        names = [entry.label for entry in self.agents]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"the agent {twice[0]!r} is listed twice; give one of them another name or parameter")
        newcomer = self.schedule.newcomer
        if newcomer is not None and newcomer not in names:
            raise ValueError(f"the newcomer {newcomer!r} is not listed; listed: {', '.join(names)}")
        return self

    @property
    def by_results(self) -> bool:
        """Whether results decide what is played next, or when it is enough."""
        return self.schedule.kind.adaptive or self.stop.max_half_width is not None

    def frozen(self) -> dict[str, Any]:
        """The part that decides what is played, JSON-ready. A plain round robin is left out, as it always was."""
        plain = {"schedule"} if self.schedule == Schedule() else set()
        return self.model_dump(mode="json", exclude={*NOT_FROZEN, *plain})


def load_config(path: Path) -> RunConfig:
    """The configuration in a TOML file.

    Raises:
        UsageError: there is no such file, it is no TOML, or a key or value is not what is expected.
    """
    return parse_config(read_toml(path), str(path))


def read_toml(path: Path) -> dict[str, Any]:
    """The data in a TOML file.

    Raises:
        UsageError: there is no such file, or it is no TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not TOML: {error}") from None


def parse_config(data: dict[str, Any], source: str) -> RunConfig:
    """Check configuration data; `source` names it in errors."""
    try:
        config = RunConfig.model_validate(data)
        for entry in config.agents:
            parse_spec(entry.agent)
    except ValidationError as error:
        raise UsageError(f"{source}: {_explain(error)}") from None
    except SpecError as error:
        raise UsageError(f"{source}: {error}") from None
    return config


def differences(old: dict[str, Any], new: dict[str, Any], prefix: str = "") -> list[str]:
    """The keys in which two configurations differ, each with both values."""
    lines: list[str] = []
    for key in sorted({*old, *new}):
        before, after = old.get(key), new.get(key)
        if isinstance(before, dict) and isinstance(after, dict):
            lines += differences(before, after, f"{prefix}{key}.")
        elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
            lines += differences(_by_index(before), _by_index(after), f"{prefix}{key}.")
        elif before != after:
            lines.append(f"{prefix}{key}: {before!r} in the folder, {after!r} now")
    return lines


def _by_index(items: list[Any]) -> dict[str, Any]:
    return {str(index): item for index, item in enumerate(items)}


def _entries(value: object, key: str) -> object:
    """A list whose plain strings stand for sections with one key."""
    if not isinstance(value, (list, tuple)):
        return value
    return [{key: item} if isinstance(item, str) else item for item in value]


def _explain(error: ValidationError) -> str:
    """The first problem in words; an unknown key comes with the nearest known one."""
    problem = min(error.errors(), key=lambda item: item["type"] != "extra_forbidden")
    where = ".".join(str(part) for part in problem["loc"])
    if problem["type"] != "extra_forbidden":
        said = problem["msg"].removeprefix("Value error, ")
        return f"{where}: {said}" if where else said
    known = _known_keys(problem["loc"])
    near = difflib.get_close_matches(str(problem["loc"][-1]), known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"known keys here: {', '.join(known)}"
    return f"unknown key {where}; {hint}"


def _known_keys(location: tuple[int | str, ...]) -> list[str]:
    """The keys of the section that a location points into."""
    sections: dict[str, type[BaseModel]] = {
        "games": GameEntry,
        "agents": AgentEntry,
        "policy": Policy,
        "limits": Limits,
        "schedule": Schedule,
        "stop": Stop,
    }
    section: type[BaseModel] = RunConfig
    for part in location[:-1]:
        section = sections.get(str(part), section)
    return list(section.model_fields)
