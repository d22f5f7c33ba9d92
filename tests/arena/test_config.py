"""Configuration: strict, and with errors that say what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from arena.config import differences, load_config, parse_config
from arena.errors import UsageError

GOOD = """
seed = 3
repeats = 2
agents = ["random", "tit_for_tat"]

[[games]]
game = "kuhn_poker"
policy = { attempts = 2, then = "random" }

[[games]]
game = "tic_tac_toe"
"""


def read(tmp_path: Path, text: str) -> object:
    path = tmp_path / "run.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "run.toml"
    path.write_text(GOOD, encoding="utf-8")
    config = load_config(path)
    assert [entry.label for entry in config.agents] == ["random", "tit_for_tat"]
    assert config.games[0].policy is not None
    assert config.games[0].policy.attempts == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('agnets = ["a"]\ngames = ["b"]', "unknown key agnets; did you mean agents?"),
        ('agents = ["a"]\n[[games]]\ngame = "b"\nrepeat = 2', "unknown key games.0.repeat; did you mean repeats?"),
        ('agents = ["a"]\ngames = ["b"]\n[policy]\nattemps = 2', "did you mean attempts?"),
        ('agents = ["a"]\ngames = ["b"]\nzzz = 1', "known keys here: name, games"),
        ('agents = ["a"]', "games: Field required"),
        ('agents = ["a"]\ngames = []', "games: "),
        ('agents = ["a", "a"]\ngames = ["b"]', "'a' is listed twice"),
        ('agents = ["a"]\ngames = ["b"]\nrepeats = 0', "repeats: "),
        ('agents = ["a(1)"]\ngames = ["b"]', "keyword arguments only"),
        ("agents = [", "is not TOML"),
        ('agents = ["a"]\ngames = ["b"]\n[schedule]\nkind = "swis"', "schedule.kind: "),
        ('agents = ["a"]\ngames = ["b"]\n[schedule]\nnewcommer = "a"', "did you mean newcomer?"),
        ('agents = ["a"]\ngames = ["b"]\n[schedule]\nnewcomer = "a"', "schedule: `newcomer` names who runs"),
        ('agents = ["a"]\ngames = ["b"]\n[schedule]\nkind = "gauntlet"', "schedule: `newcomer` names who runs"),
        ('agents = ["a"]\ngames = ["b"]\n[schedule]\nkind = "gauntlet"\nnewcomer = "c"', "'c' is not listed"),
        ('agents = ["a"]\ngames = ["b"]\n[schedule]\nkind = "swiss"\nself_play = true', "nobody meets itself"),
        ('agents = ["a"]\ngames = ["b"]\n[stop]\nmax_costs = 1', "did you mean max_cost_usd?"),
        ('agents = ["a"]\ngames = ["b"]\n[stop]\nmax_half_width = 0', "stop.max_half_width: "),
    ],
)
def test_mistakes_are_named_with_what_to_do(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        read(tmp_path, text)
    assert message in str(raised.value)
    assert "run.toml" in str(raised.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        load_config(tmp_path / "none.toml")


def test_options_become_part_of_the_spec() -> None:
    data = {"games": ["g"], "agents": [{"agent": "mcts(simulations=5)", "options": {"exploration": 2.0}}]}
    assert parse_config(data, "test").agents[0].spec == "mcts(exploration=2.0, simulations=5)"


def test_differences_name_the_keys_and_both_values() -> None:
    old = parse_config({"games": ["g"], "agents": ["a", "b"], "seed": 1}, "test").frozen()
    new = parse_config({"games": ["g"], "agents": ["a", "c"], "seed": 2}, "test").frozen()
    assert differences(old, new) == [
        "agents.1.agent: 'b' in the folder, 'c' now",
        "seed: 1 in the folder, 2 now",
    ]


def test_concurrency_is_not_part_of_what_is_frozen() -> None:
    base = {"games": ["g"], "agents": ["a"]}
    slow, fast = (parse_config({**base, "max_concurrency": n}, "test").frozen() for n in (1, 64))
    assert slow == fast


def test_a_plain_round_robin_and_limits_leave_what_is_frozen_as_it_was() -> None:
    data = {"games": ["g"], "agents": ["a", "b"]}
    plain = parse_config(data, "test").frozen()
    assert "schedule" not in plain
    assert (
        parse_config({**data, "stop": {"max_matches": 3}, "schedule": {"kind": "round_robin"}}, "t").frozen() == plain
    )
    assert parse_config({**data, "schedule": {"kind": "swiss"}}, "test").frozen()["schedule"]["kind"] == "swiss"
