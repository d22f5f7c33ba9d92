from __future__ import annotations

import json
from pathlib import Path

import pytest

from arena.metrics.base import Family, Undefined
from arena.metrics.measure import measure
from arena.metrics.registry import BUILT_IN, load_metrics
from tests.arena.metrics.played import play
from tests.cli.running import arena
from tests.factories import match, void


def test_every_registered_metric_has_its_name_and_says_where_it_comes_from():
    found = load_metrics()
    assert [metric.name for metric in found] == list(BUILT_IN)
    for metric in found:
        assert metric.meaning.endswith(".")
        assert metric.where
        assert metric.source
        assert metric.family in Family


def test_values_of_real_matches_lie_in_the_range_that_is_declared():
    records = [
        play("prisoners_dilemma(rounds=6)", ("tit_for_tat", "random"), 1),
        play("kuhn_poker", ("random", "equilibrium"), 2),
        play("public_goods(rounds=3)", ("free_rider", "random", "random", "conditional_cooperator"), 3),
        play("ultimatum", ("fair_splitter", "random"), 4),
        play("price_negotiation", ("concession_bargainer", "concession_bargainer"), 5),
        play("budget_choice", ("random",), 6),
    ]
    tables = measure(records)
    assert len(tables) == len(records)
    defined = [row for table in tables for row in table.rows if not isinstance(row.result, Undefined)]
    assert len(defined) > 80
    for row in defined:
        assert not isinstance(row.result, Undefined)
        assert row.metric.low is None or row.result.value >= row.metric.low - 1e-9, row
        assert row.metric.high is None or row.result.value <= row.metric.high + 1e-9, row
        assert row.result.n >= row.result.clusters >= 1


def test_a_pool_that_lacks_what_is_needed_gives_reasons_and_no_numbers():
    (table,) = measure([match(game="tic_tac_toe", pool="tic_tac_toe@99"), void(index=1, pool="tic_tac_toe@99")])
    assert (table.matches, table.voids) == (1, 1)
    needing = [row for row in table.rows if row.metric.needs]
    assert all(isinstance(row.result, Undefined) for row in needing)
    assert all("not installed" in row.result.reason for row in needing if isinstance(row.result, Undefined))


def test_no_records_give_no_tables():
    assert measure([]) == []


def test_the_command_lists_metrics_and_measures_a_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    listed = json.loads(arena(capsys, "metrics", "--json").out)["metrics"]
    assert [row["name"] for row in listed] == list(BUILT_IN)
    assert "forfeit_rate" in arena(capsys, "metrics").out
    folder = str(tmp_path / "run")
    players = ("--agent", "random", "--agent", "tit_for_tat")
    assert arena(capsys, "run", "--game", "prisoners_dilemma", *players, "--repeats", "2", "--out", folder).status == 0
    (pool,) = json.loads(arena(capsys, "metrics", folder, "--json").out)["pools"]
    by_name = {(row["agent"], row["metric"]): row for row in pool["values"]}
    assert by_name["random", "illegal_rate"]["value"] == 0
    assert by_name["random", "cost_per_match"] == {
        "agent": "random",
        "metric": "cost_per_match",
        "unit": "USD",
        "value": None,
        "not_defined": "no model was asked",
    }
    shown = arena(capsys, "metrics", folder).out
    assert "tit_for_tat" in shown
    assert "not defined, no model was asked: 8 metrics" in shown
    assert "the price negotiation (3)" in " ".join(shown.split())
    assert arena(capsys, "metrics", str(tmp_path / "none")).status == 2
