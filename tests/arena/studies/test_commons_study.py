"""Scripted groups have known rows in the study of commons."""

from __future__ import annotations

from pathlib import Path

import pytest

from arena.config import AgentEntry
from arena.errors import UsageError
from arena.studies.base import Lines, Size
from arena.studies.commons import STUDY
from tests.arena.studies.playing import by_subject, ours, report_of

CONDITIONS = ("default", "universalisation", "no talk", "newcomer")


def test_full_use_of_what_grows_back_has_the_row_of_the_best_group(tmp_path: Path) -> None:
    report = report_of(STUDY, ["sustainable_harvester"], tmp_path / "run")
    conditions, stories = map(by_subject, ours(report))
    assert tuple(conditions) == CONDITIONS
    best = {"survival rate": 1, "survival time": 12, "gain": 120, "efficiency": 1, "equality": 1, "over-usage": 0}
    assert conditions["default"] == conditions["universalisation"] == conditions["no talk"] == best
    assert set(stories) == {"fishery", "pasture", "pollution"}
    assert all(row == best for row in stories.values())
    # Three months of 12 each for four players, then twelve of 10 each for five.
    assert conditions["newcomer"]["gain"] == pytest.approx((4 * (36 + 120) + 120) / 5)
    assert conditions["newcomer"]["survival time"] == 15


def test_a_greedy_group_has_the_row_of_the_first_month(tmp_path: Path) -> None:
    report = report_of(STUDY, ["greedy_harvester"], tmp_path / "run")
    rows = by_subject(next(ours(report)))
    greedy = {"survival rate": 0, "survival time": 1, "gain": 20, "equality": 1, "over-usage": 1}
    assert rows["default"] == pytest.approx({**greedy, "efficiency": 1 / 6})
    (stock,) = report.figures
    assert isinstance(stock, Lines)
    assert dict(stock.series) == dict.fromkeys(CONDITIONS, (100.0,))


def test_societies_of_stewards_agree_and_those_at_full_effort_have_no_use_for_limits(tmp_path: Path) -> None:
    reports = [report_of(STUDY, [agent], tmp_path / agent) for agent in ("steward", "full_effort")]
    (stewards,), (workers,) = [list(map(by_subject, ours(report))) for report in reports]
    assert list(stewards) == list(workers)
    assert len(stewards) == 7
    for society, row in stewards.items():
        assert row["survival time"] == 10
        assert (row["norm similarity"], row["kept to limit"]) == ((1, 1) if "voting" in society else (None, None))
        assert workers[society]["effort"] == 1
    kept, spent = [dict(figure.series) for report in reports for figure in report.figures if isinstance(figure, Lines)]
    assert len(kept) == 4
    assert all(kept[society][-1] > 2 * spent[society][-1] for society in kept)


def test_published_numbers_stand_apart_with_their_source(tmp_path: Path) -> None:
    report = report_of(STUDY, ["sustainable_harvester"], tmp_path / "run")
    models, newcomer, societies = [table for table in report.tables if table.source]
    assert by_subject(models)["GPT-4o"] == {
        "survival rate": 53.3,
        "survival time": 9.3,
        "gain": 66.0,
        "efficiency": 55.0,
        "equality": 94.4,
        "over-usage": 10.8,
    }
    assert by_subject(newcomer)["newcomer"] == {"survival rate, percent": 33.3, "gain": 34.8}
    assert "not verified" in societies.source
    assert any("reconstruction" in sentence for sentence in STUDY.unverified)


def test_in_full_every_condition_is_played_in_every_story_and_every_society_with_all_parts_left_out() -> None:
    config = STUDY.plan((AgentEntry(agent="random"),), Size.FULL, 0)
    games = [entry.game for entry in config.games]
    assert sum(game.startswith("govsim") for game in games) == 4 * 3
    assert sum(game.startswith("common_pool") for game in games) == 2 * 2 * 4
    assert {entry.repeats for entry in config.games} == {5}
    assert all("rounds=100" in game for game in games if game.startswith("common_pool"))


def test_groups_are_of_one_agent_that_can_play() -> None:
    config = STUDY.plan((AgentEntry(agent="steward"), AgentEntry(agent="random")), Size.SMALL, 0)
    assert {entry.agents for entry in config.games} == {("steward",), ("random",)}
    with pytest.raises(UsageError, match="neither govsim nor common_pool"):
        STUDY.plan((AgentEntry(agent="tit_for_tat"),), Size.SMALL, 0)
