"""Whether two English words are forms of one: plurals, past tenses, comparisons and the like, by rules of spelling."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_SHORTEST: Final = 3
# The longest ending first: only one is taken off, and then a final s.
_ENDINGS: Final = ("ations", "ation", "ments", "ment", "ness", "ings", "ing", "iest", "ier", "ied", "ies", "ers")
_SHORT_ENDINGS: Final = ("est", "ful", "ed", "er", "es", "ly", "or", "s", "y", "e")
_IRREGULAR: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{"mice": "mouse", "geese": "goose", "teeth": "tooth", "feet": "foot", "oxen": "ox", "children": "child"},
        **{"men": "man", "women": "woman", "people": "person", "lice": "louse", "dice": "die", "pence": "penny"},
        **{"ate": "eat", "eaten": "eat", "flew": "fly", "flown": "fly", "ran": "run", "swam": "swim", "swum": "swim"},
        **{"sang": "sing", "sung": "sing", "grew": "grow", "grown": "grow", "wore": "wear", "worn": "wear"},
        **{"drank": "drink", "drunk": "drink", "wrote": "write", "written": "write", "rode": "ride", "ridden": "ride"},
    }
)


def stem(word: str) -> str:
    """What the forms of a word have in common; a row of letters, not always a word.

    A rough rule of spelling (endings, doubled letters, i for y, v for f) with the commonest irregular forms. It errs
    on the side of taking two words for one.

    >>> stem("berries") == stem("berry"), stem("baking") == stem("bakers") == stem("bake")
    (True, True)
    """
    letters = _IRREGULAR.get(word.casefold(), word.casefold())
    for ending in (*_ENDINGS, *_SHORT_ENDINGS):
        if letters.endswith(ending) and len(letters) - len(ending) >= _SHORTEST:
            letters = letters[: -len(ending)]
            break
    letters = re.sub(r"[iy]$", "", letters) if len(letters) > _SHORTEST else letters
    letters = re.sub(r"([b-df-hj-np-tv-z])\1$", r"\1", letters)
    return re.sub(r"v$", "f", letters)
