"""Complete matches of a real model against scripted players: stored, rated, replayed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from arena.calls import placed_calls
from arena.config import parse_config
from arena.ratings.pools import rate
from arena.records import MatchRecord, Outcome
from arena.replay import verify_run
from arena.store import open_run
from arena.tournament import enter, prepare, run_tournament
from tests.serving.conftest import Served

pytestmark = pytest.mark.serving


@pytest.mark.parametrize("transport", ["http", "openai", "litellm"])
def test_whole_matches_are_played_with_a_served_model(served_model: Served, transport: str, tmp_path: Path) -> None:
    options = {"transport": transport, "max_tokens": 24}
    model = {"agent": f"hosted_vllm/{served_model.model}@{served_model.base_url}", "name": "tiny", "options": options}
    config = parse_config(
        {
            "games": ["kuhn_poker", "tic_tac_toe"],
            "agents": [model, "random", "first_legal"],
            "policy": {"attempts": 2, "then": "random"},
            "max_concurrency": 4,
        },
        "test",
    )
    tournament, played = prepare(config), list[MatchRecord]()
    enter(tournament, tmp_path / "run")
    asyncio.run(run_tournament(tournament, tmp_path / "run", played.append))
    assert len(played) == 12
    assert {record.result.outcome for record in played} == {Outcome.COMPLETED}
    calls = [place.call for record in played for place in placed_calls(record)]
    assert len(calls) >= 20
    assert {call.transport for call in calls} == {transport}
    assert all(call.tokens_in and call.tokens_out for call in calls)
    assert verify_run(open_run(tmp_path / "run")).problems == ()
    assert {row.agent for table in rate(played) for row in table.agents} == {"tiny", "random", "first_legal"}
