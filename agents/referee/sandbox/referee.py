"""The sandbox as a referee: it runs code and reports what came out, and judges nothing."""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pydantic import Field

from agents.base import AgentParams, ProviderError, Referee, Ruling, RulingRequest
from agents.referee.sandbox.box import Limits, Program, Unavailable, bubblewrap_version, run
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
        with _said_as_unavailable():
            code = await self._checked()
            async with self._turns:
                return Ruling(verdict_text(await run(_program(request), code, limits)))

    async def make_ready(self) -> None:
        """Test the sandbox once, so that no player is asked for code that cannot be run."""
        with _said_as_unavailable():
            await self._checked()

    def software(self) -> dict[str, str]:
        """The version of bubblewrap."""
        return {"bubblewrap": bubblewrap_version()}

    async def _checked(self) -> bytes:
        """The filter, after one self-test for all matches."""
        if self._filter is None:
            self._filter = asyncio.ensure_future(checked_filter())
        return await asyncio.shield(self._filter)


@contextmanager
def _said_as_unavailable() -> Iterator[None]:
    """Turns what is missing into nobody's loss."""
    try:
        yield
    except Unavailable as error:
        raise ProviderError(f"unavailable: sandbox: {error}") from error


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
