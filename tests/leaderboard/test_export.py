from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

from arena.errors import UsageError
from arena.records import MatchRecord, RefereeTurn
from leaderboard.export import export, json_line
from leaderboard.rows import SeatRow
from tests.factories import attempt, call, decision, forfeit, match, void


def played(seconds: float, texts: dict[str, str]) -> MatchRecord:
    timed = call(latency_s=seconds, parameters={"latency_s": 1})
    turns = [
        decision(0, "4", attempt(calls=(timed,), beliefs={"duration_s": 2})),
        RefereeTurn(action="x", calls=(timed,)),
    ]
    return match(turns=turns, texts=texts, started_at=f"at {seconds}", duration_s=seconds)


FIRST, SECOND = played(1.5, {"a": "x", "b": "y"}), played(2.5, {"b": "y", "a": "x"})


def test_two_runs_of_the_same_thing_are_equal_bytes_without_times_only():
    assert json_line(FIRST, stable=True) == json_line(SECOND, stable=True)
    assert json_line(FIRST) != json_line(SECOND)


def test_only_times_are_left_out_and_nothing_that_has_the_name_of_one():
    line = json_line(FIRST, stable=True).decode()
    assert "started_at" not in line
    assert '"parameters":{"latency_s":1}' in line
    assert '"beliefs":{"duration_s":2}' in line


def test_json_lines_are_the_records(tmp_path: Path):
    records = [FIRST, forfeit([0], index=1), void(index=2)]
    export(records, tmp_path / "all.jsonl", "jsonl")
    lines = (tmp_path / "all.jsonl").read_text().splitlines()
    assert [MatchRecord.model_validate_json(line) for line in lines] == records


def test_stable_lines_are_records_too(tmp_path: Path):
    export([FIRST], tmp_path / "all.jsonl", "jsonl", stable=True)
    read = MatchRecord.model_validate_json((tmp_path / "all.jsonl").read_bytes())
    assert (read.started_at, read.duration_s, read.header) == (None, None, FIRST.header)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_csv_has_a_row_per_seat_and_empty_cells_for_what_is_unknown(tmp_path: Path):
    export([match(), void(index=1)], tmp_path / "all.csv", "csv")
    rows = read_csv(tmp_path / "all.csv")
    assert list(rows[0]) == list(SeatRow._fields)
    assert [row["agent"] for row in rows] == ["ann", "bob"] * 2
    assert [row["payoff"] for row in rows] == ["1.0", "-1.0", "", ""]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://a","b")'])
def test_no_text_in_a_csv_is_a_formula(name: str, tmp_path: Path):
    export([match((name, "bob"))], tmp_path / "all.csv", "csv")
    assert [row["agent"] for row in read_csv(tmp_path / "all.csv")] == [f"'{name}", "bob"]


def test_parquet_gives_the_rows_back(tmp_path: Path):
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    export([FIRST, void(index=1)], tmp_path / "all.parquet", "parquet")
    frame = pandas.read_parquet(tmp_path / "all.parquet")
    assert list(frame["agent"]) == ["ann", "bob"] * 2
    assert frame["payoff"].isna().tolist() == [False, False, True, True]


def test_parquet_without_pyarrow_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"pip install 'agon\[parquet\]'"):
        export([FIRST], tmp_path / "all.parquet", "parquet")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_is_refused_with_the_known_ones(tmp_path: Path):
    with pytest.raises(UsageError, match="'xlsx'; expected one of: jsonl, csv, parquet"):
        export([FIRST], tmp_path / "x", "xlsx")


def test_stable_is_for_json_lines(tmp_path: Path):
    with pytest.raises(UsageError, match="--stable is for jsonl"):
        export([FIRST], tmp_path / "x", "csv", stable=True)


def test_a_folder_that_is_not_there_is_said_plainly(tmp_path: Path):
    with pytest.raises(UsageError, match="cannot be written: No such file or directory"):
        export([FIRST], tmp_path / "no" / "x", "jsonl")


def test_a_failure_leaves_the_old_file_and_no_half_of_a_new_one(tmp_path: Path):
    path = tmp_path / "all.jsonl"
    path.write_text("old")

    def broken():
        yield FIRST
        raise RuntimeError("the store is gone")

    with pytest.raises(RuntimeError):
        export(broken(), path, "jsonl")
    assert [file.name for file in tmp_path.iterdir()] == ["all.jsonl"]
    assert path.read_text() == "old"
