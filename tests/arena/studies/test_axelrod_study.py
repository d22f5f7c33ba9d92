"""The demo tournament of Axelrod-Python, played by our own players."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from agents.registry import build_agent
from arena.config import AgentEntry
from arena.records import MatchRecord
from arena.studies.axelrod import DEMO, FIELD, FIRST_TOURNAMENT, ROUNDS, STUDY
from arena.studies.base import HeatMap, Size
from tests.arena.studies.playing import by_subject, ours, records_of

# Points of the first player of each pair over 200 rounds, as Axelrod-Python 4.14 gives them.
DETERMINISTIC = {
    ("cooperator", "defector"): (0, 1000),
    ("cooperator", "tit_for_tat"): (600, 600),
    ("cooperator", "grim"): (600, 600),
    ("defector", "tit_for_tat"): (204, 199),
    ("defector", "grim"): (204, 199),
    ("grim", "tit_for_tat"): (600, 600),
}


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Sequence[MatchRecord]:
    config = STUDY.plan((AgentEntry(agent="random"),), Size.SMALL, 3)
    (game,) = config.games
    ten_repetitions = config.model_copy(update={"games": (game.model_copy(update={"repeats": 5}),)})
    return records_of(ten_repetitions, tmp_path_factory.mktemp("axelrod") / "run")


def test_every_pair_plays_ten_repetitions_and_deterministic_ones_score_exactly_as_known(records):
    assert len(records) == 10 * 10 + 5 * 5
    for record in records:
        names = tuple(seat.agent for seat in record.header.seats)
        if "random" not in names and names[0] != names[1]:
            expected = DETERMINISTIC.get(names) or DETERMINISTIC[names[::-1]][::-1]
            assert record.result.returns == expected


def test_the_demo_tournament_has_the_known_order_scores_and_ratings(records):
    report = STUDY.report(records, ["random"])
    rows = by_subject(next(ours(report)))
    # Defector and Grim are closer to each other than chance moves them: their order differs between seeds there too.
    assert set(list(rows)[:2]) == {"defector", "grim"}
    assert list(rows)[2:] == ["tit_for_tat", "cooperator", "random"]
    # Only the matches against the random player hang on chance: a median of ten is within 0.03 of these.
    known = {"defector": 2.518, "grim": 2.506, "tit_for_tat": 2.306, "cooperator": 1.881, "random": 1.811}
    assert {name: row["median score"] for name, row in rows.items()} == pytest.approx(known, abs=0.03)
    cooperating = {"cooperator": 1, "defector": 0, "tit_for_tat": 0.625, "grim": 0.505, "random": 0.503}
    assert {name: row["cooperating"] for name, row in rows.items()} == pytest.approx(cooperating, abs=0.01)
    partner = {"cooperator": 1, "defector": 0, "tit_for_tat": 1, "grim": 0.75, "random": 0.65}
    assert {name: row["good partner"] for name, row in rows.items()} == pytest.approx(partner, abs=0.11)
    assert {name: row["median wins"] for name, row in rows.items() if name != "random"} == {
        "cooperator": 0,
        "defector": 4,
        "tit_for_tat": 0,
        "grim": 1,
    }


def test_the_payoffs_are_drawn_for_every_pair(records):
    (figure,) = STUDY.report(records, ["random"]).figures
    assert isinstance(figure, HeatMap)
    place = {name: number for number, name in enumerate(figure.rows)}
    assert figure.values[place["defector"]][place["cooperator"]] == 5
    assert figure.values[place["tit_for_tat"]][place["defector"]] == pytest.approx(199 / ROUNDS)


def test_who_is_good_to_the_good_agrees_with_another_implementation(records):
    without = [record for record in records if "random" not in {seat.agent for seat in record.header.seats}]
    rows = by_subject(next(ours(STUDY.report(without, ["grim"]))))
    # Axelrod-Python 4.14: a tournament of these four players over 200 turns, matches with themselves included.
    jesus = {"cooperator": 0.5774, "defector": 0.0, "tit_for_tat": 0.5774, "grim": 0.5774}
    moses = {"cooperator": 0.3723, "defector": -0.3723, "tit_for_tat": 0.6012, "grim": 0.6012}
    assert {name: row["eigenjesus"] for name, row in rows.items()} == pytest.approx(jesus, abs=1e-3)
    assert {name: row["eigenmoses"] for name, row in rows.items()} == pytest.approx(moses, abs=1e-3)


def test_the_field_is_of_distinct_players_and_holds_the_whole_first_tournament():
    assert len(FIELD) == len(set(FIELD)) == 49
    assert len(FIRST_TOURNAMENT) == 15
    assert all(build_agent(name) for name in FIELD)
    assert set(DEMO) <= set(FIELD)


def test_an_agent_of_the_field_under_study_is_not_its_own_opponent():
    config = STUDY.plan((AgentEntry(agent="grim"),), Size.SMALL, 0)
    assert sorted(entry.label for entry in config.agents) == sorted(DEMO)
