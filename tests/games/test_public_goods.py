from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from games.core import Illegal, Unparsable
from games.dilemmas.public_goods import ContributionRound, PublicGoods
from games.registry import load
from tests.games.joint_play import play


def test_a_round_by_hand() -> None:
    game = PublicGoods.of(rounds=1)
    state = play(game, ("20", "0", "5", "5"))
    assert game.returns(state) == (12, 32, 27, 27)
    assert game.observation(state, 2).splitlines() == [
        "Round 1 ended. Given to the pool: player 1: 20, player 2: 0, player 3 (you): 5, player 4: 5; 30 in all. "
        "Each player's share: 12. You get 27 tokens.",
        "The game is over; rounds played: 1. Your result: 27.",
    ]


@given(st.data(), st.integers(2, 10), st.integers(1, 30), st.integers(11, 120))
def test_payoffs_follow_the_formula_and_keep_the_bounds(
    data: st.DataObject, players: int, endowment: int, tenths: int
) -> None:
    game = PublicGoods.of(num_players=players, endowment=endowment, multiplier=tenths / 10, rounds=3)
    joint = st.lists(st.integers(0, endowment), min_size=players, max_size=players)
    totals = [Fraction(0)] * players
    state = game.initial_state()
    for gifts in (data.draw(joint) for _ in range(3)):
        state = game.apply(state, dict(enumerate(gifts)))
        share = Fraction(tenths, 10) * sum(gifts) / players
        totals = [total + endowment - own + share for total, own in zip(totals, gifts, strict=True)]
    assert game.returns(state) == pytest.approx([float(total) for total in totals])
    low, high = game.utility_bounds()
    assert all(low - 1e-9 <= value <= high + 1e-9 for value in game.returns(state))


def test_bounds_are_reached() -> None:
    game = PublicGoods.of(rounds=10)
    giver, others = ("20", "0", "0", "0"), ("0", "20", "20", "20")
    low, high = game.utility_bounds()
    assert game.returns(play(game, *[giver] * 10))[0] == low == 80
    assert game.returns(play(game, *[others] * 10))[0] == high == 440


@pytest.mark.parametrize(("multiplier", "giving_pays"), [(1.6, False), (3.9, False), (4.5, True)])
def test_giving_nothing_is_dominant_below_the_number_of_players(multiplier: float, giving_pays: bool) -> None:
    stage = ContributionRound.of(multiplier=multiplier, endowment=4)
    for others in ((0, 0, 0), (4, 1, 3), (4, 4, 4)):
        own = [
            stage.returns(stage.apply(stage.initial_state(), dict(enumerate((gift, *others)))))[0] for gift in range(5)
        ]
        assert own == sorted(own, reverse=not giving_pays)
        assert len(set(own)) == 5


def test_scripted_players_read_contributions() -> None:
    game = PublicGoods()
    view = game.information_state(play(game, ("1", "2", "3", "4")), 0)
    assert view.past[-1].actions == (1, 2, 3, 4)


def test_contributions_of_a_round_are_hidden_until_it_ends() -> None:
    game = PublicGoods()
    assert game.to_move(game.initial_state()) == (0, 1, 2, 3)
    state = play(game, ("1", "2", "3", "4"))
    assert "You have 20 tokens" in game.observation(state, 0), "the endowment is new in every round"


def test_texts_that_are_no_contribution() -> None:
    game = PublicGoods()
    state = game.initial_state()
    assert game.parse_action(state, 0, " 20\n") == 20
    for text in ("21", "-1", "999999"):
        with pytest.raises(Illegal, match="from 0 to 20"):
            game.parse_action(state, 0, text)
    for text in ("", "five", "2.5", "5 tokens", "9" * 5000, "\u0663"):
        with pytest.raises(Unparsable, match="from 0 to 20"):
            game.parse_action(state, 0, text)


def test_gama_benchs_game() -> None:
    game = load("public_goods(num_players=10, rounds=20, multiplier=2)")
    everything = game.apply(game.initial_state(), dict.fromkeys(range(10), 20))
    assert game.returns(everything) == (40,) * 10
    assert game.info.min_players == game.info.max_players == game.num_players == 10


@pytest.mark.parametrize("wrong", [{"multiplier": 1}, {"num_players": 1}, {"num_players": 11}, {"endowment": 0}])
def test_parameters_are_checked(wrong: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        PublicGoods.of(**wrong)
