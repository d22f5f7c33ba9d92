"""Actions that are whole numbers: amounts, bids, guesses."""

from __future__ import annotations

import re

from games.core import Illegal, Unparsable
from games.parsing import quoted


def whole_number(text: str, allowed: range, what: str) -> int:
    """The whole number that a text is.

    Args:
        text: what the seat wrote.
        allowed: the legal numbers.
        what: what the number is, with its article, for error messages ("a bid").

    Raises:
        Unparsable: the text is not a whole number of at most nine digits.
        Illegal: it is, but not one of the legal ones.
    """
    expected = f"expected {span(allowed)}"
    if not re.fullmatch(r"[+-]?[0-9]{1,9}", text.strip()):
        raise Unparsable(f"{quoted(text)} is not {what}; {expected}")
    number = int(text)
    if number not in allowed:
        raise Illegal(f"{quoted(text)} is not {what} that can be chosen; {expected}")
    return number


def span(allowed: range) -> str:
    """The legal numbers in words, as briefings and error messages say them."""
    return f"a whole number from {allowed[0]} to {allowed[-1]}"
