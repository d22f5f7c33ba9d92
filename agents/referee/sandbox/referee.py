"""The sandbox as a referee: it runs code and reports what came out, and judges nothing."""

from __future__ import annotations

import asyncio
import importlib.util
from pathlib import Path
from typing import Final

from pydantic import Field

from agents.base import AgentParams, ProviderError, Referee, Ruling, RulingRequest
from agents.referee.sandbox.box import Limits, Program, Unavailable, run
from agents.referee.sandbox.selftest import checked_filter
from games.code import verdict_text

# Packages that programs may ask for: pure Python, installed where the runner is, and let in read-only.
PACKAGES: Final = ("mpmath", "sympy")


class SandboxParams(AgentParams):
    """Parameters of the sandbox."""

    wall_s: float = Field(3.0, gt=0, le=60, description="Seconds on the clock that one program may run.")
    at_once: int = Field(4, ge=1, le=64, description="Programs that run at the same time.")


class Sandbox(Referee):
    """Runs each program in a box of its own, after a self-test; there is no mode without a box."""

    Params = SandboxParams
    params: SandboxParams
    title = "Sandbox: runs code where it can do no harm (bubblewrap)"
    scripted = False

    def __init__(self, params: SandboxParams | None = None) -> None:
        super().__init__(params)
        self._turns = asyncio.Semaphore(self.params.at_once)
        self._filter: asyncio.Future[bytes] | None = None

    async def rule(self, request: RulingRequest) -> Ruling:
        """Run the program of the request.

        Raises:
            ProviderError: code cannot be run safely on this machine; nobody's loss.
        """
        limits = Limits(wall_s=self.params.wall_s)
        try:
            code = await self._checked()
            async with self._turns:
                verdict = await run(_program(request), code, limits)
        except Unavailable as error:
            raise ProviderError(f"unavailable: sandbox: {error}") from error
        return Ruling(verdict_text(verdict))

    async def _checked(self) -> bytes:
        """The filter, after one self-test for all matches."""
        if self._filter is None:
            self._filter = asyncio.ensure_future(checked_filter())
        return await asyncio.shield(self._filter)


def _program(request: RulingRequest) -> Program:
    payload = request.request.payload
    environment, packages = payload["environment"], payload["packages"]
    assert isinstance(environment, dict), "code_request makes it"
    assert isinstance(packages, (tuple, list)), "code_request makes it"
    return Program(
        source=str(payload["source"]),
        stdin=str(payload["stdin"]),
        environment=tuple((str(name), str(value)) for name, value in environment.items()),
        packages=tuple(_folder(str(name)) for name in packages),
    )


def _folder(package: str) -> Path:
    """Where a package is installed.

    Raises:
        Unavailable: it is none of those that programs may have, or it is not installed.
    """
    found = importlib.util.find_spec(package) if package in PACKAGES else None
    if found is None or found.origin is None:
        raise Unavailable(f"the package {package} is not installed: pip install 'agon[sandbox]'")
    return Path(found.origin).parent
