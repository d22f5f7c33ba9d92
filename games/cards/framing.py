"""Words around games of cards and dice: names of ranks, faces and actions, unit of stakes, order, and a cover story.

None of them changes the game: states and actions are the same under every framing, so that whatever an agent does
differently, it does because of the words. The order is that in which options are listed to a seat: in its briefing, its
observations, the messages about wrong answers and the list of legal actions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, model_validator

from games.framing import Order, in_order

Ranks = Literal["given", "numbers", "letters", "animals"]
Words = Literal["given", "plain", "letters", "story"]
Unit = Literal["given", "coins", "points", "story"]
Plot = Literal["none", "harbour", "fair"]


class Story(NamedTuple):
    """A cover story.

    Attributes:
        text: where the seat is; true of any game of cards or dice.
        unit: what is played for, in the singular.
    """

    text: str
    unit: str


class Vocabulary(NamedTuple):
    """What a game calls its actions, or its characters: its own words, others, and those of the stories.

    All have the order of the first, and no name occurs twice in one of them, in any case of letters.
    """

    given: tuple[str, ...]
    plain: tuple[str, ...]
    letters: tuple[str, ...]
    harbour: tuple[str, ...]
    fair: tuple[str, ...]


class Names(NamedTuple):
    """What things are called, beside the words of the game's own language for them."""

    words: tuple[str, ...]
    names: tuple[str, ...]

    def of(self, word: str) -> str:
        """The name of what the game's own language calls so."""
        return self.names[self.words.index(word)]

    def given(self, name: str) -> str:
        """The word of the game's own language for what has this name."""
        return self.words[self.names.index(name)]


BETTING: Final = Vocabulary(
    given=("fold", "check", "call", "bet", "raise", "push", "bid", "liar"),
    plain=("leave", "wait", "match", "stake", "increase", "risk", "claim", "doubt"),
    letters=("V", "W", "X", "Y", "Z", "U", "S", "T"),
    harbour=("moor", "drift", "follow", "sail", "hoist", "launch", "signal", "fog"),
    fair=("withdraw", "rest", "join", "venture", "outdo", "dare", "announce", "object"),
)
"""Betting on cards, and bidding on dice."""

STORIES: Final[Mapping[Plot, Story]] = {
    "harbour": Story(
        "It is a long evening in a harbour. You sit with other sailors around a barrel, and shells go from hand to "
        "hand.",
        "shell",
    ),
    "fair": Story(
        "You are at the fair of a small town. At a table in the last tent, people of the neighbourhood try to get "
        "ribbons from each other.",
        "ribbon",
    ),
}
_ANIMALS: Final = ("mouse", "hare", "fox", "lynx", "wolf", "bear", "lion", "whale", "dragon")
_FABULOUS: Final = ("griffin", "hydra", "phoenix", "kraken")
_RANKS: Final[Mapping[Ranks, Sequence[str]]] = {
    "numbers": tuple(map(str, range(1, 14))),
    "letters": "abcdefghijklm",
    "animals": (*_ANIMALS, *_FABULOUS),
}
_UNITS: Final[Mapping[Unit, str]] = {"coins": "coin", "points": "point"}


class Telling(BaseModel):
    """How any game of cards or dice is told; the default changes nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit: Unit = Field("given", description="What is played for: as given, coins, points, or the story's.")
    order: Order = Field("given", description="Order in which the options of a seat are written.")
    story: Plot = Field("none", description="Cover story told before the rules.")

    @model_validator(mode="after")
    def _words_of_a_story_have_one(self) -> Telling:
        if self.story == "none" and "story" in self.model_dump(exclude={"story"}).values():
            raise ValueError("words of a story need a story, such as harbour")
        return self


class CardFraming(Telling):
    """How a game is worded whose cards or dice have ranks."""

    ranks: Ranks = Field("given", description="Names of ranks or faces, from low to high: as given, or others.")


class ActionFraming(Telling):
    """How a game is worded whose actions have names."""

    actions: Words = Field("given", description="Names of actions: as given, other words, letters, or the story's.")


class Framing(CardFraming, ActionFraming):
    """How a game is worded that has both."""


PLAIN: Final = Framing()


def is_given(framing: Telling) -> bool:
    """Whether all words are the game's own, in whatever order options are written."""
    return framing == type(framing)(order=framing.order)


def rank_names(framing: CardFraming, given: Sequence[str]) -> tuple[str, ...]:
    """The names of ranks or faces, from low to high."""
    return tuple(_RANKS.get(framing.ranks, given))[: len(given)]


def names_of(vocabulary: Vocabulary, words: Words, story: Plot) -> Names:
    """The names that a vocabulary has in these words, or in those of this story."""
    return Names(vocabulary.given, vocabulary._asdict()[story if words == "story" else words])


def action_names(framing: ActionFraming, vocabulary: Vocabulary = BETTING) -> Names:
    """The names of all actions."""
    return names_of(vocabulary, framing.actions, framing.story)


def unit_of(framing: Telling, given: str) -> str:
    """What is played for, in the singular."""
    return STORIES[framing.story].unit if framing.unit == "story" else _UNITS.get(framing.unit, given)


def opening(framing: Telling) -> list[str]:
    """The lines that a briefing begins with: the cover story, if there is one."""
    return [STORIES[framing.story].text] if framing.story != "none" else []


def either(framing: Telling, options: Sequence[str]) -> str:
    """Options as they are written to a seat: `fold, check or raise`, or the other way round."""
    *others, last = in_order(framing, options)
    return f"{', '.join(others)} or {last}" if others else last
