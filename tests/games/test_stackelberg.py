from __future__ import annotations

from math import comb

import pytest
from pydantic import ValidationError

from games.core import Illegal, Unparsable
from games.info import Chance, Utility
from games.matrix.stackelberg import FOLLOWER, LEADER, Stackelberg
from games.solvers.minimax import Minimax
from tests.games.joint_play import play

PURE, MIXED = Stackelberg(), Stackelberg.of(tickets=10)


def test_an_action_that_is_committed_to_is_played() -> None:
    assert PURE.returns(play(PURE, "up", "left")) == (2, 1)
    assert PURE.returns(play(PURE, "down", "right")) == (3, 1)
    assert PURE.info.chance is Chance.NONE


def test_a_lottery_is_drawn_after_the_reply() -> None:
    state = play(MIXED, "up 3, down 7", "right")
    assert MIXED.chance_outcomes(state) == [(0, 0.3), (1, 0.7)]
    assert MIXED.returns(state) == (0, 0)
    assert [MIXED.returns(play(MIXED, "up 3, down 7", "right", row)) for row in ("up", "down")] == [(4, 0), (3, 1)]


def test_all_tickets_on_one_action_leave_nothing_to_draw() -> None:
    state = play(MIXED, "down 10", "right")
    assert MIXED.to_move(state) == ()
    assert MIXED.returns(state) == (3, 1)


def test_the_follower_reads_the_commitment_before_it_replies() -> None:
    state = play(MIXED, "down 7, up 3")
    assert MIXED.to_move(state) == (FOLLOWER,)
    assert MIXED.observation(state, FOLLOWER).startswith("The leader chose up 3, down 7.")


@pytest.mark.parametrize(
    ("text", "problem"),
    [("up 3, down 6", Illegal), ("up 11", Illegal), ("up 10, up 10", Illegal), ("up", Unparsable),
     ("up 3.5, down 6.5", Unparsable), ("up -1, down 11", Unparsable), ("left 10", Unparsable), ("", Unparsable)],
)  # fmt: skip
def test_tickets_are_whole_and_add_up(text: str, problem: type[Exception]) -> None:
    with pytest.raises(problem):
        MIXED.parse_action(MIXED.initial_state(), LEADER, text)


@pytest.mark.parametrize("tickets", [1, 2, 5])
def test_every_lottery_is_listed_once(tickets: int) -> None:
    game = Stackelberg.of(stage='matrix_game(table="rock_paper_scissors")', tickets=tickets)
    lotteries = game.legal_actions(game.initial_state(), LEADER)
    assert len(set(lotteries)) == len(lotteries) == comb(tickets + 2, 2)


@pytest.mark.parametrize(("tickets", "value"), [(1, -1), (2, -0.5), (3, 0), (4, -0.25)])
def test_in_a_zero_sum_game_a_lottery_protects_and_an_action_does_not(tickets: int, value: float) -> None:
    game = Stackelberg.of(stage='matrix_game(table="rock_paper_scissors")', tickets=tickets)
    assert game.info.utility is Utility.ZERO_SUM
    if tickets == 1:
        assert Minimax(game).value(game.initial_state()) == value
    lotteries = game.legal_actions(game.initial_state(), LEADER)
    payoffs = game.stage.payoffs
    worst = [
        min(sum(count * payoffs[row, reply][0] for row, count in enumerate(lottery)) / tickets for reply in range(3))
        for lottery in lotteries
        if isinstance(lottery, tuple)
    ]
    assert max(worst) == pytest.approx(value)


def test_stages_that_do_not_fit_are_refused() -> None:
    for stage in ("kuhn_poker", "public_goods", 'matrix_game(framing={"story": "shops"})'):
        with pytest.raises(ValidationError):
            Stackelberg.of(stage=stage)
    with pytest.raises(ValidationError, match="commitments"):
        Stackelberg.of(stage='matrix_game(table="rock_paper_scissors")', tickets=100)
