"""Lane defence: fights whose course follows from the table by hand, plans and their texts, and budgets."""

from __future__ import annotations

import random
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.bots.planners.lanes import LaneCraft
from games.core import Illegal, Unparsable
from games.registry import load
from games.tactics.lane_defence import ATTACKER, DEFENDER, LaneDefence, Post
from games.tactics.lane_units import ATTACKERS, DEFENDERS, attacker_text, defender_text

GAME = LaneDefence()


def through(defence: str, attack: str, game: LaneDefence = GAME) -> int:
    """How many attackers come through the gate in lane 1."""
    (lane, *_) = game.lanes(game.read(DEFENDER, defence), game.read(ATTACKER, attack))
    return len(lane.through)


# An attacker of pace p that enters at tick 0 comes through after 11 p ticks; an archer fires at ticks 0, 4, 8, ...
@pytest.mark.parametrize(
    ("defence", "attack", "expected"),
    [
        ("archer 1-1", "raider 1@0", 0),  # ten shots until tick 36, gate at tick 54
        ("archer 1-1", "runner 1@0", 1),  # nine shots until tick 32, when it is through
        ("archer 1-1 1-2", "runner 1@0", 0),
        ("archer 1-1", "veteran 1@0", 1),
        ("crossbow 1-1", "veteran 1@0", 0),
        ("archer 2-1", "raider 1@0", 1),
        ("archer 1-1", "shieldman 1@0", 1),
        ("archer 1-1; lodestone 1-2", "shieldman 1@0", 0),
        ("brazier 1-1", "shieldman 1@0", 0),
        ("brazier 1-1", "salamander 1@0", 1),
        ("icicle 1-1", "yeti 1@0", 1),
        ("icicle 1-1", "runner 1@0", 0),
        ("archer 1-1 1-2 1-3; palisade 1-4", "glider 1@0", 1),
        ("falconer 1-1", "glider 1@0", 0),
        ("falconer 1-1", "raider 1@0", 1),
        ("keg 1-5", "raider 1@0x9", 0),
        ("keg 1-5", "veteran 1@0x9", 9),
        ("keg 1-5", "raider 1@0x2 1@30", 1),
        ("archer 1-1 1-2; fence 1-9", "vaulter 1@0", 0),
        ("archer 2-1", "drummer 1@0", 3),  # raiders join it at ticks 20 and 40
        ("archer 1-1", "drummer 1@0", 1),  # it falls at tick 36, between the two
    ],
)
def test_known_fights(defence: str, attack: str, expected: int) -> None:
    assert through(defence, attack) == expected


def ended(defence: str, attack: str) -> int:
    (lane, *_) = GAME.lanes(GAME.read(DEFENDER, defence), GAME.read(ATTACKER, attack))
    return lane.ended


def test_walls_hold_attackers_up_as_long_as_they_last() -> None:
    free = ended("fence 2-1", "raider 1@0")
    assert free == 55
    assert ended("fence 1-5", "raider 1@0") == free + 15 * 5
    assert ended("fence 1-5", "breaker 1@0") == free + 3 * 5
    assert ended("palisade 1-5", "raider 1@0") == free + 30 * 5
    assert ended("fence 1-5", "vaulter 1@0") == free - 5
    assert ended("palisade 1-5", "vaulter 1@0") == ended("palisade 1-5", "raider 1@0")


def test_time_runs_out_for_the_attack() -> None:
    battle = GAME.simulate(GAME.read(DEFENDER, "palisade 1-5 1-6"), GAME.read(ATTACKER, "raider 1@0"))
    assert battle.winner == DEFENDER
    assert "still outside: 1" in battle.report


@pytest.mark.parametrize("seat", [DEFENDER, ATTACKER])
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_drawn_plans_are_within_budget_and_read_back_as_they_are_written(seat: int, seed: int) -> None:
    plan = LaneCraft(GAME, seat).draw(random.Random(seed))
    text = GAME.write(seat, plan)
    assert GAME.read(seat, text) == plan
    assert GAME.parse_action(GAME.initial_state(), seat, f" {text.upper()} ; ") == plan
    assert 0 < GAME.cost(seat, plan) <= GAME.budget(seat)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32), order=st.permutations(range(1, 6)))
def test_lanes_are_alike_and_do_not_touch(seed: int, order: list[int]) -> None:
    rng = random.Random(seed)
    plans = [LaneCraft(GAME, seat).draw(rng) for seat in (DEFENDER, ATTACKER)]
    moved = [
        GAME.plan(seat, (post._replace(lane=order[post.lane - 1]) for post in plan)) for seat, plan in enumerate(plans)
    ]
    assert GAME.battle(moved)[:2] == GAME.battle(plans)[:2]


