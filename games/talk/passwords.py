"""Words to be kept secret: distinct nouns of seven letters or more, none of which is part of another or of its reverse.

A change of the list changes what can be dealt, so it raises the version of the games that use it.
"""

from __future__ import annotations

from typing import Final

PASSWORDS: Final[tuple[str, ...]] = (
    *("amethyst", "archipelago", "asparagus", "avalanche", "barnacle", "bonfire", "bulldozer", "buttermilk"),
    *("cardigan", "carousel", "catapult", "chandelier", "chimney", "cinnamon", "compass", "crocodile"),
    *("cucumber", "dandelion", "eclipse", "elevator", "eucalyptus", "firefly", "flamingo", "gargoyle"),
    *("gingerbread", "glacier", "gondola", "grasshopper", "gyroscope", "hammock", "harmonica", "hedgehog"),
    *("hurricane", "iceberg", "jellyfish", "kaleidoscope", "kangaroo", "lavender", "lighthouse", "locksmith"),
    *("mandolin", "marmalade", "metronome", "mosquito", "nightingale", "observatory", "octopus", "orchard"),
    *("pancake", "parachute", "pelican", "peppermint", "pineapple", "porcupine", "pumpkin", "rhinoceros"),
    *("sapphire", "scarecrow", "skeleton", "submarine", "tambourine", "thermometer", "trampoline", "windmill"),
)
