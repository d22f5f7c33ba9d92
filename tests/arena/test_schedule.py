"""The schedule: who meets whom, how often, in which seats, on which deals."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.config import RunConfig
from arena.errors import UsageError
from arena.records import MatchHeader
from arena.schedule import fixture, groups, rotations, schedule


def headers(**settings: object) -> list[MatchHeader]:
    config = RunConfig.model_validate(settings)
    return list(schedule(config, [fixture(entry, config, lambda agent, game: True) for entry in config.games]))


AGENTS = [{"agent": "random", "name": name} for name in "abcd"]


def test_two_seats_play_every_ordered_pair_on_every_deal() -> None:
    played = headers(games=["kuhn_poker"], agents=AGENTS, repeats=3)
    pairs = Counter(tuple(seat.agent for seat in header.seats) for header in played)
    assert len(played) == 12 * 3
    assert set(pairs.values()) == {3}
    assert len({header.match_id for header in played}) == len(played)


def test_a_deal_is_shared_by_the_rotations_of_one_group_and_by_nobody_else() -> None:
    played = headers(games=["kuhn_poker"], agents=AGENTS, repeats=3)
    for header in played:
        partners = [other for other in played if other.cluster == header.cluster]
        assert len(partners) == 2
        assert {other.deal_seed for other in partners} == {header.deal_seed}
        assert len({frozenset(seat.agent for seat in other.seats) for other in partners}) == 1
    assert len({header.deal_seed for header in played}) == len(played) // 2


def test_three_seats_rotate_through_every_seat() -> None:
    played = headers(games=["kuhn_poker(num_players=3)"], agents=AGENTS)
    seats = Counter((seat.agent, number) for header in played for number, seat in enumerate(header.seats))
    assert len(played) == 4 * 3
    assert set(seats.values()) == {3}


def test_a_small_roster_fills_the_table_by_sitting_several_times() -> None:
    assert groups(["a", "b"], 3) == [("a", "b", "a")]
    assert len(rotations(("a", "b", "a"))) == 3
    assert rotations(("a", "a")) == [("a", "a")]


def test_adding_an_agent_leaves_the_other_matches_as_they_were() -> None:
    few = {header.match_id for header in headers(games=["kuhn_poker"], agents=AGENTS[:3])}
    many = {header.match_id for header in headers(games=["kuhn_poker"], agents=AGENTS)}
    assert few < many


def test_another_seed_policy_or_version_makes_other_matches() -> None:
    plain = {header.match_id for header in headers(games=["kuhn_poker"], agents=AGENTS)}
    for change in ({"seed": 1}, {"policy": {"attempts": 1}}, {"limits": {"match_tokens": 5}}):
        assert plain.isdisjoint(header.match_id for header in headers(games=["kuhn_poker"], agents=AGENTS, **change))


def test_roles_follow_the_seats() -> None:
    played = headers(games=["ultimatum"], agents=AGENTS[:2])
    assert {tuple(seat.role for seat in header.seats) for header in played} == {("proposer", "responder")}


@given(agents=st.integers(2, 7), seats=st.integers(2, 3), repeats=st.integers(1, 3))
def test_every_prefix_is_balanced(agents: int, seats: int, repeats: int) -> None:
    roster = [{"agent": "random", "name": f"agent{number}"} for number in range(max(agents, seats))]
    played = headers(games=[f"kuhn_poker(num_players={seats})"], agents=roster, repeats=repeats)
    per_sweep = len(groups([entry["name"] for entry in roster], seats))
    for stop in range(0, len(played) + 1, per_sweep):
        counts = Counter(seat.agent for header in played[:stop] for seat in header.seats)
        assert len({counts[entry["name"]] for entry in roster}) <= 1


def test_a_game_is_played_by_those_who_can_or_by_those_it_names() -> None:
    config = RunConfig.model_validate({"games": ["kuhn_poker"], "agents": AGENTS})
    assert fixture(config.games[0], config, lambda agent, game: agent.name != "b").names == ("a", "c", "d")
    named = config.games[0].model_copy(update={"agents": ("a", "b")})
    assert fixture(named, config, lambda agent, game: True).names == ("a", "b")
    with pytest.raises(UsageError, match="'b', which cannot play it"):
        fixture(named, config, lambda agent, game: agent.name != "b")
    with pytest.raises(UsageError, match="'z', which is not listed"):
        fixture(named.model_copy(update={"agents": ("z",)}), config, lambda agent, game: True)
    with pytest.raises(UsageError, match="nobody"):
        fixture(config.games[0], config, lambda agent, game: False)


def test_a_newcomer_meets_everybody_equally_often_and_nobody_else_meets() -> None:
    played = headers(games=["kuhn_poker"], agents=AGENTS, repeats=2, schedule={"kind": "gauntlet", "newcomer": "c"})
    met = Counter(frozenset(seat.agent for seat in header.seats) for header in played)
    assert met == {frozenset(pair): 4 for pair in ("ac", "bc", "cd")}
    full = {header.match_id for header in headers(games=["kuhn_poker"], agents=AGENTS, repeats=2)}
    assert {header.match_id for header in played} < full


def test_self_play_adds_each_agent_against_itself() -> None:
    played = headers(games=["kuhn_poker"], agents=AGENTS, schedule={"self_play": True})
    alone = [header for header in played if len({seat.agent for seat in header.seats}) == 1]
    assert len(played) == 12 + 4
    assert {header.seats[0].agent for header in alone} == set("abcd")
