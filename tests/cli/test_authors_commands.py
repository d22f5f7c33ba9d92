"""Commands for authors of games: new-game, check, playthrough; and what a broken plugin does to listings."""

from __future__ import annotations

import json
import os
import pty
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

import agents
from games import plugins
from tests.cli.running import arena

LEAKY = '''
from games.cards.kuhn_poker import KuhnPoker


class Leaky(KuhnPoker):
    """Shows everybody every card."""

    def observation(self, state, seat):
        return super().observation(state, seat) + f" All cards: {state.cards}."
'''


def test_a_new_game_passes_every_check_as_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = arena(capsys, "new-game", "stone_pile", "--out", str(tmp_path))
    assert made.status == 0
    spec = f"{tmp_path / 'stone_pile.py'}:StonePile"
    assert f"arena check {spec}" in made.out
    checked = arena(capsys, "check", spec, "--json")
    assert checked.status == 0
    assert all(check["ok"] for check in json.loads(checked.out)["checks"])
    again = arena(capsys, "new-game", "stone_pile", "--out", str(tmp_path))
    assert (again.status, "exists; choose another name" in again.err) == (2, True)
    assert "snake_case" in arena(capsys, "new-game", "Stone Pile", "--out", str(tmp_path)).err


def test_a_game_that_leaks_fails_its_check_with_the_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "leaky.py").write_text(LEAKY)
    checked = arena(capsys, "check", f"{tmp_path / 'leaky.py'}:Leaky")
    assert checked.status == 1
    assert "FAILED  within_sets" in checked.out
    assert "otherwise the observation leaks" in checked.out


def test_a_playthrough_is_printed_or_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = arena(capsys, "playthrough", "kuhn_poker", "--seed", "3").out
    assert arena(capsys, "playthrough", "kuhn_poker", "--seed", "3", "--write", "--out", str(tmp_path)).status == 0
    assert (tmp_path / "kuhn_poker.txt").read_text().strip() == shown.strip()


def test_a_broken_plugin_is_named_and_breaks_no_listing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def points(group: str) -> list[EntryPoint]:
        return [EntryPoint("wrecked", "no_such_module:Thing", group)]

    monkeypatch.setattr(plugins, "entry_points", points)
    games = arena(capsys, "games")
    assert games.status == 0
    assert "kuhn_poker" in games.out
    assert "broken: wrecked" in games.err
    assert "No module named 'no_such_module'" in games.err
    assert arena(capsys, "agents").status == 0
    help_page = arena(capsys, "--help")
    assert help_page.status == 0
    assert "the command 'wrecked' (no_such_module:Thing) is broken" in help_page.err
    assert arena(capsys, "wrecked").status == 2


def test_another_distribution_s_agents_package_is_noticed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(agents, "AGON")
    shown = arena(capsys, "games")
    assert shown.status == 2
    assert "another distribution uses the same name" in shown.err


def test_at_a_terminal_a_run_shows_its_progress(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "arena", "run", "--game", "kuhn_poker", "--agent", "random"]
    command += ["--agent", "mock/careful(transport='http')", "--repeats", "20", "--out", str(tmp_path / "run")]
    chunks: list[bytes] = []

    def read(descriptor: int) -> bytes:
        chunks.append(os.read(descriptor, 4096))
        return chunks[-1]

    status = pty.spawn(command, read)
    shown = b"".join(chunks).decode()
    assert os.waitstatus_to_exitcode(status) == 0
    assert "40/40" in shown
    assert "forfeit/void 0/0" in shown
    assert "Traceback" not in shown
