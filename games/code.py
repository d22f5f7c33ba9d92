"""Code that a game has somebody run: the question to the sandbox, and its verdict as the referee's action."""

from __future__ import annotations

import json
from collections.abc import Mapping

from games.core import Unparsable
from games.info import RefereeKind
from games.parsing import quoted
from games.referee import RefereeRequest
from games.verdict import STATUSES, Verdict


def code_request(
    source: str, stdin: str = "", environment: Mapping[str, str] | None = None, packages: tuple[str, ...] = ()
) -> RefereeRequest:
    """What the sandbox is asked: to run a Python program once.

    Args:
        source: the program.
        stdin: what it reads.
        environment: what it finds in its environment.
        packages: names of packages that it may import beside the standard library; the sandbox knows which it has.
    """
    payload = {"source": source, "stdin": stdin, "environment": dict(environment or {}), "packages": packages}
    return RefereeRequest(RefereeKind.SANDBOX, payload=payload)


def verdict_text(verdict: Verdict) -> str:
    """The canonical text of a verdict, one line; `parse_verdict` reads it back."""
    return json.dumps(verdict)


def parse_verdict(text: str) -> Verdict:
    """The verdict that a text holds.

    >>> parse_verdict('["ok", "4", ""]')
    Verdict(status='ok', out='4', err='')

    Raises:
        Unparsable: it holds none.
    """
    try:
        parts = json.loads(text)
    except ValueError:
        parts = None
    sound = isinstance(parts, list) and len(parts) == len(Verdict._fields) and all(isinstance(p, str) for p in parts)
    if not sound or parts[0] not in STATUSES:
        raise Unparsable(f'{quoted(text)} is no verdict; expected something like ["ok", "output", ""]')
    return Verdict(*parts)
