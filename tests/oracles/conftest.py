"""The peers: a missing one is an error, not a skipped test."""

from __future__ import annotations

import importlib
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def spiel() -> ModuleType:
    """OpenSpiel; `make test-oracles` installs it."""
    return importlib.import_module("pyspiel")
