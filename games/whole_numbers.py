"""Actions that are whole numbers: text to number, with the ways it can fail."""

from __future__ import annotations

import re
from collections.abc import Container

from games.core import Illegal, Unparsable
from games.parsing import quoted


def whole_number(text: str, legal: Container[int], expected: str) -> int:
    """The legal number that a text names, outer space ignored.

    Args:
        text: what the seat wrote.
        legal: the numbers that may be played here.
        expected: what they are, for people: "a whole number from 11 to 20".

    Raises:
        Unparsable: the text is not a whole number.
        Illegal: it is one that may not be played here.
    """
    if not re.fullmatch(r"[+-]?[0-9]{1,9}", text.strip()):
        raise Unparsable(f"{quoted(text)} is not a whole number; expected {expected}")
    number = int(text)
    if number not in legal:
        raise Illegal(f"{quoted(text)} cannot be played; expected {expected}")
    return number
