"""How to plan in the elemental duel."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations
from typing import TypeVar

from agents.bots.planners.craft import Craft
from games.tactics.elemental_duel import SKILLS_EACH, TEAMS, ElementalDuel, Fighter, Team

Item = TypeVar("Item")


class DuelCraft(Craft[ElementalDuel, Team]):
    """Teams are bettered skill by skill: another one, or two that change places; and so are fighters."""

    def draw(self, rng: random.Random) -> Team:
        while True:
            order = rng.sample(TEAMS[self.seat], len(TEAMS[self.seat]))
            team = tuple(
                Fighter(element, tuple(rng.sample(list(self.game.skills[element]), SKILLS_EACH))) for element in order
            )
            if self._affordable(team):
                return team

    def drafts(self, enemy: Team) -> Iterator[Team]:
        yield from self.game.examples(self.seat)

    def changes(self, plan: Team) -> Iterator[Team]:
        for one, other in combinations(range(len(plan)), 2):
            yield _swapped(plan, one, other)
        for place, fighter in enumerate(plan):
            for skills in self._other_skills(fighter):
                team = (*plan[:place], Fighter(fighter.element, skills), *plan[place + 1 :])
                if self._affordable(team):
                    yield team

    def _other_skills(self, fighter: Fighter) -> Iterator[tuple[str, ...]]:
        skills = fighter.skills
        for one, other in combinations(range(len(skills)), 2):
            yield _swapped(skills, one, other)
        for place in range(len(skills)):
            for name in self.game.skills[fighter.element]:
                if name not in skills:
                    yield (*skills[:place], name, *skills[place + 1 :])

    def _affordable(self, team: Team) -> bool:
        return self.game.cost(self.seat, team) <= self.game.budget(self.seat)


def _swapped(items: tuple[Item, ...], one: int, other: int) -> tuple[Item, ...]:
    """The items with two of them in each other's place."""
    places = list(items)
    places[one], places[other] = places[other], places[one]
    return tuple(places)
