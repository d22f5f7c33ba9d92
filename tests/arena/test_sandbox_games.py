"""Matches that run code: played in the sandbox, replayed without one, and void where there is none."""

from __future__ import annotations

import shutil
import sys

import pytest

from agents.referee.sandbox import box
from agents.referee.sandbox.box import Unavailable
from agents.registry import build_referee
from arena.records import Outcome
from arena.replay import replay
from games.registry import load
from tests.arena.metrics.played import play

boxed = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("bwrap") is None,
    reason="bubblewrap is not installed, so that nothing can be run in a sandbox here",
)
SLOW_MACHINE = "sandbox(wall_s=30)"


def no_tools() -> dict[str, str]:
    raise Unavailable("not installed: bwrap")


@boxed
@pytest.mark.parametrize(("jail", "returns"), [("words", (-1, 1)), ("riddle", (1, -1))])
def test_jails_are_broken_by_known_escapes_or_hold(
    monkeypatch: pytest.MonkeyPatch, jail: str, returns: tuple[int, int]
) -> None:
    record = play("pyjail", [f'jail_keeper(jail="{jail}")', "jail_keeper"], referee=build_referee(SLOW_MACHINE))
    assert record.result.outcome is Outcome.COMPLETED
    assert record.result.returns == returns
    monkeypatch.setattr(box, "find_tools", no_tools)
    assert load("pyjail").returns(list(replay(record))[-1].state) == returns


@boxed
def test_an_expression_is_worked_out_in_the_sandbox() -> None:
    pytest.importorskip("sympy")
    record = play('math_quiz(check="sandbox")', ["calculator", "calculator"], referee=build_referee(SLOW_MACHINE))
    assert record.result.returns == (-1, 1)


@pytest.mark.parametrize("game", ["pyjail", 'math_quiz(check="sandbox")'])
def test_without_a_sandbox_the_match_is_void_and_says_so(monkeypatch: pytest.MonkeyPatch, game: str) -> None:
    monkeypatch.setattr(box, "find_tools", no_tools)
    record = play(game, ["random", "random"], referee=build_referee("sandbox"))
    assert record.result.outcome is Outcome.VOID
    assert "unavailable: sandbox" in (record.result.detail or "")
    assert record.result.returns is None
    assert record.turns == ()
