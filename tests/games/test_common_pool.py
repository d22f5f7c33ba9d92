"""The society with a common pool: harvest and growth, punishment, meetings, votes, dropping out, and its players."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from agents.bots.common_pool import FermiImitator, FullEffort, LimitKeeper, Steward, fermi
from games.core import CHANCE, Illegal, Unparsable
from games.dilemmas.common_pool import CommonPool
from games.dilemmas.common_pool_parts import Phase
from tests.agents.questions import answer
from tests.agents.questions import play as played
from tests.games.joint_play import play

BARE = {"punishment": False, "copying": False, "voting": False}
RICH = "common_pool(rounds=100)"
SCARCE = "common_pool(growth=0.3, rounds=100, start=50)"


def test_a_round_by_hand() -> None:
    game = CommonPool.of(first_limit=3, num_players=3, productivity=0.3)
    harvested = play(game, ("50", "20", "0"))
    assert harvested.now.harvests == (5.0, 2.0, 0.0)
    assert harvested.stores == (9.0, 6.0, 4.0)
    turns = (("50", "20", "0"), ("ignore", "watch", "watch"), "-, 1, 2")
    assert game.to_move(play(game, *turns)) == (1,), "only a harvest above the limit can be punished"
    punished = play(game, *turns, "punish")
    assert punished.stores == (6.0, 5.0, 4.0)
    assert game.to_move(punished) == (CHANCE,)
    voting = play(game, *turns, "punish", "2, 3, 1", ("3", "1", "2"))
    assert game.legal_actions(voting, 0) == (10, 20, 30)
    after = game.apply(voting, {0: 30, 1: 20, 2: 20})
    # 93 are left of 100, and 0.6 * 93 * 0.07 grow.
    assert after.now.stock == pytest.approx(93 + 0.6 * 93 * 0.07, abs=0.005)
    assert after.now.limit == 20
    assert game.observation(after, 0).splitlines() == [
        "The limit that was chosen: 2.",
        "Round 2 of at most 20. Still in: player 1 (you), player 2, player 3. The limit is 2.",
        "Your store: 6.00. Your effort, from 0 to 100?",
    ]


def test_everybody_reads_what_lots_let_them_see_and_nothing_else() -> None:
    game = CommonPool.of(first_limit=3, num_players=3, productivity=0.3)
    turns = (("50", "20", "0"), ("ignore", "watch", "watch"), "-, 1, 2", "punish", "2, 3, 1")
    state = play(game, *turns)
    assert game.observation(state, 0).splitlines()[:2] == [
        "You were punished by 1 player.",
        "You saw player 2: effort 20, store 5.00.",
    ]
    assert game.observation(state, 1).splitlines()[0] == "You saw player 3: effort 0, store 4.00."
    assert (
        game.observation(state, 2).splitlines()[0]
        == "You watched player 2, which harvested 2.00: within the limit of 3."
    )
    told = game.information_state(state, 0)
    assert told.now.watched is None
    assert told.now.fines == 1


def test_ties_go_to_the_lowest_limit_and_one_proposal_needs_no_vote() -> None:
    game = CommonPool.of(num_players=2, copying=False)
    assert play(game, ("10", "10"), ("4", "1.5"), ("4", "1.5")).now.limit == 15
    state = play(game, ("10", "10"), ("2.5", "2.5"))
    assert (state.phase, state.now.limit) == (Phase.HARVEST, 25)
    assert "The limit that was chosen: 2.5." in game.observation(state, 0)


def test_whoever_has_nothing_left_drops_out_and_the_others_go_on() -> None:
    game = CommonPool.of(num_players=3, store=0.5, rounds=3, **BARE)
    state = play(game, ("100", "0", "50"))
    assert state.players == (0, 2)
    assert game.observation(state, 1) == (
        "You harvested 0.00 with an effort of 0.\nYou dropped out after round 1. Your store: -0.50."
    )
    over = play(game, ("100", "0", "50"), ("0", "0"), ("0", "0"))
    assert game.to_move(over) == ()
    assert game.returns(over)[1] == -0.5
    assert "It is over. Your store: " in game.observation(over, 0)


def test_no_number_of_the_resource_and_no_aim_is_told() -> None:
    game = CommonPool()
    rules = game.rules_text(0)
    assert "points" not in rules
    assert "Nobody keeps a score" in rules
    assert "0.6" not in rules
    state = play(game, ["50"] * 5)
    assert f"{state.now.stock:.2f}" not in game.observation(state, 0)
    assert "selfish" in CommonPool.of(character="selfish").rules_text(0)


def test_what_is_left_out_is_neither_played_nor_told() -> None:
    game = CommonPool.of(**BARE)
    assert [word in game.rules_text(0) for word in ("punish", "copy", "vote")] == [False] * 3
    state = play(game, ["50"] * 5)
    assert (len(state.past), state.phase) == (1, Phase.HARVEST)


@settings(max_examples=30)
@given(st.integers(0, 2**32), st.integers(2, 5))
def test_stores_and_the_resource_add_up(seed: int, players: int) -> None:
    game, rng = CommonPool.of(num_players=players, rounds=6, store=2, first_limit=0.5), random.Random(seed)
    state = game.initial_state()
    while seats := game.to_move(state):
        if seats == (CHANCE,):
            state = game.apply(state, {CHANCE: game.sample_chance(state, rng)})
        else:
            state = game.apply(state, {seat: rng.choice(game.legal_actions(state, seat)) for seat in seats})
    stores = [2.0] * players
    for each, following in zip(state.past, (*state.past[1:], state.now), strict=True):
        left = each.stock - sum(each.harvests)
        assert 0 <= following.stock <= game.params.capacity
        assert following.stock == pytest.approx(left + 0.6 * left * (1 - left / 100), abs=0.01)
        for seat in [seat for seat in range(players) if each.efforts[seat] is not None]:
            fines = sum(
                target == seat and hit is True for target, hit in zip(each.watched, each.punished, strict=False)
            )
            paid = bool(each.punished) and each.punished[seat] is True
            stores[seat] += each.harvests[seat] - 1 - 3 * fines - paid
        assert each.stores == pytest.approx(stores)
    assert state.players == tuple(seat for seat in range(players) if stores[seat] >= -1e-9)


def test_texts_of_limits_and_draws() -> None:
    game = CommonPool()
    state = play(game, ["50"] * 5)
    assert game.to_move(state) == (CHANCE,)
    with pytest.raises(Illegal, match="another player"):
        game.parse_action(state, CHANCE, "1, 1, 1, 1, 1")
    with pytest.raises(Unparsable):
        game.parse_action(state, CHANCE, "everybody")
    state = play(game, ["50"] * 5, "2, 1, 1, 1, 1")
    assert game.parse_action(state, 0, " 2.5 ") == 25
    with pytest.raises(Illegal, match="from 0 to 7 "):
        game.parse_action(state, 0, "7.1")
    with pytest.raises(Unparsable, match="at most one decimal"):
        game.parse_action(state, 0, "2.55")
    voting = play(game, ["50"] * 5, "2, 1, 1, 1, 1", ("1", "2", "2", "2", "2"))
    with pytest.raises(Illegal, match="one of the proposals: 1, 2"):
        game.parse_action(voting, 0, "3")


@pytest.mark.parametrize(
    ("params", "message"), [({"start": 101}, "at most the capacity"), ({"first_limit": 1.25}, "one decimal")]
)
def test_parameters_that_do_not_fit_are_refused(params: dict[str, float], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        CommonPool.of(**params)


@given(st.floats(0.05, 1))
def test_the_sustainable_harvest_comes_back_and_no_other_is_larger(growth: float) -> None:
    game = CommonPool.of(growth=growth)
    best = game.sustainable_yield
    assert game.regrown(50) - 50 == pytest.approx(best, abs=0.01)
    assert all(game.regrown(left) - left <= best + 0.01 for left in range(101))
    if game.sustainable_effort < 1:
        rate = game.params.productivity * game.sustainable_effort
        assert rate * (50 + best) == pytest.approx(best)


# -- players --------------------------------------------------------------------------------------------------


async def test_full_effort_lives_poorly_where_much_grows_and_starves_where_little_does() -> None:
    rich, _ = await played(RICH, [FullEffort()] * 5)
    # The rate of harvest a and X left over settle where X + r X (1 - X / K) = X / (1 - a).
    left = 100 * (1 - (1 / 0.65 - 1) / 0.6)
    assert rich.past[-1].stock == pytest.approx(left / 0.65, rel=0.05)
    assert len(rich.players) == 5
    scarce, _ = await played(SCARCE, [FullEffort()] * 5)
    assert scarce.players == ()
    assert len(scarce.past) < 30


@pytest.mark.parametrize("spec", [RICH, SCARCE])
async def test_stewards_live_on_what_grows_and_never_fine_each_other(spec: str) -> None:
    end, _ = await played(spec, [Steward()] * 5)
    full, _ = await played(spec, [FullEffort()] * 5)
    assert end.players == (0, 1, 2, 3, 4)
    assert min(end.stores) > 2 * max(full.stores)
    assert not any(True in each.punished for each in end.past)


async def test_stewards_punish_who_works_at_full_effort() -> None:
    end, _ = await played("common_pool", [FullEffort(), *[Steward()] * 4])
    assert any(True in each.punished for each in end.past)
    assert end.stores[0] < min(end.stores[1:])


async def test_limit_keepers_keep_the_limit_they_can_foresee() -> None:
    game = CommonPool.of(first_limit=2)
    # Nobody has harvested yet: as if there were all there can be, 7 at full effort.
    assert await answer(LimitKeeper(), game, game.initial_state(), 0) == 28
    end, _ = await played("common_pool", [LimitKeeper()] * 5)
    kept = [max(each.harvests) <= each.limit / 10 for each in end.past if each.limit is not None]
    assert sum(kept) >= len(kept) - 1
    silent = LimitKeeper.of(punishes=False)
    assert await answer(silent, game, play(game, ["50"] * 5), 0) == "ignore"


def test_fermi_copies_one_who_is_better_off_more_often() -> None:
    assert fermi(0, 1) == 0.5
    assert fermi(1, 1) == pytest.approx(0.7310585786)
    assert fermi(-1, 1) == pytest.approx(1 - fermi(1, 1))
    assert fermi(-2000, 1) == pytest.approx(0)
    assert fermi(5, 0) == 0.5


@pytest.mark.parametrize(("own", "other", "copied"), [(0, 100, True), (100, 0, False)])
async def test_imitators_take_over_the_effort_of_whom_they_saw_do_better(own: int, other: int, copied: bool) -> None:
    game = CommonPool.of(num_players=2, voting=False)
    state = play(game, (str(own), str(other)), "2, 1")
    imitator = FermiImitator.of(sensitivity=1)
    efforts = [await answer(imitator, game, state, 0, seed) for seed in range(400)]
    # The stores differ by the harvest of 17.5.
    assert efforts.count(other) == (400 if copied else 0)
    even = FermiImitator.of(sensitivity=0)
    halves = [await answer(even, game, state, 0, seed) for seed in range(400)].count(other)
    assert 150 < halves < 250


async def test_imitators_propose_what_they_harvest_and_vote_for_what_is_nearest() -> None:
    game = CommonPool.of(num_players=3, copying=False)
    state = play(game, ("30", "60", "90"))
    assert state.now.harvests[0] == 3.5
    assert await answer(FermiImitator(), game, state, 0) == 35
    voting = play(game, ("30", "60", "90"), ("3.2", "3.8", "9"))
    assert await answer(FermiImitator(), game, voting, 0) == 32
    assert await answer(FullEffort(), game, voting, 0) == 90
    assert await answer(Steward(), game, voting, 0) == 38
