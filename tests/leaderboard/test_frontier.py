from __future__ import annotations

from arena.ratings.pools import rate
from leaderboard.conduct import Conduct, Sum
from leaderboard.frontier import MONEY, TOKENS, frontiers
from tests.factories import match

POOL = "tic_tac_toe@1"


def tables():
    """ann beats bob, bob beats cat."""
    return rate(
        match(pair, (1, -1) if n % 4 else (-1, 1), index=10 * place + n)
        for place, pair in enumerate([("ann", "bob"), ("bob", "cat"), ("ann", "cat")])
        for n in range(8)
    )


def spent(dollars: float | None, tokens: float = 100.0) -> Conduct:
    return Conduct(tokens_in=Sum.of([tokens]), tokens_out=Sum.of([0.0]), cost_usd=Sum.of([dollars]))


def test_nobody_on_the_frontier_is_beaten_at_its_price():
    conducts = {(POOL, "ann"): spent(16.0), (POOL, "bob"): spent(1.6), (POOL, "cat"): spent(3.2)}
    (found,) = frontiers(tables(), conducts)
    assert found.unit == MONEY
    assert [(offer.agent, round(offer.price, 3), offer.best) for offer in found.offers] == [
        ("bob", 0.1, True),
        ("cat", 0.2, False),
        ("ann", 1.0, True),
    ]


def test_where_a_price_is_unknown_tokens_are_counted_and_players_without_calls_are_left_out():
    (found,) = frontiers(tables(), {(POOL, "ann"): spent(None, 1600), (POOL, "bob"): spent(1.6, 320)})
    assert found.unit == TOKENS
    assert [(offer.agent, offer.price) for offer in found.offers] == [("bob", 20.0), ("ann", 100.0)]


def test_without_model_calls_there_is_no_frontier():
    assert frontiers(tables(), {}) == []
