from __future__ import annotations

import pytest

from agents.bots.push_fold import PushFoldChart, chart
from games.registry import load
from games.solvers.best_response import nash_conv
from games.solvers.policies import to_profile
from games.solvers.tree import flatten
from tests.agents.questions import answer
from tests.games.trees import play

# -- push or fold -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spec", ["push_fold", "push_fold(stack=3)"])
def test_the_chart_cannot_be_exploited(spec: str) -> None:
    tree = flatten(load(spec))
    assert nash_conv(tree, to_profile(tree, chart(spec))) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("hand", "small", "big"),
    [("AA", "push", "call"), ("K2s", "push", "call"), ("K2o", "push", "fold"), ("32o", "fold", "fold")],
)
async def test_hands_are_played_as_the_chart_of_ten_big_blinds_says(hand: str, small: str, big: str) -> None:
    game = load("push_fold")
    assert await answer(PushFoldChart(), game, play(game, hand, "77"), 0) == small
    assert await answer(PushFoldChart(), game, play(game, "77", hand, "push"), 1) == big


async def test_a_hand_on_the_edge_is_played_both_ways_as_often_as_the_solution_says() -> None:
    game = load("push_fold")
    state = play(game, "43s", "77")
    pushed = sum([await answer(PushFoldChart(), game, state, 0, seed) == "push" for seed in range(400)])
    assert pushed / 400 == pytest.approx(chart("push_fold")[0, game.information_state(state, 0)]["push"], abs=0.08)
    assert 0 < pushed < 400
