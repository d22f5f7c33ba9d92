"""Plans: what they foresee is what a run then takes."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from arena.calls import placed_calls
from arena.config import parse_config
from arena.plan import plan
from arena.records import MatchRecord
from arena.tournament import enter, prepare, run_tournament

MODEL = "mock/careful(transport='http')"
CLOSE = 0.2


@pytest.mark.parametrize("game", ["kuhn_poker", "tic_tac_toe", "prisoners_dilemma(rounds=5)", "undercover"])
def test_calls_and_prompts_are_foreseen_within_a_fifth(game: str, tmp_path: Path) -> None:
    config = parse_config({"games": [game], "agents": [MODEL, "random", "first_legal"], "repeats": 20}, "test")
    tournament, played = prepare(config), list[MatchRecord]()
    foreseen = plan(tournament, lambda spec: "/" in spec, lambda spec: (1e-6, 2e-6)).agents[0]
    enter(tournament, tmp_path / "run")
    asyncio.run(run_tournament(tournament, tmp_path / "run", played.append))
    calls = [place.call for record in played for place in placed_calls(record)]
    assert len(calls) == pytest.approx(foreseen.load.calls.expected, rel=CLOSE)
    assert sum(call.tokens_in or 0 for call in calls) == pytest.approx(foreseen.load.tokens_in.expected, rel=CLOSE)
    assert foreseen.cost_usd is not None
    assert foreseen.cost_usd.low <= foreseen.cost_usd.expected <= foreseen.cost_usd.high


def test_scripted_players_cost_nothing_and_unknown_prices_stay_unknown() -> None:
    config = parse_config({"games": ["kuhn_poker"], "agents": ["random", "mock/careful"]}, "test")
    scripted, model = plan(prepare(config), lambda spec: "/" in spec, lambda spec: None).agents
    assert scripted.cost_usd is not None
    assert (scripted.load.calls.high, scripted.cost_usd.high) == (0, 0)
    assert model.cost_usd is None
