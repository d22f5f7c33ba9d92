"""Named classes, found lazily: a built-in table, installed plugins (entry points), and `path/to/file.py:Class`.

Listing imports nothing. A plugin that cannot be imported breaks only whoever asks for it by name.
"""

from __future__ import annotations

import difflib
import importlib
import importlib.util
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Final

ALLOW_LIST_VARIABLE: Final = "ARENA_PLUGINS"
BUILT_IN: Final = "agon"


class PluginError(LookupError):
    """A name that is unknown, ambiguous, or whose code cannot be imported; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a registered name leads.

    Attributes:
        name: what people write.
        target: `module:attribute`.
        source: the distribution that registers it.
    """

    name: str
    target: str
    source: str


class Registry:
    """The names of one kind (games, agents, commands)."""

    def __init__(self, kind: str, group: str, built_in: Mapping[str, str]) -> None:
        self.kind = kind
        self.group = group
        self.built_in = built_in

    def entries(self) -> list[Entry]:
        """Every registered name, built-in ones first, without importing any of them."""
        ours = [Entry(name, target, BUILT_IN) for name, target in self.built_in.items()]
        return ours + [_entry(point) for point in entry_points(group=self.group) if _allowed(point)]

    def load(self, name: str) -> object:
        """The object that a name leads to.

        Raises:
            PluginError: nobody or more than one distribution registers the name, or its code cannot be imported.
        """
        if name.partition(":")[0].endswith(".py"):
            return load_from_file(name)
        entry = self.find(name)
        try:
            return load_target(entry.target)
        except Exception as error:
            raise PluginError(f"{self.kind} {name!r} of {entry.source} is broken: {_reason(error)}") from error

    def find(self, name: str) -> Entry:
        """The one entry with this name; `distribution/name` picks among several."""
        if name in self.built_in:
            return Entry(name, self.built_in[name], BUILT_IN)
        entries = self.entries()
        found = [entry for entry in entries if name in (entry.name, f"{entry.source}/{entry.name}")]
        if len(found) > 1:
            choices = ", ".join(f"{entry.source}/{entry.name}" for entry in found)
            raise PluginError(f"{self.kind} {name!r} is registered more than once; write one of: {choices}")
        if not found:
            raise PluginError(self._unknown(name, [entry.name for entry in entries]))
        return found[0]

    def _unknown(self, name: str, known: list[str]) -> str:
        near = difflib.get_close_matches(name, known, n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(sorted(known))}"
        return f"there is no {self.kind} {name!r}; {hint}"


def load_target(target: str) -> object:
    """Import `module:attribute`."""
    module, _, attribute = target.partition(":")
    value: object = importlib.import_module(module)
    for part in attribute.split("."):
        value = getattr(value, part)
    return value


def load_from_file(name: str) -> object:
    """Import `path/to/file.py:Class`, for trying out a plugin before it is packaged."""
    path_text, _, attribute = name.partition(":")
    path = Path(path_text).resolve()
    if not path.is_file():
        raise PluginError(f"{name!r}: there is no file {path_text}")
    if not attribute:
        raise PluginError(f"{name!r} names no class; write {path_text}:ClassName")
    module = _module_from(path)
    if not hasattr(module, attribute):
        raise PluginError(f"{path_text} defines no {attribute!r}")
    return getattr(module, attribute)


def _module_from(path: Path) -> ModuleType:
    """Import a file once, under a name of its own, so that its classes can be pickled."""
    name = f"arena_file_{path.stem}_{sha256(str(path).encode()).hexdigest()[:8]}"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise PluginError(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        del sys.modules[name]
        raise PluginError(f"{path.name} cannot be imported: {_reason(error)}") from error
    return module


def _entry(point: EntryPoint) -> Entry:
    return Entry(point.name, point.value, point.dist.name if point.dist else "unknown")


def _allowed(point: EntryPoint) -> bool:
    """Whether the allow-list admits a plugin's distribution; no list admits all, an empty one none."""
    allowed = os.environ.get(ALLOW_LIST_VARIABLE)
    if allowed is None:
        return True
    names = {name.strip() for name in allowed.split(",")}
    return point.dist is not None and point.dist.name in names | {BUILT_IN}


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
