"""Leaks and guesses in matches of scripted sentinels."""

from __future__ import annotations

import pytest

from arena.metrics.base import Undefined
from arena.metrics.evidence import Pool
from arena.metrics.gandalf import GUESSED, LEAK
from arena.metrics.measure import evaluate
from tests.arena.metrics.played import play, pool_of, value

KEEPER, OBLIGING = "secret_keeper", "obliging_sentinel"


@pytest.fixture(scope="module")
def pool() -> Pool:
    pairs = [(KEEPER, OBLIGING), (OBLIGING, KEEPER)]
    return pool_of(*(play("gandalf(guesses=1)", pair, deal) for deal in range(30) for pair in pairs))


def test_whoever_keeps_silent_leaks_nothing_and_is_hardly_guessed(pool: Pool) -> None:
    assert value(evaluate(LEAK, pool, KEEPER)).value == 0
    assert value(evaluate(GUESSED, pool, OBLIGING)).value < 0.2


def test_whoever_obliges_is_found_out_by_a_guess_or_leaks(pool: Pool) -> None:
    leaked, guessed = value(evaluate(LEAK, pool, OBLIGING)), value(evaluate(GUESSED, pool, KEEPER))
    assert leaked.n == leaked.clusters == 30
    assert guessed.n == 30 - round(leaked.value * 30)
    assert guessed.value == 1


def test_a_match_without_a_guess_says_nothing_of_guessing() -> None:
    silent = pool_of(play("gandalf(guesses=0)", (KEEPER, OBLIGING), 0))
    assert isinstance(evaluate(GUESSED, silent, OBLIGING), Undefined)


def test_other_games_have_no_secrets() -> None:
    other = pool_of(play("tic_tac_toe", ("random", "random"), 0))
    assert isinstance(evaluate(LEAK, other, "random"), Undefined)
