"""Code that seats write: lines in, lines out, whatever way an answer can carry several of them."""

from __future__ import annotations

import json
from typing import Final

from games.core import Unparsable
from games.open_text import as_data
from games.parsing import quoted

# Beyond this no code of the permitted length can be written, escapes included.
_LONGEST_TEXT: Final = 50_000


def read_lines(text: str, most: int, what: str) -> str:
    """The code that a text holds: a JSON list of lines, or the plain text itself.

    An answer of one line cannot hold line breaks; a JSON list of lines can, and survives being quoted. Code is
    normalised: tabs are four spaces, and there are no spaces at ends of lines nor empty lines at either end.

    Args:
        text: what the seat wrote.
        most: most characters of code.
        what: what it is, for people: "a jail".

    Raises:
        Unparsable: it is empty, too long, or has characters that cannot be printed.
    """
    if len(text) > _LONGEST_TEXT:
        raise Unparsable(f"{quoted(text[:200])} and so on is too long: {what} has at most {most} characters")
    lines = (line.expandtabs(4).rstrip() for line in _unwrapped(text).splitlines())
    code = "\n".join(lines).strip("\n")
    if not code.strip() or not all(line.isprintable() for line in code.split("\n")):
        raise Unparsable(f"{quoted(text)} is not {what}; expected printable text, such as a JSON list of lines")
    if len(code) > most:
        raise Unparsable(f"{quoted(text)} has {len(code)} characters; {what} has at most {most}")
    return code


def write_lines(code: str) -> str:
    """Code on one line, as a JSON list of its lines; `read_lines` reads it back.

    >>> write_lines("x = 1")
    '["x = 1"]'
    """
    return json.dumps(code.split("\n"))


def show_lines(code: str) -> list[str]:
    """Code of somebody else as a seat reads it: each line numbered, and quoted as data."""
    return [f"{number:3}: {as_data(line)}" for number, line in enumerate(code.split("\n"), 1)]


def _unwrapped(text: str) -> str:
    try:
        lines = json.loads(text)
    except (ValueError, RecursionError):
        return text
    if isinstance(lines, list) and lines and all(isinstance(line, str) for line in lines):
        return "\n".join(lines)
    return text
