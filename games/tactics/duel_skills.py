"""Skills of the elemental duel: the one table that the simulator plays with and that descriptions are written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

Element = str

# Percent of its damage that a hit does, by the element of the hitter and of the one that is hit; 100 elsewhere.
EFFECTIVE: Final = 120
RESISTED: Final = 80
OPPOSED: Final = 150

_BEATS: Final = (("fire", "wood"), ("wood", "water"), ("water", "earth"), ("earth", "fire"))
FACTORS: Final[Mapping[tuple[Element, Element], int]] = {
    **dict.fromkeys(_BEATS, EFFECTIVE),
    **{(weak, strong): RESISTED for strong, weak in _BEATS},
    ("light", "dark"): OPPOSED,
    ("dark", "light"): OPPOSED,
}

BURN_TURNS: Final = 3


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill; what it does to its user comes first, then the damage, and what lasts begins in the next turn.

    Attributes:
        cost: price.
        damage: before elements.
        shield: damage that its user will be spared.
        heal: health that its user gains, up to what it began with.
        burn: damage to the enemy at the end of this turn and the next ones, past shields.
        weaken: percent by which the enemy's next hit is cut.
        boost: percent by which its user's next hit is raised.
        drain: percent of the damage that its user gains as health.
        stun: the enemy does nothing in the next turn.
    """

    cost: int
    damage: int = 0
    shield: int = 0
    heal: int = 0
    burn: int = 0
    weaken: int = 0
    boost: int = 0
    drain: int = 0
    stun: bool = False


SKILLS: Final[Mapping[Element, Mapping[str, Skill]]] = {
    "fire": {
        "spark": Skill(cost=1, damage=12),
        "cinder": Skill(cost=1, damage=7, burn=2),
        "flare": Skill(cost=2, damage=26),
        "furnace": Skill(cost=3, damage=20, burn=7),
        "blaze": Skill(cost=4, damage=50),
        "inferno": Skill(cost=5, damage=40, burn=8),
    },
    "water": {
        "drip": Skill(cost=1, damage=11),
        "mist": Skill(cost=1, damage=6, weaken=30),
        "wave": Skill(cost=2, damage=20, heal=6),
        "spring": Skill(cost=3, damage=10, heal=32),
        "torrent": Skill(cost=4, damage=52),
        "maelstrom": Skill(cost=5, damage=38, stun=True),
    },
    "dark": {
        "gloom": Skill(cost=1, damage=12),
        "leech": Skill(cost=1, damage=8, drain=50),
        "curse": Skill(cost=2, damage=18, weaken=35),
        "shadow": Skill(cost=3, damage=36),
        "eclipse": Skill(cost=4, damage=42, drain=25),
        "oblivion": Skill(cost=5, damage=42, weaken=60),
    },
    "wood": {
        "thorn": Skill(cost=1, damage=12),
        "root": Skill(cost=1, damage=6, shield=8),
        "bramble": Skill(cost=2, damage=20, burn=2),
        "grove": Skill(cost=3, damage=8, shield=14, heal=24),
        "timber": Skill(cost=4, damage=50),
        "overgrowth": Skill(cost=5, damage=36, drain=50),
    },
    "earth": {
        "pebble": Skill(cost=1, damage=11),
        "clay": Skill(cost=1, damage=3, shield=14),
        "slab": Skill(cost=2, damage=16, shield=12),
        "rampart": Skill(cost=3, damage=10, shield=42),
        "quake": Skill(cost=4, damage=46, weaken=20),
        "avalanche": Skill(cost=5, damage=44, shield=18),
    },
    "light": {
        "gleam": Skill(cost=1, damage=12),
        "glow": Skill(cost=1, damage=4, heal=10),
        "ray": Skill(cost=2, damage=26),
        "blessing": Skill(cost=3, damage=22, boost=60),
        "dawn": Skill(cost=4, damage=44, heal=12),
        "verdict": Skill(cost=5, damage=40, boost=50),
    },
}


def skill_text(name: str, skill: Skill) -> str:
    """A skill in words."""
    told = {
        f"damage {skill.damage}": skill.damage,
        f"shield {skill.shield}": skill.shield,
        f"heals {skill.heal}": skill.heal,
        f"burns {skill.burn}": skill.burn,
        f"weakens {skill.weaken}%": skill.weaken,
        f"boosts {skill.boost}%": skill.boost,
        f"drains {skill.drain}%": skill.drain,
        "stuns": skill.stun,
    }
    return f"{name}: cost {skill.cost}; {', '.join(text for text, number in told.items() if number)}"
