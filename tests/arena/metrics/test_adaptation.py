from __future__ import annotations

import pytest

from arena.metrics import adaptation
from arena.metrics.base import Undefined
from arena.metrics.measure import measure
from games.registry import load
from tests.arena.metrics.played import play, pool_of, value

STAGE = (
    "matrix_game(payoffs=[[[0, 0], [-1, 1], [1, -1]], [[1, -1], [0, 0], [-1, 1]], [[-1, 1], [1, -1], [0, 0]]], "
    "actions=['rock', 'paper', 'scissors'])"
)
MATCH = f'repeated(rounds=12, stage="{STAGE}")'
PENNIES = "repeated(rounds=8, stage=\"matrix_game(table='matching_pennies')\")"


def test_rounds_before_the_last_mistake_are_counted():
    assert adaptation.rounds_before([True, True]) == 0
    assert adaptation.rounds_before([False, True, False, True, True]) == 3
    assert adaptation.rounds_before([True, False]) == 2
    assert adaptation.rounds_before([]) == 0


def test_best_replies_of_both_seats():
    stage = load(STAGE)
    joints = [(1, 0), (0, 0), (2, 1), (0, 1)]
    assert adaptation.best_replies(stage, 0, joints) == [True, False, True, False]
    assert adaptation.best_replies(stage, 1, joints) == [False, False, False, True]


@pytest.mark.parametrize("cycle", ["(1,)", "(0, 1)", "(0, 1, 2)"])
@pytest.mark.parametrize("seat", [0, 1])
def test_a_learner_adapts_within_one_round_more_than_the_cycle(cycle: str, seat: int):
    pattern, learner = f"pattern_player(cycle={cycle})", "pattern_learner"
    seats = (learner, pattern) if seat == 0 else (pattern, learner)
    pool = pool_of(*(play(MATCH, seats, deal) for deal in range(5)))
    rounds = value(adaptation.ADAPTATION.compute(pool, learner))
    assert 0 <= rounds.value <= len(cycle.replace(",)", ")").split(",")) + 1
    assert (rounds.n, rounds.clusters) == (5, 5)
    assert value(adaptation.LATE_REPLIES.compute(pool, learner)).value == 1


def test_a_player_without_eyes_never_adapts():
    pool = pool_of(*(play(PENNIES, ("random", "pattern_player"), deal) for deal in range(20)))
    assert value(adaptation.ADAPTATION.compute(pool, "random")).value > 5
    assert 0.3 < value(adaptation.LATE_REPLIES.compute(pool, "random")).value < 0.7


def test_nothing_is_said_without_a_fixed_pattern_or_rounds():
    pool = pool_of(play(PENNIES, ("random", "pattern_learner")))
    found = adaptation.ADAPTATION.compute(pool, "random")
    assert isinstance(found, Undefined)
    assert "pattern_player" in found.reason
    (table,) = measure([play("matrix_game", ("random", "random"))])
    reasons = {row.metric.name: row.result for row in table.rows}
    assert isinstance(reasons["adaptation_rounds"], Undefined)
