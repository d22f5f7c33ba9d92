"""Players of GAMA-Bench's group games: what each does in a given state."""

from __future__ import annotations

import pytest

from agents.bots.group_games import GroupEquilibrium, ShadingBidder, TruthfulBidder
from games.registry import load
from tests.agents.questions import answer, play
from tests.games.joint_play import play as state_after


@pytest.mark.parametrize(
    ("spec", "turns", "action"),
    [
        ("guess_two_thirds", (), 0),
        ("guess_two_thirds(ratio=1.5)", (), 100),
        ("divide_the_dollar(num_players=3)", (), 33),
        ("public_goods(multiplier=2)", (), 0),
        ("public_goods(multiplier=5)", (), 20),
        ("diners_dilemma", (), "costly"),
        ("battle_royale(num_players=3)", (), 2),
        ("pirates(num_players=5)", (), (98, 0, 1, 0, 1)),
        ("sealed_bid_auction(num_players=4)", ("160", "10", "20", "30"), 120),
        ('sealed_bid_auction(num_players=4, price_rule="second")', ("160", "10", "20", "30"), 160),
    ],
)
async def test_the_equilibrium_player_plays(spec: str, turns: tuple[str, ...], action: object) -> None:
    game = load(spec)
    assert await answer(GroupEquilibrium(), game, state_after(game, *turns), 0) == action


@pytest.mark.parametrize(("offered", "vote"), [("100, 0, 0", "reject"), ("99, 0, 1", "accept")])
async def test_the_equilibrium_pirate_can_be_bought_with_one_piece(offered: str, vote: str) -> None:
    game = load("pirates(num_players=3)")
    assert await answer(GroupEquilibrium(), game, state_after(game, offered), 2) == vote


async def test_the_equilibrium_guest_goes_as_often_as_theory_says() -> None:
    game = load("el_farol")
    went = [await answer(GroupEquilibrium(), game, game.initial_state(), 0, seed) == "go" for seed in range(1000)]
    assert 0.55 < sum(went) / 1000 < 0.66


async def test_truth_and_shading() -> None:
    game = load("sealed_bid_auction(num_players=5)")
    state = state_after(game, "200", "10", "20", "30", "40")
    assert await answer(TruthfulBidder(), game, state, 0) == 200
    assert await answer(ShadingBidder(), game, state, 0) == 160
    assert await answer(ShadingBidder.of(part=0.3), game, state, 0) == 60


async def test_shading_beats_truth_under_the_first_price_rule() -> None:
    state, _ = await play("sealed_bid_auction(num_players=2)", [ShadingBidder(), TruthfulBidder()], seed=1)
    shaded, truthful = load("sealed_bid_auction(num_players=2)").returns(state)
    assert truthful == 0 < shaded
