"""Texts of others made safe to show in a terminal."""

from __future__ import annotations

import unicodedata
from typing import Final

_KEPT: Final = "\n\t"


def plain_text(text: str) -> str:
    """The text without control characters but line breaks and tabs, and with invisible marks shown as codes.

    A terminal that prints it moves no cursor, changes no colour and shows nothing in another order.
    """
    return "".join(_plain(mark) for mark in text)


def _plain(mark: str) -> str:
    if mark.isprintable() or mark in _KEPT:
        return mark
    category = unicodedata.category(mark)
    if category == "Cc":
        return ""
    return " " if category == "Zs" else f"<U+{ord(mark):04X}>"
