from __future__ import annotations

import json

from tests.cli.running import arena

PLAYERS = ("--agent", "equilibrium_solver", "--agent", "nay_sayer")


def test_a_study_prints_its_tables_the_published_ones_apart_and_draws_its_figures(capsys, tmp_path):
    done = arena(capsys, "study", "tmgbench", *PLAYERS, "--out", str(tmp_path / "run"))
    assert done.status == 0, done.err
    assert "as published in Wang et al." in done.out
    assert "unverified:" in done.out
    figures = sorted(path.name for path in (tmp_path / "run" / "figures").iterdir())
    assert figures == ["inconsistency-equilibrium-solver.svg", "inconsistency-nay-sayer.svg"]
    again = arena(capsys, "study", "tmgbench", *PLAYERS, "--out", str(tmp_path / "run"), "--json")
    table = json.loads(again.out)["tables"][0]
    values = {
        row["subject"]: dict(zip(table["columns"][1:], (cell["value"] for cell in row["cells"][:6]), strict=False))
        for row in table["rows"]
    }
    assert (values["equilibrium_solver"]["PAR"], values["equilibrium_solver"]["ID"]) == (1, 0)
    assert (values["nay_sayer"]["PAR"], values["nay_sayer"]["ID"], values["nay_sayer"]["BD"]) == (0.125, 0.25, 0)


def test_studies_are_listed_and_unknown_ones_refused_with_what_there_is(capsys):
    assert "tmgbench" in arena(capsys, "study").out
    assert arena(capsys, "study", "--list").out == arena(capsys, "study").out
    unknown, nobody = arena(capsys, "study", "nothing"), arena(capsys, "study", "tmgbench")
    assert (unknown.status, nobody.status) == (2, 2)
    assert "there are: " in unknown.err
    assert "Give at least one --agent" in nobody.err


def test_a_study_of_somebody_else_is_one_file(capsys, tmp_path):
    (tmp_path / "mine.py").write_text(OWN_STUDY)
    done = arena(capsys, "study", f"{tmp_path}/mine.py:STUDY", "--agent", "random", "--out", str(tmp_path / "run"))
    assert done.status == 0, done.err
    assert "random" in done.out


OWN_STUDY = """
from arena.config import GameEntry, RunConfig
from arena.studies.base import Report, Study, Table


def plan(agents, size, seed):
    return RunConfig(name="mine", agents=agents, games=(GameEntry(game="equilibrium_quiz"),), seed=seed)


def report(records, agents):
    rows = tuple((agent, (float(len(records)),)) for agent in agents)
    return Report((Table("matches", ("agent", "matches"), rows),))


STUDY = Study(name="mine", title="Mine", source="nobody", asks="Is it played?", plan=plan, report=report)
"""
