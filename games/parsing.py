"""Interpretation of action texts, shared by games: text to legal action, with the three ways it can fail."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from games.core import Illegal, Unparsable

Action = TypeVar("Action")

_SHOWN = 40


def quoted(text: str) -> str:
    """A text as it is shown in an error: one line, at most 80 characters."""
    shown = " ".join(text.split())
    return repr(shown if len(shown) <= 80 else shown[:77] + "...")


def choose(text: str, legal: Mapping[str, Action], grammar: str) -> Action:
    """The legal action that a text names, ignoring case and outer space.

    Args:
        text: what the seat wrote.
        legal: canonical text of each legal action, lower case.
        grammar: a regular expression that every action of the game, legal here or not, matches in full.

    Raises:
        Unparsable: the text does not have the grammar.
        Illegal: it does, but is not legal here.
    """
    wanted = " ".join(text.split()).lower()
    if wanted in legal:
        return legal[wanted]
    names = list(legal)
    expected = ", ".join(names[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")
    if re.fullmatch(grammar, wanted):
        raise Illegal(f"{quoted(text)} is not legal here; legal: {expected}")
    raise Unparsable(f"{quoted(text)} is not an action; expected one of: {expected}")
