"""Comparisons that stop when they know, whatever the order in which matches end."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from arena.comparison import Comparison
from arena.ratings.sequential import EloTest, Verdict
from arena.records import MatchRecord
from tests.cli.running import arena
from tests.factories import match, void

TEST = EloTest(0, 100)


def records(deals: int, win_share: float, seed: int = 1) -> list[MatchRecord]:
    """Matches of ann and bob, each deal from both seats."""
    rng = random.Random(seed)
    played = []
    for index in range(2 * deals):
        names = ("ann", "bob") if index % 2 == 0 else ("bob", "ann")
        ann_wins = rng.random() < win_share
        payoffs = (1.0, -1.0) if (names[0] == "ann") == ann_wins else (-1.0, 1.0)
        played.append(match(names, payoffs, index=index))
    return played


def verdict_of(played: list[MatchRecord]) -> tuple[Verdict, int]:
    comparison = Comparison("ann", TEST)
    for record in played:
        comparison.add(record)
    standing = comparison.standing()
    return standing.verdict, standing.pairs


@pytest.mark.parametrize(("win_share", "expected"), [(0.8, Verdict.ACCEPT_ELO1), (0.45, Verdict.ACCEPT_ELO0)])
def test_the_verdict_does_not_depend_on_which_matches_end_first(win_share: float, expected: Verdict) -> None:
    played = records(200, win_share)
    in_order = verdict_of(played)
    assert in_order[0] is expected
    assert in_order[1] < 200
    for seed in range(5):
        shuffled = played.copy()
        random.Random(seed).shuffle(shuffled)
        assert verdict_of(shuffled) == in_order


def test_pairs_after_a_gap_wait() -> None:
    played = records(60, 0.9)
    assert verdict_of(played[1:]) == (Verdict.CONTINUE, 0)


def test_a_pair_with_a_void_match_is_left_out_and_counted() -> None:
    comparison = Comparison("ann", TEST)
    played = records(3, 0.5)
    played[2] = void(("ann", "bob"), index=2)
    for record in played:
        comparison.add(record)
    assert (comparison.standing().pairs, comparison.standing().void) == (2, 1)


def test_the_command_says_the_same_at_any_concurrency_and_goes_on_with_a_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ("compare", "searcher", "random", "--game", "tic_tac_toe", "--elo1", "50", "--json")
    shown = []
    for folder, concurrency in (("one", 1), ("many", 32), ("one", 1)):
        settings = tmp_path / "settings.toml"
        agents = '[{ agent = "minimax", name = "searcher", options = { depth = 3 } }]'
        settings.write_text(f"max_concurrency = {concurrency}\nseed = 4\nagents = {agents}\n")
        done = arena(capsys, *command, "--config", str(settings), "--out", str(tmp_path / folder))
        assert done.status == 0, done.err
        shown.append(json.loads(done.out))
    assert shown[0] == shown[1] == shown[2]
    assert shown[0]["verdict"] == "accept elo1"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("tit_for_tat", "defector", "--game", "prisoners_dilemma"), "no contest of two seats"),
        (("random", "first_legal", "--game", "kuhn_poker(num_players=3)"), "no contest of two seats"),
        (("random", "first_legal", "--game", "kuhn_poker", "--elo0", "30"), "elo0 below elo1"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = arena(capsys, "compare", *arguments)
    assert shown.status == 2
    assert message in shown.err
