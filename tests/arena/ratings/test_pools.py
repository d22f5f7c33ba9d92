from __future__ import annotations

import itertools
import json
import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arena.errors import UsageError
from arena.ratings.pools import rate
from arena.ratings.tables import AgentRow, Bounds, PoolTable, Score, rank_json
from arena.records import MatchRecord
from games.board.tic_tac_toe import TicTacToe
from games.info import Utility
from tests.factories import forfeit, match, void


def series(results: str, agents: tuple[str, str] = ("ann", "bob"), start: int = 0) -> list[MatchRecord]:
    """One match per letter, each its own deal: W, D or L for the first agent; F: the first one forfeits."""
    payoffs = {"W": (1, -1), "D": (0, 0), "L": (-1, 1)}
    return [
        forfeit([0], agents, index=index) if letter == "F" else match(agents, payoffs[letter], index=index)
        for index, letter in enumerate(results, start)
    ]


def only(records: Sequence[MatchRecord]) -> PoolTable:
    (table,) = rate(records)
    return table


def row(table: PoolTable, agent: str) -> AgentRow:
    return next(found for found in table.agents if found.agent == agent)


def test_a_table_counts_everything_of_a_pool():
    table = only([*series("WWDLF"), void(index=5)])
    ann, bob = row(table, "ann"), row(table, "bob")
    assert (table.matches, table.clusters, table.forfeits, table.voids) == (5, 5, 1, 1)
    assert ann.score == Score(2, 1, 2)
    assert bob.score == Score(2, 1, 2)
    assert (ann.matches, ann.forfeits, ann.voids, bob.forfeits) == (5, 1, 1, 0)
    assert ann.payoff
    assert (ann.payoff.mean, ann.payoff.n) == (0.25, 4)
    assert table.pairs == {("ann", "bob"): Score(2, 1, 2), ("bob", "ann"): Score(2, 1, 2)}


def test_equal_scores_give_equal_ratings_of_1000_inside_their_interval():
    for found in only(series("WLWLDD")).agents:
        assert found.rating
        assert found.rating.low is not None
        assert found.rating.high is not None
        assert found.rating.rating == pytest.approx(1000)
        assert found.rating.low < 1000 < found.rating.high


def test_the_better_agent_comes_first():
    assert [found.agent for found in only(series("LLLLW")).agents] == ["bob", "ann"]


def test_an_unbeaten_agent_has_a_lower_bound_only_and_its_victim_an_upper_one():
    table = only(series("W" * 30))
    ann, bob = (row(table, name).rating for name in ("ann", "bob"))
    assert ann
    assert bob
    assert (ann.high, bob.low) == (None, None)
    assert ann.low is not None
    assert ann.low > 1000
    assert bob.high is not None
    assert bob.high < 1000
    assert any("only a lower bound is known: ann" in note for note in table.notes)
    assert any("only an upper bound is known: bob" in note for note in table.notes)


def test_the_chance_to_be_better_agrees_with_the_intervals():
    table = only([*series("WWWWWWWWWL"), *series("WLWLWLWLDD", ("bob", "cat"), start=20)])
    better = table.better
    assert better["ann", "bob"] > 0.95
    assert better["bob", "cat"] == pytest.approx(0.5, abs=0.2)
    assert all(better[pair] + better[pair[::-1]] == pytest.approx(1) for pair in better)


def test_the_first_seat_is_fitted_where_seats_are_swapped_and_only_there():
    """X wins every match whoever it is: the seat says it all, and the agents are equal."""
    swapped = [match(("ann", "bob") if n % 2 else ("bob", "ann"), (1, -1), index=n) for n in range(40)]
    table = only(swapped)
    assert table.seat
    assert table.seat.points > 300
    assert [found.rating and found.rating.rating for found in table.agents] == pytest.approx([1000, 1000])
    assert only(series("WLWWLW")).seat is None


def test_payoffs_are_told_against_each_opponent_and_normalised_by_the_rules_bounds():
    table = only([*series("WWL"), *series("LD", ("ann", "cat"), start=10)])
    assert table.against["ann", "bob"].mean == pytest.approx(1 / 3)
    assert table.against["ann", "cat"].mean == pytest.approx(-0.5)
    assert ("bob", "cat") not in table.against
    assert table.bounds == Bounds(-1, 1)
    normalised = rank_json([table])["pools"][0]["agents"]
    assert {found["agent"]: found["normalised"] for found in normalised}["cat"] == pytest.approx(0.75)


def test_payoffs_that_are_no_numbers_are_refused():
    with pytest.raises(UsageError, match="are not all finite numbers"):
        rate([match(returns=(float("nan"), 1.0))])


def test_more_grades_than_win_draw_and_loss_are_pointed_out():
    found = only([match(("ann", "bob"), (n, -n), game="kuhn_poker", index=n) for n in range(1, 5)])
    assert any("not how much more" in note for note in found.notes)
    assert not any("not how much more" in note for note in only(series("WDLW")).notes)


def test_few_clusters_are_said_to_give_rough_intervals_and_one_gives_none():
    assert any("only 4 independent clusters" in note for note in only(series("WLWL")).notes)
    table = only([match(index=index, cluster="same deal") for index in range(4)])
    assert table.rated
    assert all(found.rating and found.rating.low is None for found in table.agents)


