"""Metrics of stated beliefs: values that can be worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

import pytest

from arena.metrics.base import Undefined
from arena.metrics.belief_replies import CONSISTENCY, best_replies
from arena.metrics.beliefs import (
    ACCURACY,
    BRIER,
    CALIBRATION,
    FIRST_ORDER,
    SECOND_ORDER,
    SECOND_ORDER_DISTANCE,
    SELF_KNOWLEDGE,
    SURPRISE,
    most_probable,
    surprise,
    total_variation,
)
from arena.metrics.dilemma import COOPERATION
from arena.metrics.measure import evaluate
from arena.metrics.reliability import FORFEIT
from arena.metrics.solved_play import EXPECTED_LOSS
from arena.records import MatchRecord
from games.matrix.matrix_game import MatrixGame
from tests.arena.metrics.played import play, pool_of, value
from tests.arena.metrics.saying import recite

KUHN = 'elicited(ask="everyone", game="kuhn_poker")'
DILEMMA = 'elicited(game="prisoners_dilemma(rounds=2)")'
OF_BELIEFS = (ACCURACY, BRIER, CALIBRATION, CONSISTENCY, FIRST_ORDER, SECOND_ORDER, SELF_KNOWLEDGE, SURPRISE)


def test_a_player_that_halves_what_it_does_not_see_scores_as_computed():
    """Each answer gives 1/2 to the truth and to another card; the view attributed to the other is uniform."""
    pool = pool_of(*(play(KUHN, ["poker_rules", "poker_rules"], deal) for deal in range(6)))
    assert value(evaluate(BRIER, pool, "poker_rules")).value == pytest.approx(0.5)
    assert value(evaluate(SURPRISE, pool, "poker_rules")).value == pytest.approx(1.0)
    assert value(evaluate(CALIBRATION, pool, "poker_rules")).value == pytest.approx(0.0)
    assert value(evaluate(ACCURACY, pool, "poker_rules")).value == 0.0
    assert value(evaluate(SECOND_ORDER_DISTANCE, pool, "poker_rules")).value == pytest.approx(1 / 3)
    assert evaluate(SECOND_ORDER, pool, "poker_rules") == Undefined(
        "the agent stated no view of a player that stated its own at the same time; ask everyone"
    )


def kuhn_match() -> MatchRecord:
    """Seat 0 (a) holds K, seat 1 (b) holds Q: a is right and sure, b errs; a sees through b, b does not through a."""
    return recite(
        KUHN,
        ["K", "Q"],
        [_cards(2, "Q 100%", 1, "J 60%, Q 40%"), "bet", _cards(2, "Q 100%", 1, "J 60%, Q 40%")],
        [_cards(1, "J 80%, K 20%", 2, "J 100%"), _cards(1, "J 50%, K 50%", 2, "Q 100%"), "call"],
    )


def test_beliefs_of_both_orders_are_scored_against_cards_and_against_what_was_said():
    pool = pool_of(kuhn_match())
    assert value(evaluate(BRIER, pool, "a")).value == 0.0
    assert value(evaluate(SURPRISE, pool, "a")).value == 0.0
    assert value(evaluate(BRIER, pool, "b")).value == pytest.approx((0.8**2 + 0.8**2 + 0.5) / 2)
    assert value(evaluate(SURPRISE, pool, "b")).value == pytest.approx((log2(5) + 1) / 2)
    assert value(evaluate(ACCURACY, pool, "a")).value == 1.0
    assert value(evaluate(FIRST_ORDER, pool, "b")).value == 0.0
    right = value(evaluate(SECOND_ORDER, pool, "a"))
    assert (right.value, right.n, right.clusters) == (1.0, 1, 1)
    assert value(evaluate(SECOND_ORDER, pool, "b")).value == 0.5
    assert value(evaluate(SECOND_ORDER_DISTANCE, pool, "a")).value == pytest.approx((0.4 + 0.5) / 2)
    assert value(evaluate(SECOND_ORDER_DISTANCE, pool, "b")).value == pytest.approx(0.5)


def test_impossible_certainty_costs_a_known_surprise():
    assert surprise({"J": 1.0, "Q": 0.0}, "Q") == pytest.approx(log2(200))
    assert surprise({"J": 0.25, "Q": 0.75}, "J") == pytest.approx(2.0)
    assert surprise({"J": 1.0, "Q": 0.0}, "J") == 0.0


def test_ties_have_no_most_probable_option():
    assert most_probable({"J": 0.4, "Q": 0.4, "K": 0.2}) is None
    assert most_probable({"J": 0.4, "Q": 0.5, "K": 0.1}) == "Q"
    assert total_variation({"J": 1.0}, {"Q": 1.0}) == 1.0
    assert total_variation({"J": 0.5, "Q": 0.5}, {"J": 0.2, "Q": 0.8}) == pytest.approx(0.3)


def test_identity_is_counted_apart_from_beliefs_about_others():
    name = 'elicited(game="undercover")'
    pool = pool_of(*(play(name, ["word_guesser"] * 3, deal) for deal in range(3)))
    assert value(evaluate(SELF_KNOWLEDGE, pool, "word_guesser")).value == 0.0
    about_all, about_others = (value(evaluate(metric, pool, "word_guesser")).n for metric in (ACCURACY, FIRST_ORDER))
    assert about_all == 2 * about_others


def dilemma(actions: Sequence[str], beliefs: Sequence[str], other: str = "cooperate") -> MatchRecord:
    """Two rounds in which a states beliefs and acts; b expects defection with 70 % and does the same in both."""
    said = [f"action of player 2: {belief}; action of player 1 as player 2 sees it: cooperate" for belief in beliefs]
    a = [line for pair in zip(said, actions, strict=True) for line in pair]
    expects = "action of player 1: defect 70%, cooperate 30%; action of player 2 as player 1 sees it: cooperate"
    return recite(DILEMMA, [], a, [expects, other] * 2)


def test_next_actions_are_judged_by_the_round_that_follows_and_replies_by_the_belief():
    pool = pool_of(dilemma(["cooperate", "defect"], ["cooperate 90%, defect 10%", "defect 60%, cooperate 40%"]))
    assert value(evaluate(ACCURACY, pool, "a")).value == 0.5
    assert value(evaluate(CONSISTENCY, pool, "a")).value == 0.5
    assert value(evaluate(ACCURACY, pool, "b")).value == 0.5
    assert value(evaluate(SECOND_ORDER, pool, "a")).value == 0.0
    assert value(evaluate(CONSISTENCY, pool, "b")).value == 0.0


def test_best_replies_follow_the_belief():
    stag = MatrixGame.of(payoffs=[[[4, 4], [0, 3]], [[3, 0], [3, 3]]], actions=["stag", "hare"])
    assert best_replies(stag, 0, {1: {"stag": 0.8, "hare": 0.2}}) == {0}
    assert best_replies(stag, 1, {0: {"stag": 0.7, "hare": 0.3}}) == {1}
    assert best_replies(stag, 0, {1: {"stag": 0.75, "hare": 0.25}}) == {0, 1}


def test_metrics_of_the_game_inside_work_where_beliefs_are_asked_for():
    pool = pool_of(dilemma(["cooperate", "defect"], ["cooperate", "cooperate"], other="defect"))
    assert value(evaluate(COOPERATION, pool, "a")).value == 0.5
    assert value(evaluate(COOPERATION, pool, "b")).value == 0.0
    assert value(evaluate(FORFEIT, pool, "a")).value == 0.0


def test_a_metric_of_the_game_inside_is_what_it_is_without_questions():
    agents = ["poker_rules(bluff=0)", "first_legal"]
    plain, asked = (pool_of(*(play(name, agents, deal) for deal in range(8))) for name in ("kuhn_poker", "elicited"))
    expected = value(evaluate(EXPECTED_LOSS, plain, agents[0]))
    assert evaluate(EXPECTED_LOSS, asked, agents[0]) == expected
    assert expected.n >= 8


@pytest.mark.parametrize("metric", OF_BELIEFS, ids=lambda metric: metric.name)
def test_games_that_ask_nothing_have_no_beliefs(metric):
    pool = pool_of(play("kuhn_poker", ["random", "random"]))
    found = evaluate(metric, pool, "random")
    assert isinstance(found, Undefined)
    assert "asks for beliefs" in found.reason


def test_second_order_is_undefined_where_only_movers_are_asked():
    pool = pool_of(play("elicited", ["random", "random"]))
    assert isinstance(evaluate(SECOND_ORDER, pool, "random"), Undefined)


def _cards(other: int, first: str, own: int, second: str) -> str:
    return f"card of player {other}: {first}; card of player {own} as player {other} sees it: {second}"
