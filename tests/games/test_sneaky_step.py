"""Sneaky step: what is wrong is worked out, the coin decides what is shown, the critic judges it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.bots.calculation import StepBeliever, StepChecker
from games.core import CHANCE, Illegal, Unparsable
from games.puzzles.sneaky_step import Judgement, Problem, SneakyState, SneakyStep, Step, is_right, true_step, values
from tests.agents.questions import answer, play

GAME = SneakyStep()
PROBLEM = Problem(47, (("*", 6), ("+", 385), ("-", 97)), 1)
RIGHT, WRONG = Step(282, "+", 385, 667), Step(282, "+", 385, 657)


def judging(shown: str, written: Step = WRONG) -> SneakyState:
    return SneakyState(PROBLEM, written, shown)


def test_the_calculation_goes_from_left_to_right() -> None:
    assert values(PROBLEM) == [47, 282, 667, 570]
    assert true_step(PROBLEM) == RIGHT


@pytest.mark.parametrize(
    ("step", "right"),
    [
        ("282 + 385 = 667", True),
        ("385 + 282 = 667", True),
        ("282 + 385 = 657", False),
        ("282 + 395 = 677", False),
        ("282 - 385 = -103", False),
        ("283 + 385 = 667", False),
    ],
)
def test_a_step_is_right_when_both_sides_have_the_value_of_the_calculation(step: str, right: bool) -> None:
    state = SneakyState(PROBLEM)
    written = GAME.parse_action(state, 0, step)
    assert isinstance(written, Step)
    assert is_right(PROBLEM, written) is right
    after = GAME.apply(state, {0: written})
    assert GAME.to_move(after) == (() if right else (CHANCE,))
    assert GAME.returns(after) == ((-1, 0) if right else (0, 0))


@pytest.mark.parametrize(
    ("shown", "wrong", "returns"),
    [("sneaky", True, (-1, 1)), ("sneaky", False, (1, -1)), ("true", True, (1, -1)), ("true", False, (-1, 1))],
)
def test_the_critic_is_paid_for_being_right(shown: str, wrong: bool, returns: tuple[int, int]) -> None:
    assert GAME.returns(GAME.apply(judging(shown), {1: Judgement(wrong, 50)})) == returns


def test_the_critic_reads_what_the_coin_shows_and_nothing_else() -> None:
    assert "282 + 385 = 657" in GAME.observation(judging("sneaky"), 1)
    assert "282 + 385 = 667" not in GAME.observation(judging("sneaky"), 1)
    assert "657" not in GAME.observation(judging("true"), 1)
    assert GAME.observation(judging("true"), 0) == GAME.observation(judging("sneaky"), 0)
    assert GAME.information_state(SneakyState(PROBLEM), 1) == GAME.information_state(SneakyState(PROBLEM, WRONG), 1)


def test_judgements_have_a_confidence_in_steps_of_five() -> None:
    state = judging("true")
    assert len(GAME.legal_actions(state, 1) or ()) == 22
    assert GAME.parse_action(state, 1, " Wrong 75 % ") == Judgement(True, 75)
    for text in ("wrong 40%", "correct 72%"):
        with pytest.raises(Illegal):
            GAME.parse_action(state, 1, text)
    for text in ("wrong", "75%", "maybe 50%"):
        with pytest.raises(Unparsable):
            GAME.parse_action(state, 1, text)


@given(st.integers(0, 10_000), st.integers(2, 10), st.integers(1, 4))
def test_every_calculation_has_a_text_and_stays_positive(seed: int, operations: int, digits: int) -> None:
    game = SneakyStep.of(operations=operations, digits=digits)
    start = game.initial_state()
    problem = game.sample_chance(start, random.Random(seed))
    assert isinstance(problem, Problem)
    assert game.parse_action(start, CHANCE, game.action_to_text(start, CHANCE, problem)) == problem
    assert min(values(problem)) > 0
    assert max(values(problem)) < 200_000


async def test_checkers_see_through_everything_and_believers_through_nothing() -> None:
    for seed in range(30):
        end, _ = await play("sneaky_step", [StepChecker(), StepChecker()], seed)
        assert GAME.returns(end) == (-1, 1)
        end, _ = await play("sneaky_step", [StepBeliever(), StepBeliever()], seed)
        assert GAME.returns(end) == ((1, -1) if end.shown == "sneaky" else (-1, 1))
        end, _ = await play("sneaky_step", [StepChecker.of(honest=True), StepChecker()], seed)
        assert GAME.returns(end) == (-1, 0)


async def test_a_checker_errs_in_results_and_in_numbers() -> None:
    written = [await answer(StepChecker(), GAME, SneakyState(PROBLEM), 0, seed) for seed in range(40)]
    assert not any(is_right(PROBLEM, step) for step in written)
    assert {step.right == 385 for step in written} == {True, False}
