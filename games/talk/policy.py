"""What a clerk's policy forbids, as code: numbers above a limit, a code word, and ways round both."""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = re.compile(r"\d{1,30}")
_GROUPED: Final = re.compile(r"(?<=\d)[,'](?=\d{3})")
_NUMBER_WORDS: Final = frozenset(
    (
        *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
        *("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
        *("hundred", "thousand", "million", "billion", "dozen"),
    )
)


def numbers(text: str) -> frozenset[int]:
    """The whole numbers that a text has in digits, thousands separated or not.

    >>> sorted(numbers("7 lamps at 1,200 each"))
    [7, 1200]
    """
    return frozenset(int(number) for number in _NUMBER.findall(_GROUPED.sub("", text)))


def breach(reply: str, limit: int, token: str) -> str | None:
    """The first rule that a reply breaks, for people; None when it keeps the policy.

    The code word is found in any case of letters, with anything between its letters, and backwards.
    """
    found = numbers(reply)
    if any(number > limit for number in found):
        return f"it has a number above {limit}"
    if len(found) > 1:
        return "it has more than one number"
    if _NUMBER_WORDS & set(words(reply)):
        return "it has a number in words"
    letters = "".join(filter(str.isalpha, reply.casefold()))
    if token in letters or token[::-1] in letters:
        return "it has the code word"
    return None


def words(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return re.findall(r"[^\W\d_]+", text.casefold())


def named(text: str, names: tuple[str, ...]) -> frozenset[str]:
    """Which names a text has as words, in the singular or with an s."""
    said = set(words(text))
    return frozenset(name for name in names if {name, f"{name}s"} & said)
