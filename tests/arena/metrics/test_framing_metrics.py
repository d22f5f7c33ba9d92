from __future__ import annotations

from random import Random

import pytest

from arena.metrics.framing import Choice, distance, framing_rows
from tests.arena.metrics.played import play

PLAIN = "repeated(rounds=2)"
TURNED = 'repeated(rounds=2, stage="matrix_game(framing={\\"order\\": \\"reversed\\"})")'


def decisions(pool: str, actions: str, situation: str = "start") -> list[tuple[str, Choice]]:
    return [(f"{pool}{number}", Choice(situation, action)) for number, action in enumerate(actions)]


def test_the_distance_is_total_variation_over_shared_situations():
    found = distance(decisions("a", "CCCD"), decisions("b", "CDDD"))
    assert (found.value, found.n, found.clusters) == (pytest.approx(0.5), 8, 8)
    assert distance(decisions("a", "CD"), decisions("b", "CD")).value == 0
    assert distance(decisions("a", "CCCC"), decisions("b", "DDDD")).value == 1


def test_situations_count_by_their_decisions_and_unshared_ones_not_at_all():
    first = decisions("a", "CC") + decisions("a", "CCCCCC", "later") + decisions("a", "D", "only here")
    second = decisions("b", "DD") + decisions("b", "CCCCCC", "later")
    found = distance(first, second)
    assert (found.value, found.n) == (pytest.approx(4 / 16), 16)
    assert distance(decisions("a", "C", "x"), decisions("b", "C", "y")) is None


def test_equal_players_have_p_values_that_are_spread_evenly_and_unequal_ones_small_ones():
    rng = Random(5)

    def p_value(rates: tuple[float, float]) -> float:
        first, second = ("".join("C" if rng.random() < rate else "D" for _ in range(30)) for rate in rates)
        return distance(decisions("a", first), decisions("b", second)).p_value

    equal = [p_value((0.5, 0.5)) for _ in range(100)]
    assert sum(p <= 0.05 for p in equal) <= 11
    assert 0.3 < sum(equal) / 100 < 0.8
    assert p_value((0.9, 0.2)) == pytest.approx(0.001)


def test_decisions_of_a_cluster_are_dealt_together():
    same = [("a", Choice("start", "C"))] * 40
    other = [("b", Choice("start", "D"))] * 40
    assert distance(same, other).p_value == 1.0


def test_an_agent_that_plays_whatever_is_named_first_is_found_out():
    records = [play(game, ["first_legal", "first_legal"], deal) for game in (PLAIN, TURNED) for deal in range(12)]
    (row,) = framing_rows(records)
    assert (row.agent, row.framings) == ("first_legal", ("default", '{"order": "reversed"}'))
    assert row.distance.value == 1
    assert row.distance.p_value < 0.01
    assert row.payoff_shift.value == 2 * (1 - 3)
    assert row.rating_shift is None


def test_an_agent_that_heeds_no_words_is_at_distance_0():
    games = ["prisoners_dilemma(rounds=3)", 'prisoners_dilemma(framing="trade", rounds=3)']
    records = [play(game, ["grim", "tit_for_tat"], deal) for game in games for deal in range(4)]
    assert [(row.agent, row.distance.value, row.distance.p_value) for row in framing_rows(records)] == [
        ("grim", 0, 1),
        ("tit_for_tat", 0, 1),
    ]


def test_pools_of_different_games_are_not_compared():
    assert framing_rows([play(game, ["random", "random"]) for game in (PLAIN, "repeated(rounds=3)")]) == []


def test_ratings_shift_with_words_where_the_game_is_a_contest():
    table = "payoffs=[[[1, -1], [2, -2]], [[-2, 2], [-1, 1]]]"
    games = [f"matrix_game({table})", f"matrix_game({table}, framing={{'order': 'reversed'}})"]
    seatings = [("first_legal", "random"), ("random", "first_legal")]
    records = [
        play(game, seats, 2 * deal + turn)
        for game in games
        for deal in range(10)
        for turn, seats in enumerate(seatings)
    ]
    rows = {row.agent: row for row in framing_rows(records)}
    shift = rows["first_legal"].rating_shift
    assert shift.value == pytest.approx(-rows["random"].rating_shift.value)
