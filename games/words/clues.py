"""Clues: short open texts that describe a secret word without saying it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import product
from typing import Final

from games.core import Illegal, Unparsable
from games.open_text import tidy
from games.parsing import quoted

MAX_CHARACTERS: Final = 80
MAX_WORDS: Final = 12
_SOMEBODY: Final = ("most people", "my neighbours", "small children", "old friends", "many visitors", "some experts")
_SOMEHOW: Final = ("know it", "talk of it", "have seen it", "enjoy it", "think of it often", "would miss it", "name it")


def read_clue(text: str, word: str | None, earlier: Sequence[str]) -> str:
    """The clue that a text gives, tidied.

    Args:
        text: what the seat wrote.
        word: the seat's own word, which the clue may not contain; None when it has none.
        earlier: all clues so far, none of which may be repeated.

    Raises:
        Unparsable: there is no letter or digit in the text.
        Illegal: the clue is too long, contains the word or was given before.
    """
    clue = tidy(text)
    if not re.search(r"[^\W_]", clue):
        raise Unparsable(f"{quoted(text)} is no clue; expected a few words that hint at your word")
    if len(clue) > MAX_CHARACTERS or len(clue.split()) > MAX_WORDS:
        raise Illegal(
            f"the clue has {len(clue)} characters and {len(clue.split())} words; "
            f"at most {MAX_CHARACTERS} characters and {MAX_WORDS} words are allowed"
        )
    if word is not None and contains(clue, word):
        raise Illegal(f"{quoted(clue)} contains your word; hint at it without writing it, alone or inside another word")
    if any(alike(clue, other) for other in earlier):
        raise Illegal(f"{quoted(clue)} was given before; give a clue that nobody has given yet")
    return clue


def alike(one: str, other: str) -> bool:
    """Whether two texts have the same letters and digits, in any case, with any signs between them."""
    return _letters(one) == _letters(other)


def contains(clue: str, word: str) -> bool:
    """Whether a clue says a word: in any case, inside a longer word, with accents, hyphens or spaced-out letters."""
    tokens = " ".join(_letters(token) for token in clue.split())
    spelled = re.sub(r"(?<=\b\w) (?=\w\b)", "", tokens)
    return _letters(word) in tokens or _letters(word) in spelled


def generic_clues(earlier: Sequence[str], count: int) -> list[str]:
    """The first few of 42 clues that fit any word and are not among the earlier ones."""
    used = {_letters(clue) for clue in earlier}
    clues = (f"{somebody} {somehow}" for somehow, somebody in product(_SOMEHOW, _SOMEBODY))
    return [clue for clue in clues if _letters(clue) not in used][:count]


def _letters(text: str) -> str:
    """The bare letters and digits of a text, by which clues are compared."""
    return "".join(char for char in unicodedata.normalize("NFKD", text).casefold() if char.isalnum())
