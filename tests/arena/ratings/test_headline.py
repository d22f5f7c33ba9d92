from __future__ import annotations

import pytest

from arena.ratings.diagnosis import diagnose
from arena.ratings.headline import across
from arena.ratings.pools import rate
from arena.ratings.results import match_score
from arena.ratings.tables import rank_json
from tests.factories import match

GAMES = ("tic_tac_toe", "connect_four", "kuhn_poker")
NAMES = ("ann", "bob", "cat", "dan")


def league(game: str, names=NAMES, start: int = 0, upset: int = 5, times: int = 12):
    """Everybody meets everybody so many times; who stands earlier wins, but for every `upset`-th match."""
    pairs = [(one, other) for n, one in enumerate(names) for other in names[n + 1 :]] * times
    return [
        match(pair, (-1, 1) if number % upset == 0 else (1, -1), game=game, index=start + number)
        for number, pair in enumerate(pairs)
    ]


def test_agents_are_ordered_across_games_and_games_count_alike():
    records = [record for number, game in enumerate(GAMES) for record in league(game, start=1000 * number)]
    found = across(rate(records))
    assert [row.agent for row in found.agents] == list(NAMES)
    assert len(found.pools) == 3
    assert found.agents[0].strength > 0 > found.agents[-1].strength
    assert all(
        row.low < row.strength < row.high and row.rank_low <= place <= row.rank_high
        for place, row in enumerate(found.agents, 1)
    )
    assert found.notes == ()


def test_one_game_or_games_without_common_agents_have_no_headline():
    assert across(rate(league("tic_tac_toe"))) is None
    apart = [*league("tic_tac_toe"), *league("kuhn_poker", ("eve", "fay", "gus"), 1000)]
    assert across(rate(apart)) is None


def test_who_missed_a_game_is_named_and_less_sure():
    found = across(rate([*league("tic_tac_toe"), *league("kuhn_poker", NAMES[:3], 1000)]))
    dan = next(row for row in found.agents if row.agent == "dan")
    others = [row for row in found.agents if row.agent != "dan"]
    assert (dan.games, dan.rank_low, found.agents[-1]) == (1, None, dan)
    assert {row.rank_high for row in others} <= {1, 2, 3}
    assert dan.high - dan.low > max(row.high - row.low for row in others)
    assert "dan" in found.notes[0]


def test_the_headline_stands_in_the_json():
    tables = rate([*league("tic_tac_toe"), *league("kuhn_poker", start=1000)])
    shown = rank_json(tables, across(tables))["across"]
    assert [row["agent"] for row in shown["agents"]] == list(NAMES)
    assert rank_json(tables)["across"] is None


def test_a_transitive_league_has_no_cycle_and_its_leader_is_the_lottery():
    data = diagnose("pool", map(match_score, league("tic_tac_toe", upset=50, times=30))).as_data()
    assert data["cyclic"]["share"] < 0.2
    assert data["cyclic"]["low"] == 0
    lottery = {row["agent"]: row["lottery"]["value"] for row in data["agents"]}
    assert lottery["ann"] == pytest.approx(1)
