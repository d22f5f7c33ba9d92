"""Open text of seats: tidied before it becomes an action, quoted before anybody else reads it."""

from __future__ import annotations

import json
import unicodedata
from typing import Final

from games.core import Unparsable
from games.parsing import quoted

SILENCE: Final = "-"
"""The message of who says nothing."""

_CHARACTERS_PER_WORD: Final = 10
_PLAIN_PUNCTUATION: Final = str.maketrans(
    {
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": " - ",
        "\u2212": "-",
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
    }
)


def tidy(text: str) -> str:
    """A text as it becomes an action: one line of visible characters, single spaces, plain quotes and dashes.

    Letters of all scripts stay, in compatibility form (NFKC), so that look-alike forms of a letter are one.
    Tidying twice changes nothing more, so that a logged action reads back as itself.
    """
    line = " ".join(text.split())
    visible = line if line.isprintable() else "".join(filter(str.isprintable, line))
    return " ".join(unicodedata.normalize("NFKC", visible).translate(_PLAIN_PUNCTUATION).split())


def read_message(text: str, max_words: int) -> str:
    """The message that a text is: tidied, and cut to its first words, of ten characters on average at most.

    Raises:
        Unparsable: nothing is left.
    """
    words = " ".join(tidy(text).split()[:max_words])
    message = words[: max_words * _CHARACTERS_PER_WORD].rstrip()
    if not message:
        raise Unparsable(f"{quoted(text)} is no message; expected plain words, or {SILENCE} to say nothing")
    return message


def as_data(text: str) -> str:
    """A text that somebody else wrote, as seats and jurors read it: a JSON string on one line of ASCII.

    Angle and square brackets are escaped too: a tag, a delimiter or a chat marker inside the text stays text.
    """
    return json.dumps(text).replace("<", "\\u003c").replace("[", "\\u005b")
