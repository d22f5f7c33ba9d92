"""Plan and revise: who revises when, what is kept, what is read of the battles since, and what counts."""

from __future__ import annotations

import pytest

from games.core import Illegal
from games.info import Dynamics
from games.registry import load
from games.spec import SpecError
from games.transforms.plan_revise import PlanRevise

CARDS = 'plan_revise(game="card_battle", rounds=4)'


def turns(spec: str) -> list[tuple[int, ...]]:
    game = load(spec)
    assert isinstance(game, PlanRevise)
    return [game.revisers(battles) for battles in range(game.params.rounds + 1)]


def test_sides_take_turns_to_revise_or_both_do_or_one_does() -> None:
    assert turns("plan_revise(rounds=4)") == [(0, 1), (0,), (1,), (0,), ()]
    assert turns("plan_revise(first=1, rounds=4)") == [(0, 1), (1,), (0,), (1,), ()]
    assert turns('plan_revise(revising="both", rounds=3)') == [(0, 1)] * 3 + [()]
    assert turns('plan_revise(first=1, revising="one", rounds=3)') == [(0, 1), (1,), (1,), ()]
    assert load('plan_revise(revising="both")').info.dynamics is Dynamics.SIMULTANEOUS
    assert load("plan_revise").info.dynamics is Dynamics.MIXED


@pytest.mark.parametrize(
    "spec", ['plan_revise(game="tic_tac_toe")', 'plan_revise(revising="both", first=1)', "plan_revise(rounds=0)"]
)
def test_parameters_that_make_no_sense_are_refused(spec: str) -> None:
    with pytest.raises(SpecError):
        load(spec)


def played(spec: str, *texts: dict[int, str]):
    """The game and its state after these plans."""
    game = load(spec)
    state = game.initial_state()
    for plans in texts:
        state = game.apply(state, {seat: game.parse_action(state, seat, text) for seat, text in plans.items()})
    return game, state


def test_a_plan_stands_until_its_side_revises_it() -> None:
    _, state = played(CARDS, {0: "newt", 1: "beetle"}, {0: "wisp"}, {1: "mountain"}, {0: " Keep "})
    assert [battle.plans for battle in state.past] == [
        (("newt",), ("beetle",)),
        (("wisp",), ("beetle",)),
        (("wisp",), ("mountain",)),
        (("wisp",), ("mountain",)),
    ]


def test_there_is_nothing_to_keep_before_the_first_battle() -> None:
    game = load(CARDS)
    with pytest.raises(Illegal, match="no plan to keep"):
        game.parse_action(game.initial_state(), 0, "keep")


def test_battles_won_less_battles_lost_are_the_result() -> None:
    game, state = played(
        CARDS, {0: "newt", 1: "oak; oak; oak; oak; oak; oak"}, {0: "gold wisp"}, {1: "oak"}, {0: "slag"}
    )
    winners = [battle.battle.winner for battle in state.past]
    assert winners[:2] == [0, 0]
    assert game.returns(state) == (winners.count(0) - winners.count(1), winners.count(1) - winners.count(0))
    assert game.to_move(state) == ()
    assert game.outcome_text(state) == f"the raider won {winners.count(0)} of 4, the warden won {winners.count(1)} of 4"


def test_who_revises_reads_every_battle_since_it_last_planned_and_equal_ones_once() -> None:
    game, state = played(CARDS, {0: "newt", 1: "beetle"}, {0: "wisp"})
    text = game.observation(state, 1)
    assert text.count("The enemy's plan") == 2
    assert "1 of 20 spent: newt" in text
    assert "1 of 20 spent: wisp" in text
    assert "Battles won: 0, lost: 2. Revise your plan for battle 3, or write: keep" in text
    game, state = played(CARDS, {0: "newt", 1: "beetle"}, {0: "keep"})
    assert "Battle 1 of 4: the same plans and course as in battle 2." in game.observation(state, 1)
    assert "The enemy may revise its plan now." in game.observation(state, 0)


def test_the_end_tells_the_result() -> None:
    game, state = played('plan_revise(game="card_battle", rounds=1)', {0: "newt", 1: "mountain"})
    assert game.observation(state, 1).endswith("Battles won: 1, lost: 0. The game is over. Your result: 1.")
    assert game.returns(state) == (-1, 1)
