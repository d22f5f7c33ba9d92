"""A player of Taboo who knows the words but not what they mean: clues about letters, and numbers where words fail."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from agents.base import DecisionRequest
from agents.bots.base import Bot
from agents.bots.talk import letter_clues
from games.core import ActionError
from games.words.bans import first_banned, read_bans
from games.words.clues import read_clue
from games.words.taboo import CENSOR, DESCRIBER, TabooView, all_bans
from games.words.topics import TOPICS

_CODE: Final = re.compile(r"[\d ]+")
_WORDS: Final = tuple(word for words in TOPICS.values() for word in words)


class TabooTalker(Bot):
    """Gives clues about letters, in numbers once its words are forbidden; forbids the words that clues were made of.

    As the guesser it takes any word of the list of topics that all clues fit, and has not been tried. It understands
    only clues like its own. Its numbers are places of letters in the alphabet.
    """

    plays = ("taboo",)
    title: ClassVar[str] = "Gives clues about letters, by numbers when words are forbidden"

    def choose(self, request: DecisionRequest) -> str:
        view = request.information_key
        assert isinstance(view, TabooView), "what taboo tells a seat"
        if request.seat == CENSOR:
            return _ban(view, request)
        if request.seat == DESCRIBER:
            return _describe(view)
        fitting = [
            word for word in _WORDS if word not in view.guesses and all(map(_clues(word).__contains__, view.clues))
        ]
        return request.rng().choice(fitting or _WORDS)


def _code(word: str) -> str:
    """The places in the alphabet of the letters of a word."""
    return " ".join(str(ord(letter) - ord("a") + 1) for letter in word)


def _clues(word: str) -> tuple[str, ...]:
    """All clues to a word, in the order of trying; numbers cannot be forbidden, and are told in pieces."""
    pieces = tuple(_code(word[:length]) for length in range(2, len(word) + 1))
    return (*reversed(letter_clues(word)), *pieces)


def _describe(view: TabooView) -> str:
    banned = (view.word, *all_bans(view.bans))
    for clue in _clues(view.word):
        try:
            allowed = read_clue(clue, view.word, view.clues)
        except ActionError:
            continue
        if not first_banned(allowed, banned):
            return allowed
    raise AssertionError("a word has more clues in numbers than a game has rounds")


def _ban(view: TabooView, request: DecisionRequest) -> str:
    """A word of the latest clue that may be forbidden, or of the clues that are usual, or any example."""
    heard = [word for clue in view.clues[-1:] if not _CODE.fullmatch(clue) for word in clue.casefold().split()]
    for word in [*sorted(heard, key=len, reverse=True), "starts", "letters", "vowels", "ends"]:
        try:
            return ", ".join(read_bans(word, view.word, all_bans(view.bans), 1))
        except ActionError:
            continue
    return request.example_actions[0]
