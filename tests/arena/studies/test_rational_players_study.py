"""Scripted players have known rows in the study of rational players."""

from __future__ import annotations

import pytest

from arena.config import AgentEntry
from arena.studies.base import Lines, Report, Size
from arena.studies.rational_players import STUDY, settles
from tests.arena.studies.playing import by_subject, ours, report_of

PLAYERS = (
    "pattern_learner",
    "allocator",
    'allocator(wants="self_interest")',
    "ring_thinker",
    "ring_thinker(depth=1)",
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return report_of(STUDY, PLAYERS, tmp_path_factory.mktemp("rational") / "run")


@pytest.fixture
def tables(report):
    return [by_subject(table) for table in ours(report)]


def test_who_wants_what_it_is_told_is_always_right_and_the_selfish_only_when_told_so(tables):
    wants = tables[0]
    assert set(wants["allocator"].values()) == {1}
    selfish = wants['allocator(wants="self_interest")']
    assert selfish["self interest"] == 1
    assert all(0.4 <= selfish[name] <= 0.7 for name in ("equality", "common interest", "altruism"))
    assert set(wants["pattern_learner"].values()) == {None}


def test_a_learner_of_cycles_wins_from_the_first_round_that_shows_them(tables):
    points, settled = tables[1]["pattern_learner"], tables[2]["pattern_learner"]
    assert (points["constant"], points["loop of 2"], points["loop of 3"]) == (2, 2, 2)
    assert (settled["loop of 2"], settled["loop of 3"]) == (3, 4)
    # Its first move is drawn, and may be right.
    assert 1 <= settled["constant"] <= 2


def test_who_expects_a_rational_other_is_consistent_and_who_does_not_is_not(tables):
    thinking, dominance = tables[3], tables[4]
    assert set(thinking["ring_thinker"].values()) == {1}
    naive = thinking["ring_thinker(depth=1)"]
    assert {naive[f"best, belief {belief}"] for belief in ("implicit", "explicit", "given")} == {0}
    # It says that it does not know, so that there is nothing to be consistent with.
    assert (naive["belief right"], naive["action fits belief"]) == (0, None)
    assert dominance["ring_thinker"] == dominance["ring_thinker(depth=1)"] == {"took it": 1}


def test_learning_is_drawn_for_those_who_learn(report):
    (figure,) = report.figures
    assert isinstance(figure, Lines)
    assert dict(figure.series)["loop of 3"][3:] == (2.0,) * 7


def test_the_round_in_which_play_settles():
    assert settles([False, True, True]) == 2
    assert settles([True, True]) == 1
    assert settles([True, False]) == 3


def test_in_full_the_ring_is_rescaled_and_relabelled():
    config = STUDY.plan((AgentEntry(agent="ring_thinker"),), Size.FULL, 0)
    assert len(config.games) == 3 * 2 * 2
    assert [entry.label for entry in config.agents] == ["ring_thinker", "rational other"]
