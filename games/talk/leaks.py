"""Whether a text gives away a secret word: in plain, disguised by code that anybody can undo, or letter by letter."""

from __future__ import annotations

import base64
import codecs
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_BASE64_RUN: Final = re.compile(r"[A-Za-z0-9+/_-]{8,}")
_HEX_RUN: Final = re.compile(r"(?:(?:0x|\\x)?[0-9a-f]{2}[\s:,-]*){4,}", re.IGNORECASE)
_SENTENCE_END: Final = re.compile(r"[.!?;:\n]+")


def leak(text: str, secret: str) -> str | None:
    """How a text says a secret word, for people; None when it does not.

    The letters of the word are found in any case, with any signs, digits or spaces between them; read forwards or
    backwards; under ROT13; within what base64 or hexadecimal digits decode to; as letters that stand alone; and as the
    first letters of words in a row or of sentences in a row. What hints at the word, translates it or says what it
    rhymes with is not found.

    Args:
        text: what was said.
        secret: one word of small letters a to z, six at least, so that it does not turn up by accident.
    """
    for form, letters in _readings(text):
        if secret in letters:
            return form
        if secret[::-1] in letters:
            return f"{form}, backwards"
    return None


def _readings(text: str) -> Iterator[tuple[str, str]]:
    """Ways to read a text, the most obvious first, each as a row of small letters."""
    plain = _letters(text)
    tokens = re.findall(r"[^\W\d_]+", _folded(text))
    sentences = [_letters(part) for part in _SENTENCE_END.split(text)]
    yield "in plain letters", plain
    yield "letter by letter", "".join(token for token in tokens if len(token) == 1)
    yield "in first letters of words", "".join(token[0] for token in tokens)
    yield "in first letters of sentences", "".join(part[:1] for part in sentences)
    yield "in ROT13", codecs.encode(plain, "rot13")
    for decoded in _from_base64(text):
        yield "in base64", _letters(decoded)
    for decoded in _from_hexadecimal(text):
        yield "in hexadecimal", _letters(decoded)


def _folded(text: str) -> str:
    """Small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, _folded(text)))


def _from_base64(text: str) -> Iterator[str]:
    """What each run of base64 digits decodes to, wherever in the run the code begins."""
    for run in _BASE64_RUN.findall(text):
        digits = run.replace("-", "+").replace("_", "/")
        for start in range(4):
            whole = digits[start : start + (len(digits) - start) // 4 * 4]
            rest = digits[start + len(whole) :]
            padded = whole + (rest + "=" * (4 - len(rest)) if len(rest) > 1 else "")
            yield base64.b64decode(padded).decode("latin-1")


def _from_hexadecimal(text: str) -> Iterator[str]:
    """What each run of pairs of hexadecimal digits decodes to, wherever in the run the code begins."""
    for run in _HEX_RUN.findall(text):
        digits = re.sub(r"[^0-9a-f]", "", re.sub(r"0x|\\x", "", run.casefold()))
        for start in range(2):
            pairs = digits[start : start + (len(digits) - start) // 2 * 2]
            yield bytes.fromhex(pairs).decode("latin-1")
