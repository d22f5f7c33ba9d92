"""The only module that touches run folders: a manifest, frozen before the first call, and one SQLite file.

A run folder holds `manifest.json`, `run.sqlite` (WAL mode, one writer at a time) and a lock. Readers never wait.
A match record is stored in one transaction that also drops the match's journal, so that after a kill at any moment
each match is either finished and stored once, or unfinished with all its answers kept.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson
import zstandard
from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from arena.errors import UsageError
from arena.records import SCHEMA_VERSION, MatchRecord, Outcome

MANIFEST: Final = "manifest.json"
DATABASE: Final = "run.sqlite"
LOCK: Final = "run.lock"

# A checkpoint waits for the disk, and every match waits for it: with 64 MiB between them they are rare.
_CHECKPOINT_PAGES: Final = 16_384

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS matches (
    match_id TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    record BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS superseded (
    match_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (match_id, number)
);
CREATE TABLE IF NOT EXISTS journal (
    match_id TEXT NOT NULL,
    key TEXT NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (match_id, key)
) WITHOUT ROWID;
"""


class Manifest(BaseModel):
    """What a run was agreed to be, written before its first call and never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    schema_version: int = SCHEMA_VERSION
    """Version of the record schema."""
    name: str
    """Name of the run."""
    created_at: str
    """When it was agreed: UTC, ISO 8601."""
    config: dict[str, Any]
    """The configuration, as far as it decides what is played."""
    agents: dict[str, str]
    """Spec string of each agent, by name."""
    pools: dict[str, str]
    """Pool of each game, by spec string."""
    matches: int
    """Number of scheduled matches, if nothing ends the run before."""
    stop: dict[str, float] = Field(default_factory=dict)
    """What was to end the run before its schedule does, when it began; a run may go on with other limits."""
    software: dict[str, str]
    """Versions of the programs that took part, by name."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run folder, open for reading."""

    path: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        """Name of the run."""
        return self.manifest.name

    def records(self) -> Iterator[MatchRecord]:
        """Every stored match in the order of the schedule; a void match that was played again counts once."""
        with _reader(self.path) as database:
            for (blob,) in database.execute("SELECT record FROM matches ORDER BY position"):
                yield _unpack(blob, self.path)

    def record(self, prefix: str) -> MatchRecord:
        """The match whose id starts with a prefix, or whose position in the schedule it is (`#12` or `12`)."""
        wanted = prefix.removeprefix("#")
        with _reader(self.path) as database:
            if wanted.isdigit() and len(wanted) < 7:
                rows = database.execute("SELECT record FROM matches WHERE position = ?", (int(wanted),)).fetchall()
            else:
                rows = database.execute(
                    "SELECT record FROM matches WHERE substr(match_id, 1, ?) = ? LIMIT 2", (len(wanted), wanted)
                ).fetchall()
        if len(rows) != 1:
            raise UsageError(f"{self.path}: {'no' if not rows else 'more than one'} match {prefix!r}")
        return _unpack(rows[0][0], self.path)

    def outcomes(self) -> dict[str, Outcome]:
        """How each stored match ended, by match id."""
        with _reader(self.path) as database:
            rows = database.execute("SELECT match_id, outcome FROM matches").fetchall()
        return {match_id: Outcome(outcome) for match_id, outcome in rows}

    def superseded(self) -> Iterator[MatchRecord]:
        """Void matches that were played again later: never rated, kept and counted in public."""
        with _reader(self.path) as database:
            for (blob,) in database.execute("SELECT record FROM superseded ORDER BY match_id, number"):
                yield _unpack(blob, self.path)


