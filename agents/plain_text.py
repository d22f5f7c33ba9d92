"""Texts of others made safe to show, in a terminal or on a page."""

from __future__ import annotations

import unicodedata
from typing import Final

# Line breaks and tabs, and the joiners that emoji and some scripts are written with.
_KEPT: Final = "\n\t\u200c\u200d"


def plain_text(text: str) -> str:
    """The text with control and direction characters shown as their codes; spaces and joiners stay.

    A terminal that prints it moves no cursor, changes no colour and shows nothing in another order.
    """
    if text.replace("\n", "").isprintable():
        return text
    return "".join(mark if _is_harmless(mark) else f"<U+{ord(mark):04X}>" for mark in text)


def _is_harmless(mark: str) -> bool:
    return mark.isprintable() or mark in _KEPT or unicodedata.category(mark) == "Zs"
