"""The example tournaments: each can be begun as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from arena.config import load_config
from arena.tournament import prepare

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.toml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_can_be_played_as_it_is(path: Path) -> None:
    tournament = prepare(load_config(path))
    assert tournament.total > 0
    # Nobody of the roster is left out of all games.
    playing = {name for fixture in tournament.fixtures for name in fixture.names}
    assert playing == {entry.label for entry in tournament.config.agents}