class RunWriter:
    """The one writer of a run. Use `writing` to open it."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def store(self, record: MatchRecord) -> None:
        """Store a match and drop its journal; a void record keeps the journal for the next try."""
        header, outcome = record.header, record.result.outcome
        self._database.execute("BEGIN IMMEDIATE")
        with self._database:
            self._database.execute(
                "INSERT INTO superseded SELECT match_id, (SELECT count(*) FROM superseded WHERE match_id = ?1), record "
                "FROM matches WHERE match_id = ?1",
                (header.match_id,),
            )
            self._database.execute(
                "INSERT OR REPLACE INTO matches VALUES (?, ?, ?, ?)",
                (header.match_id, header.index, outcome.value, _pack(record)),
            )
            if outcome is not Outcome.VOID:
                self._database.execute("DELETE FROM journal WHERE match_id = ?", (header.match_id,))
            else:  # a ruling that could not be had is asked for anew, or it would fail for ever
                self._database.execute(
                    "DELETE FROM journal WHERE match_id = ? AND key LIKE ?",
                    (header.match_id, f"{len(record.turns)}/referee/%"),
                )

    def journal(self, match_id: str) -> MatchJournal:
        """The journal of one match."""
        return MatchJournal(self._database, match_id)


class MatchJournal:
    """Answers of one match, stored before they are used."""

    def __init__(self, database: sqlite3.Connection, match_id: str) -> None:
        self._database = database
        self._match_id = match_id

    def recall(self, key: str) -> str | None:
        """The stored answer, if this call was answered before."""
        row = self._database.execute(
            "SELECT answer FROM journal WHERE match_id = ? AND key = ?", (self._match_id, key)
        ).fetchone()
        return None if row is None else str(row[0])

    def keep(self, key: str, answer: str) -> None:
        """Store an answer; it survives the death of the process when this returns."""
        self._database.execute("INSERT OR REPLACE INTO journal VALUES (?, ?, ?)", (self._match_id, key, answer))


def exists(path: Path) -> bool:
    """Whether a folder holds a run."""
    return (path / MANIFEST).is_file()


def open_run(path: Path) -> Run:
    """Open a run folder for reading.

    Raises:
        UsageError: the folder is no run, or one of another schema.
    """
    if not path.exists():
        raise UsageError(f"there is no folder {path}; `arena run --out {path} ...` would make it")
    if not exists(path):
        raise UsageError(f"{path} is not a run: it has no {MANIFEST}")
    try:
        return Run(path, Manifest.model_validate_json((path / MANIFEST).read_bytes()))
    except ValidationError as error:
        problem = error.errors()[0]
        where = ".".join(str(part) for part in problem["loc"])
        raise UsageError(f"{path / MANIFEST} cannot be read: {where}: {problem['msg']}") from None


def create(path: Path, manifest: Manifest) -> Run:
    """Make a run folder; its manifest appears whole or not at all."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        unfinished = path / (MANIFEST + ".part")
        text = orjson.dumps(manifest.model_dump(mode="json"), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        unfinished.write_bytes(text)
        os.replace(unfinished, path / MANIFEST)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None
    return Run(path, manifest)


@contextmanager
def writing(path: Path) -> Iterator[RunWriter]:
    """Open a run for writing; a second writer is refused.

    Raises:
        UsageError: another process writes to the run, or the folder cannot be written.
    """
    lock = FileLock(path / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise UsageError(f"{path} is being written by another process; wait for it or use another --out") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None
    try:
        # Every statement commits by itself, but for those between BEGIN and COMMIT.
        with closing(sqlite3.connect(path / DATABASE, isolation_level=None)) as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
            database.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
            database.executescript(_SCHEMA)
            yield RunWriter(database)
    finally:
        lock.release()


@contextmanager
def _reader(path: Path) -> Iterator[sqlite3.Connection]:
    """A read-only connection; a run whose play has not begun reads as empty."""
    source = f"{(path / DATABASE).resolve().as_uri()}?mode=ro" if (path / DATABASE).exists() else ":memory:"
    with closing(sqlite3.connect(source, uri=True)) as database, closing(sqlite3.connect(":memory:")) as empty:
        try:
            begun = database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'journal'").fetchone()[0]
            if not begun:
                empty.executescript(_SCHEMA)
            yield database if begun else empty
        except sqlite3.DatabaseError as error:
            raise UsageError(f"{path / DATABASE} cannot be read: {error}") from None


def _pack(record: MatchRecord) -> bytes:
    return zstandard.compress(orjson.dumps(record.model_dump(mode="json")))


def _unpack(blob: bytes, path: Path) -> MatchRecord:
    try:
        return MatchRecord.model_validate_json(zstandard.decompress(blob))
    except zstandard.ZstdError as error:
        raise UsageError(f"{path / DATABASE} holds a damaged record: {error}") from None
    except ValidationError as error:
        problem = error.errors()[0]
        where = ".".join(str(part) for part in problem["loc"])
        raise UsageError(
            f"{path / DATABASE} holds a record that this version cannot read ({where}: {problem['msg']}); "
            f"it reads schema {SCHEMA_VERSION}"
        ) from None
