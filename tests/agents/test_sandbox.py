"""The sandbox against every probe, as root where the suite runs as root, and as a user without rights."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from agents.base import ProviderError
from agents.referee.sandbox import box, selftest
from agents.referee.sandbox.box import Limits, Program, Unavailable, run
from agents.referee.sandbox.probes import HARMLESS, PROBES, program
from agents.referee.sandbox.referee import Sandbox
from agents.referee.sandbox.seccomp import filter_code
from agents.registry import build_referee
from games.code import code_request, parse_verdict
from games.verdict import Verdict
from tests.agents.questions import ruling_request

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("bwrap") is None,
    reason="bubblewrap is not installed, so that nothing can be run in a sandbox here",
)
SHORT = Limits(wall_s=1.0)


@pytest.fixture(scope="module")
def code() -> bytes:
    return filter_code()


async def run_here(source: str, code: bytes, **facts) -> Verdict:
    return await run(Program(source, **facts), code, SHORT)


@pytest.mark.parametrize("name", PROBES)
async def test_no_probe_gets_through(name, code):
    assert await selftest.got_through({name: PROBES[name]}, code) == []


async def test_harmless_code_runs(code):
    assert await selftest.got_through(HARMLESS, code) == list(HARMLESS)


def test_there_are_at_least_forty_probes_and_outside_a_box_many_get_through():
    assert len(PROBES) >= 40
    outside = {name: PROBES[name] for name in ("read the users", "list homes", "open a local socket", "list /sys")}
    done = subprocess.run([sys.executable, "-c", program(outside)], capture_output=True, text=True, check=True)
    assert set(json.loads(done.stdout)) >= {"read the users", "list homes", "open a local socket"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else; others run as themselves anyway")
def test_nothing_gets_through_as_a_user_without_rights_either(tmp_path):
    """The whole self-test in a process of a plain user, who has bubblewrap and system Python only."""
    script, sources = tmp_path / "probe.py", tmp_path / "lib"
    for package in ("agents", "games"):
        shutil.copytree(Path(__file__).parents[2] / package, sources / package)
    (tmp_path / "filter").write_bytes(filter_code())
    script.write_text(PLAIN_USER)
    os.chmod(tmp_path, 0o755)
    for parent in tmp_path.parents:
        if parent != Path("/tmp") and os.stat(parent).st_uid == os.geteuid() and parent != Path("/"):
            os.chmod(parent, 0o755)
    plain = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "/usr/bin/python3", str(script)]
    done = subprocess.run([*plain, str(sources), str(tmp_path / "filter")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"uid": 65534, "through": [], "harmless": list(HARMLESS)}


PLAIN_USER = """
import asyncio, json, os, sys
sys.path.insert(0, sys.argv[1])
from agents.referee.sandbox.box import Limits, Program, run
from agents.referee.sandbox.probes import HARMLESS, PROBES, program
code = open(sys.argv[2], "rb").read()

async def tried(probes):
    verdict = await run(Program(program(probes)), code, Limits(wall_s=20.0, cpu_s=20))
    assert verdict.status == "ok", verdict
    return json.loads(verdict.out)

through, harmless = asyncio.run(tried(PROBES)), asyncio.run(tried(HARMLESS))
print(json.dumps({"uid": os.getuid(), "through": through, "harmless": harmless}))
"""


async def test_a_program_reads_its_input_and_environment_and_nothing_of_ours(code, monkeypatch):
    monkeypatch.setenv("PROVIDER_KEY", "very secret")
    source = "import os; print(input(), os.environ['FLAG'], os.environ.get('PROVIDER_KEY'))"
    verdict = await run_here(source, code, stdin="hello", environment=(("FLAG", "a=b c"),))
    assert verdict == Verdict("ok", "hello a=b c None\n", "")


async def test_failures_time_and_floods_are_told_apart(code):
    assert (await run_here("raise SystemExit(3)", code)).status == "error"
    assert (await run_here("import time; time.sleep(30)", code)).status == "timeout"
    assert (await run_here("while True: pass", code)).status == "timeout"
    flood = await run_here("import sys\nwhile True: sys.stderr.write('x' * 999)", code)
    assert (flood.status, len(flood.err)) == ("flood", SHORT.output_bytes)


async def test_a_program_cannot_pass_for_a_broken_box(code):
    verdict = await run_here("import sys; sys.stderr.write('bwrap: no permissions'); sys.exit(1)", code)
    assert verdict == Verdict("error", "", "bwrap: no permissions")


def running_commands() -> list[bytes]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            found.append(path.read_bytes())
    return found


async def test_nothing_survives_a_run(code):
    source = """
import os, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True: time.sleep(0.1)
    os._exit(0)
print("gone")
"""
    verdict = await run_here(source, code)
    assert verdict == Verdict("ok", "gone\n", "")
    assert not [command for command in running_commands() if b"/box/main.py" in command]


async def test_an_open_door_is_noticed_and_closes_the_sandbox(monkeypatch):
    """A fault injected on purpose: a box that lets /etc in fails its self-test."""
    usual = box._bubblewrap

    def leaky(*arguments) -> list[str]:
        built = usual(*arguments)
        place = built.index("--ro-bind-data")
        return [*built[:place], "--ro-bind", "/etc", "/etc", *built[place:]]

    monkeypatch.setattr(box, "_bubblewrap", leaky)
    with pytest.raises(Unavailable, match="it was possible to: read the users"):
        await selftest.checked_filter()


async def test_a_box_that_blocks_everything_is_noticed_too(monkeypatch):
    usual = box._inside
    monkeypatch.setattr(
        box, "_inside", lambda *arguments: [*usual(*arguments)[:3], "--nproc=2", *usual(*arguments)[4:]]
    )
    with pytest.raises(Unavailable):
        await selftest.checked_filter()


async def test_a_machine_without_bubblewrap_says_so(monkeypatch):
    monkeypatch.setattr(box, "_SYSTEM_PATH", "/nowhere")
    with pytest.raises(Unavailable, match="not installed: bwrap"):
        await run(Program("print()"), b"", SHORT)


async def test_the_referee_runs_what_a_game_asks_after_its_self_test():
    sandbox = build_referee("sandbox")
    assert isinstance(sandbox, Sandbox)
    ruling = await sandbox.rule(ruling_request(code_request("print(6 * 7)")))
    assert parse_verdict(ruling.action) == Verdict("ok", "42\n", "")


async def test_where_no_box_holds_a_ruling_is_nobodys_loss(monkeypatch):
    monkeypatch.setattr(box, "_SYSTEM_PATH", "/nowhere")
    with pytest.raises(ProviderError, match="unavailable: sandbox: not installed"):
        await Sandbox().rule(ruling_request(code_request("print(1)")))


async def test_only_listed_packages_are_let_in():
    with pytest.raises(ProviderError, match="the package pytest is not installed"):
        await Sandbox().rule(ruling_request(code_request("import pytest", packages=("pytest",))))
