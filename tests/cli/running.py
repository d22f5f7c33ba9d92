"""Run the command line inside the test process."""

from __future__ import annotations

import sys
from typing import NamedTuple

import pytest

from arena.cli.main import main


class Finished(NamedTuple):
    """How a command ended."""

    status: int
    out: str
    err: str


def arena(capsys: pytest.CaptureFixture[str], *arguments: str) -> Finished:
    """Run `arena` with these arguments; whatever it raises beyond an exit is a failure of the test."""
    before, sys.argv = sys.argv, ["arena", *arguments]
    capsys.readouterr()
    try:
        main()
        status = 0
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else 1
    finally:
        sys.argv = before
    out, err = capsys.readouterr()
    return Finished(status, out, err)
