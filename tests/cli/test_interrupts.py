"""Ctrl-C: the first lets matches in play finish, the second ends at once; either way the run goes on later."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from arena.store import open_run
from tests.arena.servers import RecordingServer, recording_server


def start(server: RecordingServer, folder: Path) -> subprocess.Popen[str]:
    games = ["--game", "prisoners_dilemma(rounds=4)", "--repeats", "20", "--max-concurrency", "4"]
    players = ["--agent", f"local/careful@{server.url}", "--agent", "tit_for_tat"]
    command = [sys.executable, "-m", "arena", "run", *games, *players, "--out", str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for_calls(server: RecordingServer, count: int) -> None:
    deadline = time.monotonic() + 60
    while len(server.asked) < count:
        assert time.monotonic() < deadline, "the run asks nothing"
        time.sleep(0.02)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_finishes_what_is_in_play(tmp_path: Path, number: signal.Signals) -> None:
    with recording_server(0.1) as server:
        process = start(server, tmp_path / "run")
        wait_for_calls(server, 6)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 130, err
        assert "matches in play are being finished" in err
        assert "the same command goes on from here" in out
        stored = len(open_run(tmp_path / "run").outcomes())
        assert 0 < stored < 40
        resumed = start(server, tmp_path / "run")
        out, err = resumed.communicate(timeout=120)
        assert resumed.returncode == 0, err
        assert f"resuming {tmp_path / 'run'}: {stored} of 40" in out
        assert len(server.asked) == 40 * 4


def test_a_second_signal_ends_at_once(tmp_path: Path) -> None:
    with recording_server(5.0) as server:
        process = start(server, tmp_path / "run")
        wait_for_calls(server, 4)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        while "press Ctrl-C again" not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=4)
        assert process.returncode == 130
        assert open_run(tmp_path / "run").outcomes() == {}
