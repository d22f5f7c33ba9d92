"""What a study is: a published protocol that is planned, played and reported as its paper does."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from arena.config import AgentEntry, RunConfig
from arena.metrics.base import Result
from arena.records import MatchRecord


class Size(StrEnum):
    """How much of a protocol is played: a trial of all its parts, or what the paper played."""

    SMALL = "small"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a report, with what every column means.

    Attributes:
        title: what it shows.
        columns: name of the row's subject, then of each number.
        rows: the subject, then a number, a value with interval, a text, or why there is none.
        source: where published numbers stand; empty for numbers of this run. One table never holds both.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    source: str = ""


Cell = Result | float | str


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A picture of a matrix.

    Attributes:
        name: of its file, without ending.
        title: what it shows.
        values: by row and column, from -`limit` to `limit`.
        limit: where the colours end.
        rows: label of every row.
        columns: label of every column.
    """

    name: str
    title: str
    values: tuple[tuple[float, ...], ...]
    limit: float
    rows: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """A picture of series over the same points.

    Attributes:
        name: of its file, without ending.
        title: what it shows.
        across: what the points are.
        up: what the numbers are.
        points: labels of the points.
        series: the name and the numbers of each; None: no number at a point.
    """

    name: str
    title: str
    across: str
    up: str
    points: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]


Figure = HeatMap | Lines


def figure_name(what: str, agent: str) -> str:
    """The name of a figure of one agent: `stock-mock-careful`."""
    return f"{what}-{re.sub(r'[^a-z0-9]+', '-', agent.lower()).strip('-')}"


@dataclass(frozen=True, slots=True)
class Report:
    """What a study found.

    Attributes:
        tables: this run's first, then published ones.
        figures: pictures.
        notes: what a reader must know, a sentence each.
    """

    tables: tuple[Table, ...]
    figures: tuple[Figure, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """A published protocol.

    Attributes:
        name: registry name.
        title: for people.
        source: the paper.
        asks: what it finds out, in one sentence.
        unverified: what could not be checked against the paper, a sentence each.
        plan: what is played, given the agents under study and the size. Opponents of the protocol's own may join.
        report: what the matches say of the agents under study, by name.
    """

    name: str
    title: str
    source: str
    asks: str
    unverified: tuple[str, ...] = ()
    plan: Callable[[tuple[AgentEntry, ...], Size, int], RunConfig]
    report: Callable[[Sequence[MatchRecord], Sequence[str]], Report]
