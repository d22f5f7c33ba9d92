"""What a new game begins with works as written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from games.registry import load
from games.testing import CHECKS, check_game, template

ROOT: Final = Path(__file__).parents[2]


@pytest.fixture
def game_file(tmp_path: Path) -> Path:
    """A fresh game `token_duel` with its test beside it."""
    path = tmp_path / "token_duel.py"
    path.write_text(template.game_template("token_duel"))
    path.with_name("test_token_duel.py").write_text(template.test_template("token_duel"))
    return path


def test_the_new_game_passes_every_check(game_file: Path) -> None:
    game = load(f"{game_file}:TokenDuel")
    assert game.info.name == "token_duel"
    assert [result.message for result in check_game(game) if not result.ok] == []


def test_the_new_test_passes_and_runs_every_check(game_file: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(game_file.parent)]
    finished = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert finished.returncode == 0, finished.stdout
    assert f"{len(CHECKS) + 1} passed" in finished.stdout


def test_the_new_game_is_short_enough_to_read_at_once(game_file: Path) -> None:
    assert len(game_file.read_text().splitlines()) <= 60
    assert max(map(len, game_file.read_text().splitlines())) <= 120


@pytest.mark.parametrize("name", ["TokenDuel", "token-duel", "2_tokens", "", "class", "token__duel", "../duel"])
def test_names_that_are_not_snake_case_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="snake_case"):
        template.game_template(name)
