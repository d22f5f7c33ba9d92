"""Words around games of cards and dice: names of ranks, faces and actions, the unit of stakes, and a cover story.

None of them changes the game: states and actions are the same under every framing, so that whatever an agent does
differently, it does because of the words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, model_validator

Ranks = Literal["given", "numbers", "letters", "animals"]
Words = Literal["given", "plain", "letters", "story"]
Unit = Literal["given", "coins", "points", "story"]
Plot = Literal["none", "harbour", "fair"]


class Names(NamedTuple):
    """What actions are called: those of betting on cards, and those of bidding on dice."""

    fold: str
    check: str
    call: str
    bet: str
    raise_: str
    bid: str
    liar: str

    def of(self, action: str) -> str:
        """The name of an action, given the word of the game's own language."""
        return self[GIVEN.index(action)]

    def given(self, name: str) -> str:
        """The word of the game's own language for the action that has this name."""
        return GIVEN[self.index(name)]


class Story(NamedTuple):
    """A cover story.

    Attributes:
        text: where the seat is; true of any game of cards or dice.
        actions: what actions are called there.
        unit: what is played for, in the singular.
    """

    text: str
    actions: Names
    unit: str


GIVEN: Final = Names("fold", "check", "call", "bet", "raise", "bid", "liar")
STORIES: Final[Mapping[Plot, Story]] = {
    "harbour": Story(
        "It is a long evening in a harbour. You sit with other sailors around a barrel, and shells go from hand to "
        "hand.",
        Names("moor", "drift", "follow", "sail", "hoist", "signal", "fog"),
        "shell",
    ),
    "fair": Story(
        "You are at the fair of a small town. At a table in the last tent, people of the neighbourhood try to get "
        "ribbons from each other.",
        Names("withdraw", "rest", "join", "venture", "outdo", "announce", "object"),
        "ribbon",
    ),
}
_NAMES: Final[Mapping[Words, Names]] = {
    "given": GIVEN,
    "plain": Names("leave", "wait", "match", "stake", "increase", "claim", "doubt"),
    "letters": Names("V", "W", "X", "Y", "Z", "S", "T"),
}
_RANKS: Final[Mapping[Ranks, Sequence[str]]] = {
    "numbers": "123456789",
    "letters": "abcdefghi",
    "animals": ("mouse", "hare", "fox", "lynx", "wolf", "bear", "lion", "whale", "dragon"),
}
_UNITS: Final[Mapping[Unit, str]] = {"coins": "coin", "points": "point"}


class Framing(BaseModel):
    """How a game of cards or dice is worded; the default changes nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ranks: Ranks = Field("given", description="Names of ranks or faces, from low to high: as given, or others.")
    actions: Words = Field("given", description="Names of actions: as given, other words, letters, or the story's.")
    unit: Unit = Field("given", description="What is played for: as given, coins, points, or the story's.")
    story: Plot = Field("none", description="Cover story told before the rules.")

    @model_validator(mode="after")
    def _words_of_a_story_have_one(self) -> Framing:
        if self.story == "none" and "story" in (self.actions, self.unit):
            raise ValueError("words of a story need a story, such as harbour")
        return self


PLAIN: Final = Framing()


def rank_names(framing: Framing, given: Sequence[str]) -> tuple[str, ...]:
    """The names of ranks or faces, from low to high."""
    return tuple(_RANKS.get(framing.ranks, given))[: len(given)]


def action_names(framing: Framing) -> Names:
    """The names of all actions."""
    return STORIES[framing.story].actions if framing.actions == "story" else _NAMES[framing.actions]


def unit_of(framing: Framing, given: str) -> str:
    """What is played for, in the singular."""
    return STORIES[framing.story].unit if framing.unit == "story" else _UNITS.get(framing.unit, given)


def opening(framing: Framing) -> list[str]:
    """The lines that a briefing begins with: the cover story, if there is one."""
    return [STORIES[framing.story].text] if framing.story != "none" else []
