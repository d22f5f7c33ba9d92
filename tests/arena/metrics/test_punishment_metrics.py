"""Whom scripted players of the public goods game with punishment punish."""

from __future__ import annotations

import pytest

from arena.metrics import public_goods, punishment
from arena.metrics.base import Undefined
from arena.metrics.evidence import Play, Pool
from arena.metrics.measure import evaluate
from arena.records import MatchRecord, SeatRecord
from games.registry import load
from tests.arena.metrics.played import play, pool_of, value
from tests.games.joint_play import play as state_after

GAME = "punishment_game(rounds=2)"
METRICS = (punishment.PUNISHMENT, punishment.FREE_RIDERS, punishment.ANTISOCIAL, punishment.ANTISOCIAL_SHARE)


def rates(pool: Pool, agent: str) -> list[float | None]:
    found = [evaluate(metric, pool, agent) for metric in METRICS]
    return [None if isinstance(each, Undefined) else each.value for each in found]


def test_an_enforcer_punishes_free_riders_and_nobody_else():
    pool = pool_of(play(GAME, ("norm_enforcer", "free_rider", "norm_enforcer(norm=0.9)", "free_rider")))
    # Of three others two give nothing and one gives 18.
    assert rates(pool, "norm_enforcer") == [1, 1, None, 0]
    # Of three others two give nothing and one gives more.
    assert rates(pool, "norm_enforcer(norm=0.9)") == [pytest.approx(2 / 3), 1, 0, 0]
    assert rates(pool, "free_rider") == [0, None, 0, None]


def test_punishing_who_gives_as_much_or_more_is_antisocial():
    game = load("punishment_game(rounds=1)")
    end = state_after(
        game,
        ("10", "10", "20", "0"),
        ("player 2: 1, player 3: 2, player 4: 1", "nobody", "player 4: 5", "player 1: 1, player 2: 1, player 3: 1"),
    )
    record = seated(play(game.spec, ("free_rider",) * 4), "abcd")
    pool = Pool(game.pool, (record,), (Play(record, (end,)),))
    assert rates(pool, "a") == [1, 1, 1, 0.75]
    assert rates(pool, "c") == [pytest.approx(1 / 3), pytest.approx(1 / 3), None, 0]
    assert rates(pool, "d") == [1, None, 1, 1]
    found = value(punishment.ANTISOCIAL_SHARE.compute(pool, "a"))
    assert (found.n, found.clusters) == (4, 1)


def seated(record: MatchRecord, names: str) -> MatchRecord:
    """The record under other names, one letter per seat."""
    seats = tuple(SeatRecord(agent=name, spec="free_rider") for name in names)
    return record.model_copy(update={"header": record.header.model_copy(update={"seats": seats})})


def test_an_antisocial_punisher_punishes_all_who_give():
    pool = pool_of(play(GAME, ("antisocial_punisher", "free_rider", "norm_enforcer", "conditional_cooperator")))
    assert rates(pool, "antisocial_punisher") == [pytest.approx(2 / 3), None, pytest.approx(2 / 3), 1]


def test_an_enforcer_takes_a_fifth_of_a_point_for_every_missing_token():
    spec = "punishment_game(rounds=20)"
    pool = pool_of(*(play(spec, ("norm_enforcer", *["random"] * 3), deal) for deal in range(2)))
    # 0.6 tokens saved for every token that is missing, at 3 tokens a point, rounded up.
    found = value(evaluate(punishment.SLOPE, pool, "norm_enforcer"))
    assert found.value == pytest.approx(0.2, abs=0.01)
    assert (found.n, found.clusters) == (120, 2)
    same = pool_of(play(GAME, ("free_rider",) * 4))
    assert isinstance(evaluate(punishment.SLOPE, same, "free_rider"), Undefined)


def test_enforcers_make_a_deterred_rider_give():
    pool = pool_of(play("punishment_game(rounds=4)", ("deterred_rider", *["norm_enforcer"] * 3)))
    (_, giving), *_ = public_goods.givings(pool, "deterred_rider")
    assert giving.own == (0, 1, 1, 1)
    # In the first round it is fined 36 of the 44 tokens it earned; all get 32 in each of the others.
    assert pool.game is not None
    assert pool.game.returns(pool.plays[0].states[-1]) == pytest.approx((44 - 36 + 96, *[24 - 4 + 96] * 3))


def test_measures_of_giving_hold_with_punishment_too():
    pool = pool_of(play(GAME, ("norm_enforcer", "free_rider", "free_rider", "conditional_cooperator")))
    assert value(evaluate(public_goods.CONTRIBUTION, pool, "norm_enforcer")).value == 1
    assert value(evaluate(public_goods.FREE_RIDING, pool, "free_rider")).value == 1
    # Half at first, then what the others gave on average: 20 of three.
    assert value(evaluate(public_goods.CONTRIBUTION, pool, "conditional_cooperator")).value == (10 + 7) / 40


def test_without_punishment_there_is_no_rate():
    pool = pool_of(play("public_goods(rounds=1)", ("free_rider",) * 4))
    for metric in METRICS:
        found = evaluate(metric, pool, "free_rider")
        assert isinstance(found, Undefined)
        assert "needs the public goods game with punishment" in found.reason
