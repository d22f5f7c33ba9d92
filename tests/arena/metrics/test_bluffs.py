"""Bluffing and detection, in hands played to order."""

from __future__ import annotations

from statistics import NormalDist

import pytest

from arena.metrics.base import Undefined
from arena.metrics.bluffs import (
    BELIEF_BRIER,
    BELIEF_SENSITIVITY,
    BLUFFING,
    FALSE_ALARMS,
    HITS,
    SENSITIVITY,
    Response,
    behind,
    claimant,
    sensitivity,
)
from arena.metrics.measure import evaluate
from games.registry import load
from tests.arena.metrics.played import play, pool_of, value
from tests.arena.metrics.saying import recite
from tests.games.joint_play import play as played

z = NormalDist().inv_cdf


def test_sensitivity_is_the_difference_of_corrected_rates():
    found = [*[Response(True, True)] * 8, *[Response(True, False)] * 2, *[Response(False, True)] * 3]
    found += [Response(False, False)] * 7
    assert sensitivity(found) == pytest.approx(z(8.5 / 11) - z(3.5 / 11))
    assert sensitivity([Response(True, True), Response(False, False)]) == pytest.approx(z(0.75) - z(0.25))
    assert sensitivity([Response(True, True)] * 5) is None


def test_who_holds_the_lower_card_is_behind():
    kuhn, leduc, dice = load("kuhn_poker(num_players=3)"), load("leduc_poker"), load("liars_dice(dice=1, faces=3)")
    betting = played(kuhn, "Q", "K", "A", "check", "bet")
    assert claimant(kuhn, betting, 2) == 1
    assert [behind(kuhn, betting, seat) for seat in range(3)] == [True, True, False]
    assert not behind(kuhn, played(kuhn, "Q", "K", "A", "check", "bet", "fold"), 1)
    first = played(leduc, "Qs", "Ks", "raise")
    assert (claimant(leduc, first, 1), behind(leduc, first, 0)) == (0, True)
    paired = played(leduc, "Qs", "Ks", "check", "check", "Qh", "raise")
    assert [behind(leduc, paired, seat) for seat in range(2)] == [False, True]
    assert claimant(leduc, played(leduc, "Qs", "Ks", "check"), 1) is None
    equal = played(leduc, "Qs", "Qh", "raise")
    assert not behind(leduc, equal, 0)
    bid = played(dice, "1", "2", "bid 2 2")
    assert (claimant(dice, bid, 1), behind(dice, bid, 0)) == (0, True)
    assert not behind(dice, played(dice, "2", "2", "bid 2 2"), 0)


def test_claims_and_answers_are_counted_as_what_they_were():
    pool = pool_of(
        recite("kuhn_poker", ["J", "Q"], ["bet"], ["call"]),
        recite("kuhn_poker", ["K", "Q"], ["bet"], ["fold"]),
        recite("kuhn_poker", ["J", "K"], ["bet"], ["fold"]),
        recite("kuhn_poker", ["Q", "J"], ["check", "call"], ["bet"]),
    )
    bluffs = value(evaluate(BLUFFING, pool, "a"))
    assert (bluffs.value, bluffs.n, bluffs.clusters) == (pytest.approx(2 / 3), 3, 3)
    assert value(evaluate(BLUFFING, pool, "b")).value == 1.0
    assert value(evaluate(HITS, pool, "b")).value == 0.5
    assert value(evaluate(FALSE_ALARMS, pool, "b")).value == 0.0
    assert value(evaluate(SENSITIVITY, pool, "b")).value == pytest.approx(z(1.5 / 3) - z(0.5 / 2))
    assert value(evaluate(HITS, pool, "a")).value == 1.0
    assert isinstance(evaluate(SENSITIVITY, pool, "a"), Undefined)


def test_a_challenge_doubts_a_bid_and_a_higher_bid_does_not():
    name = "liars_dice(dice=1, faces=3)"
    pool = pool_of(
        recite(name, ["1", "2"], ["bid 2 2"], ["liar"]),
        recite(name, ["1", "2"], ["bid 1 1", "liar"], ["bid 2 1"]),
    )
    assert value(evaluate(BLUFFING, pool, "a")).value == 0.5
    assert value(evaluate(BLUFFING, pool, "b")).value == 1.0
    assert value(evaluate(HITS, pool, "b")).value == 1.0
    assert value(evaluate(FALSE_ALARMS, pool, "b")).value == 0.0


