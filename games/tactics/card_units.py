"""Cards of the card battle: the one table that the simulator plays with and that descriptions are written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Final, Literal

Element = Literal["fire", "nature", "water", "earth"]

# Each element beats the next one, and the last one beats the first.
CYCLE: Final[tuple[Element, ...]] = ("fire", "nature", "water", "earth")
GOLD_PRICE: Final = 3
GOLD_STRENGTH: Final = 2


@dataclass(frozen=True, slots=True)
class Card:
    """A card. All numbers but cost are doubled in gold.

    Attributes:
        element: what it beats and is beaten by.
        cost: price.
        attack: damage of a hit.
        health: damage after which it falls.
        guard: enemies must attack guards first.
        shield: the first hit on it does nothing.
        twice: attacks twice in its turn.
        venom: what it damages falls.
        carries: damage beyond the health of its target goes on to the next one.
        returns: stands up once more, with full health, when it falls.
        leaves: the card that takes its place when it falls.
        brings: the card that it puts beside itself before the battle.
        splash: damage to both neighbours of its target.
        thorns: damage to whoever attacks it.
        daunts: attack that whoever attacks it loses.
        attack_step: what its own attack changes by after each of its attacks.
        health_step: what its own health grows by after each of its attacks.
        rage: attack that it gains when damaged.
        vow: attack that it gains when an ally loses its shield.
        vengeance: damage to whoever made it fall.
        burst: damage to all enemies when it falls.
        balm: healing of all allies when it falls.
        banner_attack: attack that allies gain before the battle.
        banner_health: health that allies gain before the battle.
        banner_element: whether banners are for allies of its own element only.
        kin: health that it gains before the battle for every ally.
        escort: attack that its neighbours gain before the battle, with a shield.
    """

    element: Element
    cost: int
    attack: int
    health: int
    guard: bool = False
    shield: bool = False
    twice: bool = False
    venom: bool = False
    carries: bool = False
    returns: bool = False
    leaves: str | None = None
    brings: str | None = None
    splash: int = 0
    thorns: int = 0
    daunts: int = 0
    attack_step: int = 0
    health_step: int = 0
    rage: int = 0
    vow: int = 0
    vengeance: int = 0
    burst: int = 0
    balm: int = 0
    banner_attack: int = 0
    banner_health: int = 0
    banner_element: bool = False
    kin: int = 0
    escort: int = 0


RAIDERS: Final[Mapping[str, Card]] = {
    "newt": Card("fire", cost=1, attack=2, health=2, vengeance=2),
    "wisp": Card("water", cost=1, attack=2, health=2, attack_step=1),
    "viper": Card("nature", cost=2, attack=1, health=1, venom=True),
    "jackal": Card("fire", cost=2, attack=3, health=1, burst=1),
    "berserker": Card("earth", cost=2, attack=7, health=4, attack_step=-4),
    "captain": Card("earth", cost=3, attack=8, health=3, carries=True),
    "slag": Card("fire", cost=3, attack=1, health=8, guard=True, thorns=3),
    "crab": Card("water", cost=3, attack=4, health=2, shield=True, twice=True),
    "kraken": Card("water", cost=4, attack=4, health=10, rage=4),
    "firebird": Card("fire", cost=4, attack=4, health=5, splash=2, returns=True),
    "shade": Card("earth", cost=4, attack=5, health=4, leaves="wraith"),
}
WARDENS: Final[Mapping[str, Card]] = {
    "sprout": Card("nature", cost=1, attack=2, health=2, health_step=1),
    "beetle": Card("earth", cost=1, attack=1, health=5, guard=True),
    "seer": Card("nature", cost=2, attack=1, health=2, banner_attack=1, banner_health=1, banner_element=True),
    "mason": Card("earth", cost=2, attack=2, health=5, guard=True, leaves="beetle"),
    "sergeant": Card("fire", cost=2, attack=1, health=1, escort=1),
    "paladin": Card("fire", cost=3, attack=3, health=6, shield=True, vow=2),
    "boulder": Card("earth", cost=3, attack=2, health=1, kin=3),
    "vine": Card("nature", cost=3, attack=3, health=4, balm=2),
    "queen": Card("water", cost=4, attack=3, health=12, brings="page"),
    "mountain": Card("earth", cost=4, attack=4, health=9, guard=True, daunts=2),
    "oak": Card("nature", cost=4, attack=2, health=3, banner_attack=2, banner_health=2),
}
# Cards that nobody can buy.
TOKENS: Final[Mapping[str, Card]] = {
    "wraith": Card("earth", cost=0, attack=3, health=1),
    "page": Card("water", cost=0, attack=1, health=1, shield=True),
}

_DOUBLED: Final = tuple(field.name for field in fields(Card) if field.type == "int" and field.name != "cost")


def golden(card: Card) -> Card:
    """The gold form of a card: dearer, and with every number but the price doubled."""
    doubled = {name: GOLD_STRENGTH * getattr(card, name) for name in _DOUBLED}
    return replace(card, cost=GOLD_PRICE * card.cost, **doubled)


def beats(one: Element, other: Element) -> bool:
    """Whether hits of an element do more damage to another one."""
    return CYCLE[(CYCLE.index(one) + 1) % len(CYCLE)] == other


def card_text(name: str, card: Card) -> str:
    """A card in words, on one line."""
    bought = f"cost {card.cost}, " if card.cost else ""
    return "; ".join([f"{name}: {card.element}, {bought}{card.attack}/{card.health}", *_traits(card), *_numbers(card)])


def _traits(card: Card) -> list[str]:
    """What a card has or has not."""
    return [
        *["guard"] * card.guard,
        *["shield"] * card.shield,
        *["attacks twice"] * card.twice,
        *["whatever it damages falls"] * card.venom,
        *["damage beyond its target's health hits the next target"] * card.carries,
        *["when it first falls, it stands up again with full health"] * card.returns,
        *([f"when it falls, a {card.leaves} takes its place"] if card.leaves else []),
        *([f"before battle it puts a {card.brings} to its right"] if card.brings else []),
    ]


def _numbers(card: Card) -> list[str]:
    """What a card does by some number."""
    allies = f"{card.element} allies" if card.banner_element else "allies"
    banner = card.banner_attack or card.banner_health
    told = {
        f"hits both neighbours of its target for {card.splash}": card.splash,
        f"whoever attacks it takes {card.thorns}": card.thorns,
        f"whoever attacks it loses {card.daunts} attack": card.daunts,
        f"{card.attack_step:+} attack after each attack": card.attack_step,
        f"{card.health_step:+} health after each attack": card.health_step,
        f"{card.rage:+} attack when damaged": card.rage,
        f"{card.vow:+} attack when an ally loses its shield": card.vow,
        f"when it falls, whoever felled it takes {card.vengeance}": card.vengeance,
        f"when it falls, all enemies take {card.burst}": card.burst,
        f"when it falls, allies gain {card.balm} health": card.balm,
        f"before battle all other {allies} gain {card.banner_attack:+}/{card.banner_health:+}": banner,
        f"before battle {card.kin:+} health for each ally": card.kin,
        f"before battle its neighbours gain a shield and {card.escort:+} attack": card.escort,
    }
    return [text for text, number in told.items() if number]
