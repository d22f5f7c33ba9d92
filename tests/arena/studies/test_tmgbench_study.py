"""Scripted players have known rows in the study of TMGBench."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest

from arena.config import AgentEntry, RunConfig
from arena.studies.base import HeatMap, Report, Size
from arena.studies.tmgbench import STUDY
from games.puzzles.equilibrium_quiz import EquilibriumQuiz
from games.registry import load
from tests.arena.studies.playing import by_subject, ours, report_of

PLAYERS = ("equilibrium_solver", "nay_sayer")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return report_of(STUDY, PLAYERS, tmp_path_factory.mktemp("tmgbench") / "run")


def quizzes(config: RunConfig) -> Mapping[EquilibriumQuiz, int]:
    found: dict[EquilibriumQuiz, int] = {}
    for entry in config.games:
        game = load(entry.game)
        assert isinstance(game, EquilibriumQuiz)
        found[game] = entry.repeats or config.repeats
    return found


def test_the_perfect_and_the_always_empty_answer_have_the_known_measures(report):
    rows = by_subject(next(ours(report)))
    perfect, empty = rows["equilibrium_solver"], rows["nay_sayer"]
    assert set(list(perfect.values())[:4]) == {1}
    assert (perfect["ID"], perfect["BD"], perfect["SD"]) == (0, 0, 0)
    assert (empty["PAR"], empty["ID"], empty["BD"]) == (0.125, 0.25, 0)
    assert (empty["PAR, no eq."], empty["PAR, one"], empty["PAR, two"]) == (1, 0, 0)


def test_composites_of_all_forms_are_played_and_need_every_answer(report):
    _, composites = ours(report)
    rows = by_subject(composites)
    assert rows["equilibrium_solver"] == {"3 in a row": 1, "3 at once": 1, "nested": 1}
    assert rows["nay_sayer"]["nested"] == 0


def test_inconsistency_is_drawn_cell_by_cell(report):
    solver, empty = report.figures
    assert isinstance(solver, HeatMap)
    assert isinstance(empty, HeatMap)
    assert {value for row in solver.values for value in row} == {0}
    values = Counter(value for row in empty.values for value in row)
    # One equilibrium is missed in 108 games and two in 18.
    assert values == {0: 4 * 144 - 144, -1: 144}


def test_in_full_every_game_is_asked_under_all_prompts_and_told_in_five_stories():
    played = quizzes(STUDY.plan((AgentEntry(agent="nay_sayer"),), Size.FULL, 0))
    single = {game: repeats for game, repeats in played.items() if len(game.params.numbers) == 1}
    assert set(single.values()) == {4}
    tables = Counter(game.params.prompt for game in single if not game.params.tale)
    assert set(tables.values()) == {144}
    assert len(tables) == 6
    tales: dict[int, set[int]] = {}
    for game in single:
        if game.params.tale and game.params.prompt == "direct":
            tales.setdefault(game.params.numbers[0], set()).add(game.params.tale)
    assert len(tales) == 144
    assert {len(topics) for topics in tales.values()} == {5}


def test_in_full_the_260_composites_of_the_paper_are_played():
    played = quizzes(STUDY.plan((AgentEntry(agent="nay_sayer"),), Size.FULL, 0))
    composites = [game for game in played if len(game.params.numbers) > 1]
    assert len(composites) == 260
    nested = [game for game in composites if game.params.rule]
    assert len(nested) == 20
    assert len({game.spec for game in nested}) == 20
    assert all(game.params.tale for game in composites)
    lengths = Counter((len(game.params.numbers), game.params.together) for game in composites if not game.params.rule)
    assert lengths == {(length, together): 20 for length in (3, 5, 10, 15, 20, 25) for together in (False, True)}


def test_published_numbers_stand_apart_with_their_source(report):
    models, composites, people, significance = (table for table in report.tables if table.source)
    assert dict(models.rows)["gpt-4o"] == (52.08, 16.81, 28.49, 80.38, 3.78, 7.79)
    assert dict(composites.rows)["o3-mini"][-1] == 25
    assert dict(people.rows)["stories"][-1] == 82.2
    assert significance.rows == (("gpt-4o", (13.89, 9.38, 4.51)),)
    assert all("TMGBench" in table.source or "2410.10479" in table.source for table in report.tables if table.source)
