"""Trade: what may be proposed, what an accepted offer changes, and who wins."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.bots.trading import FairTrader, GreedyTrader
from games.core import CHANCE, Illegal, Unparsable
from games.economic.resource_exchange import ResourceExchange
from games.economic.simple_negotiation import SimpleNegotiation
from games.economic.trading import TradeState, Trading
from tests.agents.questions import play as play_bots

EXCHANGE = ResourceExchange()


def say(game: Trading, state: TradeState, *texts: str) -> TradeState:
    """The state after these texts of whoever is to move."""
    for text in texts:
        (seat,) = game.to_move(state)
        state = game.apply(state, {seat: game.parse_action(state, seat, text)})
    return state


def dealt(game: SimpleNegotiation, amounts: str, values: str) -> TradeState:
    """A deal: amounts and values of player 1, a semicolon, those of player 2."""
    numbers = [int(n) for part in (*amounts.split(";"), *values.split(";")) for n in part.split()]
    state = game.initial_state()
    for number in numbers:
        state = game.apply(state, {CHANCE: number})
    return state


def test_the_first_exchange_ends_the_game_and_counts_for_both() -> None:
    start = EXCHANGE.initial_state()
    denied = say(EXCHANGE, start, "give 1 x get 5 y | take it", "deny")
    assert EXCHANGE.to_move(denied) == (1,)
    end = say(EXCHANGE, denied, "give 4 y get 3 x", "accept")
    assert EXCHANGE.to_move(end) == ()
    assert [EXCHANGE.holdings(end, seat) for seat in range(2)] == [(22, 9), (8, 21)]
    assert EXCHANGE.returns(end) == (1, -1)


def test_different_values_let_both_gain() -> None:
    game = ResourceExchange.of(values=[[1, 2], [2, 1]])
    end = say(game, game.initial_state(), "give 20 x get 20 y", "accept")
    assert game.returns(end) == (20, 20)
    assert (game.info.utility, EXCHANGE.info.utility) == ("general-sum", "zero-sum")


def test_turns_run_out() -> None:
    game = ResourceExchange.of(turns=3)
    end = say(game, game.initial_state(), "pass", "talk | hello", "give 1 x get 1 y", "deny")
    assert game.to_move(end) == ()
    assert game.returns(end) == (0, 0)
    assert [proposal.message for proposal in end.talks.proposals] == ["", "hello", ""]


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("give 26 x get 1 y", Illegal, "you cannot give 26 x: you have 25"),
        ("give 1 gold get 1 y", Illegal, "there is no gold; goods: x, y"),
        ("give 1 x get 1 x", Illegal, "cannot be given and got in one trade"),
        ("give nothing get nothing", Illegal, "nothing for nothing"),
        ("give 1 x get 5000 y", Illegal, "more than 999"),
        ("give some x get 1 y", Unparsable, "expected a number and a good"),
        ("accept", Illegal, "none waits for an answer"),
        ("I want it all", Unparsable, "no proposal"),
    ],
)
def test_what_cannot_be_proposed_is_refused_with_a_reason(text: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        EXCHANGE.parse_action(EXCHANGE.initial_state(), 0, text)


def test_who_is_asked_for_what_it_has_not_can_only_deny() -> None:
    state = say(EXCHANGE, EXCHANGE.initial_state(), "give 1 x get 26 y")
    assert EXCHANGE.legal_actions(state, 1) == ("deny",)
    assert "You do not have that" in EXCHANGE.observation(state, 1)
    with pytest.raises(Illegal, match="legal: deny"):
        EXCHANGE.parse_action(state, 1, "accept")


@pytest.mark.parametrize("text", ["GIVE 2 X, 1 x GET 1 y", "offer: give 3 x get 1 y |", "give 1 x and 2 x get 1 y"])
def test_proposals_are_read_as_people_write_them(text: str) -> None:
    state = EXCHANGE.initial_state()
    assert EXCHANGE.action_to_text(state, 0, EXCHANGE.parse_action(state, 0, text)) == "give 3 x get 1 y"


def test_the_larger_gain_by_the_own_worths_wins() -> None:
    game = SimpleNegotiation.of(goods=2, turns=4)
    state = dealt(game, "10 10; 10 10", "4 12; 6 8")
    assert state.values == ((4, 12), (6, 8))
    end = say(game, state, "give 3 wheat get 2 wood", "accept", "pass", "pass", "give 1 wood get 1 wheat", "accept")
    assert game.gain(end, 0) == -3 * 4 + 2 * 12 - 1 * 4 + 12
    assert [game.gain(end, seat) for seat in range(2)] == [20, 3 * 6 - 2 * 8 + 8 * -1 + 6]
    assert game.returns(end) == (1, -1)


def test_equal_gains_are_a_draw() -> None:
    game = SimpleNegotiation.of(goods=2, turns=1)
    assert game.returns(say(game, dealt(game, "10 10; 10 10", "4 12; 6 8"), "pass")) == (0, 0)


@given(seed=st.integers(0, 10_000))
def test_goods_are_neither_made_nor_lost(seed: int) -> None:
    game, rng = SimpleNegotiation.of(turns=6), Random(seed)
    state = game.initial_state()
    while seats := game.to_move(state):
        seat = seats[0]
        if seat == CHANCE:
            state = game.apply(state, {CHANCE: game.sample_chance(state, rng)})
            continue
        state = game.apply(state, {seat: rng.choice(list(game.example_actions(state, seat)))})
        totals = [sum(amounts) for amounts in zip(*(game.holdings(state, who) for who in range(2)), strict=True)]
        assert totals == [sum(amounts) for amounts in zip(*state.start, strict=True)]
        assert min(min(game.holdings(state, who)) for who in range(2)) >= 0


async def test_a_greedy_trader_never_loses_worth_and_two_fair_ones_help_each_other() -> None:
    spec = "resource_exchange(values=[[1, 2], [2, 1]])"
    game = ResourceExchange.of(values=[[1, 2], [2, 1]])
    for pair in ([GreedyTrader(), FairTrader()], [FairTrader(), GreedyTrader()], [FairTrader(), FairTrader()]):
        state, _ = await play_bots(spec, pair, 0)
        assert min(game.returns(state)) >= 0
        assert sum(game.returns(state)) > 0
    state, _ = await play_bots("resource_exchange", [GreedyTrader(), GreedyTrader()], 0)
    assert EXCHANGE.returns(state) == (0, 0), "with equal values one's gain is the other's loss"
