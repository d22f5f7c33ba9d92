from __future__ import annotations

import json

import pytest

from tests.cli.running import arena

ALL_PAIRS = """
games = ["prisoners_dilemma(rounds=10)"]
agents = ["cooperator", "defector"]
schedule = {self_play = true}
"""


def test_defection_takes_over_and_a_figure_is_drawn(capsys, tmp_path):
    (tmp_path / "all_pairs.toml").write_text(ALL_PAIRS)
    run = str(tmp_path / "run")
    assert arena(capsys, "run", str(tmp_path / "all_pairs.toml"), "--out", run).status == 0
    done = arena(capsys, "evolve", run, "--runs", "50")
    assert done.status == 0, done.err
    assert (tmp_path / "run" / "figures" / "evolution.svg").exists()
    found = json.loads(arena(capsys, "evolve", run, "--runs", "50", "--json").out)
    assert found["replicator"][0]["shares"] == pytest.approx({"cooperator": 0.5, "defector": 0.5})
    assert found["replicator"][-1]["shares"]["defector"] > 0.999
    assert found["moran"]["defector"] > 0.9
    small = arena(capsys, "evolve", run, "--game", "kuhn_poker")
    assert (small.status, "has no matches of kuhn_poker" in small.err) == (2, True)


def test_without_matches_of_agents_with_themselves_it_says_how_to_get_them(capsys, tmp_path):
    run = str(tmp_path / "run")
    agents = ("--agent", "cooperator", "--agent", "defector")
    assert arena(capsys, "run", "--game", "prisoners_dilemma", *agents, "--out", run).status == 0
    refused = arena(capsys, "evolve", run)
    assert refused.status == 2
    assert "diagonal of the payoff table is missing" in refused.err
    assert "self_play = true" in refused.err


def test_of_several_games_one_must_be_named(capsys, tmp_path):
    run = str(tmp_path / "run")
    games = ("--game", "kuhn_poker", "--game", "tic_tac_toe")
    assert arena(capsys, "run", *games, "--agent", "random", "--agent", "first_legal", "--out", run).status == 0
    refused = arena(capsys, "evolve", run)
    assert (refused.status, "choose one with --game" in refused.err) == (2, True)
