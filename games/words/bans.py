"""Words that a censor forbids: which may be forbidden, and whether a clue has one in any of its forms."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from games.core import Illegal, Unparsable
from games.open_text import tidy
from games.parsing import quoted
from games.words.clues import contains
from games.words.stems import stem

SHORTEST: Final = 3
# From here on a forbidden word is found inside longer words too; shorter ones turn up there by accident.
_FOUND_INSIDE: Final = 5
_LONGEST: Final = 20
# Words that no sentence can do without are not for a censor to forbid.
_ALWAYS_FREE: Final = frozenset(
    (
        *("about", "after", "all", "also", "and", "any", "are", "because", "been", "before", "but", "can"),
        *("could", "did", "does", "down", "each", "every", "few", "for", "from", "had", "has", "have", "her"),
        *("here", "him", "his", "how", "into", "its", "just", "like", "made", "make", "many", "may", "more"),
        *("most", "much", "must", "not", "now", "off", "one", "only", "other", "our", "out", "over", "own"),
        *("same", "she", "should", "some", "such", "than", "that", "the", "their", "them", "then", "there"),
        *("these", "they", "this", "those", "too", "two", "under", "until", "very", "was", "were", "what"),
        *("when", "where", "which", "while", "who", "whose", "why", "will", "with", "would", "you", "your"),
    )
)


def read_bans(text: str, target: str, earlier: Collection[str], most: int) -> tuple[str, ...]:
    """The words that a text forbids, in small letters.

    Args:
        text: words with commas between them.
        target: the word to be described, which is forbidden anyway.
        earlier: what is forbidden already.
        most: how many words may be forbidden at once.

    Raises:
        Unparsable: the text is not 1 to `most` words with commas between them.
        Illegal: a word cannot be forbidden, or is so already.
    """
    words = [word.strip().lower() for word in tidy(text).rstrip(".").split(",")]
    if not all(re.fullmatch(r"[a-z]+", word) for word in words) or len(words) > most:
        expected = "one word" if most == 1 else f"1 to {most} words with commas between them"
        raise Unparsable(f"{quoted(text)} forbids nothing; expected {expected}")
    for number, word in enumerate(words):
        if not SHORTEST <= len(word) <= _LONGEST or word in _ALWAYS_FREE:
            raise Illegal(
                f"{word!r} cannot be forbidden; forbid a word of {SHORTEST} to {_LONGEST} letters that a sentence can "
                "do without"
            )
        if stem(word) in {stem(other) for other in (target, *earlier, *words[:number])}:
            raise Illegal(f"{word!r} is forbidden already, or a form of a word that is; forbid another")
    return tuple(words)


def first_banned(clue: str, banned: Collection[str]) -> str | None:
    """The first forbidden word that a clue has; None when it has none.

    A word is found in all forms that `stem` knows; with five letters or more also inside a longer word or with its
    letters spaced out.
    """
    stems = {stem(token) for token in re.findall(r"[^\W\d_]+", clue)}
    for word in banned:
        if stem(word) in stems or (len(word) >= _FOUND_INSIDE and contains(clue, word)):
            return word
    return None
