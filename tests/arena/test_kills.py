"""A run killed with SIGKILL at random moments and started again ends as if nothing had happened."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import orjson
import zstandard

from agents.base import Message
from agents.llm.journal import fingerprint
from arena.records import DecisionTurn, MatchRecord
from arena.replay import verify_run
from arena.store import DATABASE, open_run
from tests.arena.servers import Asked, RecordingServer, recording_server

KILLS = 30
LATENCY_S = 0.03


def command(server: RecordingServer, folder: Path) -> list[str]:
    agents = [f"local/{name}@{server.url}" for name in ("careful", "careless")]
    flags = ["--repeats", "60", "--seed", "5", "--max-concurrency", "4", "--out", str(folder)]
    games = ["--game", "kuhn_poker", "--game", "prisoners_dilemma(rounds=3)"]
    players = [part for agent in (*agents, "random") for part in ("--agent", agent)]
    return [sys.executable, "-m", "arena", "run", *games, *players, *flags]


def stored_answers(folder: Path) -> set[Asked]:
    """Every call whose answer is on disk, in the journal or in a finished match."""
    if not (folder / DATABASE).exists():
        return set()
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        try:
            answers = [orjson.loads(row[0]) for row in database.execute("SELECT answer FROM journal")]
            blobs = [row[0] for row in database.execute("SELECT record FROM matches")]
        except sqlite3.OperationalError:  # killed before the tables were there
            return set()
    found = {(answer["asked"], answer["parameters"]["seed"]) for answer in answers}
    for blob in blobs:
        found |= asked_in(MatchRecord.model_validate_json(zstandard.decompress(blob)))
    return found


def asked_in(record: MatchRecord) -> set[Asked]:
    return {
        (
            fingerprint(tuple(Message(message.role, record.texts[message.text]) for message in call.messages)),
            call.parameters["seed"],
        )
        for turn in record.turns
        if isinstance(turn, DecisionTurn)
        for decision in turn.decisions
        for attempt in decision.attempts
        for call in attempt.calls
    }


def stable_records(folder: Path) -> list[bytes]:
    """The records of a run without its times, in the order of the schedule."""
    return [
        orjson.dumps(without_times(record.model_dump(mode="json")), option=orjson.OPT_SORT_KEYS)
        for record in open_run(folder).records()
    ]


def without_times(value: object) -> object:
    if isinstance(value, dict):
        timed = ("started_at", "duration_s", "latency_s")
        return {key: without_times(item) for key, item in value.items() if key not in timed}
    return [without_times(item) for item in value] if isinstance(value, list) else value


def test_thirty_kills_lose_nothing_double_nothing_and_repeat_no_answered_call(tmp_path: Path) -> None:
    rng = random.Random(2)
    broken, whole = tmp_path / "broken", tmp_path / "whole"
    kills = 0
    with recording_server(LATENCY_S) as server:
        while kills < KILLS:
            before = len(server.asked)
            answered = stored_answers(broken)
            process = subprocess.Popen(command(server, broken), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            if kills % 2:  # somewhere in play, however long it takes to get there
                calls = before + rng.randint(1, 25)
                while len(server.asked) < calls and process.poll() is None:
                    time.sleep(0.005)
            else:  # at any time, while it starts too
                time.sleep(rng.uniform(0.1, 1.3))
            assert process.poll() is None, "the run ended before it could be killed so often: give it more repeats"
            process.kill()
            process.wait()
            kills += 1
            assert answered.isdisjoint(server.asked[before:])
        answered, before = stored_answers(broken), len(server.asked)
        assert answered, "no kill came after the first answer"
        finished = subprocess.run(command(server, broken), capture_output=True, text=True, check=False)
        assert finished.returncode == 0, finished.stderr
        assert answered.isdisjoint(server.asked[before:])
        subprocess.run(command(server, whole), capture_output=True, check=True)
    assert stable_records(broken) == stable_records(whole)
    run = open_run(broken)
    assert len(list(run.records())) == run.manifest.matches
    assert verify_run(run).problems == ()


def test_the_check_for_repeated_calls_can_fail(tmp_path: Path) -> None:
    """Without the journal a second run asks again: the oracle above notices."""
    folder = tmp_path / "run"
    with recording_server(LATENCY_S) as server:
        process = subprocess.Popen(command(server, folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while len(server.asked) < 40:
            time.sleep(0.05)
        process.kill()
        process.wait()
        answered, before = stored_answers(folder), len(server.asked)
        with closing(sqlite3.connect(folder / DATABASE)) as database, database:
            database.execute("DELETE FROM journal")
            database.execute("DELETE FROM matches")
        process = subprocess.Popen(command(server, folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while len(server.asked) < before + 40:
            time.sleep(0.05)
        process.kill()
        process.wait()
        assert not answered.isdisjoint(server.asked[before:])
