"""The playthrough of every registered game is the one that people have read and accepted."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from games.registry import BUILT_IN, load
from games.testing import playthrough, write_playthrough

GOLDEN: Final = Path(__file__).parents[1] / "golden" / "playthroughs"


@pytest.mark.parametrize("name", BUILT_IN)
def test_the_playthrough_is_the_accepted_one(name: str) -> None:
    path = GOLDEN / f"{name}.txt"
    command = f"`arena playthrough {name} --write`"
    assert path.is_file(), f"there is no playthrough of {name}: write it with {command}, and read it"
    accepted = path.read_text(encoding="utf-8")
    assert playthrough(load(name)) == accepted, f"if the change is meant, accept it with {command}, and read it"


def test_there_is_no_playthrough_of_a_game_that_is_gone() -> None:
    assert {path.stem for path in GOLDEN.glob("*")} <= set(BUILT_IN)


def test_a_playthrough_shows_facts_views_knowledge_choices_returns_and_who_sees_what() -> None:
    lines = playthrough(load("kuhn_poker")).splitlines()
    for line in (
        "== kuhn_poker ==",
        "information: imperfect",
        "parameter num_players: 2 (Players at the table; the deck has one card more.)",
        "utility bounds: -2, 2",
        "briefing of seat 0:",
        "chance may: J (0.333333) | Q (0.333333) | K (0.333333)",
        "    Your card is not dealt yet.",
        "seat 0 may do: check | bet",
        "returns: 0, 0",
        "== end ==",
        "chance, choice 0: seen at once by seat 0; at the end by seat 1",
    ):
        assert line in lines
    assert any(line.startswith("known to seat 0, 1: KuhnView(card=None, bets=[]") for line in lines)


def test_other_seeds_give_other_plays_of_the_same_form() -> None:
    game = load("tic_tac_toe")
    assert playthrough(game, seed=1) != playthrough(game, seed=2)
    assert playthrough(game, seed=1).splitlines()[:20] == playthrough(game, seed=2).splitlines()[:20]


def test_writing_makes_the_folder(tmp_path: Path) -> None:
    game = load("kuhn_poker")
    write_playthrough(tmp_path / "golden" / "kuhn.txt", game)
    assert (tmp_path / "golden" / "kuhn.txt").read_text() == playthrough(game)
