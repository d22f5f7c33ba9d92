"""The self-test of the sandbox: before code of a player runs, what must fail has failed, and what must work works."""

from __future__ import annotations

import json
from collections.abc import Mapping

from agents.referee.sandbox.box import Limits, Program, Unavailable, run
from agents.referee.sandbox.probes import HARMLESS, PROBES, program
from agents.referee.sandbox.seccomp import filter_code

# More than a run of a game takes: all probes share one box.
_LIMITS = Limits(wall_s=20.0, cpu_s=20)
_SHORT = Limits(wall_s=0.5)


async def checked_filter() -> bytes:
    """The filter of system calls, after the self-test.

    Raises:
        Unavailable: no box can be built, or one was built that does not hold.
    """
    code = filter_code()
    escaped = await got_through(PROBES, code)
    if escaped:
        raise Unavailable(f"a box does not hold on this machine; inside, it was possible to: {', '.join(escaped)}")
    blocked = set(HARMLESS) - set(await got_through(HARMLESS, code))
    if blocked:
        raise Unavailable(
            f"a box blocks too much on this machine; inside, it was not possible to: {', '.join(blocked)}"
        )
    await _check_ends(code)
    return code


async def got_through(probes: Mapping[str, str], code: bytes) -> list[str]:
    """The names of the probes that got through, tried in one box.

    Raises:
        Unavailable: the box cannot be built, or its program did not come to its end.
    """
    verdict = await run(Program(program(probes)), code, _LIMITS)
    if verdict.status != "ok":
        raise Unavailable(f"the self-test ended by {verdict.status}: {verdict.err.strip()[-200:]}")
    return [str(name) for name in json.loads(verdict.out)]


async def _check_ends(code: bytes) -> None:
    """Whether what runs too long and what says too much is ended."""
    endless = await run(Program("while True: pass"), code, _SHORT)
    flood = await run(Program("while True: print('x' * 1000)"), code, _LIMITS)
    if (endless.status, flood.status) != ("timeout", "flood"):
        raise Unavailable("a box does not end what runs for ever or prints without end")
