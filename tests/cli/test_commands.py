"""The command line: what it prints, how it ends, and that mistakes get one clear line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from arena.store import DATABASE
from games.registry import BUILT_IN
from tests.cli.running import arena

PLAY = ("--game", "kuhn_poker", "--agent", "random", "--agent", "poker_rules", "--repeats", "2")


@pytest.fixture
def played(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    folder = str(tmp_path / "run")
    assert arena(capsys, "run", *PLAY, "--out", folder).status == 0
    return folder


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    shown = arena(capsys, "--help")
    assert shown.status == 0
    for name in ("games", "agents", "plan", "run", "rank", "show", "verify", "export", "site", "play", "check"):
        assert f"\n  {name} " in shown.out


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['arena', '--help']\n"
        "from arena.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = ['aiohttp', 'anthropic', 'jinja2', 'litellm', 'numpy', 'openai', 'pandas', 'scipy']\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.splitlines()[-1] == "[]"


def test_games_lists_every_game_and_shows_one_with_its_rules(capsys: pytest.CaptureFixture[str]) -> None:
    listed = json.loads(arena(capsys, "games", "--json").out)
    assert set(BUILT_IN) <= {row["name"] for row in listed["games"]}
    assert not [row for row in listed["games"] if "broken" in row]
    shown = arena(capsys, "games", "leduc_poker(betting='blinds')").out
    assert "betting = 'blinds'" in shown
    assert "what seat 1 is told" in shown


def test_agents_lists_players_and_their_parameters(capsys: pytest.CaptureFixture[str]) -> None:
    names = {row["name"] for row in json.loads(arena(capsys, "agents", "--json").out)["agents"]}
    assert {"random", "tit_for_tat", "mcts", "human"} <= names
    assert "simulations = 200" in arena(capsys, "agents", "mcts").out
    assert arena(capsys, "agents", "nobody").status == 2


def test_agents_shows_what_may_be_said_of_a_model(capsys: pytest.CaptureFixture[str]) -> None:
    shown = arena(capsys, "agents", "openai/gpt-5-mini").out
    assert "answer = 'text':" in shown
    assert "temperature = None:" in shown


def test_a_run_says_what_it_did_and_what_to_do_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path / "run")
    first = arena(capsys, "run", *PLAY, "--out", folder)
    assert first.status == 0
    assert "4/4 matches (4 completed)" in first.out
    assert f"arena rank {folder}" in first.out
    second = arena(capsys, "run", *PLAY, "--out", folder)
    assert (second.status, "complete: all 4 matches" in second.out) == (0, True)
    other = arena(capsys, "run", *PLAY, "--seed", "3", "--out", folder)
    assert other.status == 2
    assert "seed: 0 in the folder, 3 now" in other.err


def test_a_summary_can_be_had_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = json.loads(arena(capsys, "run", *PLAY, "--out", str(tmp_path / "run"), "--json").out)
    assert (shown["matches"], shown["stored"], shown["outcomes"]["completed"], shown["complete"]) == (4, 4, 4, True)


def test_flags_take_the_place_of_the_values_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "small.toml"
    path.write_text('games = ["kuhn_poker"]\nagents = ["random", "first_legal"]\nrepeats = 5\n')
    shown = arena(capsys, "plan", str(path), "--repeats", "3", "--json")
    assert json.loads(shown.out)["matches"] == {"kuhn_poker": 6}


def test_show_lists_matches_and_replays_one(played: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(arena(capsys, "show", played, "--json").out)["matches"]
    assert [row["index"] for row in rows] == [0, 1, 2, 3]
    for wanted in ("2", "#2", rows[2]["match_id"][:10]):
        replay = arena(capsys, "show", played, wanted)
        assert replay.status == 0
        assert rows[2]["match_id"] in replay.out
        assert "nature: " in replay.out
    assert arena(capsys, "show", played, "77").status == 2


def test_verify_passes_on_what_was_played_and_fails_on_what_was_changed(
    played: str, capsys: pytest.CaptureFixture[str]
) -> None:
    import sqlite3

    import zstandard

    assert arena(capsys, "verify", played).status == 0
    with sqlite3.connect(Path(played) / DATABASE) as database:
        blob = database.execute("SELECT record FROM matches WHERE position = 1").fetchone()[0]
        record = json.loads(zstandard.decompress(blob))
        record["result"]["returns_so_far"] = [50.0, -50.0]
        forged = zstandard.compress(json.dumps(record).encode())
        database.execute("UPDATE matches SET record = ? WHERE position = 1", (forged,))
    database.close()
    found = arena(capsys, "verify", played)
    assert found.status == 1
    assert "the record says (50.0, -50.0)" in found.out


def test_a_plan_of_a_mock_run_names_calls_and_no_price(capsys: pytest.CaptureFixture[str]) -> None:
    agents = ("--agent", "random", "--agent", "mock/careful(input_price=1.0, output_price=2.0)")
    shown = arena(
        capsys, "plan", "--game", "kuhn_poker", *agents, "--agent", "mock/careless", "--repeats", "10", "--json"
    )
    assert shown.status == 0, shown.err
    priced, unpriced = json.loads(shown.out)["agents"][1:]
    assert priced["load"]["calls"]["low"] <= priced["load"]["calls"]["expected"] <= priced["load"]["calls"]["high"]
    assert priced["cost_usd"]["high"] > priced["cost_usd"]["low"] > 0
    assert unpriced["cost_usd"] is None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("run",), "nothing to play"),
        (("run", "--game", "kuhn_poker"), "nothing to play"),
        (("run", "none.toml"), "none.toml cannot be read"),
        (("run", "--game", "nochess", "--agent", "random"), "there is no game 'nochess'"),
        (("run", "--game", "kuhn_poker(", "--agent", "random"), "cannot be read"),
        (("run", "--game", "kuhn_poker", "--agent", "mock/nobody@nowhere"), "mock"),
        (("verify", "no-such-run"), "there is no folder"),
        (("rank", "no-such-run"), "there is no folder"),
        (("site", "no-such-run"), "there is no folder"),
        (("export", "no-such-run"), "there is no folder"),
        (("games", "zzz"), "there is no game 'zzz'"),
        (("play", "tic_tac_toe", "--seat", "5"), "there is no seat 5"),
        (("check", "no/file.py:Game"), "there is no file"),
    ],
)
def test_mistakes_end_with_status_2_and_one_clear_line(
    arguments: tuple[str, ...],
    message: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = arena(capsys, *arguments)
    assert shown.status == 2
    assert list(tmp_path.iterdir()) == []
    assert message in shown.err
    assert "Traceback" not in shown.err
