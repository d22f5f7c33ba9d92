"""Tournaments: resuming, refusing, retrying, and the same records whatever the concurrency."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from agents.base import Decision, DecisionRequest, ProviderError
from agents.bots.anywhere import FirstLegal
from arena import tournament
from arena.config import RunConfig, load_config, parse_config
from arena.errors import UsageError
from arena.records import MatchRecord, Outcome
from arena.replay import verify_run
from arena.store import open_run
from arena.tournament import enter, prepare, run_tournament
from games.cards.kuhn_poker import KuhnPoker
from tests.arena.test_kills import stable_records

EXAMPLE = Path(__file__).parents[2] / "examples" / "twelve_games.toml"


def config(**changes: object) -> RunConfig:
    data = {"games": ["kuhn_poker"], "agents": ["random", "first_legal", "poker_rules"], "repeats": 2, **changes}
    return parse_config(data, "test")


def run(settings: RunConfig, folder: Path, stopping: asyncio.Event | None = None) -> list[MatchRecord]:
    prepared, played = prepare(settings), list[MatchRecord]()
    enter(prepared, folder)
    asyncio.run(run_tournament(prepared, folder, played.append, stopping))
    return played


def test_a_run_plays_every_match_once_and_a_second_one_nothing(tmp_path: Path) -> None:
    assert len(run(config(), tmp_path / "run")) == 12
    assert run(config(), tmp_path / "run") == []
    assert enter(prepare(config()), tmp_path / "run").complete


def test_concurrency_may_change_and_nothing_else_may(tmp_path: Path) -> None:
    run(config(), tmp_path / "run")
    assert run(config(max_concurrency=1), tmp_path / "run") == []
    with pytest.raises(UsageError, match="seed: 0 in the folder, 9 now"):
        enter(prepare(config(seed=9)), tmp_path / "run")


def test_a_run_is_not_mixed_with_other_rules_or_prompts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(config(), tmp_path / "run")
    with monkeypatch.context() as patch:
        patch.setattr(KuhnPoker, "info", replace(KuhnPoker.info, version=7))
        with pytest.raises(UsageError, match="version of kuhn_poker: 'kuhn_poker@1' in the folder, 'kuhn_poker@7' now"):
            enter(prepare(config()), tmp_path / "run")
    monkeypatch.setattr(tournament, "PROMPT_VERSION", 99)
    with pytest.raises(UsageError, match="version of prompts"):
        enter(prepare(config()), tmp_path / "run")


def test_a_stopped_run_goes_on_where_it_was(tmp_path: Path) -> None:
    stopping, prepared, played = asyncio.Event(), prepare(config(max_concurrency=2)), list[MatchRecord]()
    enter(prepared, tmp_path / "run")

    def on_record(record: MatchRecord) -> None:
        played.append(record)
        if len(played) == 4:
            stopping.set()

    asyncio.run(run_tournament(prepared, tmp_path / "run", on_record, stopping))
    assert 4 <= len(played) <= 6
    assert len(run(config(), tmp_path / "run")) == 12 - len(played)


def test_void_matches_are_played_again_with_the_same_seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def down(self: FirstLegal, request: DecisionRequest) -> Decision:
        raise ProviderError("the server is down")

    with monkeypatch.context() as patch:
        patch.setattr(FirstLegal, "decide", down)
        first = run(config(), tmp_path / "run")
    void = [record for record in first if record.result.outcome is Outcome.VOID]
    assert len(void) == 8
    again = run(config(), tmp_path / "run")
    assert {record.header for record in again} == {record.header for record in void}
    opened = open_run(tmp_path / "run")
    assert {record.result.outcome for record in opened.records()} == {Outcome.COMPLETED}
    assert len(list(opened.superseded())) == 8
    assert verify_run(opened).problems == ()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"games": ["kuhn_pocker"]}, "did you mean kuhn_poker"),
        ({"games": ["kuhn_poker(players=3)"]}, "parameters: num_players"),
        ({"games": ["kuhn_poker", "kuhn_poker(num_players=2)"]}, "listed twice"),
        ({"agents": ["radnom"]}, "did you mean random"),
        ({"agents": ["mcts(simulation=3)"]}, "simulations"),
        ({"agents": ["material_chess"]}, "nobody of the roster can play kuhn_poker"),
        ({"games": ["debate"], "agents": ["random"], "referee": "none_such"}, "none_such"),
    ],
)
def test_mistakes_are_found_before_anything_is_written(changes: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError) as raised:
        prepare(config(**changes))
    assert message in str(raised.value)


def arena(*arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "arena", *arguments]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_all_games_killed_and_resumed_at_64_equal_an_unbroken_run_at_1(tmp_path: Path) -> None:
    broken, whole = tmp_path / "broken", tmp_path / "whole"
    arguments = ("run", str(EXAMPLE), "--max-concurrency")
    for _ in range(2):
        process = arena(*arguments, "64", "--out", str(broken))
        seen = time.monotonic()
        while time.monotonic() - seen < 60 and not _some_stored(broken):
            time.sleep(0.1)
        process.kill()
        process.wait()
    assert arena(*arguments, "64", "--out", str(broken)).wait() == 0
    assert arena(*arguments, "1", "--out", str(whole)).wait() == 0
    run_of = open_run(broken)
    headers = [header.match_id for header in prepare(load_config(EXAMPLE)).headers()]
    assert [record.header.match_id for record in run_of.records()] == headers
    assert stable_records(broken) == stable_records(whole)
    assert verify_run(run_of).problems == ()


def _some_stored(folder: Path) -> bool:
    return (folder / "manifest.json").exists() and len(open_run(folder).outcomes()) > 10
