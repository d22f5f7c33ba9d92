"""One box: a Python program run by bubblewrap with nothing to see, nothing to keep and nobody to talk to.

What holds it, from the outside in:

* bubblewrap is started with an empty environment, because it is process 1 of the box and can be read from inside;
* a caller that is root gives up its user, its groups and the right to gain privileges first;
* namespaces of its own for users, processes, network, mounts, IPC and names, and none below them;
* a root file system of read-only system folders, /proc read-only too, sized scratch memory, no home and no project;
* limits on processor time, memory, file size, open files and processes, set inside so that they count the box alone;
* a list of system calls that are refused (`seccomp.py`);
* from outside: a wall clock, a cap on output, and pipes for nothing but standard input, output and error.

Every run has a box of its own, and nothing outlives it. What remains is the kernel: a fault in it is a way out.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from games.verdict import Verdict

_TOOLS: Final = ("bwrap", "env", "setpriv", "prlimit")
_SYSTEM_PATH: Final = "/usr/sbin:/usr/bin:/sbin:/bin"
_PYTHON: Final = "/usr/bin/python3"
_LIBRARY_LINKS: Final = ("bin", "lib", "lib32", "lib64", "libx32", "sbin")
# Users that nobody is: boxes that run at once get different ones, so that limits per user do not add up.
_FIRST_UID: Final = 1_000_000_000
_UIDS: Final = 1_000_000_000
_MEGABYTE: Final = 1 << 20
_CHUNK: Final = 1 << 16


class Unavailable(RuntimeError):
    """Code cannot be run safely on this machine; the message says why."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may take.

    Attributes:
        wall_s: seconds on the clock.
        cpu_s: seconds of processor time.
        memory_mb: megabytes of address space.
        scratch_mb: megabytes in /tmp, gone afterwards.
        processes: processes and threads at once.
        output_bytes: of standard output and of standard error each; what goes beyond ends the run.
    """

    wall_s: float = 3.0
    cpu_s: int = 5
    memory_mb: int = 512
    scratch_mb: int = 8
    processes: int = 64
    output_bytes: int = 1 << 16


class _Descriptors(NamedTuple):
    """Open files that bubblewrap is given: the filter, the program, and where it tells how the run ended."""

    filter: int
    source: int
    status: int


class Program(NamedTuple):
    """What to run.

    Attributes:
        source: Python source, the main module.
        stdin: what it reads on standard input.
        environment: names and values that it sees, besides a fixed PATH.
        packages: folders of pure Python packages that it can import, read-only.
    """

    source: str
    stdin: str = ""
    environment: tuple[tuple[str, str], ...] = ()
    packages: tuple[Path, ...] = ()


def find_tools() -> dict[str, str]:
    """Where bubblewrap and what starts it are.

    Raises:
        Unavailable: something is missing.
    """
    if sys.platform != "linux":
        raise Unavailable(f"it needs Linux, and this is {sys.platform}")
    found = {tool: shutil.which(tool, path=_SYSTEM_PATH) for tool in _TOOLS}
    missing = [tool for tool, path in found.items() if path is None]
    if missing:
        raise Unavailable(f"not installed: {', '.join(missing)} (Debian: apt install bubblewrap util-linux)")
    if not Path(_PYTHON).exists():
        raise Unavailable(f"there is no system Python at {_PYTHON}; that of a home or a project is not let in")
    return {tool: path for tool, path in found.items() if path is not None}


def bubblewrap_version() -> str:
    """The version of bubblewrap, or why there is none."""
    try:
        command = [find_tools()["bwrap"], "--version"]
    except Unavailable as error:
        return f"unavailable: {error}"
    said = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603 - a path of the system's own
    return said.stdout.split()[-1]


async def run(program: Program, filter_code: bytes, limits: Limits) -> Verdict:
    """Run a program in a new box.

    Args:
        program: what to run.
        filter_code: the list of refused system calls, as the kernel reads it.
        limits: what it may take.

    Raises:
        Unavailable: the box cannot be built on this machine.
    """
    tools = find_tools()
    with _memory_files([filter_code, program.source.encode()]) as (filter_fd, source_fd), _pipe() as status_pipe:
        fds = _Descriptors(filter_fd, source_fd, status_pipe[1])
        process = await asyncio.create_subprocess_exec(
            *_outside(tools),
            *_bubblewrap(tools, program, limits, fds),
            *_inside(limits, program.packages),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            pass_fds=fds,
            start_new_session=True,
            env={},
        )
        verdict = await _watched(process, program.stdin.encode(), limits)
        # Only bubblewrap writes there: what the program prints cannot pass for a box that failed.
        ran = b"exit-code" in _written(status_pipe)
    if verdict.status in ("ok", "error") and not ran:
        raise Unavailable(f"no box can be built here: {verdict.err.strip() or 'bubblewrap says nothing'}")
    return verdict


def _outside(tools: dict[str, str]) -> list[str]:
    """What runs bubblewrap: an empty environment, and for root a user of no rights."""
    empty = [tools["env"], "-i", f"PATH={_SYSTEM_PATH}"]
    if os.geteuid() != 0:
        return [*empty, tools["setpriv"], "--no-new-privs"]
    uid = str(_FIRST_UID + secrets.randbelow(_UIDS))
    return [*empty, tools["setpriv"], "--reuid", uid, "--regid", uid, "--clear-groups", "--no-new-privs"]


def _bubblewrap(tools: dict[str, str], program: Program, limits: Limits, fds: _Descriptors) -> list[str]:
    scratch = str(limits.scratch_mb * _MEGABYTE)
    return [
        tools["bwrap"],
        *("--unshare-user", "--unshare-all", "--disable-userns", "--cap-drop", "ALL"),
        *("--die-with-parent", "--new-session", "--hostname", "box", "--clearenv", "--setenv", "PATH", "/usr/bin"),
        *(item for name, value in program.environment for item in ("--setenv", name, value)),
        *("--ro-bind", "/usr", "/usr", "--tmpfs", "/usr/local", "--remount-ro", "/usr/local"),
        *(item for name in _LIBRARY_LINKS for item in _root_folder(name)),
        *("--proc", "/proc", "--remount-ro", "/proc", "--dev", "/dev", "--remount-ro", "/dev"),
        *("--size", scratch, "--tmpfs", "/dev/shm", "--size", scratch, "--tmpfs", "/tmp"),  # noqa: S108  # the box's own
        *(item for path in program.packages for item in ("--ro-bind", str(path), f"/packages/{path.name}")),
        *("--ro-bind-data", str(fds.source), "/box/main.py", "--chdir", "/box", "--remount-ro", "/"),
        *("--seccomp", str(fds.filter), "--json-status-fd", str(fds.status), "--"),
    ]


def _root_folder(name: str) -> Iterator[str]:
    """A folder of the root: a link into /usr where it is one outside."""
    path = Path("/", name)
    if path.is_symlink():
        yield from ("--symlink", str(path.readlink()), str(path))
    elif path.exists():
        yield from ("--ro-bind", str(path), str(path))


def _inside(limits: Limits, packages: Iterable[Path]) -> list[str]:
    """What bubblewrap runs: limits, then Python, isolated from environment and user."""
    path = "import sys; sys.path.append('/packages'); " if tuple(packages) else ""
    start = f"{path}exec(compile(open('/box/main.py').read(), 'main.py', 'exec'), {{'__name__': '__main__'}})"
    return [
        "/usr/bin/prlimit",
        f"--cpu={limits.cpu_s}",
        f"--as={limits.memory_mb * _MEGABYTE}",
        f"--fsize={_MEGABYTE}",
        f"--nproc={limits.processes}",
        "--nofile=64",
        "--core=0",
        *(_PYTHON, "-I", "-S", "-B", "-c", start),
    ]


@contextlib.contextmanager
def _memory_files(contents: Iterable[bytes]) -> Iterator[list[int]]:
    """File descriptors of files in memory that hold these bytes, read from their start."""
    opened: list[int] = []
    try:
        for content in contents:
            opened.append(os.memfd_create("box", 0))
            os.write(opened[-1], content)
            os.lseek(opened[-1], 0, os.SEEK_SET)
        yield opened
    finally:
        for number in opened:
            os.close(number)


@contextlib.contextmanager
def _pipe() -> Iterator[tuple[int, int]]:
    """A pipe: where to read, where to write."""
    ends = os.pipe()
    try:
        yield ends
    finally:
        for end in ends:
            os.close(end)


def _written(pipe: tuple[int, int]) -> bytes:
    """What a pipe holds, without waiting for more."""
    os.set_blocking(pipe[0], False)
    try:
        return os.read(pipe[0], _CHUNK)
    except BlockingIOError:
        return b""


async def _watched(process: asyncio.subprocess.Process, stdin: bytes, limits: Limits) -> Verdict:
    """Feed a run, read it to its end, and bring that end about when it takes too long or says too much."""
    assert process.stdin is not None, "asked for a pipe"
    assert process.stdout is not None, "asked for a pipe"
    assert process.stderr is not None, "asked for a pipe"
    feeder = asyncio.ensure_future(_feed(process.stdin, stdin))
    readers = [
        asyncio.ensure_future(_read(stream, limits.output_bytes, process))
        for stream in (process.stdout, process.stderr)
    ]
    try:
        _, unfinished = await asyncio.wait([feeder, *readers], timeout=limits.wall_s)
    finally:
        _kill(process)
    out, err = await asyncio.gather(*readers)
    await feeder
    code = await process.wait()
    if max(len(out), len(err)) > limits.output_bytes:
        status = "flood"
    elif unfinished:
        status = "timeout"
    else:
        status = "ok" if code == 0 else "error"
    return Verdict(status, *(said[: limits.output_bytes].decode("utf-8", "replace") for said in (out, err)))


async def _feed(stdin: asyncio.StreamWriter, content: bytes) -> None:
    """Write and close; a program that does not read its input is none of our business."""
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        stdin.write(content)
        await stdin.drain()
        stdin.close()
        await stdin.wait_closed()


async def _read(stream: asyncio.StreamReader, most: int, process: asyncio.subprocess.Process) -> bytes:
    """What a stream says, and one byte more if it says more than allowed; then the run ends."""
    said = bytearray()
    while chunk := await stream.read(_CHUNK):
        said += chunk[: most + 1 - len(said)]
        if len(said) > most:
            _kill(process)
    return bytes(said)


def _kill(process: asyncio.subprocess.Process) -> None:
    """End the whole session of a run: bubblewrap takes everything in its box with it."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, 9)
