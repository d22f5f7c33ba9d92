"""The three stories of GovSim: the same shared resource as a lake, a pasture and a river."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from games.open_text import SILENCE, as_data
from games.words.round_table import named

Framing = Literal["fishery", "pasture", "pollution"]


class Story(NamedTuple):
    """Words for the resource and for taking some of it.

    Attributes:
        people: who the players are.
        place: what they share, with a gap for its capacity.
        cost: what one unit of an action takes of the resource.
        stock: what there is of the resource, as it follows a number.
        unit: what actions are counted in.
        take: what a player does with a number of units.
        taken: the same in the past.
    """

    people: str
    place: str
    cost: str
    stock: str
    unit: str
    take: str
    taken: str


STORIES: Final[dict[Framing, Story]] = {
    "fishery": Story(
        "fishers",
        "a lake, which can hold {} tons of fish",
        "Every ton that is caught is gone from the lake.",
        "tons of fish in the lake",
        "tons",
        "catch",
        "caught",
    ),
    "pasture": Story(
        "shepherds",
        "a pasture of {} hectares",
        "Every sheep that is sent out eats the grass of 1 hectare in a month.",
        "hectares of grass on the pasture",
        "sheep",
        "send out",
        "sent out",
    ),
    "pollution": Story(
        "factory owners",
        "a river, which can carry {} parts of clean water",
        "Every pallet of goods that is made spoils 1 part of the clean water.",
        "parts of clean water in the river",
        "pallets",
        "make",
        "made",
    ),
}


def told(player: int, message: str, reader: int | None) -> str:
    """A message as one seat reads it; no seat's view where the reader is None."""
    if message == SILENCE:
        return f"{named(player, reader)} says nothing"
    return f"{named(player, reader)} says: {as_data(message)}"
