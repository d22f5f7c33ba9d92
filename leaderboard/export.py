"""Runs as files for other programs: every record as JSON lines, or one row per seat and match as CSV or Parquet."""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final

import orjson

from arena.errors import UsageError
from arena.records import MatchRecord
from leaderboard.rows import SeatRow, seat_rows

Writer = Callable[[Iterable[MatchRecord], BinaryIO], None]

# What differs between two runs of the same thing: when and how fast it was played.
_CALL_TIMES: Final = {"calls": {"__all__": {"latency_s"}}}
_TIMES: Final[dict[str, Any]] = {
    "started_at": True,
    "duration_s": True,
    "turns": {
        "__all__": {
            **_CALL_TIMES,
            "decisions": {"__all__": {"attempts": {"__all__": _CALL_TIMES}}},
        }
    },
}

# Spreadsheets read a cell that begins so as a formula (OWASP, CSV injection).
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def export(records: Iterable[MatchRecord], path: Path | None, kind: str, *, stable: bool = False) -> None:
    """Write records to standard output, or to a file, which appears whole or not at all.

    Args:
        records: in the order in which they are written.
        path: where to, an existing file is replaced; None: standard output.
        kind: `jsonl`, `csv` or `parquet`.
        stable: leave out when and how fast matches were played (JSON lines only).

    Raises:
        UsageError: there is no such kind, it is not for a terminal, or the file cannot be written.
    """
    writers: dict[str, Writer] = {
        "jsonl": partial(write_jsonl, stable=stable),
        "csv": write_csv,
        "parquet": write_parquet,
    }
    if kind not in writers:
        raise UsageError(f"there is no format {kind!r}; expected one of: {', '.join(writers)}")
    if stable and kind != "jsonl":
        raise UsageError(f"--stable is for jsonl; {kind} holds no times")
    if path is None:
        if kind == "parquet":
            raise UsageError("parquet is not text; give a file with --out")
        return writers[kind](records, sys.stdout.buffer)
    try:
        with _whole_file(path) as unfinished, unfinished.open("wb") as file:
            writers[kind](records, file)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}") from None
    return None


def json_line(record: MatchRecord, *, stable: bool = False) -> bytes:
    """One record as a line of JSON with sorted keys, so that equal records are equal bytes."""
    values = record.model_dump(mode="json", exclude=_TIMES if stable else None)
    return orjson.dumps(values, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def write_jsonl(records: Iterable[MatchRecord], file: BinaryIO, *, stable: bool = False) -> None:
    """One record per line."""
    file.writelines(json_line(record, stable=stable) for record in records)


def write_csv(records: Iterable[MatchRecord], file: BinaryIO) -> None:
    """One row per seat and match; unknown is an empty cell, and no text can act as a formula."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow(SeatRow._fields)
    for record in records:
        writer.writerows(map(_guarded, row) for row in seat_rows(record))
    text.detach()


def write_parquet(records: Iterable[MatchRecord], file: BinaryIO) -> None:
    """The rows of `write_csv`, typed.

    Raises:
        UsageError: pyarrow is not installed.
    """
    from leaderboard.frames import seats

    try:
        seats(records).to_parquet(file, index=False, engine="pyarrow")
    except ImportError:
        raise UsageError("Parquet needs pyarrow, which is not installed; `pip install 'agon[parquet]'` does") from None


def _guarded(cell: object) -> object:
    """A cell that a spreadsheet shows as it is: text that looks like a formula gets a quotation mark in front."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell


@contextmanager
def _whole_file(path: Path) -> Iterator[Path]:
    """A path to write to; it takes the place of `path` only when all went well."""
    unfinished = path.with_name(path.name + ".part")
    try:
        yield unfinished
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
