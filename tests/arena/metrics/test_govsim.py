"""GovSim's measures: the two harvests whose numbers are known, and what lies between them."""

from __future__ import annotations

import pytest

from arena.metrics import govsim
from arena.metrics.base import Undefined
from arena.metrics.measure import evaluate
from games.dilemmas.govsim import Govsim, GovsimState, Month
from tests.arena.metrics.played import play, pool_of, value

ALL = (
    govsim.SURVIVAL_TIME,
    govsim.SURVIVAL_RATE,
    govsim.GAIN,
    govsim.EFFICIENCY,
    govsim.EQUALITY,
    govsim.OVER_USAGE,
    govsim.OVER_USAGE_GROUP,
)


def measures(pool, agent: str) -> list[float]:
    return [value(evaluate(metric, pool, agent)).value for metric in ALL]


@pytest.mark.parametrize("framing", ["fishery", "pasture", "pollution"])
def test_all_who_take_what_grows_back_last_and_gain_120_each(framing: str) -> None:
    pool = pool_of(play(f'govsim(framing="{framing}", talk=0)', ["sustainable_harvester"] * 5))
    assert measures(pool, "sustainable_harvester") == [12, 1, 120, 1, 1, 0, 0]


def test_all_who_take_a_fifth_of_all_there_is_are_done_in_a_month() -> None:
    pool = pool_of(play("govsim", ["greedy_harvester"] * 5))
    assert measures(pool, "greedy_harvester") == pytest.approx([1, 0, 20, 1 / 6, 1, 1, 0])


def test_lots_divide_what_all_want_and_the_group_harvests_the_same() -> None:
    pool = pool_of(*(play("govsim", ["full_harvester"] * 5, deal) for deal in range(20)))
    time, rate, gain, efficient, equal, *_ = measures(pool, "full_harvester")
    assert (time, rate, gain) == (1, 0, 20)
    assert efficient == pytest.approx(1 / 6)
    assert 0.8 < equal < 1


def test_group_measures_count_a_match_once_and_own_ones_each_seat() -> None:
    seats = ["sustainable_harvester", "greedy_harvester", *["sustainable_harvester"] * 3]
    pool = pool_of(*(play("govsim", seats, deal) for deal in range(3)))
    assert value(govsim.SURVIVAL_TIME.compute(pool, "sustainable_harvester")).n == 3
    gain = value(govsim.GAIN.compute(pool, "sustainable_harvester"))
    assert (gain.n, gain.clusters) == (12, 3)
    assert value(govsim.OVER_USAGE.compute(pool, "sustainable_harvester")).value == 0
    assert value(govsim.OVER_USAGE.compute(pool, "greedy_harvester")).value == 1


def test_the_two_comparators_of_over_usage_differ() -> None:
    game = Govsim()
    end = GovsimState(60, (Month(100, (60, 11, 10, 0, 0)),))
    assert [govsim.over_usages(game, end, seat) for seat in range(4)] == [[True], [True], [False], [False]]
    assert [govsim.over_usages(game, end, seat, of_group=True) for seat in range(2)] == [[True], [False]]


def test_equality_is_of_gains_and_needs_some() -> None:
    game = Govsim.of(num_players=4)
    assert govsim.equality(game, GovsimState(90, (Month(100, (1, 2, 3, 4)),))) == pytest.approx(0.75)
    assert govsim.equality(game, GovsimState(100, (Month(100, (0, 0, 0, 0)),))) is None


def test_a_newcomer_is_measured_from_the_month_it_joins() -> None:
    game = Govsim.of(newcomer_month=2)
    end = GovsimState(0, (Month(100, (12, 13, 5, 5, 0)), Month(100, (20, 20, 20, 20, 20))))
    # Four players share what grows back in the first month, 12 each, and five in the second, 10 each.
    assert govsim.over_usages(game, end, 0) == [False, True]
    assert govsim.over_usages(game, end, 1) == [True, True]
    assert govsim.over_usages(game, end, 4) == [True]


def test_other_games_have_none_of_it() -> None:
    pool = pool_of(play("public_goods(rounds=1)", ["free_rider"] * 4))
    for metric in ALL:
        found = evaluate(metric, pool, "free_rider")
        assert isinstance(found, Undefined)
        assert "GovSim" in found.reason
