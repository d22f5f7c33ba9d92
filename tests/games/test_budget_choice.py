from __future__ import annotations

import pytest
from pydantic import ValidationError

from agents.registry import build_agent
from games.core import CHANCE, Illegal, Unparsable
from games.economic.budget_choice import ANDREONI_MILLER, BudgetChoice, BudgetParams, BudgetState, Line, Payment
from tests.agents.questions import answer

TWO_LINES = (Line(100, 4, 9), Line(100, 7, 2))


def test_the_random_menu_has_every_budget_that_reaches_half_the_best_value():
    lines = BudgetParams(tokens=10).lines()
    assert len(lines) == len(set(lines)) == 100 - 16
    ends = [line.bundle(10)[0] for line in lines] + [line.bundle(0)[1] for line in lines]
    assert (min(ends), max(ends)) == (10, 100)
    assert all(max(line.bundle(10)[0], line.bundle(0)[1]) >= 50 for line in lines)


def test_the_budgets_for_giving_are_the_published_ones():
    assert len(ANDREONI_MILLER) == 11
    assert {line.tokens for line in ANDREONI_MILLER} == {40, 60, 75, 80, 100}
    assert {value for line in ANDREONI_MILLER for value in line[1:]} == {1, 2, 3, 4}
    for line in ANDREONI_MILLER:
        assert Line(line.tokens, line.second, line.first) in ANDREONI_MILLER


def test_no_budget_is_drawn_twice():
    game = BudgetChoice.of(rounds=2)
    state = game.apply(game.apply(game.initial_state(), {CHANCE: TWO_LINES[0]}), {0: 10})
    drawn = [line for line, _ in game.chance_outcomes(state)]
    assert len(drawn) == 83
    assert TWO_LINES[0] not in drawn


@pytest.mark.parametrize(("payment", "points"), [((0, 0), 120), ((0, 1), 630), ((1, 0), 700), ((1, 1), 0)])
def test_one_account_of_one_round_is_paid(payment: tuple[int, int], points: int):
    game = BudgetChoice.of(rounds=2)
    chosen = BudgetState(TWO_LINES, (30, 100))
    assert game.to_move(chosen) == (CHANCE,)
    assert game.returns(chosen) == (0,)
    assert dict(game.chance_outcomes(chosen))[Payment(*payment)] == 1 / 4
    end = game.apply(chosen, {CHANCE: Payment(*payment)})
    assert game.to_move(end) == ()
    assert game.returns(end) == (points,)
    assert f"You get {points} points" in game.observation(end, 0)


def test_of_what_is_given_only_the_rest_is_paid():
    game = BudgetChoice.of(rounds=2, setting="giving")
    chosen = BudgetState(TWO_LINES, (30, 100))
    payments = [game.apply(chosen, {CHANCE: payment}) for payment, _ in game.chance_outcomes(chosen)]
    assert [game.returns(end) for end in payments] == [(120,), (700,)]
    assert game.observation(payments[0], 0) == "Paid: round 1. You get 120 points."


def test_the_player_reads_the_budget_and_no_earlier_one():
    game = BudgetChoice.of(rounds=2)
    read = game.observation(BudgetState(TWO_LINES, (30,)), 0)
    assert read.startswith(
        "Round 2 of 2: 100 tokens. A token in account A brings 7 points, a token in account B brings 2 points."
    )


@pytest.mark.parametrize("text", ["all", "", "50 tokens", "50.5", "1e2"])
def test_words_are_unparsable(text: str):
    game = BudgetChoice.of(step=10)
    with pytest.raises(Unparsable, match="from 0 to 100 in steps of 10"):
        game.parse_action(BudgetState(TWO_LINES[:1]), 0, text)


@pytest.mark.parametrize("text", ["101", "-10", "55"])
def test_numbers_off_the_budget_are_illegal(text: str):
    with pytest.raises(Illegal, match="from 0 to 100 in steps of 10"):
        BudgetChoice.of(step=10).parse_action(BudgetState(TWO_LINES[:1]), 0, text)


def test_rounds_and_steps_must_fit_the_menu():
    with pytest.raises(ValidationError, match="has 11 budgets, but rounds is 25"):
        BudgetChoice.of(menu="andreoni_miller")
    with pytest.raises(ValidationError, match="10 does not divide 75"):
        BudgetChoice.of(menu="andreoni_miller", rounds=11, step=10)


@pytest.mark.parametrize(
    ("spec", "tokens"),
    [
        ("cobb_douglas", 50),
        ("cobb_douglas(weight=0.2)", 20),
        ("perfect_substitutes", 0),
        ("leontief", 69),
    ],
)
async def test_players_choose_what_their_utility_says(spec: str, tokens: int):
    state = BudgetState(TWO_LINES[:1])
    assert await answer(build_agent(spec), BudgetChoice(), state, 0) == tokens


async def test_whoever_finds_both_goods_alike_divides_equally_at_equal_prices():
    state = BudgetState((Line(100, 6, 6),))
    assert await answer(build_agent("perfect_substitutes"), BudgetChoice(), state, 0) == 50
