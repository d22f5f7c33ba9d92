"""How a run is going: a live line at a terminal, plain lines elsewhere, and a summary at the end."""

from __future__ import annotations

import sys
import time
from collections import Counter
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from arena.calls import placed_calls
from arena.cli.output import console, print_json, say, warn
from arena.records import MatchRecord, Outcome
from arena.rounds import Ending

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from arena.tournament import Progress

_SECONDS_BETWEEN_LINES: Final = 5.0
_REDRAWS_PER_SECOND: Final = 4

_STOPPED: Final = {
    Ending.MATCHES: "stopped at max_matches; the same command with a higher limit goes on",
    Ending.COST: "stopped at max_cost_usd: another match might go beyond it; the same command with more goes on",
    Ending.WIDTH: "stopped early: no interval of a rating is wider than max_half_width asks for",
    Ending.VOID: "the next matches depend on these results, so play waits for them",
}


class Reporter:
    """Counts what is played and tells it."""

    def __init__(self, progress: Progress, *, quiet: bool) -> None:
        self._progress = progress
        self._quiet = quiet
        self._outcomes: Counter[Outcome] = Counter()
        self._played = 0
        self._calls = 0
        self._tokens = 0
        self._cost = 0.0
        self._unpriced = 0
        self._problems: Counter[str] = Counter()
        self._started = self._last_line = time.monotonic()
        self._bar: Bar | None = None

    @property
    def complete(self) -> bool:
        """Whether every scheduled match is stored and none of them is void."""
        return self._done == self._progress.total

    @property
    def void(self) -> int:
        """Matches that were played now and ended void."""
        return self._outcomes[Outcome.VOID]

    @property
    def _done(self) -> int:
        return self._progress.stored + self._played - self.void

    def __enter__(self) -> Self:
        if self._progress.stored and not self._quiet:
            say(f"resuming {self._progress.run.path}: {self._progress.stored} of {self._progress.total} matches stored")
        if sys.stdout.isatty() and not self._quiet:
            self._bar = _bar(self._progress)
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def on_record(self, record: MatchRecord) -> None:
        """Count one stored match."""
        self._played += 1
        self._outcomes[record.result.outcome] += 1
        if record.result.outcome is Outcome.VOID:
            self._problems[(record.result.detail or "unknown").splitlines()[-1]] += 1
        for _, _, _, call in placed_calls(record):
            self._calls += 1
            self._tokens += (call.tokens_in or 0) + (call.tokens_out or 0)
            self._cost += call.cost_usd or 0.0
            self._unpriced += call.cost_usd is None
        self._show()

    def note(self, text: str) -> None:
        """Tell something at once."""
        if self._bar is not None:
            self._bar.console.print(text, markup=False)
        else:
            warn(text)

    def close(self, ending: Ending, *, as_json: bool) -> None:
        """Tell how it ended."""
        if as_json:
            return print_json(self._summary(ending))
        for problem, count in self._problems.most_common(5):
            warn(f"void x{count}: {problem}")
        if not self._played and self.complete:
            say(f"complete: all {self._progress.total} matches of {self._progress.run.path} are stored")
        else:
            say(f"{self._counts()}; stored in {self._progress.run.path}")
        return self._say_next(ending)

    def _say_next(self, ending: Ending) -> None:
        path = self._progress.run.path
        if ending in _STOPPED:
            say(_STOPPED[ending])
        if ending is Ending.INTERRUPTED:
            say("interrupted; the same command goes on from here")
        elif self.void:
            say("some matches are void (nobody's loss); the same command plays them again with the same seeds")
        else:
            say(f"next: arena rank {path}   |   arena show {path}   |   arena site {path} --out site")

    def _summary(self, ending: Ending) -> dict[str, Any]:
        return {
            "schema": 1,
            "run": str(self._progress.run.path),
            "matches": self._progress.total,
            "stored": self._done,
            "played_now": self._played,
            "outcomes": {str(outcome): self._outcomes[outcome] for outcome in Outcome},
            "calls": self._calls,
            "tokens": self._tokens,
            "cost_usd": None if self._unpriced and not self._cost else self._cost,
            "unpriced_calls": self._unpriced,
            "complete": not self.void and ending is not Ending.INTERRUPTED,
            "ending": ending,
        }

    def _counts(self) -> str:
        outcomes = ", ".join(f"{self._outcomes[outcome]} {outcome}" for outcome in Outcome if self._outcomes[outcome])
        seconds = time.monotonic() - self._started
        now = "now " if self._progress.stored else ""
        parts = [f"{self._done}/{self._progress.total} matches ({now}{outcomes or 'none yet'})", f"{seconds:.1f} s"]
        if self._calls:
            parts += [f"{self._calls} model calls", f"{self._tokens} tokens", self._money()]
        return ", ".join(parts)

    def _money(self) -> str:
        if not self._unpriced:
            return f"${self._cost:.4f}"
        return "unpriced" if not self._cost else f"${self._cost:.4f} + {self._unpriced} unpriced calls"

    def _show(self) -> None:
        if self._quiet:
            return
        now = time.monotonic()
        if self._bar is not None:
            facts = f"{self._calls} calls  {self._tokens} tokens  {self._money() if self._calls else ''}"
            errors = f"{self._outcomes[Outcome.FORFEIT]}/{self._outcomes[Outcome.VOID]}"
            self._bar.update(self._bar.task_ids[0], completed=self._done, facts=facts, errors=errors)
        elif now - self._last_line >= _SECONDS_BETWEEN_LINES:
            self._last_line = now
            say(self._counts())


def _bar(progress: Progress) -> Bar:
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        TextColumn(progress.run.name, markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[facts]}", markup=False),
        TextColumn("forfeit/void {task.fields[errors]}", markup=False),
        TimeElapsedColumn(),
        TextColumn("left", markup=False),
        TimeRemainingColumn(),
        console=console(),
        refresh_per_second=_REDRAWS_PER_SECOND,
    )
    bar.add_task("", total=progress.total, completed=progress.stored, facts="", errors="0/0")
    return bar
