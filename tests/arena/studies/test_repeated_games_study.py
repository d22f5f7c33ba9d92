"""Scripted players have known rows in the study of repeated games."""

from __future__ import annotations

from itertools import chain

import pytest

from arena.config import AgentEntry
from arena.studies.base import Report, Size
from arena.studies.repeated_games import STUDY
from arena.studies.repeated_parts import parts, watched
from games.matrix.ordinal import GAMES
from games.registry import load
from tests.arena.studies.playing import by_subject, ours, report_of

Rows = dict[str, dict[str, float | str | None]]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return report_of(STUDY, ["tit_for_tat", "pattern_learner"], tmp_path_factory.mktemp("repeated") / "run")


def rows(report: Report, title: str) -> Rows:
    (table,) = (table for table in ours(report) if table.title.startswith(title))
    return by_subject(table)


def test_tit_for_tat_meets_the_hand_coded_players_as_can_be_worked_out(report):
    cooperation = rows(report, "prisoner's dilemma: cooperation")["tit_for_tat"]
    assert cooperation["cooperator"] == 1
    assert (cooperation["defector"], cooperation["defects once"]) == pytest.approx((0.1, 0.9))
    earned = rows(report, "prisoner's dilemma: points")["tit_for_tat"]
    # Against the one who defects once: 0, then 10, then eight times 8.
    assert earned == pytest.approx({"cooperator": 8, "defector": 4.5, "defects once": 7.4})


def test_tit_for_tat_meets_its_family_as_can_be_worked_out(report):
    found = rows(report, "prisoner's dilemma of 20 rounds")["tit_for_tat"]
    assert found["tit for tat"] is None
    known = {"two tats": 1, "suspicious": 0.5, "reverse": 0.5, "hard": 0.1}
    assert {name: found[name] for name in known} == pytest.approx(known)


def test_a_note_on_mistakes_changes_nothing_for_who_does_not_read(report):
    found = rows(report, "prisoner's dilemma: later cooperation")["tit_for_tat"]
    assert found == pytest.approx({"plain": 8 / 9, "told that the other errs": 8 / 9})


def test_a_learner_of_patterns_foresees_the_alternating_player_from_round_three_on(report):
    foreseen = rows(report, "asked first what the other will do: rounds")["pattern_learner"]
    assert foreseen == {"asked first": 0.8}
    for title in ("battle of the sexes: coordination", "asked first what the other will do: coordination"):
        found = rows(report, title)["pattern_learner"]
        # Wrong in round two; in round one it guesses.
        assert all(0.8 <= value <= 0.95 for value in found.values() if isinstance(value, float))


def test_foresight_settles_in_round_three_in_the_own_game_and_as_an_onlooker(report):
    title = "first round from which all are foreseen"
    assert rows(report, f"asked first what the other will do: {title}")["pattern_learner"] == {"asked first": 3}
    # In round one the onlooker guesses, and in round two it expects the same again.
    settled = rows(report, f"onlooker of two others: {title}")
    assert settled["pattern_learner"] == {"alternates from J": 3, "alternates from F": 3}
    assert set(settled["tit_for_tat"].values()) == {None}
    shares = rows(report, "onlooker of two others: rounds foreseen")["pattern_learner"]
    assert all(share in (0.8, 0.9) for share in shares.values())


def test_words_change_nothing_for_who_does_not_read(report):
    found = rows(report, "words of the battle of the sexes")["pattern_learner"]
    assert list(found) == ["no story", "band", "researchers"]
    assert all(isinstance(value, float) and 0.8 <= value <= 0.9 for value in found.values())


def test_whoever_cannot_play_a_part_has_no_number_there(report):
    sweep = rows(report, "normalised scores")
    assert set(sweep["tit_for_tat"].values()) == {None}
    assert len(sweep["pattern_learner"]) == 8
    assert all(isinstance(value, float) and 0.25 <= value <= 1 for value in sweep["pattern_learner"].values())


def test_in_full_all_ordinal_games_are_played_and_the_whole_grid_of_words():
    sweep, *others = parts(Size.FULL)
    assert len(sweep.games[-1].members) == GAMES
    labels = {load(game).stage.labels[0] for game in sweep.games[-1].members}
    assert all(len(pair) == 2 and "".join(pair).isupper() for pair in labels)
    assert len(labels) > 72
    grids = [part for part in others if part.title.startswith("words")]
    # Six pairs of letters, three units, two orders.
    assert [len(group.members) for part in grids for group in part.games] == [36] * 6


@pytest.mark.parametrize("size", Size)
def test_every_part_is_planned(size):
    config = STUDY.plan((AgentEntry(agent="pattern_learner"),), size, 0)
    planned = {entry.game: entry.agents or () for entry in config.games}
    for part in parts(size):
        for game in part.all_games():
            assert set(part.all_opponents()) <= set(planned[game])
    assert set(planned) == {*chain.from_iterable(part.all_games() for part in parts(size)), *watched().values()}


def test_published_tables_carry_their_source(report):
    published = [table for table in report.tables if table.source]
    assert len(published) == 3
    assert all("Akata" in table.source for table in published)
