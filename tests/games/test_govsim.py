"""GovSim: harvests, regrowth, collapse, allocation and talk."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from agents.bots.harvesters import ConditionalHarvester, GreedyHarvester, SustainableHarvester
from games.core import CHANCE, Illegal, Unparsable
from games.dilemmas.govsim import Govsim, GovsimState
from games.framing import unframed
from tests.agents.questions import answer
from tests.agents.questions import play as played
from tests.games.joint_play import play

QUIET = {"talk": 0}


def test_full_sustainable_use_keeps_the_stock_and_gives_120_each() -> None:
    game = Govsim.of(**QUIET)
    state = play(game, *[["10"] * 5] * 12)
    assert [month.stock for month in state.past] == [100] * 12
    assert game.to_move(state) == ()
    assert game.returns(state) == (120,) * 5


def test_taking_a_fifth_each_ends_the_game_in_the_first_month() -> None:
    game = Govsim()
    state = play(game, ["20"] * 5)
    assert game.to_move(state) == ()
    assert game.returns(state) == (20,) * 5
    assert game.observation(state, 1).splitlines() == [
        "Month 1, tons caught of 100: player 1 20, player 2 (you) 20, player 3 20, player 4 20, player 5 20. "
        "Left: 0 tons of fish in the lake.",
        "That was too little: it is gone for good, and the game is over after month 1. Your result: 20 tons.",
    ]


@pytest.mark.parametrize(("left", "stock"), [(4, None), (5, 10), (50, 100), (51, 100), (30, 60)])
def test_what_is_left_doubles_up_to_the_capacity_or_is_gone(left: int, stock: int | None) -> None:
    game = Govsim.of(num_players=2, **QUIET)
    state = play(game, [str(100 - left), "0"])
    assert (state.stock if game.to_move(state) else None) == stock


@pytest.mark.parametrize(("stock", "threshold", "share"), [(100, 50, 10), (99, 49, 9), (10, 5, 1), (9, 4, 0)])
def test_the_threshold_is_half_of_the_stock_and_a_share_a_fifth_of_it(stock: int, threshold: int, share: int) -> None:
    game = Govsim()
    assert (game.threshold(stock), game.share(stock, 0)) == (threshold, share)
    # The definition: the largest harvest after which the stock is back.
    assert threshold == max(taken for taken in range(stock + 1) if game.regrown(stock - taken) >= stock)


@given(
    st.lists(st.integers(0, 40), min_size=2, max_size=6),
    st.sampled_from(["stochastic", "proportional"]),
    st.integers(0, 2**32),
)
def test_an_allocation_gives_out_the_whole_stock_and_nobody_more_than_its_wish(
    wanted: list[int], allocation: str, seed: int
) -> None:
    game = Govsim.of(num_players=len(wanted), capacity=40, allocation=allocation)
    state = GovsimState(40)
    state = game.apply(state, dict(enumerate(wanted)))
    if sum(wanted) <= 40:
        assert state.past[0].catches == tuple(wanted)
        return
    got = game.sample_chance(state, random.Random(seed))
    assert sum(got) == 40
    assert all(0 <= one <= wish for one, wish in zip(got, wanted, strict=True))
    assert game.parse_action(state, CHANCE, game.action_to_text(state, CHANCE, got)) == got
    if allocation == "proportional":
        assert all(abs(one - 40 * wish / sum(wanted)) < 1 for one, wish in zip(got, wanted, strict=True))


def test_unit_by_unit_two_equal_wishes_get_the_same_on_average() -> None:
    game = Govsim.of(num_players=3)
    state = play(game, ["100", "100", "10"])
    drawn = [game.sample_chance(state, random.Random(seed)) for seed in range(300)]
    means = [sum(got) / 300 for got in zip(*drawn, strict=True)]
    assert means[0] == pytest.approx(means[1], abs=1)
    # The third has its 10 long before the others have theirs.
    assert means[2] == pytest.approx(10, abs=0.1)


def test_allocations_that_do_not_fit_are_refused() -> None:
    game = Govsim.of(num_players=2)
    state = play(game, ["90", "20"])
    with pytest.raises(Illegal, match="add up to 100"):
        game.parse_action(state, CHANCE, "91, 9")
    with pytest.raises(Illegal, match="add up to 100"):
        game.parse_action(state, CHANCE, "80, 19")
    with pytest.raises(Unparsable):
        game.parse_action(state, CHANCE, "all")


def test_another_player_begins_each_talk_and_only_new_messages_are_read() -> None:
    game = Govsim.of(num_players=2, talk=3)
    state = play(game, ["10", "20"])
    assert game.to_move(state) == (0,)
    state = play(game, ["10", "20"], "less,  please", "no")
    assert game.observation(state, 0).splitlines() == [
        'player 2 says: "no"',
        "Talk after month 1 of 12. Write your message to all.",
    ]
    state = play(game, ["10", "20"], "less,  please", "no", "-")
    assert game.to_move(state) == (0, 1), "the third message was the last"
    assert game.observation(state, 1).splitlines() == [
        "player 1 says nothing",
        "Month 2 of 12: 100 tons of fish in the lake. How many tons do you catch?",
    ]
    state = play(game, ["10", "20"], "less,  please", "no", "-", ["10", "20"])
    assert game.to_move(state) == (1,)
    assert "Month 2, tons caught of 100: player 1 10, player 2 (you) 20." in game.observation(state, 1)


def test_the_talk_ends_when_all_say_nothing_in_a_row() -> None:
    game = Govsim.of(num_players=3)
    assert play(game, ["10"] * 3, "-", "-").talking
    assert not play(game, ["10"] * 3, "-", "-", "-").talking
    assert play(game, ["10"] * 3, "-", "hello", "-", "-").talking
    assert not play(game, ["10"] * 3, "-", "hello", "-", "-", "-").talking


def test_messages_are_tidied_cut_and_quoted() -> None:
    game = Govsim.of(num_players=2, max_words=5)
    state = play(game, ["10", "10"], 'one two\nthree "four" five six')
    assert state.past[0].said == ('one two three "four" five',)
    assert 'player 1 says: "one two three \\"four\\" five"' in game.observation(state, 1)
    with pytest.raises(Unparsable, match="expected plain words"):
        game.parse_action(state, 1, "  ")


def test_universalisation_says_what_happens_when_all_take_more() -> None:
    game = Govsim.of(universalisation=True)
    hint = "If everybody takes more than 10 tons this month, there will be less than 100 next month."
    assert hint in game.observation(game.initial_state(), 0)
    assert "If everybody" not in Govsim().observation(Govsim().initial_state(), 0)


@given(st.integers(5, 100), st.integers(2, 10))
def test_what_universalisation_says_is_true(stock: int, players: int) -> None:
    game = Govsim.of(num_players=players)
    least_over_use = min(players * (game.share(stock, 0) + 1), stock)
    assert game.regrown(stock - least_over_use) < stock


def test_a_newcomer_joins_late_and_then_learns_what_happened() -> None:
    game = Govsim.of(num_players=3, months=4, newcomer_month=3, talk=2)
    assert game.info.roles == ("member", "member", "newcomer")
    assert game.to_move(game.initial_state()) == (0, 1)
    assert "You have not joined yet." in game.observation(game.initial_state(), 2)
    state = play(game, ["10", "20"], "hello", "hi", ["25", "25"], "more", "less")
    assert game.to_move(state) == (0, 1, 2)
    read = game.observation(state, 2)
    assert [word in read for word in ("hello", "hi", "more", "less", "player 2 20", "player 1 25")] == [True] * 6
    assert "player 3" not in read
    assert "profit" in game.rules_text(2)
    assert "profit" not in game.rules_text(0)


@given(st.integers(0, 2**32))
def test_stories_change_words_and_nothing_else(seed: int) -> None:
    games = [Govsim.of(framing=framing, months=3) for framing in ("fishery", "pasture", "pollution")]
    assert len({unframed(game.spec) for game in games}) == 1
    assert len({game.rules_text(0) for game in games}) == 3
    rng, states = random.Random(seed), [game.initial_state() for game in games]
    while seats := games[0].to_move(states[0]):
        if seats == (CHANCE,):
            actions = {CHANCE: games[0].sample_chance(states[0], rng)}
        elif states[0].talking:
            actions = {seats[0]: rng.choice(["-", "hello"])}
        else:
            actions = {seat: rng.randint(0, 25) for seat in seats}
        states = [game.apply(state, actions) for game, state in zip(games, states, strict=True)]
        assert len(set(states)) == 1
        assert len({game.returns(state) for game, state in zip(games, states, strict=True)}) == 1


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"capacity": 10, "collapse_below": 11}, "at most the capacity"),
        ({"newcomer_month": 13}, "one of the 12 months"),
        ({"newcomer_month": 2, "num_players": 2}, "at least 3"),
    ],
)
def test_parameters_that_do_not_fit_are_refused(params: dict[str, int], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Govsim.of(**params)


# -- players --------------------------------------------------------------------------------------------------


async def test_harvesters_take_what_they_promise() -> None:
    game = Govsim.of(talk=0)
    state = play(game, ["10", "10", "10", "30", "10"])
    assert state.stock == 60
    assert await answer(SustainableHarvester(), game, state, 0) == 6
    assert await answer(GreedyHarvester(), game, state, 0) == 12
    # The others took 10, 10, 30 and 10.
    assert await answer(ConditionalHarvester(), game, state, 0) == 15
    assert await answer(ConditionalHarvester(), game, state, 3) == 6, "the others took no more than their part"
    assert await answer(ConditionalHarvester(), game, game.initial_state(), 0) == 10


async def test_harvesters_say_in_the_talk_what_they_do_and_say_it_once() -> None:
    game = Govsim.of(num_players=2, framing="pasture")
    state = play(game, ["40", "30"])
    assert await answer(SustainableHarvester(), game, state, 0) == (
        "Let us each send out 15 sheep at most next month, so that as much grows back."
    )
    assert "player 1" in await answer(ConditionalHarvester(), game, play(game, ["40", "20"], "hello"), 1)
    assert await answer(SustainableHarvester.of(talks=False), game, state, 0) == "-"
    assert await answer(SustainableHarvester(), game, play(game, ["40", "30"], "hello", "hello"), 0) == "-"


async def test_conditional_harvesters_welcome_a_newcomer() -> None:
    end, _ = await played("govsim(months=15, newcomer_month=4)", [ConditionalHarvester()] * 5)
    assert [sum(month.catches) for month in end.past] == [48] * 3 + [50] * 12


async def test_one_greedy_player_ruins_the_conditional_ones_and_not_the_sustainable_ones_at_once() -> None:
    ruined, _ = await played("govsim", [GreedyHarvester(), *[ConditionalHarvester()] * 4])
    patient, _ = await played("govsim", [GreedyHarvester(), *[SustainableHarvester()] * 4])
    assert len(ruined.past) < len(patient.past)
