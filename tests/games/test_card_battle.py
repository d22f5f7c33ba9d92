"""Card battle: battles of a few cards worked out by hand, rows and their texts, and one table for all."""

from __future__ import annotations

import random
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.bots.planners.cards import CardCraft
from games.core import Illegal, Unparsable
from games.tactics.card_battle import RAIDER, WARDEN, CardBattle
from games.tactics.card_units import RAIDERS, TOKENS, WARDENS, Card, card_text, golden

GAME = CardBattle()
CARDS = {**RAIDERS, **WARDENS, **TOKENS}


def battle(raiders: str, wardens: str, game: CardBattle = GAME):
    return game.simulate(game.read(RAIDER, raiders), game.read(WARDEN, wardens))


@pytest.mark.parametrize(
    ("raiders", "wardens", "winner", "standing"),
    [
        # The last breath of the newt takes the sprout along, and an empty field is the raider's.
        ("newt", "sprout", RAIDER, "row A: none; row B: none"),
        ("viper", "beetle", RAIDER, "row A: none; row B: none"),
        # A shield stops venom too.
        ("viper", "paladin", WARDEN, "row A: none; row B: B1 paladin"),
        # Damage beyond the beetle's health fells the sprout in the same attack.
        ("captain; captain", "beetle; sprout", RAIDER, "row A: A1 captain, A2 captain; row B: none"),
        # Water on earth: 3 off the mountain's 9, twice, while each wisp falls at its first attack or hit.
        ("wisp; wisp", "mountain", WARDEN, "row A: none; row B: B1 mountain"),
        # The mason leaves a beetle, and the firebird stands up once.
        ("firebird", "mason", RAIDER, "row A: A1 firebird; row B: none"),
        # Rage: 4, then 8 when the queen hits back, which fells her at her own attack; the page's shield helps once.
        ("kraken", "queen", RAIDER, "row A: A1 kraken; row B: none"),
        # More cards attack first: the burst of the falling jackal is not enough for both sprouts.
        ("jackal", "sprout; sprout", WARDEN, "row A: none; row B: B2 sprout"),
        # Banner: the sprout has 4/4 and dies of thorns, half as strong again on nature, when it fells the slag.
        ("slag", "oak; sprout", RAIDER, "row A: none; row B: none"),
        # The seer's banner is for nature only: sprout 3/3 and vine 4/5.
        ("gold wisp", "seer; sprout; vine", WARDEN, "row A: none; row B: B3 vine"),
        # Two swings: after the sprout that attacked it, the crab fells the beetle with 6 damage on earth.
        ("crab", "sprout; beetle", RAIDER, "row A: A1 crab; row B: none"),
        # Kin: 1 + 3 health for one ally; the shade's 5 are enough for it, and then for the seer.
        ("shade; wisp", "boulder; seer", RAIDER, "row A: A1 shade, A2 wisp; row B: none"),
        # Escort: the sprout's shield stops the raging kraken once.
        ("kraken", "sergeant; sprout", RAIDER, "row A: A1 kraken; row B: none"),
    ],
)
def test_known_battles(raiders: str, wardens: str, winner: int, standing: str) -> None:
    found = battle(raiders, wardens)
    assert found.winner == winner
    assert found.report.endswith(f"Standing: {standing}.")


def test_a_guard_is_attacked_before_those_left_of_it() -> None:
    assert (
        "Fell, in order: B2 mason (by A1 captain), A1 captain (by B1 vine)"
        in battle("captain; captain", "vine; mason").report
    )


def test_who_attacks_a_mountain_is_daunted() -> None:
    tough = CardBattle()
    tough.tables = ({"giant": Card("fire", cost=1, attack=5, health=100)}, WARDENS)
    # 5, 5 back, 3, 3 back: more than the mountain's 9 at its own attack, the second exchange of the battle.
    assert "The battle had 3 attacks" in battle("giant", "mountain", tough).report


def test_rows_without_attack_are_broken_off() -> None:
    harmless = CardBattle()
    harmless.tables = ({"rock": Card("earth", cost=1, attack=0, health=9)},) * 2
    found = battle("rock; rock", "rock", harmless)
    assert (found.winner, found.margin) == (RAIDER, 2)
    assert "The battle had 0 attacks. It was broken off." in found.report
    assert battle("rock", "rock", harmless).winner is None


@pytest.mark.parametrize("seat", [RAIDER, WARDEN])
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_drawn_rows_are_within_budget_fight_to_an_end_and_read_back_as_written(seat: int, seed: int) -> None:
    rng = random.Random(seed)
    row, enemy = CardCraft(GAME, seat).draw(rng), CardCraft(GAME, 1 - seat).draw(rng)
    assert GAME.parse_action(GAME.initial_state(), seat, GAME.write(seat, row)) == row
    assert GAME.cost(seat, row) <= GAME.budget(seat)
    plans = (row, enemy) if seat == RAIDER else (enemy, row)
    assert GAME.battle(plans) == GAME.battle(plans)
    assert GAME.battle(plans).winner is not None
    for changed in CardCraft(GAME, seat).changes(row):
        assert GAME.cost(seat, changed) <= GAME.budget(seat)
        assert len(changed) <= GAME.params.places


@pytest.mark.parametrize(
    ("seat", "text", "error"),
    [
        (RAIDER, "beetle", Illegal),
        (RAIDER, "newt; " * 8, Illegal),
        (RAIDER, "wraith", Illegal),
        (WARDEN, "page", Illegal),
        (RAIDER, "gold gold newt", Unparsable),
        (RAIDER, "newt, wisp", Unparsable),
        (RAIDER, "2 newt", Unparsable),
        (RAIDER, "newt;; wisp", Unparsable),
        (RAIDER, "", Unparsable),
    ],
)
def test_what_is_no_row_is_refused(seat: int, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        GAME.parse_action(GAME.initial_state(), seat, text)


def test_gold_triples_the_price_and_doubles_all_other_numbers() -> None:
    assert golden(RAIDERS["slag"]) == replace(RAIDERS["slag"], cost=9, attack=2, health=16, thorns=6)
    assert golden(RAIDERS["berserker"]).attack_step == -8
    assert GAME.cost(RAIDER, ("gold slag", "newt")) == 10
    assert all(golden(card).returns == card.returns for card in CARDS.values())


@pytest.mark.parametrize("name", CARDS)
def test_every_number_of_a_card_is_told(name: str) -> None:
    card = replace(CARDS[name], cost=3, banner_health=5)
    for field in fields(card):
        old = getattr(card, field.name)
        new = {bool: lambda v: not v, int: lambda v: v + 7}.get(
            type(old), lambda v: "water" if v != "water" else "fire"
        )
        assert card_text(name, replace(card, **{field.name: new(old)})) != card_text(name, card), field.name


def test_simulator_and_rules_use_one_table() -> None:
    game = CardBattle()
    assert battle("wisp", "mountain", game).winner == WARDEN
    game.tables = ({**RAIDERS, "wisp": replace(RAIDERS["wisp"], venom=True)}, WARDENS)
    assert battle("wisp", "mountain", game).winner == RAIDER
    for seat in (RAIDER, WARDEN):
        assert "wisp: water, cost 1, 2/2; whatever it damages falls" in game.rules_text(seat)
        assert "wisp: water, cost 1, 2/2; +1 attack" in GAME.rules_text(seat)
