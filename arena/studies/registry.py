"""Names to studies: built-in ones and those of installed packages."""

from __future__ import annotations

from typing import Final

from arena.studies.base import Study
from games.plugins import PluginError, Registry

BUILT_IN: Final = {
    "axelrod": "arena.studies.axelrod:STUDY",
    "commons": "arena.studies.commons:STUDY",
    "gama": "arena.studies.gama:STUDY",
    "glee": "arena.studies.glee:STUDY",
    "magic": "arena.studies.magic:STUDY",
    "negotiation": "arena.studies.negotiation:STUDY",
    "public_goods": "arena.studies.public_goods:STUDY",
    "rational_players": "arena.studies.rational_players:STUDY",
    "repeated_games": "arena.studies.repeated_games:STUDY",
    "tmgbench": "arena.studies.tmgbench:STUDY",
}

REGISTRY: Final = Registry("study", "arena.studies", BUILT_IN)


def load_study(name: str) -> Study:
    """The study of this name, or of `path/to/file.py:NAME`.

    Raises:
        PluginError: there is none, or it is broken.
    """
    found = REGISTRY.load(name)
    if not isinstance(found, Study):
        raise PluginError(f"{name!r} leads to {found!r}, which is no arena.studies.base.Study")
    return found


def load_studies() -> list[Study]:
    """Every study, by name.

    Raises:
        PluginError: one of them is broken.
    """
    return [load_study(entry.name) for entry in sorted(REGISTRY.entries(), key=lambda entry: entry.name)]
