"""A person at the terminal, who reads exactly what a model reads."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from agents.base import Agent, AgentParams, Decision, DecisionRequest, PersonLeft
from agents.llm.prompts import question_text
from agents.plain_text import plain_text

Reader = Callable[[str], Awaitable[str]]


class Human(Agent):
    """A person at the terminal. `?` shows the rules again; `quit` or the end of the input stops.

    Questions come one at a time, also when several matches wait for the person.

    Args:
        params: there are none.
        reader: asks for one line with a prompt; raises EOFError at the end of the input. None: the terminal.
        console: where texts are shown; None: the terminal.
    """

    title = "A person at the terminal"
    scripted = False

    def __init__(
        self, params: AgentParams | None = None, *, reader: Reader | None = None, console: Console | None = None
    ) -> None:
        super().__init__(params)
        self._reader = reader or TerminalReader()
        self._console = console or Console()
        self._attention = asyncio.Lock()

    async def decide(self, request: DecisionRequest) -> Decision:
        """Answer one question. Raises PersonLeft when the person wants to stop."""
        key = request.call_key(0)
        answer = request.journal.recall(key)
        if answer is None:
            async with self._attention:
                answer = await self._ask(request)
            request.journal.keep(key, answer)
        return Decision(answer)

    async def _ask(self, request: DecisionRequest) -> str:
        """The line that the person types; the rules come before the first question of a match."""
        if not request.history and request.attempt == 1:
            self._show("rules", request.rules_text)
        self._show("your turn", question_text(request, show_legal_actions=True))
        while True:
            try:
                line = (await self._reader("your action (? for the rules, quit to stop): ")).strip()
            except EOFError:
                raise PersonLeft("the input has ended") from None
            if line.lower() == "quit":
                raise PersonLeft("stopped by the person at the terminal")
            if line == "?":
                self._show("rules", request.rules_text)
            elif line:
                return plain_text(line)

    def _show(self, title: str, text: str) -> None:
        self._console.print(Rule(title, style="dim"))
        self._console.print(Text(plain_text(text)), soft_wrap=True)


class TerminalReader:
    """Lines of standard input, read in a thread of their own, so that other matches go on meanwhile.

    A read cannot be interrupted: when a question times out, its thread stays and serves the next question, and a line
    that comes in between is dropped.
    """

    def __init__(self) -> None:
        self._asked: tuple[asyncio.AbstractEventLoop, asyncio.Future[str]] | None = None
        self._thread: threading.Thread | None = None
        self._turn = threading.Lock()

    async def __call__(self, prompt: str) -> str:
        """The next line. Raises EOFError at the end of the input."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[str] = loop.create_future()
        with self._turn:
            self._asked = (loop, future)
            if self._thread is None:
                self._thread = threading.Thread(target=self._read, args=(prompt,), daemon=True)
                self._thread.start()
        return await future

    def _read(self, prompt: str) -> None:
        line: str | None
        try:
            line = input(prompt)
        except (EOFError, OSError, ValueError):
            line = None
        with self._turn:
            asked, self._asked, self._thread = self._asked, None, None
        if asked is not None:
            loop, future = asked
            loop.call_soon_threadsafe(_deliver, future, line)


def _deliver(future: asyncio.Future[str], line: str | None) -> None:
    if future.done():
        return
    if line is None:
        future.set_exception(EOFError())
    else:
        future.set_result(line)
