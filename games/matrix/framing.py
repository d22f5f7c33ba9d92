"""Words around a matrix game: labels, units, the order in which options are named, and a cover story.

None of them changes the game: states and payoffs are the same under every framing, so that whatever an agent does
differently, it does because of the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from games.framing import Order

Labels = Literal["given", "letters", "colours", "numbers", "story"]
Unit = Literal["points", "dollars", "coins", "story"]
Plot = Literal["none", "shops", "merchants", "flatmates", "band", "farmers", "drivers", "researchers", "campaign"]


class Story(NamedTuple):
    """A cover story.

    Attributes:
        text: who the seat is and what it decides; true whatever the payoffs are.
        actions: names for up to four actions.
        unit: what is gained.
    """

    text: str
    actions: tuple[str, ...]
    unit: str


STORIES: Final[dict[Plot, Story]] = {
    "shops": Story(
        "You own a shop. Every spring you and every other shop in your street settle on a plan for the year, and "
        "nobody shows the plan before it is printed.",
        ("discount", "full price", "extension", "closure"),
        "thousand dollars of profit",
    ),
    "merchants": Story(
        "You are a merchant who trades by mail. Parcels are packed at the same time in different towns, so that "
        "nobody sees what another puts into the box.",
        ("silk", "spice", "salt", "amber"),
        "gold coins",
    ),
    "flatmates": Story(
        "You share a flat. On Friday everybody writes on a note how the weekend should be spent, and the notes are "
        "read out at once.",
        ("cleaning", "cooking", "cinema", "rest"),
        "points of good mood",
    ),
    "band": Story(
        "You play in a band. For tonight's encore every player starts a tune on the same beat, without a word before.",
        ("ballad", "march", "waltz", "blues"),
        "hours of studio time",
    ),
    "farmers": Story(
        "You are a farmer in a valley. All farms order their seed on the same day, before the weather is known and "
        "before anybody hears of the others' orders.",
        ("wheat", "clover", "barley", "beans"),
        "tons of harvest",
    ),
    "drivers": Story(
        "You drive to work. At the same moment, every driver chooses a way into town, and the traffic depends on what "
        "all of them choose.",
        ("bridge", "tunnel", "ferry", "ring road"),
        "minutes saved",
    ),
    "researchers": Story(
        "You lead a research group. Proposals for the next call are handed in sealed, and the groups' success depends "
        "on what the others propose.",
        ("survey", "experiment", "theory", "field trip"),
        "thousand dollars of funding",
    ),
    "campaign": Story(
        "You advise a candidate. All campaigns print their main topic on the same night, and the votes depend on what "
        "the others print.",
        ("schools", "roads", "taxes", "parks"),
        "thousand votes",
    ),
}

_LETTERS: Final = "JFKQBXMVGT"
_COLOURS: Final = ("blue", "green", "yellow", "purple", "orange", "red", "brown", "white", "black", "pink")


class Framing(BaseModel):
    """How a matrix game is worded; the default adds nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    labels: Labels = Field("given", description="Names of actions: as given, letters, colours, numbers or the story's.")
    unit: Unit = Field("points", description="What payoffs are counted in.")
    order: Order = Field("given", description="Order in which options and outcomes are listed.")
    story: Plot = Field("none", description="Cover story told before the rules.")


def story_of(framing: Framing) -> Story | None:
    """The cover story; None without one."""
    return STORIES.get(framing.story)


def relabelled(framing: Framing, given: tuple[str, ...]) -> tuple[str, ...]:
    """The names of one seat's actions under a framing.

    Raises:
        ValueError: the framing has no names for so many actions, or names of a story that it does not tell.
    """
    if framing.labels == "given":
        return given
    if framing.labels == "numbers":
        return tuple(f"option {number}" for number in range(1, len(given) + 1))
    names = _names(framing)
    if len(given) > len(names):
        raise ValueError(f"the framing {framing.labels!r} has {len(names)} names, but there are {len(given)} actions")
    return tuple(names[: len(given)])


def unit_of(framing: Framing) -> str:
    """What payoffs are counted in.

    Raises:
        ValueError: it is the unit of a story, but none is told.
    """
    return _told(framing).unit if framing.unit == "story" else framing.unit


def _names(framing: Framing) -> Sequence[str]:
    return {"letters": _LETTERS, "colours": _COLOURS}.get(framing.labels) or _told(framing).actions


def _told(framing: Framing) -> Story:
    story = story_of(framing)
    if story is None:
        raise ValueError("words of a story need a story, such as shops")
    return story
