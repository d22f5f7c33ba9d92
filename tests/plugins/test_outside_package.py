"""A game in a package of its own, `arena-coin-game`, is found and behaves like a built-in one."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

import pytest

from games.plugins import ALLOW_LIST_VARIABLE, PluginError
from games.registry import REGISTRY, load, locator
from games.testing import check_game

PACKAGE: Final = "arena-coin-game"
ROOT: Final = Path(__file__).parents[2]
LIST_AND_REPORT: Final = """
import sys
from games.registry import REGISTRY
print("coin_matching" in [entry.name for entry in REGISTRY.entries()], "arena_coin_game" in sys.modules)
"""


@pytest.fixture(autouse=True)
def installed() -> None:
    try:
        distribution(PACKAGE)
    except PackageNotFoundError:
        pytest.fail(f"{PACKAGE} is not installed in this environment; `make test` installs it", pytrace=False)


def test_its_game_is_listed_under_its_distribution() -> None:
    entry = REGISTRY.find("coin_matching")
    assert (entry.source, entry.target) == (PACKAGE, "arena_coin_game:CoinMatching")


def test_listing_does_not_import_it() -> None:
    finished = subprocess.run(
        [sys.executable, "-c", LIST_AND_REPORT], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert finished.stdout.split() == ["True", "False"]


def test_its_game_loads_with_parameters_and_plays() -> None:
    game = load("coin_matching(stake=5)")
    assert game.returns(game.apply(game.initial_state(), {0: "heads", 1: "tails"})) == (-5.0, 5.0)


def test_its_game_passes_every_check() -> None:
    assert [result for result in check_game(load("coin_matching")) if not result.ok] == []


def test_its_full_name_loads_it_too() -> None:
    assert load(f"{PACKAGE}/coin_matching") == load("coin_matching")
    assert locator(f"{PACKAGE}/coin_matching(stake=5)") == f"{PACKAGE}/coin_matching(stake=5)"


def test_the_allow_list_shuts_it_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ALLOW_LIST_VARIABLE, "some-other-package")
    with pytest.raises(PluginError, match="there is no game 'coin_matching'"):
        load("coin_matching")
    assert load("kuhn_poker").num_players == 2
