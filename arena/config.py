"""Configuration of a run: a TOML file or flags, read strictly.

`RunConfig` decides what is played and is frozen into the manifest; how fast it is played (`max_concurrency`) is not.
"""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from arena.errors import UsageError
from arena.records import Limits, Policy
from games.spec import Spec, SpecError, parse_spec

NOT_FROZEN: Final = frozenset({"max_concurrency"})


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
    def _distinct(self) -> RunConfig:
        for kind, names in (
            ("agent", [entry.label for entry in self.agents]),
            ("game", [entry.game for entry in self.games]),
        ):
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise ValueError(f"the {kind} {twice[0]!r} is listed twice; give one of them another name or parameter")
        return self

    def frozen(self) -> dict[str, Any]:
        """The part that decides what is played, JSON-ready."""
        return self.model_dump(mode="json", exclude=set(NOT_FROZEN))


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
        return f"{where}: {problem['msg']}" if where else str(problem["msg"]).removeprefix("Value error, ")
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
    }
    section: type[BaseModel] = RunConfig
    for part in location[:-1]:
        section = sections.get(str(part), section)
    return list(section.model_fields)
