"""Critics who look at nothing: advice that is the same, or drawn at random."""

from __future__ import annotations

import re

from agents.bots.bargaining import LearningHaggler
from agents.bots.critics import TIPS, EncouragingCritic, TipCritic
from games.economic.coached_bargaining import ADVICE_CAP, CRITIC
from games.registry import load
from tests.agents.questions import answer, play
from tests.games.joint_play import play as play_out

GAME = load("coached_bargaining")
AFTER_A_DEAL = play_out(GAME, "offer 16", "accept")


async def test_encouragement_is_the_same_after_every_game() -> None:
    state, _ = await play(GAME.spec, [LearningHaggler(), LearningHaggler.of(step=0), EncouragingCritic()])
    assert len(state.advice) >= 2
    assert len(set(state.advice)) == 1


async def test_three_different_tips_are_drawn_from_the_pool_by_the_seed_of_the_request() -> None:
    given = [await answer(TipCritic(), GAME, AFTER_A_DEAL, CRITIC, seed) for seed in range(60)]
    assert await answer(TipCritic(), GAME, AFTER_A_DEAL, CRITIC, 7) == given[7]
    drawn = [re.split(r" ?[123]\. ", advice)[1:] for advice in given]
    assert all(len(set(tips)) == 3 and set(tips) <= set(TIPS) for tips in drawn)
    assert {tip for tips in drawn for tip in tips} == set(TIPS)


def test_no_tip_names_a_price_and_any_three_fit_into_the_advice() -> None:
    assert len(TIPS) == 10
    assert not any(re.search("[0-9]", tip) for tip in TIPS)
    assert sum(sorted(map(len, TIPS))[-3:]) + len("1. 2. 3.   ") <= ADVICE_CAP
