"""Templates to pages. Every text from outside becomes escaped, visible text, in one place."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from agents.plain_text import plain_text
from leaderboard import numbers
from leaderboard.site.heat import heat
from leaderboard.site.pages import first_line, pretty

TEMPLATES: Final = Path(__file__).parent / "templates"


def environment() -> Environment:
    """The template environment: escaping on, unknown names are errors, numbers as in the terminal."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=harmless,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals.update(numbers=numbers, heat=heat, first_line=first_line, pretty=pretty)
    return made


def harmless(value: Any) -> Any:
    """A text with its control and direction characters visible; anything else as it is. Escaping comes after."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return plain_text(value.replace("\r\n", "\n"))
    return value
