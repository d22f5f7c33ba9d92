"""What running a program came to."""

from __future__ import annotations

from typing import Final, NamedTuple

STATUSES: Final = ("ok", "error", "timeout", "flood")


class Verdict(NamedTuple):
    """How a run of code ended.

    Attributes:
        status: `ok` (exit status 0), `error` (another one), `timeout`, or `flood` (too much output).
        out: standard output, cut at 64 KiB.
        err: standard error, likewise.
    """

    status: str
    out: str
    err: str
