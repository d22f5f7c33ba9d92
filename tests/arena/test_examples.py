"""The example tournaments: each can be begun as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from arena.config import load_config
from arena.tournament import prepare
from games.registry import BUILT_IN

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.toml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_can_be_played_as_it_is(path: Path) -> None:
    tournament = prepare(load_config(path))
    assert tournament.total > 0
    # Nobody of the roster is left out of all games.
    playing = {name for fixture in tournament.fixtures for name in fixture.names}
    assert playing == {entry.label for entry in tournament.config.agents}


def test_the_example_of_all_games_has_them_all() -> None:
    config = load_config(next(path for path in EXAMPLES if path.stem == "all_games"))
    assert {entry.game for entry in config.games} == set(BUILT_IN)
