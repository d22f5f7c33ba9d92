"""Traders of the persuasion game: what each says of a product, and when each buys."""

from __future__ import annotations

import pytest

from agents.bots.base import UnsuitableGame
from agents.bots.persuasion import BayesianTrader, HonestTrader, ScepticalTrader
from games.registry import load
from tests.agents.questions import answer, question
from tests.games.joint_play import play

GAME = load("persuasion")
GOOD = ("high", "recommend", "decline")
BAD = ("low", "recommend", "decline")


@pytest.mark.parametrize(
    ("agent", "says"), [(HonestTrader(), "do not recommend"), (ScepticalTrader(), "recommend")], ids=["honest", "liar"]
)
async def test_what_is_said_of_a_low_product(agent: HonestTrader, says: str) -> None:
    assert await answer(agent, GAME, play(GAME, "low"), 0) == says
    assert await answer(agent, GAME, play(GAME, "high"), 0) == "recommend"


async def test_lies_at_the_commitment_rate() -> None:
    state = play(GAME, "low")
    lies = [await answer(BayesianTrader(), GAME, state, 0, seed) == "recommend" for seed in range(1000)]
    assert 0.2 < sum(lies) / 1000 < 0.3


@pytest.mark.parametrize(
    ("agent", "spec", "turns", "does"),
    [
        (HonestTrader(), "persuasion", ("low", "recommend"), "buy"),
        (HonestTrader(), "persuasion", ("low", "do not recommend"), "decline"),
        (ScepticalTrader(), "persuasion", ("high", "recommend"), "decline"),
        (ScepticalTrader(), "persuasion(prior=0.8)", ("low", "do not recommend"), "buy"),
        (BayesianTrader(), "persuasion", ("high", "recommend"), "decline"),
        (BayesianTrader(), "persuasion", (*GOOD * 2, "low", "recommend"), "buy"),
        (BayesianTrader(), "persuasion", (*GOOD * 2, "low", "do not recommend"), "decline"),
        (BayesianTrader(), "persuasion", (*GOOD * 2, *BAD, "high", "recommend"), "decline"),
        (BayesianTrader(), 'persuasion(buyers="myopic", value=2)', ("low", "recommend"), "buy"),
        (
            BayesianTrader(),
            'persuasion(buyers="myopic")',
            ("high", "recommend", "buy") * 2 + ("low", "recommend"),
            "buy",
        ),
    ],
)
async def test_who_buys_when(agent: HonestTrader, spec: str, turns: tuple[str, ...], does: str) -> None:
    game = load(spec)
    state = play(game, *turns)
    assert await answer(agent, game, state, game.to_move(state)[0]) == does


async def test_free_text_is_refused() -> None:
    game = load('persuasion(message_type="textual")')
    with pytest.raises(UnsuitableGame):
        await HonestTrader().decide(question(game, play(game, "high"), 0))
