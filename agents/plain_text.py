"""Texts of others made safe to show in a terminal."""

from __future__ import annotations

import unicodedata
from typing import Final

_KEPT: Final = "\n\t"
# Control characters, and the ones that reorder or hide what stands around them.
_STRIPPED: Final = frozenset({"Cc"})
_SHOWN_AS_CODES: Final = frozenset({"Cf", "Cs", "Co", "Zl", "Zp"})


def plain_text(text: str) -> str:
    """The text without control characters but line breaks and tabs, and with invisible marks shown as codes.

    A terminal that prints it moves no cursor, changes no colour and reads nothing in another order.
    """
    return "".join(_plain(mark) for mark in text)


def _plain(mark: str) -> str:
    if mark in _KEPT or " " <= mark <= "~":
        return mark
    category = unicodedata.category(mark)
    if category in _STRIPPED:
        return ""
    return f"<U+{ord(mark):04X}>" if category in _SHOWN_AS_CODES else mark
