"""A real model behind a real server on this machine: no network, no accelerator, no key."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

READY_WITHIN_S = 180.0
MODEL = "./tiny"
TINY_MODEL = Path(__file__).with_name("tiny_model.py")


@dataclass(frozen=True)
class Served:
    """Where the model is served and what it is called there."""

    base_url: str
    model: str


@pytest.fixture(scope="session")
def served_model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A tiny model with random weights behind `transformers serve`, for the whole session."""
    if find_spec("torch") is None or find_spec("transformers") is None:
        pytest.fail("needs the serve extra: `make test-serving` installs it")
    folder = tmp_path_factory.mktemp("served")
    (folder / "hub").mkdir()
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(folder), "OMP_NUM_THREADS": "1"}
    subprocess.run([sys.executable, str(TINY_MODEL), str(folder / MODEL)], env=environment, check=True)
    port, log = _free_port(), folder / "log.txt"
    command = [Path(sys.executable).with_name("transformers"), "serve", MODEL, "--host", "127.0.0.1"]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*command, "--port", str(port), "--device", "cpu"],
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_ready(server, f"http://127.0.0.1:{port}/health", log)
        yield Served(f"http://127.0.0.1:{port}/v1", MODEL)
    finally:
        _stop(server)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(server: subprocess.Popen[bytes], health: str, log: Path) -> None:
    """Ask until the server is healthy; fail at once, with the end of its log, when it has died."""
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(health, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    said = log.read_text(errors="replace")[-2000:]
    pytest.fail(f"the server is not ready (exit status {server.poll()}); its log ends with:\n{said}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End the server's whole group, by force if it does not go by itself."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(server.pid, number)
            server.wait(10)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
        return
