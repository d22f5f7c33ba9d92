from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from arena.errors import UsageError
from leaderboard.commands import export, rank, site
from tests.cli.running import Finished, arena
from tests.factories import forfeit, match, void
from tests.leaderboard.stored import run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    records = [match(returns=(1, -1) if index % 3 else (-1, 1), index=index) for index in range(12)]
    run(tmp_path / "demo", [*records, forfeit([1], index=12), void(index=13)])
    return tmp_path / "demo"


def test_rank_prints_tables_for_people(folder: Path, capsys: pytest.CaptureFixture[str]):
    rank([folder])
    assert "tic_tac_toe@1 | game tic_tac_toe | 13 matches in 13 clusters" in capsys.readouterr().out


def test_rank_prints_json_for_programs(folder: Path, capsys: pytest.CaptureFixture[str]):
    rank([folder], json=True)
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == 1
    (pool,) = found["pools"]
    assert [agent["agent"] for agent in pool["agents"]] == ["ann", "bob"]
    assert pool["agents"][0]["low"] < pool["agents"][0]["rating"] < pool["agents"][0]["high"]
    assert (pool["agents"][1]["forfeits"], pool["agents"][1]["voids"]) == (1, 1)


def test_an_anchor_gives_the_scale_and_moves_nobody_past_another(folder: Path, capsys: pytest.CaptureFixture[str]):
    rank([folder], json=True)
    free = json.loads(capsys.readouterr().out)
    rank([folder], anchor="bob=1500", json=True)
    (held,) = json.loads(capsys.readouterr().out)["pools"]
    ann, bob = held["agents"]
    assert (bob["rating"], bob["low"], bob["high"]) == (1500, 1500, 1500)
    assert "bob = 1500" in held["method"]
    before = free["pools"][0]["agents"]
    assert ann["rating"] - 1500 == pytest.approx(before[0]["rating"] - before[1]["rating"], abs=1e-5)
    assert ann["low"] < ann["rating"] < ann["high"]


@pytest.mark.parametrize("wrong", ["bob", "bob=", "=7", "bob=many", "bob=inf", "eve=1000"])
def test_an_anchor_that_means_nothing_is_refused_in_words(folder: Path, wrong: str):
    with pytest.raises(UsageError, match="--anchor"):
        rank([folder], anchor=wrong)


def test_several_runs_are_ranked_together(folder: Path, capsys: pytest.CaptureFixture[str]):
    run(folder.parent / "more", [match(index=index, cluster=f"more {index}") for index in range(20, 25)])
    rank([folder, folder.parent / "more"], json=True)
    (pool,) = json.loads(capsys.readouterr().out)["pools"]
    assert pool["matches"] == 18


def test_export_writes_the_file_and_says_where(folder: Path, capsys: pytest.CaptureFixture[str]):
    path = folder.parent / "out.csv"
    export(folder, kind="csv", out=path)
    assert capsys.readouterr().out == f"written: {path}\n"
    assert len(path.read_text().splitlines()) == 1 + 2 * 14


def test_export_prints_unless_a_file_is_given(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]):
    export(folder, stable=True)
    assert len(capsysbinary.readouterr().out.splitlines()) == 14


def test_site_writes_pages_and_says_what_to_open(folder: Path, capsys: pytest.CaptureFixture[str]):
    site([folder], out=folder.parent / "site")
    assert capsys.readouterr().out == f"open {folder.parent / 'site' / 'index.html'}\n"
    assert (folder.parent / "site" / "runs" / "demo" / "index.html").is_file()


def test_a_run_that_is_missing_empty_or_given_twice_is_said_plainly(folder: Path):
    empty = folder.parent / "empty"
    run(empty, [])
    for paths, problem in (
        ([folder.parent / "no"], "there is no folder"),
        ([folder.parent], "is not a run"),
        ([empty], "holds no match yet"),
        ([folder, folder / ".." / "demo"], "is given twice"),
    ):
        with pytest.raises(UsageError, match=problem):
            rank(paths)
        with pytest.raises(UsageError, match=problem):
            site(paths, out=folder.parent / "site")


def test_an_unknown_format_is_said_plainly(folder: Path):
    with pytest.raises(UsageError, match="there is no format 'xml'"):
        export(folder, kind="xml", out=folder.parent / "x")


def test_importing_the_commands_imports_nothing_heavy():
    heavy = ("jinja2", "numpy", "orjson", "pandas", "pydantic", "rich", "scipy")
    code = f"import sys, leaderboard.commands; print([name for name in {heavy} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"


def ranked(capsys: pytest.CaptureFixture[str], folder: Path) -> Finished:
    return arena(capsys, "rank", str(folder), "--json")


def test_one_agent_alone_gets_a_reason_and_no_rating(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    run(tmp_path / "alone", [match(("ann", "ann"), (1, -1), index=index) for index in range(4)])
    (pool,) = json.loads(ranked(capsys, tmp_path / "alone").out)["pools"]
    assert "nobody met another agent" in pool["notes"][0]
    assert [agent["rating"] for agent in pool["agents"]] == [None]
    assert "No ratings: nobody met another agent" in arena(capsys, "rank", str(tmp_path / "alone")).out


def test_groups_that_never_met_get_a_reason_and_no_rating(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    pairs = [("ann", "bob"), ("cat", "dan")] * 3
    run(tmp_path / "apart", [match(pair, index=index) for index, pair in enumerate(pairs)])
    (pool,) = json.loads(ranked(capsys, tmp_path / "apart").out)["pools"]
    assert "never met, so nothing compares them: ann, bob; cat, dan" in pool["notes"][0]
    assert {agent["rating"] for agent in pool["agents"]} == {None}


def test_a_record_of_another_schema_is_refused_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    found = match()
    other = found.model_copy(update={"header": found.header.model_copy(update={"schema_version": 99})})
    run(tmp_path / "newer", [other])
    done = ranked(capsys, tmp_path / "newer")
    assert (done.status, done.out) == (2, "")
    assert "the record is of schema 99" in done.err
    assert "it reads schema 1" in done.err
    assert len(done.err.splitlines()) == 1


def test_payoffs_that_are_no_numbers_are_refused_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    run(tmp_path / "nan", [match(returns=(float("nan"), 1.0))])
    done = ranked(capsys, tmp_path / "nan")
    assert (done.status, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert "returns" in done.err


def test_diagnostics_are_shown_when_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert "cyclic share" not in arena(capsys, "rank", str(folder)).out
    shown = arena(capsys, "rank", str(folder), "--diagnostics")
    assert "diagnostics of tic_tac_toe@1: cyclic share not identifiable" in shown.out
    found = json.loads(arena(capsys, "rank", str(folder), "--diagnostics", "--json").out)
    assert [row["agent"] for row in found["diagnostics"][0]["agents"]] == ["ann", "bob"]