def test_payoffs_that_are_no_contest_give_means_and_no_ratings():
    table = only([match(("ann", "bob"), (3, 5), game="kuhn_poker", pool="dilemma@1")])
    assert not table.rated
    assert [found.agent for found in table.agents] == ["bob", "ann"]
    assert all(found.rating is None and found.elo is None and found.payoff for found in table.agents)


def test_a_general_sum_game_is_not_rated(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(TicTacToe, "info", replace(TicTacToe.info, utility=Utility.GENERAL_SUM))
    table = only(series("WLWL"))
    assert not table.rated
    assert "payoffs are general-sum" in table.notes[0]


def test_a_game_that_is_gone_or_another_version_is_not_rated_and_said_so():
    gone = only([match(game="no_such_game", pool="no_such_game@1")])
    older = only([match(pool="tic_tac_toe@0")])
    assert not gone.rated
    assert "cannot be loaded here" in gone.notes[0]
    assert not older.rated
    assert "tic_tac_toe@1 is what is installed here" in older.notes[0]


def test_an_agent_alone_is_not_rated():
    table = only([match(("ann", "ann"), (1, -1), index=index) for index in range(3)])
    assert not table.rated
    assert "nobody met another agent" in table.notes[0]
    assert row(table, "ann").matches == 3


def test_groups_that_never_met_are_not_rated_together():
    table = only([*series("WL"), *series("WL", ("cat", "dan"), start=2)])
    assert not table.rated
    assert "never met, so nothing compares them: ann, bob; cat, dan" in table.notes[0]


def test_an_agent_with_void_matches_only_takes_no_rating_from_the_others():
    table = only([*series("WLWL"), void(("ann", "new"), index=9)])
    new = row(table, "new")
    assert table.rated
    assert (new.rating, new.matches, new.voids) == (None, 0, 1)
    assert any("met nobody yet: new" in note for note in table.notes)


def test_a_pool_of_void_matches_has_a_table_without_numbers():
    table = only([void(), void(index=1)])
    assert (table.rated, table.matches, table.voids) == (False, 0, 2)
    assert "no match has been played to an end" in table.notes[0]


def test_pools_are_kept_apart():
    tables = rate([match(), match(game="kuhn_poker", index=1)])
    assert [table.pool for table in tables] == ["kuhn_poker@1", "tic_tac_toe@1"]


def test_one_name_for_two_agents_is_refused():
    first, second = match(), match(index=1)
    seats = (second.header.seats[0].model_copy(update={"spec": "something else"}), second.header.seats[1])
    renamed = second.model_copy(update={"header": second.header.model_copy(update={"seats": seats})})
    with pytest.raises(UsageError, match="'ann' stands for two agents, spec of ann and something else"):
        rate([first, renamed])


def without_elo(tables: list[PoolTable]) -> list[PoolTable]:
    return [replace(table, agents=tuple(replace(found, elo=None) for found in table.agents)) for table in tables]


RESULTS = st.lists(st.sampled_from("WDLF"), min_size=3, max_size=12).map("".join)


@settings(max_examples=15, deadline=None)
@given(RESULTS, RESULTS, st.randoms(use_true_random=False))
def test_the_order_of_records_shows_in_elo_only(first: str, second: str, shuffler: random.Random):
    records = [*series(first), *series(second, ("bob", "cat"), start=20)]
    shuffled = records.copy()
    shuffler.shuffle(shuffled)
    assert without_elo(rate(shuffled)) == without_elo(rate(records))


@settings(max_examples=15, deadline=None)
@given(RESULTS, RESULTS)
def test_renaming_agents_renames_the_rows(first: str, second: str):
    def points(names: tuple[str, str, str]) -> list[float]:
        table = only([*series(first, names[:2]), *series(second, names[1:], start=20)])
        ratings = {found.agent: found.rating.rating for found in table.agents if found.rating}
        return [ratings[name] for name in names]

    for names in itertools.permutations(("a", "b", "c")):
        assert points(names) == pytest.approx(points(("a", "b", "c")))


def test_the_json_has_the_promised_keys_and_null_for_what_is_unknown():
    tables = rate([*series("WWLD"), match(game="no_such_game", pool="x@1", index=8)])
    rated, unrated = json.loads(json.dumps(rank_json(tables)))["pools"]
    assert rated["pool"] == "tic_tac_toe@1"
    assert unrated["pool"] == "x@1"
    promised = {"agent", "rating", "low", "high", "matches", "wins", "draws", "losses"}
    promised |= {"mean_payoff", "forfeits", "voids"}
    for pool in (rated, unrated):
        assert {"pool", "game", "agents"} <= set(pool)
        assert all(promised <= set(agent) for agent in pool["agents"])
    assert [unrated["agents"][0][key] for key in ("rating", "low", "high")] == [None, None, None]
    assert (rated["agents"][0]["wins"], rated["agents"][0]["draws"]) == (2, 1)
    assert rated["agents"][0]["rating"] > 1000 > rated["agents"][0]["low"]


def test_shares_of_n_player_matches_are_fractions_in_the_json():
    table = rate([match(("a", "b", "c"), (2, 1, -3), game="kuhn_poker(num_players=3)")])
    first, second, _ = rank_json(table)["pools"][0]["agents"]
    assert (first["wins"], second["wins"], second["losses"]) == (1, 0.5, 0.5)
