from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.core import CHANCE, Illegal, Unparsable
from games.dilemmas.conditional_contributions import ConditionalContributions, ConditionalView
from tests.games.joint_play import play

MATCH = " ".join(map(str, range(21)))
NOTHING = " ".join(["0"] * 21)
GIFTS = ("7", "5", "8", "10")
TABLES = (MATCH, NOTHING, MATCH, NOTHING)


def test_the_table_of_whoever_is_drawn_counts_at_the_mean_of_the_others() -> None:
    game = ConditionalContributions()
    for drawn, counted in enumerate(((8, 5, 8, 10), (7, 0, 8, 10), (7, 5, 7, 10), (7, 5, 8, 0))):
        state = play(game, GIFTS, TABLES, f"player {drawn + 1}")
        assert game.contributions(state) == counted
        share = 0.4 * sum(counted)
        assert game.returns(state) == pytest.approx([20 - gift + share for gift in counted])
        assert game.to_move(state) == ()
    assert game.observation(state, 3) == (
        "The draw: your table counts, where the others gave 7 on average.\n"
        "Given to the pool: player 1: 7, player 2: 5, player 3: 8, player 4 (you): 0; 20 in all. Each player's share: "
        "8. You get 28 tokens."
    )


def test_every_player_is_drawn_alike() -> None:
    game = ConditionalContributions()
    assert game.chance_outcomes(play(game, GIFTS, TABLES)) == [(seat, 0.25) for seat in range(4)]


@pytest.mark.parametrize(("others", "line"), [((0, 1), 1), ((1, 1), 1), ((1, 2), 2), ((2, 3), 3), ((0, 0), 0)])
def test_halves_are_rounded_upwards(others: tuple[int, int], line: int) -> None:
    game = ConditionalContributions.of(num_players=3, endowment=3)
    state = play(game, ("0", *map(str, others)), ("0 1 2 3",) * 3, "player 1")
    assert game.rounded_mean(state) == line == game.contributions(state)[0]


Decisions = tuple[int, tuple[int, ...]]


def result(game: ConditionalContributions, own: Decisions, other: Decisions) -> float:
    """What one of two players can expect."""
    state = game.initial_state()
    for joint in zip(own, other, strict=True):
        state = game.apply(state, dict(enumerate(joint)))
    return sum(p * game.returns(game.apply(state, {CHANCE: seat}))[0] for seat, p in game.chance_outcomes(state))


def test_a_table_of_zeros_is_dominant_and_giving_nothing_an_equilibrium() -> None:
    game = ConditionalContributions.of(num_players=2, endowment=2)
    tables = list(product(range(3), repeat=3))
    nothing = (0, 0, 0)
    for gift, other in product(range(3), product(range(3), tables)):
        assert result(game, (gift, nothing), other) == max(result(game, (gift, table), other) for table in tables)
    replies = [result(game, (gift, table), (0, nothing)) for gift in range(3) for table in tables]
    assert result(game, (0, nothing), (0, nothing)) == max(replies)
    steep = (0, (0, 2, 2))
    assert result(game, (1, nothing), steep) > result(game, (0, nothing), steep), "a gift can buy a larger one"


def test_nothing_is_learned_before_the_draw() -> None:
    game = ConditionalContributions()
    one, other = play(game, GIFTS), play(game, ("7", "20", "0", "0"))
    assert game.observation(one, 0) == game.observation(other, 0)
    assert game.information_state(one, 0) == game.information_state(other, 0) == ConditionalView(7)
    one, other = play(game, GIFTS, TABLES), play(game, GIFTS, (MATCH,) * 4)
    assert game.information_state(one, 0) == game.information_state(other, 0)


@given(st.lists(st.integers(0, 4), min_size=5, max_size=5))
def test_tables_are_read_as_they_are_written(table: list[int]) -> None:
    game = ConditionalContributions.of(endowment=4)
    state = play(game, ("0", "1", "2", "3"))
    own = tuple(table)
    assert game.parse_action(state, 0, game.action_to_text(state, 0, own)) == own
    assert game.parse_action(state, 0, ", ".join(map(str, own))) == own


def test_texts_that_are_no_table() -> None:
    game = ConditionalContributions()
    state = play(game, GIFTS)
    for text in ("", "5", MATCH + " 20", "0 to 20", NOTHING.replace("0", "-1"), "0: 0, 1: 1"):
        with pytest.raises(Unparsable, match="expected 21 whole numbers from 0 to 20"):
            game.parse_action(state, 0, text)
    with pytest.raises(Illegal, match="more than 20 tokens"):
        game.parse_action(state, 0, MATCH[:-2] + "21")
