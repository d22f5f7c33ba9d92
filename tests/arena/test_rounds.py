"""Schedules that decide on the way, and rules that end a run: the same matches however it is played."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from agents.base import Decision, DecisionRequest, ProviderError
from agents.bots.anywhere import FirstLegal
from arena.config import RunConfig, parse_config
from arena.errors import UsageError
from arena.ratings.pools import FEW_CLUSTERS, rate
from arena.records import MatchRecord
from arena.rounds import Ending, Rounds
from arena.store import open_run
from arena.tournament import enter, prepare, run_tournament

AGENTS = ("random", "first_legal", "minimax", "mcts(simulations=2)")
ADAPTIVE = ("swiss", "g_optimal", "order_optimal")


def config(kind: str = "g_optimal", stop: dict[str, float] | None = None, **changes: object) -> RunConfig:
    data = {"games": ["tic_tac_toe"], "agents": AGENTS, "repeats": 4, "schedule": {"kind": kind}, "stop": stop or {}}
    return parse_config({**data, **changes}, "test")


def run(settings: RunConfig, folder: Path, most: int | None = None) -> tuple[Ending, list[MatchRecord]]:
    """Play, or interrupt play after so many matches."""
    prepared, played, stopping = prepare(settings), list[MatchRecord](), asyncio.Event()
    enter(prepared, folder)

    def on_record(record: MatchRecord) -> None:
        played.append(record)
        if len(played) == most:
            stopping.set()

    return asyncio.run(run_tournament(prepared, folder, on_record, stopping)), played


def ids(folder: Path) -> list[str]:
    return [record.header.match_id for record in open_run(folder).records()]


@pytest.mark.parametrize("kind", ADAPTIVE)
def test_neither_concurrency_nor_interruptions_change_what_is_played(kind: str, tmp_path: Path) -> None:
    assert run(config(kind, max_concurrency=1), tmp_path / "one")[0] is Ending.PLAYED
    endings = []
    while not endings or endings[-1] is Ending.INTERRUPTED:
        endings.append(run(config(kind, max_concurrency=5), tmp_path / "many", most=7)[0])
    assert endings[0] is Ending.INTERRUPTED
    assert ids(tmp_path / "many") == ids(tmp_path / "one")
    assert len(ids(tmp_path / "one")) == prepare(config(kind)).total == 6 * 4 * 2


@pytest.mark.parametrize("kind", ADAPTIVE)
def test_each_deal_is_played_from_both_seats_and_no_deal_of_a_pair_twice(kind: str, tmp_path: Path) -> None:
    run(config(kind), tmp_path / "run")
    records = list(open_run(tmp_path / "run").records())
    assert [record.header.index for record in records] == list(range(len(records)))
    deals = Counter(record.header.cluster for record in records)
    assert set(deals.values()) == {2}
    seats = {(record.header.cluster, record.header.seats[0].agent) for record in records}
    assert len(seats) == len(records)
    plain = {header.match_id for header in prepare(config("round_robin", repeats=50)).headers()}
    assert set(ids(tmp_path / "run")) <= plain


def test_results_decide_who_meets(tmp_path: Path) -> None:
    run(config("g_optimal", repeats=12, seed=1), tmp_path / "one")
    meetings = Counter(
        frozenset(seat.agent for seat in record.header.seats) for record in open_run(tmp_path / "one").records()
    )
    assert len(set(meetings.values())) > 1


def test_a_void_match_holds_up_the_next_round_and_is_nobodys_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def down(self: FirstLegal, request: DecisionRequest) -> Decision:
        raise ProviderError("the server is down")

    with monkeypatch.context() as patch:
        patch.setattr(FirstLegal, "decide", down)
        ending, first = run(config("swiss"), tmp_path / "broken")
    assert (ending, len(first)) == (Ending.VOID, 4)
    assert run(config("swiss"), tmp_path / "broken")[0] is Ending.PLAYED
    run(config("swiss"), tmp_path / "whole")
    assert ids(tmp_path / "broken") == ids(tmp_path / "whole")


@pytest.mark.parametrize("kind", ["round_robin", "swiss", "g_optimal"])
def test_a_limit_of_matches_cuts_the_schedule_and_a_higher_one_goes_on(kind: str, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    run(config(kind), whole)
    for most in (5, 20):
        assert run(config(kind, {"max_matches": most}), tmp_path / "cut")[0] is Ending.MATCHES
        assert ids(tmp_path / "cut") == ids(whole)[:most]
    assert open_run(tmp_path / "cut").manifest.stop == {"max_matches": 5}


@pytest.mark.parametrize("kind", ["round_robin", "g_optimal"])
def test_a_game_is_over_once_its_intervals_are_narrow_and_no_sooner(kind: str, tmp_path: Path) -> None:
    games = ["tic_tac_toe", {"game": "nim(piles=[1, 2])", "agents": ["random", "first_legal"]}]
    settings = config(kind, {"max_half_width": 90.0}, games=games, repeats=500)
    assert run(settings, tmp_path / "run")[0] is Ending.WIDTH
    records = list(open_run(tmp_path / "run").records())
    for table in rate(records):
        assert all(row.clusters >= FEW_CLUSTERS for row in table.agents)
        ratings = [row.rating for row in table.agents]
        widths = [(rating.high - rating.low) / 2 for rating in ratings if rating and rating.low and rating.high]
        assert len(widths) == len(table.agents)
        assert max(widths) <= 90
        assert table.matches < 1000
    assert run(settings, tmp_path / "run") == (Ending.WIDTH, [])


def test_an_unbeaten_agent_never_has_a_narrow_interval(tmp_path: Path) -> None:
    settings = config("g_optimal", {"max_half_width": 300.0}, agents=("minimax", "first_legal"), repeats=30)
    ending, played = run(settings, tmp_path / "run")
    assert (ending, len(played)) == (Ending.PLAYED, 60)


def test_a_batch_is_decided_from_the_rounds_before_alone() -> None:
    prepared = prepare(config("order_optimal", repeats=8))
    asked: list[str] = []

    def unknown(match_id: str) -> None:
        asked.append(match_id)

    rounds = Rounds(prepared.config, prepared.fixtures, unknown)
    first = rounds.next()
    assert not isinstance(first, Ending)
    assert asked == []
    assert rounds.next() is Ending.VOID
    assert asked == [header.match_id for header in first]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"games": ["prisoners_dilemma"], "agents": ["random", "defector"]}, "no contest of two seats"),
        ({"games": ["kuhn_poker(num_players=3)"], "agents": ["random", "first_legal"]}, "no contest of two seats"),
        ({"agents": ["random"]}, "at least two agents"),
        (
            {"games": ["trust"], "agents": ["random"], "schedule": {}, "stop": {"max_half_width": 9}},
            "trust has no ratings",
        ),
        ({"stop": {"max_cost_usd": 1}, "agents": ["random", "mock/careful"]}, "needs the price of mock/careful"),
        (
            {
                "games": ["debate"],
                "agents": ["template_debater", "random"],
                "schedule": {},
                "stop": {"max_cost_usd": 1},
                "referee": 'jury(models=["mock/careful"])',
            },
            "needs the price of mock/careful",
        ),
        (
            {
                "games": ["debate"],
                "agents": ["template_debater", "mock/careful"],
                "schedule": {},
                "referee": 'jury(models=["mock/careless", "mock/careful"])',
            },
            "the juror mock/careful is of the same family as mock/careful",
        ),
        (
            {"games": [{"game": "nim", "agents": ["minimax"]}], "schedule": {"kind": "gauntlet", "newcomer": "random"}},
            "'random' does not play nim",
        ),
    ],
)
def test_what_a_schedule_cannot_do_is_said_before_anything_is_written(changes: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError) as raised:
        prepare(config(**changes))
    assert message in str(raised.value)


def test_two_entries_of_one_game_may_have_different_agents_but_not_the_same_meeting() -> None:
    entries = [{"game": "nim", "agents": [name, "random"]} for name in ("minimax", "first_legal")]
    assert prepare(config("round_robin", games=entries)).total == 2 * 4 * 2
    with pytest.raises(UsageError, match="listed twice for random, minimax"):
        prepare(config("round_robin", games=["nim", {"game": "nim", "agents": ["random", "minimax"]}]))
