"""Scripted groups have known rows in the study of public goods."""

from __future__ import annotations

from pathlib import Path

import pytest

from arena.config import AgentEntry
from arena.errors import UsageError
from arena.studies.base import Lines, Size
from arena.studies.public_goods import STUDY
from tests.arena.studies.playing import by_subject, ours, report_of

GIVERS = ("free_rider", "conditional_cooperator", "norm_enforcer")
HUNTERS = ("assurance_optimist", "assurance_pessimist")


def test_scripted_groups_have_the_rows_that_follow_from_their_rules(tmp_path: Path) -> None:
    report = report_of(STUDY, [*GIVERS, "threshold_filler", *HUNTERS], tmp_path / "run")
    giving, among, types, threshold, hunt = map(by_subject, ours(report))
    assert list(giving) == list(among) == list(GIVERS)
    for agent, share in zip(GIVERS, (0, 0.5, 1), strict=True):
        row = {"gives, punishment": share, "trend, punishment": 0, "punishes": 0}
        alike = {"gives": share, "trend": 0} if agent != "norm_enforcer" else {"gives": None, "trend": None}
        assert giving[agent] == {**alike, **row}
    assert among["free_rider"]["gives"] == 0
    assert among["conditional_cooperator"]["punishes who gave less"] == 0
    assert among["norm_enforcer"] == {
        "gives": 1,
        "punishes": pytest.approx(2 / 3),
        "punishes who gave less": 1,
        "punishes others": 0,
        "antisocial points": 0,
    }
    nothing = {"hump-shaped": 0, "others": 0}
    assert types == {
        "free_rider": {
            "conditional cooperators": 0,
            "free riders": 1,
            "slope": 0,
            "gives unconditionally": 0,
            **nothing,
        },
        "conditional_cooperator": {
            "conditional cooperators": 1,
            "free riders": 0,
            "slope": pytest.approx(1),
            "gives unconditionally": 0.5,
            **nothing,
        },
    }
    for agent, reached in (("free_rider", 0), ("threshold_filler", 1)):
        shares = [threshold[agent][f"{what}, {how}"] for how in ("lost", "refunded") for what in ("gives", "reached")]
        assert shares == [pytest.approx(25 / 55 * reached), reached] * 2
        assert threshold[agent]["equilibrium, lost"] == threshold[agent]["equilibrium, refunded"] == 1
    assert hunt == {
        agent: {"hunts the stag": share, "stag caught": share} for agent, share in zip(HUNTERS, (1, 0), strict=True)
    }


def test_courses_of_giving_are_drawn(tmp_path: Path) -> None:
    report = report_of(STUDY, ["conditional_cooperator"], tmp_path / "run")
    (figure,) = report.figures
    assert isinstance(figure, Lines)
    assert figure.name == "giving-conditional-cooperator"
    assert dict(figure.series) == {"without punishment": (0.5,) * 5, "with punishment": (0.5,) * 5}


def test_published_shares_stand_apart_with_their_source(tmp_path: Path) -> None:
    report = report_of(STUDY, ["free_rider"], tmp_path / "run")
    (types,) = [table for table in report.tables if table.source]
    assert by_subject(types)["44 students"]["hump-shaped"] == "14"
    assert "2001" in types.source
    assert any("not shown" in sentence for sentence in STUDY.unverified)


def test_in_full_as_many_tables_are_filled_in_as_in_the_paper() -> None:
    config = STUDY.plan((AgentEntry(agent="random"),), Size.FULL, 0)
    repeats = {entry.game: entry.repeats for entry in config.games}
    assert repeats.pop("conditional_contributions") == 11
    assert set(repeats.values()) == {5}
    assert "public_goods" in repeats, "ten rounds, as in the paper, are the default"


def test_agents_that_punish_meet_one_member_of_each_type_and_others_none() -> None:
    config = STUDY.plan((AgentEntry(agent="free_rider"), AgentEntry(agent="threshold_filler")), Size.SMALL, 0)
    groups = [entry.agents for entry in config.games if entry.game.startswith("punishment_game")]
    members = ("free_rider, member", "conditional_cooperator, member", "norm_enforcer, member")
    assert groups == [("free_rider",), ("free_rider", *members)]
    alone = STUDY.plan((AgentEntry(agent="threshold_filler"),), Size.SMALL, 0)
    assert len(alone.agents) == 1
    with pytest.raises(UsageError, match="neither a public goods game nor the assurance game"):
        STUDY.plan((AgentEntry(agent="tit_for_tat"),), Size.SMALL, 0)
