"""Units of lane defence: the one table that the simulator plays with and that descriptions are written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Element = Literal["plain", "fire", "frost"]

# Ticks between two burns, damage of a burn, and how long fire and frost work after a hit.
BURN_EVERY: Final = 4
BURN_DAMAGE: Final = 10
EFFECT_TICKS: Final = 8


@dataclass(frozen=True, slots=True)
class Defender:
    """A unit that stands in its cell.

    Attributes:
        cost: price.
        health: damage after which it is gone.
        damage: of one shot; 0 when it does not shoot.
        reload: ticks from shot to shot.
        element: fire sets its target alight, frost slows it.
        anti_air: shoots at flyers, and at nothing else.
        barrier: siege units do more damage to it.
        tall: nobody vaults over it.
        blast: damage to every walker in the lane when one stands in the next column, which uses the unit up.
        strips: attackers in its lane lose their metal.
    """

    cost: int
    health: int
    damage: int = 0
    reload: int = 0
    element: Element = "plain"
    anti_air: bool = False
    barrier: bool = False
    tall: bool = False
    blast: int = 0
    strips: bool = False


@dataclass(frozen=True, slots=True)
class Attacker:
    """A unit that comes down its lane.

    Attributes:
        cost: price.
        health: damage after which it is gone.
        bite: damage to a defender in its way.
        pace: ticks from step to step, and from bite to bite.
        armour: percent by which damage of plain shots is cut.
        metal: its armour works only where no defender strips metal.
        flies: passes over defenders; only anti-air hits it.
        vaults: jumps over the first defender in its way, once.
        siege: its bite is so many times as strong against barriers.
        immune: an element that does nothing to it.
        calls: ticks from one raider that it brings to the next; 0 when it brings none.
    """

    cost: int
    health: int
    bite: int
    pace: int = 5
    armour: int = 0
    metal: bool = False
    flies: bool = False
    vaults: bool = False
    siege: int = 1
    immune: Element | None = None
    calls: int = 0


# Whom callers bring.
CALLED: Final = "raider"

DEFENDERS: Final[Mapping[str, Defender]] = {
    "archer": Defender(cost=100, health=30, damage=10, reload=4),
    "crossbow": Defender(cost=200, health=30, damage=10, reload=2),
    "repeater": Defender(cost=400, health=30, damage=10, reload=1),
    "fence": Defender(cost=50, health=150, barrier=True),
    "palisade": Defender(cost=100, health=300, barrier=True, tall=True),
    "brazier": Defender(cost=200, health=20, damage=10, reload=4, element="fire"),
    "icicle": Defender(cost=200, health=20, damage=10, reload=4, element="frost"),
    "falconer": Defender(cost=100, health=20, damage=20, reload=4, anti_air=True),
    "keg": Defender(cost=200, health=500, blast=150),
    "lodestone": Defender(cost=100, health=20, strips=True),
}
ATTACKERS: Final[Mapping[str, Attacker]] = {
    "raider": Attacker(cost=100, health=100, bite=10),
    "veteran": Attacker(cost=200, health=200, bite=10),
    "giant": Attacker(cost=800, health=800, bite=50),
    "runner": Attacker(cost=150, health=100, bite=10, pace=3),
    "shieldman": Attacker(cost=200, health=100, bite=10, armour=70, metal=True),
    "engine": Attacker(cost=300, health=200, bite=30, pace=4, armour=50, metal=True),
    "vaulter": Attacker(cost=150, health=100, bite=10, vaults=True),
    "breaker": Attacker(cost=150, health=100, bite=10, siege=5),
    "salamander": Attacker(cost=150, health=100, bite=10, immune="fire"),
    "yeti": Attacker(cost=150, health=100, bite=10, immune="frost"),
    "glider": Attacker(cost=200, health=100, bite=10, flies=True),
    "drummer": Attacker(cost=400, health=100, bite=10, calls=20),
}

_EFFECTS: Final[Mapping[Element, str]] = {
    "fire": f"a hit burns: {BURN_DAMAGE} more damage every {BURN_EVERY} ticks, for {EFFECT_TICKS} ticks",
    "frost": f"a hit slows: its target needs twice as long for a step or bite, for {EFFECT_TICKS} ticks",
}


def defender_text(name: str, unit: Defender) -> str:
    """A defender in words, on one line."""
    parts = [f"{name}: cost {unit.cost}, health {unit.health}"]
    if unit.damage:
        target = "at flyers only" if unit.anti_air else "at walkers"
        parts.append(f"shoots {target} for {unit.damage} {_every(unit.reload)}")
    if unit.element in _EFFECTS:
        parts.append(f"{unit.element} shots: {_EFFECTS[unit.element]}")
    if unit.blast:
        parts.append(
            f"when a walker stands in the next column, it blows up: {unit.blast} damage to all walkers in the lane"
        )
    parts += ["barrier"] * unit.barrier + ["cannot be vaulted over"] * unit.tall
    parts += ["takes the metal off all attackers in its lane"] * unit.strips
    return "; ".join(parts)


def attacker_text(name: str, unit: Attacker) -> str:
    """An attacker in words, on one line."""
    parts = [f"{name}: cost {unit.cost}, health {unit.health}, bite {unit.bite}, pace {unit.pace}"]
    if unit.armour:
        parts.append(f"{'metal ' if unit.metal else ''}armour: plain shots do {unit.armour}% less damage")
    parts += ["flies: passes over everything, hit by anti-air only"] * unit.flies
    parts += ["vaults over the first unit in its way, unless that cannot be vaulted over"] * unit.vaults
    if unit.siege > 1:
        parts.append(f"bites barriers {unit.siege} times as hard")
    if unit.immune is not None:
        parts.append(f"{unit.immune} shots do nothing to it")
    if unit.calls:
        parts.append(f"brings a {CALLED} to its own column {_every(unit.calls)}")
    return "; ".join(parts)


def _every(ticks: int) -> str:
    return "every tick" if ticks == 1 else f"every {ticks} ticks"
