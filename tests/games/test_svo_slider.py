from __future__ import annotations

from itertools import combinations

import pytest

from games.core import Illegal
from games.economic.svo_slider import (
    ALTRUIST,
    COMPETITOR,
    DECIDER,
    INDIVIDUALIST,
    ITEMS,
    PROSOCIAL,
    RECEIVER,
    SvoSlider,
    divisions,
)
from tests.games.joint_play import play


def test_items_go_from_end_to_end_in_nine_steps() -> None:
    assert divisions(0) == tuple((85, other) for other in (85, 76, 68, 59, 50, 41, 33, 24, 15))
    assert [own for own, _ in divisions(4)] == [100, 94, 88, 81, 75, 69, 63, 56, 50]
    for item, ends in enumerate(ITEMS):
        assert (divisions(item)[0], divisions(item)[-1]) == ends
        assert len(set(divisions(item))) == 9


def test_each_pair_of_ideal_types_meets_once() -> None:
    pairs = {frozenset(pair) for pair in combinations((ALTRUIST, PROSOCIAL, INDIVIDUALIST, COMPETITOR), 2)}
    assert {frozenset(ends) for ends in ITEMS} == pairs


def test_points_add_up_for_both() -> None:
    game = SvoSlider()
    state = play(game, *["1"] * 6)
    assert game.divided(state) == tuple(start for start, _ in ITEMS)
    assert game.returns(state) == (470, 400)
    assert game.observation(state, RECEIVER) == (
        "In decision 6 the decider took 100 points and gave you 50. "
        "All decisions are made. The decider got 470 points in all, and you got 400."
    )


def test_the_receiver_is_told_each_decision_and_makes_none() -> None:
    game = SvoSlider()
    state = play(game, "3")
    assert game.to_move(state) == (DECIDER,)
    assert game.observation(state, RECEIVER) == (
        "In decision 1 the decider took 85 points and gave you 68. The decider makes decision 2 of 6."
    )
    assert "nothing to decide" in game.rules_text(RECEIVER)
    with pytest.raises(Illegal, match="from 1 to 9"):
        game.parse_action(state, DECIDER, "10")
