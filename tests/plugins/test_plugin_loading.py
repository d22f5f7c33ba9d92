"""Plugins that are broken, that clash, that are not allowed, and games in plain files."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from games.plugins import ALLOW_LIST_VARIABLE, BUILT_IN, PluginError
from games.registry import REGISTRY, load, load_class
from games.testing import template

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Makes a distribution that registers games, as the installer would leave it on disk."""
    monkeypatch.delenv(ALLOW_LIST_VARIABLE, raising=False)
    monkeypatch.syspath_prepend(tmp_path)

    def make(distribution: str, **games: str) -> None:
        folder = tmp_path / f"{distribution.replace('-', '_')}-1.0.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n")
        points = "\n".join(f"{name} = {target}" for name, target in games.items())
        (folder / "entry_points.txt").write_text(f"[arena.games]\n{points}\n")

    return make


@pytest.fixture
def game_file(tmp_path: Path) -> Path:
    path = tmp_path / "heap_duel.py"
    path.write_text(template.game_template("heap_duel"))
    return path


def sources() -> set[str]:
    return {entry.source for entry in REGISTRY.entries()}


def test_a_broken_plugin_is_listed_and_breaks_only_its_own_use(install: Install) -> None:
    install("ruined-games", ruin="no_such_module:Ruin")
    assert ("ruin", "ruined-games") in [(entry.name, entry.source) for entry in REGISTRY.entries()]
    assert load("kuhn_poker").num_players == 2
    with pytest.raises(
        PluginError, match=r"game 'ruin' of ruined-games is broken: ModuleNotFoundError.*no_such_module"
    ):
        load("ruin")


def test_a_plugin_without_the_class_it_names_says_so(install: Install) -> None:
    install("ruined-games", ruin="games.board.tic_tac_toe:Ruin")
    with pytest.raises(PluginError, match=r"of ruined-games is broken: AttributeError.*'Ruin'"):
        load("ruin")


def test_a_plugin_that_leads_to_no_game_says_so(install: Install) -> None:
    install("ruined-games", ruin="pathlib:Path")
    with pytest.raises(PluginError, match=r"not a subclass of games\.core\.Game"):
        load("ruin")


def test_a_name_of_two_distributions_is_refused_naming_both_and_either_can_be_chosen(install: Install) -> None:
    install("first-games", twin="games.board.tic_tac_toe:TicTacToe")
    install("second-games", twin="games.cards.kuhn_poker:KuhnPoker")
    with pytest.raises(PluginError, match="registered more than once") as refusal:
        load("twin")
    assert "first-games/twin" in str(refusal.value)
    assert "second-games/twin" in str(refusal.value)
    assert load("first-games/twin").info.name == "tic_tac_toe"
    assert load("second-games/twin").info.name == "kuhn_poker"


def test_a_plugin_cannot_take_the_name_of_a_built_in_game(install: Install) -> None:
    install("greedy-games", kuhn_poker="games.board.tic_tac_toe:TicTacToe")
    assert load("kuhn_poker").info.name == "kuhn_poker"
    assert load("greedy-games/kuhn_poker").info.name == "tic_tac_toe"


@pytest.mark.parametrize(
    ("allowed", "listed"),
    [
        ("first-games", {"first-games"}),
        ("first-games, second-games", {"first-games", "second-games"}),
        ("", set()),
        ("third-games", set()),
    ],
)
def test_the_allow_list_names_the_distributions_that_may_register(
    install: Install, monkeypatch: pytest.MonkeyPatch, allowed: str, listed: set[str]
) -> None:
    install("first-games", one="games.board.tic_tac_toe:TicTacToe")
    install("second-games", two="games.cards.kuhn_poker:KuhnPoker")
    assert {"first-games", "second-games"} <= sources()
    monkeypatch.setenv(ALLOW_LIST_VARIABLE, allowed)
    assert sources() == listed | {BUILT_IN}


def test_what_the_allow_list_shuts_out_cannot_be_loaded(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    install("first-games", one="games.board.tic_tac_toe:TicTacToe")
    monkeypatch.setenv(ALLOW_LIST_VARIABLE, "")
    for name in ("one", "first-games/one"):
        with pytest.raises(PluginError, match="there is no game"):
            load(name)


def test_a_slip_of_the_pen_is_answered_with_the_nearest_name(install: Install) -> None:
    install("first-games", windmills="games.board.tic_tac_toe:TicTacToe")
    with pytest.raises(PluginError, match="did you mean windmills"):
        load("windmils")


def test_a_game_loads_from_a_file_and_the_same_file_gives_the_same_class(game_file: Path) -> None:
    game = load(f"{game_file}:HeapDuel")
    assert game.to_move(game.initial_state()) == (0,)
    assert load_class(f"{game_file}:HeapDuel") is type(game)
    assert pickle.loads(pickle.dumps(game)) == game


def test_a_file_that_does_not_lead_to_a_game_says_why(game_file: Path) -> None:
    ruined = game_file.with_name("ruined.py")
    ruined.write_text("import no_such_module\n")
    for name, problem in (
        (f"{game_file.with_name('gone.py')}:HeapDuel", "there is no file"),
        (f"{game_file}:HeapDual", "defines no 'HeapDual'"),
        (f"{game_file}", "names no class"),
        (f"{game_file}:Seat", "not a subclass"),
        (f"{ruined}:Ruin", "cannot be imported: ModuleNotFoundError"),
    ):
        with pytest.raises(PluginError, match=problem):
            load_class(name)
