"""The store: what is stored is read back, what is void is kept apart, who writes is alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import zstandard

from arena import store
from arena.errors import UsageError
from arena.match import play_match
from arena.records import MatchRecord, Outcome
from tests.arena.players import Failing, First, make_match


def manifest(matches: int = 2) -> store.Manifest:
    return store.Manifest(
        name="test",
        created_at="2026-01-01T00:00:00+00:00",
        config={},
        agents={},
        pools={},
        matches=matches,
        software={},
    )


async def numbered(index: int, *, void: bool = False) -> MatchRecord:
    record = await play_match(make_match("kuhn_poker", First(), Failing() if void else First()))
    header = record.header.model_copy(update={"index": index, "match_id": f"{index:032x}"})
    return record.model_copy(update={"header": header})


async def test_records_come_back_in_the_order_of_the_schedule(tmp_path: Path) -> None:
    run = store.create(tmp_path / "run", manifest())
    records = [await numbered(index) for index in (2, 0, 1)]
    with store.writing(run.path) as writer:
        for record in records:
            writer.store(record)
    assert [record.header.index for record in store.open_run(run.path).records()] == [0, 1, 2]
    assert run.record("1") == records[2]
    assert run.record(f"{2:032x}") == records[0]
    with pytest.raises(UsageError, match="more than one"):
        run.record("0000000")


async def test_a_void_match_is_superseded_when_played_again_and_keeps_its_journal(tmp_path: Path) -> None:
    run = store.create(tmp_path / "run", manifest())
    void, played = await numbered(0, void=True), await numbered(0)
    with store.writing(run.path) as writer:
        journal = writer.journal(void.header.match_id)
        journal.keep("0/1/1/0", "answer")
        writer.store(void)
        assert journal.recall("0/1/1/0") == "answer"
        assert run.outcomes() == {void.header.match_id: Outcome.VOID}
        writer.store(played)
        assert journal.recall("0/1/1/0") is None
    assert [record.result.outcome for record in run.records()] == [Outcome.COMPLETED]
    assert [record.result.outcome for record in run.superseded()] == [Outcome.VOID]


async def test_a_run_can_be_read_while_it_is_written(tmp_path: Path) -> None:
    run = store.create(tmp_path / "run", manifest())
    assert list(run.records()) == []
    with store.writing(run.path) as writer:
        writer.store(await numbered(0))
        assert len(list(run.records())) == 1


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    run = store.create(tmp_path / "run", manifest())
    with store.writing(run.path), pytest.raises(UsageError, match="another process"), store.writing(run.path):
        pass


def test_folders_that_are_no_runs_are_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no folder"):
        store.open_run(tmp_path / "nothing")
    with pytest.raises(UsageError, match="not a run"):
        store.open_run(tmp_path)
    (tmp_path / store.MANIFEST).write_text('{"name": "x"}')
    with pytest.raises(UsageError, match="cannot be read"):
        store.open_run(tmp_path)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        store.create(tmp_path / "file" / "run", manifest())


async def test_damaged_runs_are_named_without_a_traceback(tmp_path: Path) -> None:
    run = store.create(tmp_path / "run", manifest())
    with store.writing(run.path) as writer:
        writer.store(await numbered(0))
    for blob, message in ((b"no zstandard", "damaged record"), (zstandard.compress(b"{}"), "cannot read")):
        with closing(sqlite3.connect(run.path / store.DATABASE)) as database, database:
            database.execute("UPDATE matches SET record = ?", (blob,))
        with pytest.raises(UsageError, match=message):
            list(run.records())
    (run.path / store.DATABASE).write_bytes(b"no database at all, but long enough to be looked at" * 20)
    with pytest.raises(UsageError, match="cannot be read"):
        list(run.records())
