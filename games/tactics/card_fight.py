"""The simulator of the card battle: two rows of cards attack in turn until one is empty, without any luck."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from games.core import Seat
from games.tactics.card_units import Card, beats

MOST_IN_A_ROW: Final = 7
MOST_ATTACKS: Final = 200


class Entrant(NamedTuple):
    """A card that goes into battle, under the name that reports give it."""

    name: str
    card: Card


class RowsLeft(NamedTuple):
    """How a battle of rows ended.

    Attributes:
        standing: names of the cards that are left, row by row.
        falls: who fell and at whose hands, in order, as words.
        attacks: how many attacks there were.
    """

    standing: tuple[tuple[str, ...], tuple[str, ...]]
    falls: tuple[str, ...]
    attacks: int


@dataclass(slots=True, eq=False)
class _Fighter:
    """A card in battle."""

    name: str
    card: Card
    side: Seat
    attack: int = 0
    health: int = 0
    shield: bool = False
    returned: bool = False
    acted: bool = False
    felled_by: _Fighter | None = None

    def __post_init__(self) -> None:
        self.attack, self.health, self.shield = self.card.attack, self.card.health, self.card.shield


@dataclass(slots=True)
class _Rows:
    """Both rows while they fight."""

    cards: Mapping[str, Card]
    rows: tuple[list[_Fighter], list[_Fighter]]
    falls: list[str] = field(default_factory=list)

    def prepare(self) -> None:
        """What cards do before the battle: first those that bring others, then banners, escorts and kin."""
        for row in self.rows:
            for fighter in list(row):
                if fighter.card.brings and len(row) < MOST_IN_A_ROW:
                    row.insert(row.index(fighter) + 1, self._token(fighter.card.brings, fighter.side))
        for row in self.rows:
            for fighter in row:
                _support(fighter, row)

    def attack(self, attacker: _Fighter) -> None:
        """One attack; the target hits back at the same moment."""
        target = self._target(attacker)
        if target is None:
            return
        enemies = self.rows[target.side]
        place = enemies.index(target)
        neighbours = enemies[max(0, place - 1) : place] + enemies[place + 1 : place + 2]
        back = target.attack
        beyond = self._hit(attacker, target, attacker.attack)
        self._hit(target, attacker, back)
        if target.card.thorns:
            self._hit(target, attacker, target.card.thorns)
        for neighbour in neighbours if attacker.card.splash else ():
            self._hit(attacker, neighbour, attacker.card.splash)
        attacker.attack = max(0, attacker.attack + attacker.card.attack_step - target.card.daunts)
        attacker.health += attacker.card.health_step if attacker.health > 0 else 0
        following = self._target(attacker)
        if attacker.card.carries and beyond and following is not None:
            self._hit(attacker, following, beyond)
        self._clear()

    def _target(self, attacker: _Fighter) -> _Fighter | None:
        """The leftmost guard of the enemy, or the leftmost card."""
        alive = [fighter for fighter in self.rows[1 - attacker.side] if fighter.health > 0]
        return next((fighter for fighter in alive if fighter.card.guard), alive[0] if alive else None)

    def _hit(self, source: _Fighter, target: _Fighter, damage: int) -> int:
        """Damage to a card; returns what goes beyond its health."""
        if beats(source.card.element, target.card.element):
            damage = damage * 3 // 2
        if damage <= 0:
            return 0
        if target.shield:
            target.shield = False
            for ally in self.rows[target.side]:
                if ally is not target:
                    ally.attack += ally.card.vow
            return 0
        beyond = max(0, damage - max(0, target.health))
        was_up = target.health > 0
        target.health = 0 if source.card.venom else target.health - damage
        if target.health <= 0 and was_up:
            target.felled_by = source
        elif was_up:
            target.attack += target.card.rage
        return beyond

    def _clear(self) -> None:
        """Take fallen cards off, left to right and the first row first, until nothing else falls."""
        while fallen := [fighter for row in self.rows for fighter in row if fighter.health <= 0]:
            self._fall(fallen[0])

    def _fall(self, fighter: _Fighter) -> None:
        row, killer = self.rows[fighter.side], fighter.felled_by
        assert killer is not None, "whoever falls was hit"
        place = row.index(fighter)
        self.falls.append(f"{fighter.name} (by {killer.name})")
        if fighter.card.returns and not fighter.returned:
            fighter.health, fighter.returned = fighter.card.health, True
        elif fighter.card.leaves:
            row[place] = self._token(fighter.card.leaves, fighter.side)
        else:
            del row[place]
        if killer.health > 0 and fighter.card.vengeance:
            self._hit(fighter, killer, fighter.card.vengeance)
        for enemy in self.rows[1 - fighter.side] if fighter.card.burst else ():
            if enemy.health > 0:
                self._hit(fighter, enemy, fighter.card.burst)
        for ally in row:
            if ally.health > 0:
                ally.health += fighter.card.balm

    def _token(self, name: str, side: Seat) -> _Fighter:
        return _Fighter(f"{name} of {'AB'[side]}", self.cards[name], side)


def fight_rows(
    first: Sequence[Entrant], second: Sequence[Entrant], cards: Mapping[str, Card], most: int = MOST_ATTACKS
) -> RowsLeft:
    """The battle of two rows.

    The row with more cards attacks first, the first row when both have as many. Then rows take turns; in each turn the
    leftmost card that has not attacked since all others have attacks, passing over cards without attack.

    Args:
        first: the cards of seat 0, from left to right.
        second: those of seat 1.
        cards: every card by name, for those that others leave or bring.
        most: attacks after which the battle is broken off.
    """
    rows = _Rows(cards, (_fighters(first, 0), _fighters(second, 1)))
    turn: Seat = 1 if len(second) > len(first) else 0
    rows.prepare()
    attacks = 0
    while all(rows.rows) and attacks < most and any(fighter.attack > 0 for row in rows.rows for fighter in row):
        attacker = _next_attacker(rows.rows[turn])
        if attacker is not None:
            attacker.acted = True
            for _ in range(2 if attacker.card.twice else 1):
                if attacker in rows.rows[turn] and rows.rows[1 - turn]:
                    rows.attack(attacker)
                    attacks += 1
        turn = 1 - turn
    standing = [tuple(fighter.name for fighter in row) for row in rows.rows]
    return RowsLeft((standing[0], standing[1]), tuple(rows.falls), attacks)


def _fighters(row: Iterable[Entrant], side: Seat) -> list[_Fighter]:
    return [_Fighter(entrant.name, entrant.card, side) for entrant in row]


def _next_attacker(row: list[_Fighter]) -> _Fighter | None:
    ready = [fighter for fighter in row if fighter.attack > 0]
    if ready and all(fighter.acted for fighter in ready):
        for fighter in row:
            fighter.acted = False
    return next((fighter for fighter in ready if not fighter.acted), None)


def _support(fighter: _Fighter, row: list[_Fighter]) -> None:
    """What a card gives its own row, and itself, before the battle."""
    card, place = fighter.card, row.index(fighter)
    for ally in row:
        if ally is not fighter and (not card.banner_element or ally.card.element == card.element):
            ally.attack += card.banner_attack
            ally.health += card.banner_health
    if card.escort:
        for neighbour in row[max(0, place - 1) : place] + row[place + 1 : place + 2]:
            neighbour.attack += card.escort
            neighbour.shield = True
    fighter.health += card.kin * (len(row) - 1)
