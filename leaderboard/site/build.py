"""Runs to a folder of pages: an index, a page per run, a page per match. The same runs give the same bytes."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from agents.base import AttemptOutcome
from arena.errors import UsageError
from arena.ratings.diagnosis import MEANINGS
from arena.ratings.headline import across
from arena.ratings.pools import rate_scores
from arena.ratings.results import MatchScore, match_score
from arena.records import MatchRecord
from arena.store import Run
from leaderboard.conduct import Conduct, match_conduct
from leaderboard.site.pages import RunView, match_entry, match_view, pool_view
from leaderboard.site.render import environment
from leaderboard.site.replays import Replay, scenes
from leaderboard.site.slugs import slug, slugs

# Says that a folder is a site of ours, so that it may be built anew.
MARK: Final = ".agon-site"

_STATIC: Final = Path(__file__).parent / "static"


def build_site(runs: Sequence[Run], out: Path, replay: Replay) -> Path:
    """Write the pages and return the path of the index.

    Args:
        runs: what the pages are about.
        out: a new or empty folder, or one of an earlier site, which is replaced.
        replay: `arena.replay.replay`.

    Raises:
        UsageError: the folder holds other things or cannot be written, or one name stands for two agents.
    """
    try:
        _clear(out)
        return _Site(out, replay).build(runs)
    except OSError as error:
        raise UsageError(f"{error.filename or out} cannot be written: {error.strerror or error}") from None


class _Site:
    """The site while it is built."""

    def __init__(self, out: Path, replay: Replay) -> None:
        self._out = out
        self._replay = replay
        self._templates = environment()
        self._scores: list[MatchScore] = []
        self._conducts: defaultdict[tuple[str, str], Conduct] = defaultdict(Conduct)

    def build(self, runs: Sequence[Run]) -> Path:
        names = slugs(run.name for run in runs)
        views = [self._build_run(run, RunView(name, run.manifest)) for run, name in zip(runs, names, strict=True)]
        tables = rate_scores(self._scores)
        by_pool: defaultdict[str, list[MatchScore]] = defaultdict(list)
        for match in self._scores:
            by_pool[match.pool].append(match)
        pools = [
            pool_view(number, table, by_pool[table.pool], self._conducts) for number, table in enumerate(tables, 1)
        ]
        facts = {"runs": views, "pools": pools, "across": across(tables), "meanings": MEANINGS}
        self._write("index.html", "index.html", root="", **facts)
        for static in sorted(_STATIC.iterdir()):
            (self._out / static.name).write_bytes(static.read_bytes())
        return self._out / "index.html"

    def _build_run(self, run: Run, view: RunView) -> RunView:
        (self._out / "runs" / view.slug).mkdir(parents=True)
        for before, record, after in _with_neighbours(run.records()):
            self._count(record, view)
            self._build_match(record, view, before, after)
        for record in run.superseded():
            self._scores.append(match_score(record))
            view.replayed_voids += 1
        self._write(f"runs/{view.slug}/index.html", "run.html", root="../../", run=view, outcomes=list(AttemptOutcome))
        return view

    def _count(self, record: MatchRecord, view: RunView) -> None:
        self._scores.append(match_score(record))
        view.entries.append(match_entry(record, _page(record)))
        view.outcomes[record.result.outcome] += 1
        for agent, conduct in match_conduct(record).items():
            view.conducts[agent] = view.conducts.get(agent, Conduct()) + conduct
            self._conducts[record.header.pool, agent] += conduct

    def _build_match(
        self, record: MatchRecord, view: RunView, before: MatchRecord | None, after: MatchRecord | None
    ) -> None:
        self._write(
            f"runs/{view.slug}/{_page(record)}",
            "match.html",
            root="../../",
            run=view,
            record=record,
            view=match_view(record),
            replayed=scenes(record, self._replay),
            before=before and _page(before),
            after=after and _page(after),
        )

    def _write(self, path: str, template: str, **values: Any) -> None:
        text = self._templates.get_template(template).render(values)
        (self._out / path).write_text(text, encoding="utf-8", newline="\n")


def _page(record: MatchRecord) -> str:
    return f"{slug(record.header.match_id)}.html"


def _with_neighbours(
    records: Iterable[MatchRecord],
) -> Iterator[tuple[MatchRecord | None, MatchRecord, MatchRecord | None]]:
    """Each record with the one before and the one after it; no more than three are held at once."""
    before: MatchRecord | None = None
    current: MatchRecord | None = None
    for after in records:
        if current is not None:
            yield before, current, after
        before, current = current, after
    if current is not None:
        yield before, current, None


def _clear(out: Path) -> None:
    """Make the folder, or empty it of an earlier site; never of anything else."""
    if out.is_dir() and any(out.iterdir()):
        if not (out / MARK).is_file():
            raise UsageError(f"{out} holds other files; give --out a new or empty folder, or an earlier site")
        if (out / "runs").exists():
            shutil.rmtree(out / "runs")
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).write_text("Made by `arena site`, which replaces this folder's pages.\n", encoding="utf-8")