def test_stated_beliefs_say_how_likely_a_bluff_is():
    name = 'elicited(game="kuhn_poker")'
    seen = "card of player 1: {}; card of player 2 as player 1 sees it: J"
    own = "card of player 2: J; card of player 1 as player 2 sees it: J"
    pool = pool_of(
        recite(name, ["J", "Q"], [own, "bet"], [seen.format("J 80%, K 20%"), "call"]),
        recite(name, ["K", "Q"], [own, "bet"], [seen.format("J 40%, K 60%"), "fold"]),
    )
    brier = value(evaluate(BELIEF_BRIER, pool, "b"))
    assert (brier.value, brier.n) == (pytest.approx((0.2**2 + 0.4**2) / 2), 2)
    assert value(evaluate(BELIEF_SENSITIVITY, pool, "b")).value == pytest.approx(z(0.75) - z(0.25))
    assert value(evaluate(HITS, pool, "b")).value == 1.0
    assert isinstance(evaluate(BELIEF_BRIER, pool, "a"), Undefined)


def test_beliefs_about_bids_and_paired_cards_count_too():
    dice = 'elicited(game="liars_dice(dice=1, faces=3)")'
    pool = pool_of(
        recite(dice, ["1", "2"], ["bid 2 2"], ["bid: false 90%, true 10%; bid as player 1 sees it: true", "liar"])
    )
    assert value(evaluate(BELIEF_BRIER, pool, "b")).value == pytest.approx(0.01)
    leduc = 'elicited(game="leduc_poker")'
    believes = "card of player 1: Q 50%, K 50%; card of player 2 as player 1 sees it: J"
    nothing = "card of player 2: J; card of player 1 as player 2 sees it: J"
    lines = [nothing, "check", nothing, "raise"], [believes, "check", believes, "fold"]
    pool = pool_of(recite(leduc, ["Qs", "Ks", "Qh"], *lines))
    assert value(evaluate(BELIEF_BRIER, pool, "b")).value == pytest.approx(0.0)


def test_in_coup_claims_of_characters_are_true_or_not():
    name = "coup(num_players=2, turns=2)"
    pool = pool_of(
        recite(name, ["contessa", "captain", "captain", "assassin"], ["tax", "allow"], ["allow", "tax"]),
        recite(
            name,
            ["ambassador", "duke", "captain", "contessa"],
            ["tax", "concede", "lose duke"],
            ["challenge", "income"],
        ),
        recite(
            name,
            ["duke", "contessa", "contessa", "captain"],
            ["tax", "challenge"],
            ["allow", "exchange", "lose contessa"],
        ),
        recite(name, ["ambassador", "captain", "duke", "assassin"], ["foreign aid", "allow"], ["block duke", "income"]),
    )
    bluffs = value(evaluate(BLUFFING, pool, "a"))
    assert (bluffs.value, bluffs.n) == (pytest.approx(1 / 3), 3)
    assert value(evaluate(BLUFFING, pool, "b")).value == pytest.approx(2 / 3)
    # Each saw one bluff that was let pass; the other one of b's was challenged, and one honest claim of a's.
    assert [value(evaluate(HITS, pool, agent)).value for agent in "ab"] == [0.5, 0.0]
    assert [value(evaluate(FALSE_ALARMS, pool, agent)).value for agent in "ab"] == [0.0, 0.5]
    assert value(evaluate(SENSITIVITY, pool, "a")).value == pytest.approx(z(1.5 / 3) - z(0.5 / 2))


def test_courtiers_bluff_and_doubt_as_they_are_made_to():
    pool = pool_of(*[play("coup", ["coup_honest", "coup_liar", "coup_rules(bluff=0)"], deal) for deal in range(8)])
    assert value(evaluate(BLUFFING, pool, "coup_honest")).value == 0.0
    # It claims the duke or the assassin in every turn, and holds them by luck.
    assert value(evaluate(BLUFFING, pool, "coup_liar")).value > 0.4
    assert value(evaluate(FALSE_ALARMS, pool, "coup_honest")).value == 0.0
    assert value(evaluate(FALSE_ALARMS, pool, "coup_liar")).value == 0.0
    assert value(evaluate(HITS, pool, "coup_liar")).value == 0.0


def test_stated_beliefs_about_claims_in_coup_count_too():
    lines = ["tax", "lose captain"], ["claim: true 30%, false 70%", "challenge", "income"]
    name = 'elicited(game="coup(num_players=2, turns=2)")'
    pool = pool_of(recite(name, ["contessa", "captain", "captain", "assassin"], *lines))
    brier = value(evaluate(BELIEF_BRIER, pool, "b"))
    assert (brier.value, brier.n) == (pytest.approx(0.3**2), 1)
    assert value(evaluate(HITS, pool, "b")).value == 1.0
    assert isinstance(evaluate(BELIEF_BRIER, pool, "a"), Undefined)


def test_other_games_have_no_bluffs():
    pool = pool_of(play("prisoners_dilemma", ["random", "random"]))
    assert evaluate(BLUFFING, pool, "random") == Undefined("needs Kuhn poker, Leduc poker, liar's dice or Coup")
    assert isinstance(evaluate(BELIEF_BRIER, pool_of(play("kuhn_poker", ["random"] * 2)), "random"), Undefined)
