from __future__ import annotations

import pytest
from pydantic import ValidationError

from games.core import CHANCE, Illegal, Unparsable
from games.tactics.battle_royale import BattleRoyale, strongest_other
from tests.games.joint_play import ends, play

TRUEL = {"num_players": 3, "lowest_rate": 50, "rate_step": 25}


def test_a_battle_by_hand() -> None:
    game = BattleRoyale.of(**TRUEL)
    assert game.rates == (50, 75, 100)
    state = play(game, "shoot 3", "miss", "shoot 3", "hit")
    assert state.alive == (0, 1)
    assert game.to_move(state) == (0,), "whoever is out has no turn"
    assert game.observation(state, 0) == (
        "You shot at player 3 and missed. Player 2 shot at player 3 and hit: player 3 is out. "
        "Round 2 of 20. Still in: you (50%), player 2 (75%). It is your turn: at whom do you shoot?"
    )
    over = play(game, "shoot 3", "miss", "shoot 3", "hit", "shoot 2", "hit")
    assert game.to_move(over) == ()
    assert game.returns(over) == (1, 0, 0)
    assert "you are out" in game.observation(over, 1)


def test_hits_are_as_likely_as_the_rates_say() -> None:
    game = BattleRoyale()
    assert game.rates == (35, 40, 45, 50, 55, 60, 65, 70, 75, 80)
    assert game.chance_outcomes(play(game, "shoot 10")) == [("hit", 0.35), ("miss", 0.65)]
    sure = BattleRoyale.of(**TRUEL)
    assert sure.chance_outcomes(play(sure, "pass", "pass", "shoot 1")) == [("hit", 1.0)]


def test_survivors_share_when_time_is_up() -> None:
    game = BattleRoyale.of(rounds=2, **TRUEL)
    state = play(game, *["pass"] * 6)
    assert game.to_move(state) == ()
    assert game.returns(state) == pytest.approx((1 / 3,) * 3)
    assert "The rounds are over" in game.observation(state, 0)


def value(game: BattleRoyale, state, weakest_passes: bool) -> float:
    """What the weakest of three expects when all aim at the strongest, and it passes or not while all three are in."""
    while seats := game.to_move(state):
        if seats == (CHANCE,):
            return sum(weight * value(game, end, weakest_passes) for end, weight in ends(game, state))
        wait = weakest_passes and seats == (0,) and len(state.alive) == 3
        text = "pass" if wait else game.action_to_text(state, seats[0], strongest_other(game, state))
        state = game.apply(state, {seats[0]: game.parse_action(state, seats[0], text)})
    return game.returns(state)[0]


def test_in_a_truel_it_pays_the_weakest_to_miss_on_purpose() -> None:
    game = BattleRoyale.of(num_players=3, lowest_rate=30, rate_step=35, rounds=6)
    assert value(game, game.initial_state(), weakest_passes=True) > value(game, game.initial_state(), False)


def test_the_strongest_other_of_the_strongest_is_the_second() -> None:
    game = BattleRoyale.of(**TRUEL)
    assert strongest_other(game, game.initial_state()) == 2
    assert strongest_other(game, play(game, "pass", "pass")) == 1


def test_texts_that_are_no_shot() -> None:
    game = BattleRoyale.of(**TRUEL)
    state = game.initial_state()
    assert game.parse_action(state, 0, " Shoot  2 ") == 1
    for text in ("shoot 1", "shoot 4", "shoot 0"):
        with pytest.raises(Illegal, match="legal: pass, shoot 2, shoot 3"):
            game.parse_action(state, 0, text)
    with pytest.raises(Unparsable):
        game.parse_action(state, 0, "2")


def test_hit_rates_are_probabilities() -> None:
    with pytest.raises(ValidationError, match="would be 125"):
        BattleRoyale.of(num_players=10, rate_step=10)
