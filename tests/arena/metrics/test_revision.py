"""Measures of plans that are revised, on a worked example and on planners that are known to keep or change plans."""

from __future__ import annotations

import pytest

from arena.metrics.base import Undefined
from arena.metrics.evidence import Play, Pool
from arena.metrics.measure import evaluate
from arena.metrics.revision import (
    CORRECTION_RATE,
    CORRECTION_SUCCESS,
    HARMFUL,
    IMPROVEMENT,
    NEEDLESS,
    OVER_BUDGET,
    REVISION_RATE,
    WIN_RATE,
    PlannedRound,
    corrections,
    improvement,
    planned_rounds,
)
from games.registry import load
from games.tactics.plans import Battle, PlanState
from games.transforms.plan_revise import PlanReviseState
from tests.arena.metrics.played import play, pool_of, value

METRICS = (
    WIN_RATE,
    OVER_BUDGET,
    CORRECTION_RATE,
    CORRECTION_SUCCESS,
    IMPROVEMENT,
    REVISION_RATE,
    NEEDLESS,
    HARMFUL,
)
DUEL = 'plan_revise(game="elemental_duel")'


def round_of(cost: int, won: bool) -> PlannedRound:
    return PlannedRound(f"plan for {cost}", cost, won, None, False)


def pool(*agents: str, game: str = DUEL, deals: int = 3) -> Pool:
    return pool_of(*(play(game, agents, deal) for deal in range(deals)))


def test_corrections_and_improvement_of_a_worked_example() -> None:
    rounds = [round_of(10, False), round_of(12, True), round_of(12, True), round_of(12, False), round_of(15, True)]
    assert corrections(rounds) == [rounds[1], rounds[4]]
    assert improvement(rounds) == pytest.approx(0.1)
    assert corrections(rounds[:1]) == []
    assert improvement(rounds[:1]) is None


def test_rounds_are_those_right_after_a_seat_could_revise_and_remember_the_battle_before() -> None:
    game = load('plan_revise(game="card_battle", rounds=5)')
    plans = [(("newt",), ("beetle",)), (("wisp",), ("beetle",)), (("wisp",), ("sprout",)), (("wisp",), ("sprout",))]
    winners = (1, 0, 1, 0)
    past = tuple(PlanState(pair, Battle(winner, 1, "")) for pair, winner in zip(plans, winners, strict=True))
    first, second = (planned_rounds(game, PlanReviseState(past), seat) for seat in (0, 1))
    assert first == [
        PlannedRound(("wisp",), 1, True, ("newt",), False),
        PlannedRound(("wisp",), 1, True, ("wisp",), False),
    ]
    assert second == [PlannedRound(("sprout",), 1, True, ("beetle",), False)]
    assert [each.revised for each in (*first, *second)] == [True, False, True]


@pytest.mark.parametrize("revising", ["alternate", "both"])
def test_who_never_revises_corrects_nothing_and_does_not_improve(revising: str) -> None:
    found = pool("stubborn", "stubborn", game=f'plan_revise(game="elemental_duel", revising="{revising}")')
    for metric in (CORRECTION_RATE, REVISION_RATE, IMPROVEMENT, OVER_BUDGET):
        assert value(evaluate(metric, found, "stubborn")).value == 0
    for metric in (CORRECTION_SUCCESS, NEEDLESS, HARMFUL):
        assert isinstance(evaluate(metric, found, "stubborn"), Undefined)


def test_a_reviser_changes_its_losing_plan_once_and_then_wins_against_a_stubborn_enemy() -> None:
    found = pool("reviser", "stubborn")
    assert value(evaluate(WIN_RATE, found, "reviser")).value == 1
    revised = value(evaluate(REVISION_RATE, found, "reviser"))
    assert (revised.value, revised.n, revised.clusters) == (1 / 5, 15, 3)
    for metric in (NEEDLESS, HARMFUL, CORRECTION_RATE, IMPROVEMENT):
        assert value(evaluate(metric, found, "reviser")).value == 0
    assert value(evaluate(WIN_RATE, found, "stubborn")).value == 0


def test_who_only_changes_what_lost_never_corrects_needlessly_and_who_draws_lots_does() -> None:
    found = pool("reviser", "random_planner", game='plan_revise(game="card_battle", revising="both")')
    assert value(evaluate(NEEDLESS, found, "reviser")).value == 0
    assert value(evaluate(REVISION_RATE, found, "random_planner")).value == 1
    harmful, needless = (value(evaluate(metric, found, "random_planner")).value for metric in (HARMFUL, NEEDLESS))
    assert 0 < harmful <= needless < 1
    success = value(evaluate(CORRECTION_SUCCESS, found, "random_planner"))
    assert success.low is not None
    assert 0 < success.n < 30


def test_overspending_is_counted_and_loses() -> None:
    spec = "card_battle(warden_budget=5)"
    game, record = load(spec), play(f'plan_revise(game="{spec}", rounds=4)', ("random_planner", "stubborn"))
    battle = game.apply(game.initial_state(), {0: ("newt",), 1: ("oak", "oak")})
    found = Pool(record.header.pool, (record,), (Play(record, (PlanReviseState((battle,) * 4),)),))
    assert value(evaluate(OVER_BUDGET, found, "stubborn")).value == 1
    assert value(evaluate(WIN_RATE, found, "stubborn")).value == 0
    assert value(evaluate(OVER_BUDGET, found, "random_planner")).value == 0


@pytest.mark.parametrize("metric", METRICS)
def test_other_games_have_no_such_measures(metric) -> None:
    found = evaluate(metric, pool("first_legal", "first_legal", game="card_battle"), "first_legal")
    assert isinstance(found, Undefined)
    assert "revised in rounds" in found.reason
