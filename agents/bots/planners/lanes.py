"""How to plan in lane defence."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from agents.bots.planners.craft import Craft
from games.tactics.lane_defence import ATTACKER, DEFENDER, LaneDefence, LanePlan, Post

# A random attacker enters within so many ticks, and a random plan has at most so many units.
_LAST_ENTRY: Final = 20
_MOST_DRAWN: Final = 25


class LaneCraft(Craft[LaneDefence, LanePlan]):
    """Attackers go down one lane; defenders stand where the enemy came, as strong as it was there."""

    def draw(self, rng: random.Random) -> LanePlan:
        prices, left = self.game.prices(self.seat), self.game.budget(self.seat)
        cells = [self._cell(lane, rng) for lane in self._lanes() for _ in range(_MOST_DRAWN)]
        rng.shuffle(cells)
        posts: dict[tuple[int, int], Post] = {}
        for lane, place in cells[:_MOST_DRAWN]:
            buyable = [unit for unit, price in prices.items() if price <= left]
            if buyable and (lane, place) not in posts:
                posts[lane, place] = Post(rng.choice(buyable), lane, place)
                left -= prices[posts[lane, place].unit]
        return self.game.plan(self.seat, posts.values())

    def drafts(self, enemy: LanePlan) -> Iterator[LanePlan]:
        yield from self.game.examples(self.seat)
        if self.seat == ATTACKER:
            for lane, unit in product(self._lanes(), self.game.attackers):
                if plan := self.game.even(ATTACKER, (unit,), (lane,)):
                    yield plan
        else:
            yield from self._answers(enemy)

    def _answers(self, enemy: LanePlan) -> Iterator[LanePlan]:
        """Defences in the lanes that the enemy uses, with each shooter, wall and number of kegs."""
        shooters = [name for name, unit in self.game.defenders.items() if unit.damage and not unit.anti_air]
        walls = [name for name, unit in self.game.defenders.items() if unit.barrier]
        kegs = [name for name, unit in self.game.defenders.items() if unit.blast]
        for shooter, wall, front in product(shooters, walls, ((), kegs, kegs * 2)):
            if plan := self._defence(enemy, shooter, (wall, *front)):
                yield plan

    def _defence(self, enemy: LanePlan, shooter: str, front: Sequence[str]) -> LanePlan:
        """A lane's part of the budget is its part of the enemy's: for the front, then anti-air, then shooters."""
        air = next((name for name, unit in self.game.defenders.items() if unit.anti_air), shooter)
        threat, flying = Counter[int](), Counter[int]()
        for post in enemy:
            unit = self.game.attackers[post.unit]
            threat[post.lane] += unit.cost
            flying[post.lane] += unit.cost * unit.flies
        posts: list[Post] = []
        for lane, cost in threat.items():
            money = self.game.budget(DEFENDER) * cost // threat.total()
            walkers = [(unit, self.game.defenders[unit].cost) for unit in front if flying[lane] < cost]
            posts += self._lane(lane, money, [*walkers, (air, money * flying[lane] // cost), (shooter, money)])
        return self.game.plan(DEFENDER, posts)

    def _lane(self, lane: int, money: int, wishes: Sequence[tuple[str, int]]) -> list[Post]:
        """Of each wish, in turn, as many as its own money allows; what is bought first stands outermost."""
        prices, columns = self.game.prices(DEFENDER), self.game.params.columns - 1
        bought: list[str] = []
        for unit, most in wishes:
            number = min(min(most, money) // prices[unit], columns - len(bought))
            bought += [unit] * number
            money -= number * prices[unit]
        return [Post(unit, lane, column) for column, unit in enumerate(reversed(bought), start=1)]

    def _cell(self, lane: int, rng: random.Random) -> tuple[int, int]:
        last = self.game.params.columns - 1 if self.seat == DEFENDER else _LAST_ENTRY
        return lane, rng.randint(1, last)

    def _lanes(self) -> range:
        return range(1, self.game.params.lanes + 1)
