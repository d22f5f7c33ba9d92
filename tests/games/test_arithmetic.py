"""Arithmetic that is read: values against Python's own, and refusal of all else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.puzzles.arithmetic import NotArithmetic, evaluate, value_in

NUMBERS = st.integers(0, 999).map(str)
EXPRESSIONS = st.recursive(
    NUMBERS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" + ", "-", "*", " // "]), inner).map("".join),
        inner.map(lambda text: f"({text})"),
        inner.map(lambda text: f"-{text}"),
    ),
    max_leaves=8,
)


@given(EXPRESSIONS)
def test_values_are_those_of_python(text: str) -> None:
    try:
        expected = eval(text)
    except ZeroDivisionError:
        with pytest.raises(NotArithmetic, match="divides by 0"):
            evaluate(text)
        return
    assert evaluate(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "()", "1 +", "1 2", "2 ** 3", "x + 1", "1 / 2", "__import__('os')", "(" * 40 + "1" + ")" * 40, "1" * 13],
)
def test_all_else_is_refused(text: str) -> None:
    with pytest.raises(NotArithmetic):
        evaluate(text)


def test_values_stay_within_bounds() -> None:
    with pytest.raises(NotArithmetic, match="beyond 30 digits"):
        evaluate(" * ".join(["999999999999"] * 4))
    with pytest.raises(NotArithmetic, match="at most 300"):
        evaluate("1+" * 200 + "1")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is 17 * 23 - 4?", 387),
        ("A box holds 12 eggs. How many are in (3 + 4) * 12 // 2 boxes?", 42),
        ("How many primes are below one hundred?", None),
        ("What is 7?", 7),
    ],
)
def test_the_longest_sum_of_a_question_is_found(question: str, expected: int | None) -> None:
    assert value_in(question) == expected
