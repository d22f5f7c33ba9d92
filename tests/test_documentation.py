"""The documentation keeps its word: the tutorial and the commands of the README run, and links lead on."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import arena

ROOT = Path(__file__).parents[1]
TUTORIAL = ROOT / "docs" / "tutorials" / "add-a-game.md"
MOST_LINES = 60


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def console_commands(page: Path) -> Iterator[list[str]]:
    for block in blocks(page, "console"):
        for line in block.splitlines():
            if line.startswith("$ arena "):
                yield shlex.split(line.removeprefix("$ arena "))


@pytest.fixture
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_newcomer_who_follows_the_tutorial_has_a_game(
    empty_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = blocks(TUTORIAL, "python")[0]
    assert len(source.splitlines()) <= MOST_LINES
    (empty_folder / "race.py").write_text(source, encoding="utf-8")
    lines = iter(["1", "x", "2", "3", *["1"] * 30])
    monkeypatch.setattr("builtins.input", lambda prompt="": next(lines))
    seen = [arguments[0] for arguments in console_commands(TUTORIAL)]
    assert seen == ["check", "play", "run", "rank", "verify"]
    shown = {arguments[0]: arena(capsys, *arguments) for arguments in console_commands(TUTORIAL)}
    assert {name: result.status for name, result in shown.items()} == dict.fromkeys(seen, 0)
    assert "FAILED" not in shown["check"].out
    assert "The end:" in shown["play"].out
    assert "every digest reproduced" in shown["verify"].out
    assert "minimax" in shown["rank"].out


def test_the_first_tournament_runs_as_told(empty_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in console_commands(ROOT / "docs" / "tutorials" / "first-tournament.md"):
        shown = arena(capsys, *arguments)
        assert shown.status == 0, (arguments, shown.err)


def test_an_agent_in_one_file_plays(empty_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = ROOT / "docs" / "how-to" / "add-an-agent.md"
    (empty_folder / "second_best.py").write_text(blocks(page, "python")[0], encoding="utf-8")
    for arguments in console_commands(page):
        shown = arena(capsys, *arguments)
        assert shown.status == 0, (arguments, shown.err)
    assert "SecondBest" in shown.out


def test_beliefs_are_asked_for_as_told(
    empty_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    for arguments in console_commands(ROOT / "docs" / "how-to" / "ask-for-beliefs.md"):
        shown = arena(capsys, *arguments)
        assert shown.status == 0, (arguments, shown.err)
    assert "theory_of_mind_2" in shown.out


def test_a_population_evolves_as_told(empty_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = ROOT / "docs" / "how-to" / "evolve-a-population.md"
    (empty_folder / "evolution.toml").write_text(blocks(page, "toml")[0], encoding="utf-8")
    for arguments in console_commands(page):
        shown = arena(capsys, *arguments)
        assert shown.status == 0, (arguments, shown.err)
    assert "took over" in shown.out


def readme_commands() -> Iterator[list[str]]:
    """Commands of the README, with continued lines joined and comments dropped; two may stand in a line."""
    text = (ROOT / "README.md").read_text(encoding="utf-8").replace("\\\n", " ")
    for line in re.findall(r"^    (arena .*)$", text, re.MULTILINE):
        yield shlex.split(line.partition("#")[0].removeprefix("arena "))


def test_the_commands_of_the_readme_run(
    empty_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builtins.input", lambda prompt="": "quit")
    for arguments in readme_commands():
        if any("openai/" in part for part in arguments) and arguments[0] == "run":
            continue  # asks a provider
        expected = 130 if arguments[0] == "play" else 0
        assert arena(capsys, *arguments).status == expected, arguments


@pytest.mark.parametrize(
    "page", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]), ids=lambda page: str(page.relative_to(ROOT))
)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name}: {target}"
