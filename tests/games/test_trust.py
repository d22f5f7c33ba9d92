from __future__ import annotations

import pytest
from pydantic import ValidationError

from games.core import Illegal
from games.economic.trust import RETURNER, SENDER, Trust, TrustState
from tests.games.joint_play import nodes, play


def test_what_is_sent_is_tripled_and_what_is_returned_is_not() -> None:
    game = Trust()
    state = play(game, "10", "15")
    assert game.returns(state) == (15, 15)
    assert game.observation(state, SENDER) == (
        "You sent 10 of 10 tokens, and the returner returned 15. You have 15 tokens at the end."
    )


def test_nothing_sent_ends_the_game() -> None:
    game = Trust()
    state = play(game, "0")
    assert game.to_move(state) == ()
    assert game.returns(state) == (10, 0)
    assert game.observation(state, RETURNER) == "The sender sent 0 of 10 tokens. You have 0 tokens at the end."


def test_tokens_only_grow_on_the_way_there() -> None:
    game = Trust.of(endowment=4, step=2)
    for state, seats in nodes(game):
        if not seats:
            assert sum(game.returns(state)) == 4 + 2 * (state.sent or 0)
            assert min(game.returns(state)) >= 0


def test_no_more_is_returned_than_arrived() -> None:
    game = Trust()
    with pytest.raises(Illegal, match="from 0 to 12"):
        game.parse_action(TrustState(4), RETURNER, "13")
    with pytest.raises(Illegal, match="from 0 to 10"):
        game.parse_action(TrustState(), SENDER, "11")


def test_steps_divide_the_endowment() -> None:
    with pytest.raises(ValidationError, match="3 does not divide 10"):
        Trust.of(step=3)
