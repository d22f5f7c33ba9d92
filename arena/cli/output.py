"""Printing: tables for people, JSON for programs, and text from outside that can do no harm to a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

import orjson

from agents.plain_text import plain_text

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_WIDE: Final = 200


def console() -> Console:
    """A console on standard output that interprets no markup; wide where nobody looks, so that no line is broken."""
    from rich.console import Console

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else _WIDE
    return Console(highlight=False, markup=False, emoji=False, width=width)


def plain(text: str) -> Text:
    """A text shown as it is, control characters but newline and tab made visible."""
    from rich.text import Text

    return Text(plain_text(text))


def print_json(value: object) -> None:
    """Print a value as indented JSON."""
    sys.stdout.write(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode())


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table; cells are shown as they are, those of the first column in one line."""
    from rich import box
    from rich.table import Table

    table = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, overflow="fold", no_wrap=number == 0)
    for row in rows:
        table.add_row(*(plain(cell) for cell in row))
    console().print(table)


def say(text: str) -> None:
    """Print one line for people on standard output."""
    sys.stdout.write(plain_text(text) + "\n")


def warn(text: str) -> None:
    """Print one line for people on standard error."""
    sys.stderr.write(plain_text(text) + "\n")
