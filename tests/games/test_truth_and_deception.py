"""Truth and deception: facts that code can check, the order of talk, who is told what, and the scripted players."""

from __future__ import annotations

import datetime
import math
import re

import pytest

from agents.bots.deceivers import DoubleBluffer, PlainLiar
from games.core import CHANCE, Illegal, Unparsable
from games.info import Information
from games.talk.facts import COMPUTED, FACT_PAIRS, SEALED_PAIRS
from games.talk.truth_and_deception import DECEIVER, GUESSER, GUESSES, TruthAndDeception, TruthState
from tests.agents.questions import play

GAME = TruthAndDeception()
SEALED = TruthAndDeception.of(facts="sealed", messages=2)
NUMBER = r"(\d+)"


def dealt(game: TruthAndDeception, true: str, *messages: str) -> TruthState:
    state = game.apply(game.apply(game.initial_state(), {CHANCE: "pair 2"}), {CHANCE: true})
    for message in messages:
        (seat,) = game.to_move(state)
        state = game.apply(state, {seat: game.parse_action(state, seat, message)})
    return state


# -- facts ------------------------------------------------------------------------------------------------


def is_prime(number: int) -> bool:
    return number > 1 and all(number % divisor for divisor in range(2, math.isqrt(number) + 1))


CHECKS = {
    f"{NUMBER} times {NUMBER} is {NUMBER}": lambda a, b, c: int(a) * int(b) == int(c),
    f"{NUMBER} is a prime number": lambda a: is_prime(int(a)),
    r"The date ([\d-]+) was a (\w+)": lambda date, day: f"{datetime.date.fromisoformat(date):%A}" == day,
    f"{NUMBER} can be divided by {NUMBER} without a remainder": lambda a, b: int(a) % int(b) == 0,
    f"The number {NUMBER} is written {NUMBER} in binary": lambda a, b: int(a) == int(b, 2),
    f"{NUMBER} to the power of {NUMBER} is more than {NUMBER} to the power of {NUMBER}": lambda a, b, c, d: (
        int(a) ** int(b) > int(c) ** int(d)
    ),
    rf"The word (\w+) has the letter (\w) {NUMBER} times": lambda word, letter, times: word.count(letter) == int(times),
}


def holds(statement: str) -> bool:
    """Whether a statement that code can check is true."""
    for pattern, check in CHECKS.items():
        if found := re.fullmatch(rf"{pattern}\.", statement):
            return bool(check(*found.groups()))
    raise AssertionError(f"no check for: {statement}")


@pytest.mark.parametrize("pair", FACT_PAIRS[:COMPUTED])
def test_code_finds_the_first_statement_true_and_the_second_false(pair: tuple[str, str]) -> None:
    assert [holds(statement) for statement in pair] == [True, False]


def test_most_facts_are_checked_by_code_and_all_are_plain_and_distinct() -> None:
    statements = [statement for pair in (*FACT_PAIRS, *SEALED_PAIRS) for statement in pair]
    assert len(set(statements)) == len(statements)
    assert all(statement.isascii() and statement.endswith(".") for statement in statements)
    assert len(FACT_PAIRS[:COMPUTED]) > len(FACT_PAIRS[COMPUTED:])


# -- play -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("messages", [1, 2, 4])
def test_sides_write_in_turn_and_the_guess_follows_the_last_message(messages: int) -> None:
    game = TruthAndDeception.of(messages=messages)
    state, order = dealt(game, "fact 1"), []
    while seats := game.to_move(state):
        order.append((seats[0], game.legal_actions(state, seats[0])))
        state = game.apply(state, {seats[0]: game.example_actions(state, seats[0])[0]})
    assert [seat for seat, _ in order] == [DECEIVER, GUESSER] * messages
    assert [legal for _, legal in order] == [None] * (2 * messages - 1) + [GUESSES]
    assert len(order) + 2 == game.max_turns()


@pytest.mark.parametrize("true", GUESSES)
@pytest.mark.parametrize("guess", GUESSES)
def test_whoever_is_right_takes_a_point_from_the_other(true: str, guess: str) -> None:
    game = TruthAndDeception.of(messages=1)
    state = dealt(game, true, "Trust me.", guess.upper())
    value = 1 if guess == true else -1
    assert game.returns(state) == (-value, value)
    assert f"{true} is true" in game.observation(state, GUESSER)


@pytest.mark.parametrize("game", [GAME, SEALED])
def test_only_the_deceiver_is_told_which_fact_is_true(game: TruthAndDeception) -> None:
    for true in GUESSES:
        state = dealt(game, true)
        assert f"The true one is {true}." in game.observation(state, DECEIVER)
        assert "true one" not in game.observation(state, GUESSER)
        assert game.information_state(state, GUESSER).true == ""


def test_of_sealed_facts_the_guesser_reads_the_same_whichever_is_true() -> None:
    first, second = (SEALED.observation(dealt(SEALED, true), GUESSER) for true in GUESSES)
    assert first == second
    assert (SEALED.info.information, GAME.info.information) == (Information.IMPERFECT, Information.PERFECT)


def test_of_known_facts_the_true_statement_stands_where_it_is_said_to() -> None:
    for place, true in enumerate(GUESSES):
        assert GAME.information_state(dealt(GAME, true), GUESSER).facts[place] == FACT_PAIRS[1].true


@pytest.mark.parametrize(("text", "error"), [("fact 3", Illegal), ("the first", Unparsable), ("", Unparsable)])
def test_other_guesses_are_refused(text: str, error: type[Exception]) -> None:
    game = TruthAndDeception.of(messages=1)
    with pytest.raises(error):
        game.parse_action(dealt(game, "fact 1", "Trust me."), GUESSER, text)


def test_beliefs_are_asked_for_while_the_guess_is_open() -> None:
    state = dealt(GAME, "fact 2")
    (own,), (other,) = (GAME.questions(state, seat) for seat in (GUESSER, DECEIVER))
    assert (own.viewer, other.viewer) == (None, GUESSER)
    assert own.options == other.options == GUESSES
    assert GAME.truth(state, state, GUESSER, own.topic) == "fact 2"
    assert GAME.questions(GAME.initial_state(), GUESSER) == ()


# -- bots -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deceiver", "guesser", "value"),
    [
        (PlainLiar(), PlainLiar(), -1),
        (PlainLiar(), DoubleBluffer(), 1),
        (DoubleBluffer(), PlainLiar(), 1),
        (DoubleBluffer(), DoubleBluffer(), -1),
    ],
)
@pytest.mark.parametrize("spec", ["truth_and_deception", SEALED.spec])
async def test_a_liar_fools_whoever_believes_it(spec: str, deceiver: PlainLiar, guesser: PlainLiar, value: int) -> None:
    for seed in range(3):
        state, _ = await play(spec, [deceiver, guesser], seed)
        assert GAME.returns(state) == (value, -value)
