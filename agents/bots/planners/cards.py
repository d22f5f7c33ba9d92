"""How to plan in the card battle."""

from __future__ import annotations

import random
from collections.abc import Iterator

from agents.bots.planners.craft import Craft
from games.tactics.card_battle import CardBattle, Row


class CardCraft(Craft[CardBattle, Row]):
    """Rows are bettered card by card: another one, one more, or two that change places."""

    def draw(self, rng: random.Random) -> Row:
        row: list[str] = []
        left = self.game.budget(self.seat)
        while len(row) < self.game.params.places:
            buyable = [name for name in self.game.names(self.seat) if self._price(name) <= left]
            if not buyable:
                break
            row.append(rng.choice(buyable))
            left -= self._price(row[-1])
        return tuple(row)

    def drafts(self, enemy: Row) -> Iterator[Row]:
        yield from self.game.examples(self.seat)

    def changes(self, plan: Row) -> Iterator[Row]:
        left = self.game.budget(self.seat) - self.game.cost(self.seat, plan)
        for name in self.game.names(self.seat):
            price = self._price(name)
            for place, old in enumerate(plan):
                if price <= left + self._price(old):
                    yield (*plan[:place], name, *plan[place + 1 :])
            if price <= left and len(plan) < self.game.params.places:
                yield from ((*plan[:place], name, *plan[place:]) for place in range(len(plan) + 1))
        for place in range(len(plan) - 1):
            yield (*plan[:place], plan[place + 1], plan[place], *plan[place + 2 :])

    def _price(self, name: str) -> int:
        return self.game.card(self.seat, name).cost
