"""Elemental duel: exchanges worked out by hand, teams and their texts, and one table for all."""

from __future__ import annotations

import random
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.bots.planners.duels import DuelCraft
from games.core import Illegal, Unparsable
from games.tactics.duel_skills import SKILLS, Skill, skill_text
from games.tactics.elemental_duel import ElementalDuel

GAME = ElementalDuel()
FIRST = "fire: blaze flare spark; water: torrent wave drip; dark: curse leech gloom"
SECOND = "wood: timber bramble thorn; earth: quake slab pebble; light: ray glow gleam"


def report(first: str, second: str, game: ElementalDuel = GAME) -> list[str]:
    return game.simulate(game.read(0, first), game.read(1, second)).report.splitlines()


def test_a_duel_worked_out_by_hand() -> None:
    # Fire does 60, 31 and 14 to wood; wood does 40, 16 and 9 to fire, and burns it for 2 in the second and third turn.
    assert report(FIRST, SECOND)[0] == "fire against wood, turns 1 to 3: fire wins with 31 health left."


def exchange(fire: dict[str, Skill], wood: dict[str, Skill], turns: int) -> str:
    """The first duel of fire and wood with other skills, and how it ends after so many turns."""
    game = ElementalDuel.of(turns=max(10, turns))
    game.skills = {
        **SKILLS,
        "fire": dict(zip("abc", fire.values(), strict=True)),
        "wood": dict(zip("abc", wood.values(), strict=True)),
    }
    first = "fire: a b c; water: drip mist wave; dark: gloom leech curse"
    second = "wood: a b c; earth: pebble clay slab; light: gleam glow ray"
    return report(first, second, game)[0]


IDLE = Skill(cost=1)


@pytest.mark.parametrize(
    ("fire", "wood", "ending"),
    [
        # 120% of 50 in the first and fourth turn.
        ((Skill(1, damage=50), IDLE, IDLE), (IDLE,) * 3, "turns 1 to 4: fire wins with 100 health left"),
        # A shield of 25 lasts; without it the first hit leaves 40, with it 65.
        ((Skill(1, damage=50), IDLE, IDLE), (Skill(1, shield=25), IDLE, IDLE), "turns 1 to 7: fire wins with 100"),
        # Healing 20 each third turn stops at the health of the beginning.
        ((Skill(1, damage=50), IDLE, IDLE), (IDLE, Skill(1, heal=200), IDLE), "Broken off after 10 turns"),
        # Burning does its damage in three turns: 3 * 20 before it is renewed at turn 4.
        ((Skill(1, burn=20), IDLE, IDLE), (IDLE,) * 3, "turns 1 to 5: fire wins with 100"),
        # Weakened by half, then boosted by half: 60, then 30 and 90.
        ((Skill(1, damage=50), IDLE, IDLE), (Skill(1, weaken=50),) * 3, "turns 1 to 7: fire wins"),
        ((Skill(1, damage=30, boost=100), Skill(1, damage=30), IDLE), (IDLE,) * 3, "turns 1 to 2: fire wins"),
        # Resisted hits do 80%; stunned every second turn, wood needs twice as long.
        ((IDLE,) * 3, (Skill(1, damage=25),) * 3, "turns 1 to 5: wood wins"),
        ((Skill(1, stun=True),) * 3, (Skill(1, damage=25),) * 3, "Broken off after 10 turns"),
        # Drains half of 60.
        ((Skill(1, damage=50, drain=50), IDLE, IDLE), (Skill(1, damage=25),) * 3, "fire wins with 70"),
        ((Skill(1, damage=50),) * 3, (Skill(1, damage=70),) * 3, "turns 1 to 2: both fall"),
    ],
)
def test_what_skills_do(fire: tuple[Skill, ...], wood: tuple[Skill, ...], ending: str) -> None:
    assert ending in exchange(dict(enumerate(fire)), dict(enumerate(wood)), 10)


def test_light_and_dark_hit_each_other_hardest() -> None:
    first = "dark: gloom leech eclipse; fire: spark cinder flare; water: drip mist wave"
    second = "light: gleam glow ray; wood: thorn root bramble; earth: pebble clay slab"
    # Dark: 18, 12, 63; light: 18, 6, 39 and 10 healed in the second turn; dark drains 6 and 15.
    assert report(first, second)[0] == "dark against light, turns 1 to 4: dark wins with 40 health left."


@pytest.mark.parametrize("seat", [0, 1])
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_drawn_teams_are_within_budget_and_read_back_as_they_are_written(seat: int, seed: int) -> None:
    team = DuelCraft(GAME, seat).draw(random.Random(seed))
    assert GAME.parse_action(GAME.initial_state(), seat, GAME.write(seat, team)) == team
    assert GAME.cost(seat, team) <= GAME.budget(seat)
    for changed in DuelCraft(GAME, seat).changes(team):
        assert changed == GAME.read(seat, GAME.write(seat, changed))
        assert GAME.cost(seat, changed) <= GAME.budget(seat)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (FIRST.replace("dark", "wood"), Illegal),
        (FIRST.replace("gloom", "spark"), Illegal),
        (FIRST.replace("gloom", "leech"), Illegal),
        (FIRST.replace(" gloom", ""), Illegal),
        (FIRST.partition(";")[0], Illegal),
        (FIRST.replace("water: torrent wave drip", "fire: blaze flare spark"), Illegal),
        (FIRST.replace(":", ""), Unparsable),
        ("", Unparsable),
    ],
)
def test_what_is_no_team_is_refused(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        GAME.parse_action(GAME.initial_state(), 0, text)


@pytest.mark.parametrize(("element", "name"), [(element, name) for element in SKILLS for name in SKILLS[element]])
def test_every_number_of_a_skill_is_told(element: str, name: str) -> None:
    skill = SKILLS[element][name]
    for field in fields(skill):
        old = getattr(skill, field.name)
        changed = replace(skill, **{field.name: not old if isinstance(old, bool) else old + 7})
        assert skill_text(name, changed) != skill_text(name, skill), field.name


def test_simulator_and_rules_use_one_table() -> None:
    game = ElementalDuel()
    game.skills = {**SKILLS, "fire": {**SKILLS["fire"], "blaze": Skill(cost=4, damage=90)}}
    assert report(FIRST, SECOND, game)[0] == "fire against wood, turns 1 to 1: fire wins with 60 health left."
    for seat in (0, 1):
        assert "blaze: cost 4; damage 90" in game.rules_text(seat)
        assert "blaze: cost 4; damage 50" in GAME.rules_text(seat)


def test_prices_are_those_of_the_paper_for_every_element() -> None:
    for skills in SKILLS.values():
        assert [skill.cost for skill in skills.values()] == [1, 1, 2, 3, 4, 5]
