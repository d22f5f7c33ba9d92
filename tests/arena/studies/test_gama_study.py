"""Scripted players have known rows in the study of GAMA-Bench."""

from __future__ import annotations

import pytest

from arena.config import AgentEntry, RunConfig
from arena.metrics.base import Value
from arena.studies.base import Report, Size
from arena.studies.gama import STUDY, benchmark, variants
from games.registry import load
from tests.arena.studies.playing import by_subject, ours, report_of


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return report_of(STUDY, ["group_equilibrium"], tmp_path_factory.mktemp("gama") / "run")


def test_equilibrium_players_get_the_listed_scores(report):
    scores, further = (by_subject(table)["group_equilibrium"] for table in ours(report))
    exact = ("guess", "dollar", "goods", "diner", "battle", "pirate")
    assert {scores[title] for title in exact} == {100}
    assert scores["auction"] == pytest.approx(10, abs=1)
    assert 60 < scores["bar"] <= 100
    assert scores["overall"] == pytest.approx((600 + scores["auction"] + scores["bar"]) / 8)
    assert further["auction, second price"] == 0


def test_players_who_always_do_the_first_thing_score_as_can_be_worked_out(tmp_path):
    scores, further = (by_subject(table)["first_legal"] for table in ours(report_of(STUDY, ["first_legal"], tmp_path)))
    assert (scores["guess"], scores["goods"]) == (100, 100), "everybody names 0, gives 0"
    assert (scores["dollar"], scores["diner"], scores["battle"]) == (0, 0, 0), "bids 0, eats cheap, passes"
    # Everybody goes; bids of 0 score 100 but for a valuation of 0.
    assert scores["bar"] == further["bar, numbers told"] == pytest.approx(100 / 3)
    assert scores["auction"] >= 90
    # The equal division is 96 - 10 for the proposer, 9 for four and 10 for five others away; all accept ten pieces.
    assert scores["pirate"] == pytest.approx(50 * (200 - 172) / 200 + 50)


def test_every_number_has_its_runs_as_clusters(report):
    scores = next(ours(report))
    cells = [cell for _, cells in scores.rows for cell in cells]
    assert [(cell.n, cell.clusters) for cell in cells if isinstance(cell, Value)] == [(3, 3)] * 9


def test_in_full_the_parameters_are_those_of_the_paper():
    games = {one.title: load(one.game) for one in (*benchmark(Size.FULL), *variants(Size.FULL))}
    assert len(games) == 10
    assert {game.num_players for game in games.values()} == {10}
    rounds = {title: game.params.rounds for title, game in games.items() if title != "pirate"}
    assert set(rounds.values()) == {20}
    assert games["guess"].stage.ratio == pytest.approx(2 / 3)
    assert games["battle"].rates == tuple(range(35, 81, 5))
    assert games["auction"].params.price_rule == "first"
    config = STUDY.plan((AgentEntry(agent="random"),), Size.FULL, 0)
    assert {entry.repeats for entry in config.games} == {5}


def _several() -> RunConfig:
    return STUDY.plan((AgentEntry(agent="random"), AgentEntry(agent="first_legal")), Size.SMALL, 0)


def test_agents_do_not_share_a_table(tmp_path):
    report = report_of(STUDY, ["group_equilibrium", "first_legal"], tmp_path)
    scores, _ = (by_subject(table) for table in ours(report))
    assert scores["group_equilibrium"]["guess"] == pytest.approx(100)
    assert set(scores) == {"group_equilibrium", "first_legal"}
    assert all(len(entry.agents or ()) == 1 for entry in _several().games)


def test_a_player_of_one_game_has_no_number_elsewhere_and_no_overall_score(tmp_path):
    scores, further = (
        by_subject(table)["truthful_bidder"] for table in ours(report_of(STUDY, ["truthful_bidder"], tmp_path))
    )
    assert {title for title, score in scores.items() if score is not None} == {"auction"}
    assert further["auction, second price"] == 0


def test_published_numbers_stand_apart_with_their_source(report):
    overall, leader = (table for table in report.tables if table.source)
    assert len(overall.rows) == 13
    assert overall.rows[0] == ("Gemini-1.5-Pro", (69.8,))
    # The overall score is the mean of the eight.
    assert sum(leader.rows[0][1]) / 8 == pytest.approx(69.8, abs=0.05)