def test_the_order_of_writing_does_not_matter() -> None:
    assert GAME.read(ATTACKER, "giant 1@0; raider 2@5 2@0 2@0") == (
        Post("raider", 2, 0),
        Post("raider", 2, 0),
        Post("raider", 2, 5),
        Post("giant", 1, 0),
    )
    assert GAME.write(ATTACKER, GAME.read(ATTACKER, "raider 2@0; raider 2@0x2")) == "raider 2@0x3"


@pytest.mark.parametrize(
    ("seat", "text", "error"),
    [
        (DEFENDER, "archer 1-1; fence 1-1", Illegal),
        (DEFENDER, "archer 6-1", Illegal),
        (DEFENDER, "archer 1-11", Illegal),
        (DEFENDER, "raider 1-1", Illegal),
        (DEFENDER, "archer 1@1", Unparsable),
        (DEFENDER, "archer 1-1x2", Unparsable),
        (DEFENDER, "archer", Unparsable),
        (DEFENDER, "", Unparsable),
        (ATTACKER, "raider 1@0x41", Illegal),
        (ATTACKER, "raider 0@0", Illegal),
        (ATTACKER, "raider 1-0", Unparsable),
        (ATTACKER, "raider 1@0, 2@0", Unparsable),
        (ATTACKER, "raider 1@0 " * 300, Unparsable),
    ],
)
def test_what_is_no_plan_is_refused(seat: int, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        GAME.parse_action(GAME.initial_state(), seat, text)


# Reload, element and metal say something only of a unit that shoots or has armour.
@pytest.mark.parametrize("name", DEFENDERS)
def test_every_number_of_a_defender_is_told(name: str) -> None:
    unit = replace(DEFENDERS[name], damage=DEFENDERS[name].damage or 10, reload=DEFENDERS[name].reload or 4)
    _every_field_is_told(unit, lambda changed: defender_text(name, changed))


@pytest.mark.parametrize("name", ATTACKERS)
def test_every_number_of_an_attacker_is_told(name: str) -> None:
    unit = replace(ATTACKERS[name], armour=ATTACKERS[name].armour or 20)
    _every_field_is_told(unit, lambda changed: attacker_text(name, changed))


def _every_field_is_told(unit, text) -> None:
    for field in fields(unit):
        old = getattr(unit, field.name)
        new = _other(field.name, old)
        assert text(replace(unit, **{field.name: new})) != text(unit), field.name


def _other(name: str, old: object) -> object:
    if isinstance(old, bool):
        return not old
    if isinstance(old, int):
        return old + 7
    return "fire" if old != "fire" else "plain"


def test_simulator_and_rules_use_one_table() -> None:
    game = LaneDefence()
    assert through("archer 1-1", "raider 1@0", game) == 0
    game.attackers = {**ATTACKERS, "raider": replace(ATTACKERS["raider"], pace=2)}
    assert through("archer 1-1", "raider 1@0", game) == 1
    for seat in (DEFENDER, ATTACKER):
        assert "raider: cost 100, health 100, bite 10, pace 2" in game.rules_text(seat)
        assert "raider: cost 100, health 100, bite 10, pace 5" in GAME.rules_text(seat)


@pytest.mark.parametrize(
    ("archers", "runners", "winner"),
    [
        (30, 10, ATTACKER),
        (20, 11, DEFENDER),
        (21, 12, DEFENDER),
        (30, 12, ATTACKER),
        (30, 15, None),
    ],
)
def test_a_plan_over_budget_loses_to_one_within_and_to_one_that_is_less_over(
    archers: int, runners: int, winner: int | None
) -> None:
    cells = [Post("archer", lane, column) for lane in range(1, 6) for column in range(1, 11)]
    plans = (tuple(cells[:archers]), (Post("runner", 1, 0),) * runners)
    assert GAME.battle(plans)[:2] == (winner, 0)


def test_payoffs_and_texts_follow_the_battle() -> None:
    game = load("lane_defence")
    state = game.apply(game.initial_state(), {0: game.read(0, "archer 1-1"), 1: game.read(1, "raider 2@0")})
    assert game.returns(state) == (-1, 1)
    assert "You lost this battle; units the enemy has left: 1." in game.observation(state, 0)
    assert "The enemy's plan, 100 of 2000 spent: archer 1-1" in game.observation(state, 1)
    assert "Nobody came in lanes 1, 3, 4, 5." in game.observation(state, 1)
