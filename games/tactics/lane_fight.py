"""The simulator of lane defence: one lane, tick by tick, with nothing left to chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from games.tactics.lane_units import BURN_DAMAGE, BURN_EVERY, CALLED, EFFECT_TICKS, Attacker, Defender


class LaneResult(NamedTuple):
    """How a lane ended.

    Attributes:
        through: attackers that came through the gate, by name, in that order.
        fell: how many attackers fell.
        left: how many were on their way when time was up, or had not come yet.
        standing: how many defenders are left.
        ended: the tick of its last event.
    """

    through: tuple[str, ...]
    fell: int
    left: int
    standing: int
    ended: int


class Field(NamedTuple):
    """What a lane is fought on.

    Attributes:
        columns: number of the column that attackers enter.
        ticks: when the fight ends at the latest.
        attackers: the table of attackers; callers need it.
    """

    columns: int
    ticks: int
    attackers: Mapping[str, Attacker]


@dataclass(slots=True)
class _Post:
    """A defender in its cell."""

    unit: Defender
    column: int
    health: int


@dataclass(slots=True)
class _Walker:
    """An attacker on the field."""

    name: str
    unit: Attacker
    column: int
    health: int
    wait: int
    since: int
    vaulted: bool = False
    burning: int = 0
    slowed: int = 0


class _Lane:
    """A lane while it is fought."""

    def __init__(self, field: Field, posts: list[_Post]) -> None:
        self.field = field
        self.posts = posts
        self.walkers: list[_Walker] = []
        self.through: list[str] = []
        self.fell = 0
        self.stripped = False

    def enter(self, name: str, tick: int, column: int) -> None:
        unit = self.field.attackers[name]
        self.walkers.append(_Walker(name, unit, column, unit.health, unit.pace, tick))

    def step(self, tick: int) -> None:
        """Shots and blasts, then fire, then the attackers, foremost first."""
        self.stripped = any(post.unit.strips for post in self.posts)
        for post in list(self.posts):
            if post.unit.blast:
                self._blast(post)
            elif post.unit.damage and tick % post.unit.reload == 0:
                self._shoot(post, tick)
        if tick % BURN_EVERY == 0:
            self._burn(tick)
        for walker in sorted(self.walkers, key=lambda walker: walker.column):
            self._act(walker, tick)

    def _blast(self, post: _Post) -> None:
        walkers = [walker for walker in self.walkers if not walker.unit.flies]
        if any(walker.column == post.column + 1 for walker in walkers):
            self.posts.remove(post)
            for walker in walkers:
                self._hurt(walker, post.unit.blast)

    def _shoot(self, post: _Post, tick: int) -> None:
        in_sight = [
            walker
            for walker in self.walkers
            if walker.column >= post.column and walker.unit.flies == post.unit.anti_air
        ]
        if not in_sight:
            return
        target, element = min(in_sight, key=lambda walker: walker.column), post.unit.element
        if target.unit.immune == element:
            return
        if element == "fire":
            target.burning = tick + EFFECT_TICKS
        if element == "frost":
            target.slowed = tick + EFFECT_TICKS
        armour = target.unit.armour
        if element != "plain" or (target.unit.metal and self.stripped):
            armour = 0
        self._hurt(target, post.unit.damage * (100 - armour) // 100)

    def _burn(self, tick: int) -> None:
        for walker in list(self.walkers):
            if walker.burning > tick:
                self._hurt(walker, BURN_DAMAGE)

    def _hurt(self, walker: _Walker, damage: int) -> None:
        walker.health -= damage
        if walker.health <= 0:
            self.walkers.remove(walker)
            self.fell += 1

    def _act(self, walker: _Walker, tick: int) -> None:
        if walker.unit.calls and tick > walker.since and (tick - walker.since) % walker.unit.calls == 0:
            self.enter(CALLED, tick, walker.column)
        walker.wait -= 1
        if walker.wait > 0:
            return
        walker.wait = walker.unit.pace * (2 if walker.slowed > tick else 1)
        post = None if walker.unit.flies else self._in_the_way(walker)
        if post is None:
            self._walk(walker, 1)
        elif walker.unit.vaults and not walker.vaulted and not post.unit.tall:
            walker.vaulted = True
            self._walk(walker, 2)
        else:
            self._bite(walker, post)

    def _in_the_way(self, walker: _Walker) -> _Post | None:
        """The defender in the next column; one who lands in a defender's cell fights that one first."""
        near = [post for post in self.posts if walker.column - 1 <= post.column <= walker.column]
        return max(near, key=lambda post: post.column, default=None)

    def _walk(self, walker: _Walker, columns: int) -> None:
        walker.column -= columns
        if walker.column < 1:
            self.walkers.remove(walker)
            self.through.append(walker.name)

    def _bite(self, walker: _Walker, post: _Post) -> None:
        post.health -= walker.unit.bite * (walker.unit.siege if post.unit.barrier else 1)
        if post.health <= 0:
            self.posts.remove(post)


def fight(field: Field, posts: Sequence[tuple[int, Defender]], waves: Sequence[tuple[int, str]]) -> LaneResult:
    """The fight in one lane.

    Args:
        field: what it is fought on.
        posts: column and unit of each defender.
        waves: tick and name of each attacker, in order of entry.
    """
    lane = _Lane(field, [_Post(unit, column, unit.health) for column, unit in posts])
    coming = list(waves)
    tick = 0
    while tick < field.ticks and (coming or lane.walkers):
        while coming and coming[0][0] <= tick:
            lane.enter(coming.pop(0)[1], tick, field.columns)
        lane.step(tick)
        tick += 1
    return LaneResult(tuple(lane.through), lane.fell, len(lane.walkers) + len(coming), len(lane.posts), tick)
