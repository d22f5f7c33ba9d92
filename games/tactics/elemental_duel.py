"""Elemental duel: three fighters a side, with skills bought under a budget, meet one on one until a side is out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Final, NamedTuple

from pydantic import Field

from games.core import GameParams, Illegal, Seat, Unparsable
from games.info import ActionKind, Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import quoted
from games.tactics.duel_skills import (
    BURN_TURNS,
    EFFECTIVE,
    FACTORS,
    OPPOSED,
    RESISTED,
    SKILLS,
    Element,
    Skill,
    skill_text,
)
from games.tactics.plans import Battle, PlanGame

TEAMS: Final[tuple[tuple[Element, ...], tuple[Element, ...]]] = (("fire", "water", "dark"), ("wood", "earth", "light"))
SKILLS_EACH: Final = 3


class ElementalDuelParams(GameParams):
    """Parameters of the elemental duel."""

    budget: int = Field(20, ge=12, le=50, description="What each side may spend.")
    health: int = Field(100, ge=10, le=1000, description="Health of every fighter.")
    turns: int = Field(100, ge=10, le=1000, description="Turns after which the battle is broken off.")


class Fighter(NamedTuple):
    """One of a side: its element, and its skills in the order in which it uses them, again and again."""

    element: Element
    skills: tuple[str, ...]


Team = tuple[Fighter, ...]


@dataclass(slots=True)
class _Duellist:
    """A fighter in battle."""

    element: Element
    skills: tuple[Skill, ...]
    health: int
    most: int
    shield: int = 0
    used: int = 0
    burn: int = 0
    burning: int = 0
    weakened: int = 0
    boosted: int = 0
    stunned: bool = False

    def next_skill(self) -> Skill | None:
        """The skill of this turn; None when it is stunned."""
        if self.stunned:
            self.stunned = False
            return None
        self.used += 1
        return self.skills[(self.used - 1) % len(self.skills)]

    def suffer(self, damage: int) -> int:
        """Take a hit; returns what got past the shield."""
        stopped = min(self.shield, damage)
        self.shield -= stopped
        self.health -= damage - stopped
        return damage - stopped


class ElementalDuel(PlanGame[Team]):
    """A plan is a team: the side's three fighters in the order in which they come forward, with three skills each.

    Attributes:
        skills: the table of skills, by element.
    """

    Params = ElementalDuelParams
    params: ElementalDuelParams
    margin_unit = "points of health"
    info = GameInfo(
        name="elemental_duel",
        version=1,
        title="Elemental duel",
        summary="Three fighters a side, with skills bought under a budget, duel one after the other.",
        family="tactics",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.ZERO_SUM,
        actions=ActionKind.OPEN,
        roles=("invader", "defender"),
        tags=("plans", "budget", "turn-based combat", "simulation", "advgamebench"),
        references=(
            "AdvGameBench, 2025, arXiv 2506.12012 (the shape: three fighters a side, three of six skills each at "
            "costs 1, 1, 2, 3, 4, 5, budget 20, 100 health, factors 1.2, 0.8 and 1.5; skills, their numbers, and "
            "turns in which "
            "both act at once are ours)",
        ),
    )

    def __init__(self, params: ElementalDuelParams | None = None) -> None:
        super().__init__(params)
        self.skills: Mapping[Element, Mapping[str, Skill]] = SKILLS

    def budget(self, seat: Seat) -> int:
        return self.params.budget

    def cost(self, seat: Seat, plan: Team) -> int:
        return sum(self.skills[element][skill].cost for element, skills in plan for skill in skills)

    def simulate(self, first: Team, second: Team) -> Battle:
        sides = ([self._duellist(each) for each in first], [self._duellist(each) for each in second])
        lines: list[str] = []
        turn = begun = 0
        while all(sides) and turn < self.params.turns:
            one, other = sides[0][0], sides[1][0]
            turn += 1
            _exchange(one, other)
            if one.health > 0 and other.health > 0:
                continue
            lines.append(f"{one.element} against {other.element}, turns {begun + 1} to {turn}: {_ending(one, other)}.")
            begun = turn
            for side in sides:
                side[:] = [each for each in side if each.health > 0]
        left = [sum(each.health for each in side) for side in sides]
        if all(sides):
            lines.append(f"Broken off after {turn} turns; health left: invader {left[0]}, defender {left[1]}.")
        return Battle(None if left[0] == left[1] else int(left[1] > left[0]), max(left), "\n".join(lines))

    def write(self, seat: Seat, plan: Team) -> str:
        return "; ".join(f"{element}: {' '.join(skills)}" for element, skills in plan)

    def read(self, seat: Seat, text: str) -> Team:
        team = tuple(self._fighter(seat, entry.strip()) for entry in text.strip(" ;").split(";"))
        if sorted(each.element for each in team) != sorted(TEAMS[seat]):
            raise Illegal(f"name each of {', '.join(TEAMS[seat])} once, in the order in which they come forward")
        return team

    def examples(self, seat: Seat) -> Sequence[Team]:
        teams = [
            tuple(
                Fighter(element, self._priced(element, prices)) for element, prices in zip(order, shares, strict=True)
            )
            for order in permutations(TEAMS[seat])
            for shares in (*_SHARES, _CHEAPEST)
        ]
        return [team for team in teams if self.cost(seat, team) <= self.params.budget]

    def units_text(self, seat: Seat) -> str:
        return "\n".join(
            f"{element}: " + " / ".join(skill_text(name, skill) for name, skill in self.skills[element].items())
            for element in TEAMS[seat]
        )

    def rules_text(self, seat: Seat) -> str:
        own = self.params
        shown = self.examples(seat)[::7][:3]
        return (
            f"Elemental duel. You are the {self.info.roles[seat]}, with the fighters {', '.join(TEAMS[seat])}; the "
            f"enemy has {', '.join(TEAMS[1 - seat])}. Every fighter has {own.health} health and exactly {SKILLS_EACH} "
            "different skills that its side buys. The foremost fighters of both sides duel; whoever falls is followed "
            "by the next of its side, and the winner stays with the health and shield it has left. A side wins when "
            f"all enemies have fallen. If the last ones fall together nobody wins; after {own.turns} turns the side "
            "with more health left wins.\n"
            f"{self.budget_rules(seat)}\n"
            "In every turn both foremost fighters act at once, each with the next of its skills in the order of its "
            "plan, from the first again after the last. Shields and healing come first; a shield takes damage instead "
            f"of its owner until it is used up; healing stops at {own.health}. Then both hit. Burning does its damage "
            f"at the end of this turn and the next ones, {BURN_TURNS} in all, past shields, and a new burn replaces an "
            "old one. Weakening cuts the enemy's next hit, boosting raises the user's next hit, draining heals the "
            "user by a part of the damage that got past a shield, stunning makes the enemy lose its next turn.\n"
            f"{_factor_rules()}\n"
            f"Skills of the invader:\n{self.units_text(0)}\n"
            f"Skills of the defender:\n{self.units_text(1)}\n"
            "A plan names your fighters from the foremost on, each with its skills in the order of use; semicolons "
            "part the fighters.\n"
            + "\n".join(f"Write your plan on one line, for example: {self.write(seat, team)}" for team in shown)
        )

    def _duellist(self, fighter: Fighter) -> _Duellist:
        table, health = self.skills[fighter.element], self.params.health
        return _Duellist(fighter.element, tuple(table[name] for name in fighter.skills), health, health)

    def _priced(self, element: Element, prices: Sequence[int]) -> tuple[str, ...]:
        """Skills by their place in the table, where prices rise."""
        names = list(self.skills[element])
        return tuple(names[price] for price in prices)

    def _fighter(self, seat: Seat, entry: str) -> Fighter:
        element, colon, listed = entry.partition(":")
        skills = tuple(listed.split())
        if not colon or not skills:
            raise Unparsable(f"{quoted(entry)} is no fighter; expected its element, a colon and {SKILLS_EACH} skills")
        element = element.strip()
        if element not in TEAMS[seat]:
            raise Illegal(f"you have no fighter {quoted(element)}; yours are {', '.join(TEAMS[seat])}")
        unknown = [name for name in skills if name not in self.skills[element]]
        if unknown:
            raise Illegal(f"{element} has no skill {quoted(unknown[0])}; it has {', '.join(self.skills[element])}")
        if len(skills) != SKILLS_EACH or len(set(skills)) != SKILLS_EACH:
            raise Illegal(f"{element} needs {SKILLS_EACH} different skills, not {quoted(' '.join(skills))}")
        return Fighter(element, skills)


# Places of the three skills in the tables, fighter by fighter; prices there are 1, 1, 2, 3, 4, 5.
_SHARES: Final = (
    ((4, 2, 0), (4, 2, 0), (2, 1, 0)),
    ((5, 4, 0), (2, 1, 0), (2, 1, 0)),
    ((2, 3, 0), (2, 3, 0), (2, 3, 0)),
    ((2, 1, 0), (2, 3, 1), (4, 2, 1)),
)
_CHEAPEST: Final = ((2, 1, 0),) * 3


def _exchange(one: _Duellist, other: _Duellist) -> None:
    """One turn of both."""
    pairs = ((one, other, one.next_skill()), (other, one, other.next_skill()))
    for user, _, skill in pairs:
        if skill is not None:
            user.shield += skill.shield
            user.health = min(user.most, user.health + skill.heal)
    hits = [0 if skill is None else _damage(user, enemy, skill) for user, enemy, skill in pairs]
    past = [enemy.suffer(hit) for (_, enemy, _), hit in zip(pairs, hits, strict=True)]
    for (user, enemy, skill), done in zip(pairs, past, strict=True):
        if skill is not None:
            _lasting(user, enemy, skill)
            if user.health > 0:
                user.health = min(user.most, user.health + done * skill.drain // 100)
    for user, _, _ in pairs:
        if user.burning:
            user.burning -= 1
            user.health -= user.burn


def _damage(user: _Duellist, enemy: _Duellist, skill: Skill) -> int:
    """Damage of a hit, rounded down; boosts and weakening are used up by it."""
    if not skill.damage:
        return 0
    percent = FACTORS.get((user.element, enemy.element), 100)
    damage = skill.damage * percent * (100 + user.boosted) * (100 - user.weakened) // 1_000_000
    user.boosted = user.weakened = 0
    return damage


def _lasting(user: _Duellist, enemy: _Duellist, skill: Skill) -> None:
    """What a skill leaves behind."""
    user.boosted = skill.boost or user.boosted
    enemy.weakened = skill.weaken or enemy.weakened
    enemy.stunned = skill.stun or enemy.stunned
    if skill.burn:
        enemy.burn, enemy.burning = skill.burn, BURN_TURNS


def _ending(one: _Duellist, other: _Duellist) -> str:
    """How a duel ended."""
    if one.health <= 0 and other.health <= 0:
        return "both fall"
    winner = one if one.health > 0 else other
    return f"{winner.element} wins with {winner.health} health left"


def _factor_rules() -> str:
    """How elements change damage, in words."""
    parts = [
        f"{percent}% of its damage: "
        + ", ".join(f"{hitter} on {target}" for (hitter, target), factor in FACTORS.items() if factor == percent)
        for percent in (EFFECTIVE, RESISTED, OPPOSED)
    ]
    return f"A hit does {'; '.join(parts)}; in all other cases 100%. Fractions are dropped."
