from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from games.core import Illegal, Unparsable
from games.dilemmas.public_goods import PublicGoods
from games.dilemmas.punishment_game import PunishmentGame, PunishmentView, written
from tests.games.joint_play import play

GIFTS = ("20", "20", "20", "0")
NOBODY = ("nobody",) * 4


def test_a_round_by_hand() -> None:
    game = PunishmentGame.of(rounds=1)
    state = play(game, GIFTS)
    assert game.returns(state) == (24, 24, 24, 44)
    assert game.observation(state, 3).splitlines()[1:] == [
        "Given to the pool: player 1: 20, player 2: 20, player 3: 20, player 4 (you): 0; 60 in all. Each player's "
        "share: 24. You get 44 tokens.",
        "Who gets how many points from you? Name players with points, or write nobody.",
    ]
    state = play(game, GIFTS, ("player 4: 4", "4: 2, 1: 0", "Nobody", "player 1: 1 point"))
    assert game.returns(state) == (24 - 4 - 3, 24 - 2, 24, 44 - 18 - 1)
    assert game.observation(state, 0).startswith(
        "Round 1 ended. You gave points to player 4: 4. Points you got from the others: 1. Your result of the round: 17"
    )


def test_points_of_others_take_no_more_than_was_earned_but_own_points_cost_in_any_case() -> None:
    game = PunishmentGame.of(rounds=1)
    hit = ("player 4: 10", "player 4: 10", "player 4: 10", "player 1: 10, player 2: 10, player 3: 10")
    assert game.returns(play(game, GIFTS, hit)) == (-10, -10, -10, -30)
    assert game.utility_bounds() == (-30, 44)


def test_without_points_it_is_the_public_goods_game() -> None:
    plain, game = PublicGoods.of(rounds=2), PunishmentGame.of(rounds=2)
    rounds = [GIFTS, ("3", "1", "4", "15")]
    assert game.returns(play(game, rounds[0], NOBODY, rounds[1], NOBODY)) == plain.returns(play(plain, *rounds))


@given(st.data())
def test_points_only_cost_whoever_gives_them(data: st.DataObject) -> None:
    game = PunishmentGame.of(rounds=1, num_players=3)
    gifts = data.draw(st.tuples(*[st.integers(0, 20)] * 3))
    state = game.apply(game.initial_state(), dict(enumerate(gifts)))
    number = st.integers(0, 10)
    others = {1: (data.draw(number), 0, data.draw(number)), 2: (data.draw(number), data.draw(number), 0)}
    own = (0, data.draw(number), data.draw(number))
    gives, spares = (game.returns(game.apply(state, {0: points, **others}))[0] for points in (own, (0, 0, 0)))
    assert spares - gives == pytest.approx(sum(own)), "to give none is dominant, whatever was given to the pool"
    low, high = game.utility_bounds()
    assert low <= gives <= high


@pytest.mark.parametrize(("missing", "points"), [(20, 4), (10, 2), (11, 3), (1, 1), (0, 1)])
def test_deterring_points_take_back_what_a_smaller_gift_saves(missing: int, points: int) -> None:
    game = PunishmentGame.of(rounds=1)
    assert game.deterring_points(missing) == points
    smaller = ("20", "20", "20", str(20 - missing))
    punished = (f"player 4: {points}", "nobody", "nobody", "nobody")
    full = game.returns(play(game, ("20",) * 4, NOBODY))[3]
    assert full == 32
    assert game.returns(play(game, smaller, punished))[3] <= full
    if missing > 1:
        milder = (f"player 4: {points - 1}", "nobody", "nobody", "nobody")
        assert game.returns(play(game, smaller, milder))[3] > full


def test_deterring_points_are_points_that_may_be_given() -> None:
    assert PunishmentGame.of(most_points=2).deterring_points(20) == 2


def test_nobody_learns_who_punished() -> None:
    game = PunishmentGame.of(rounds=2)
    one = play(game, GIFTS, ("player 4: 3", "nobody", "nobody", "nobody"))
    other = play(game, GIFTS, ("nobody", "nobody", "player 4: 3", "nobody"))
    for seat in (1, 3):
        assert game.information_state(one, seat) == game.information_state(other, seat)
        assert game.observation(one, seat) == game.observation(other, seat)
    view = game.information_state(one, 3)
    assert view.past == (PunishmentView((20, 20, 20, 0), (0, 0, 0, 0), 3),)


def test_texts_that_give_no_points() -> None:
    game = PunishmentGame()
    state = play(game, GIFTS)
    for text in (
        "",
        "all",
        "player 4",
        "4",
        "player 4: many",
        "player 4: 1; player 3: 1",
        "player 4: -1",
        "nobody, 4: 1",
    ):
        with pytest.raises(Unparsable, match="expected nobody, or players with points"):
            game.parse_action(state, 0, text)
    for text, reason in (
        ("player 1: 1", "is you"),
        ("player 5: 1", "no player 5"),
        ("player 0: 1", "no player 0"),
        ("player 4: 11", "at most 10"),
        ("player 4: 1, player 4: 1", "twice"),
    ):
        with pytest.raises(Illegal, match=reason):
            game.parse_action(state, 0, text)


@given(st.lists(st.integers(0, 10), min_size=3, max_size=3))
def test_points_are_read_as_they_are_written(points: list[int]) -> None:
    game = PunishmentGame()
    state = play(game, GIFTS)
    own = (*points[:2], 0, points[2])
    assert game.parse_action(state, 2, written(own)) == own


@pytest.mark.parametrize("wrong", [{"num_players": 2}, {"most_points": 0}, {"point_fine": 0}, {"point_cost": -1}])
def test_parameters_are_checked(wrong: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        PunishmentGame.of(**wrong)
