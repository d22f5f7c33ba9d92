"""Every game played to its end by a model that knows nothing but what its seats read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arena.records import Outcome
from arena.store import open_run
from games.info import RefereeKind
from games.registry import BUILT_IN, load
from tests.cli.running import arena

GAMES = [name for name in sorted(BUILT_IN) if load(name).info.referee is not RefereeKind.SANDBOX]


def test_a_careful_mock_model_finishes_every_game_without_a_sandbox(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "all.toml"
    lines = [f"games = {json.dumps(GAMES)}", 'agents = ["mock/careful"]', "[schedule]", "self_play = true"]
    config.write_text("\n".join(lines))
    assert arena(capsys, "run", str(config), "--out", str(tmp_path / "run")).status == 0
    records = list(open_run(tmp_path / "run").records())
    assert {record.header.game for record in records} == {load(name).spec for name in GAMES}
    assert not [record.header.game for record in records if record.result.outcome is not Outcome.COMPLETED]
