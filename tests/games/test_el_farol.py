from __future__ import annotations

import pytest
from pydantic import ValidationError

from games.dilemmas.el_farol import BarParams, BarView, ElFarol, bar_capacity, mixed_probability
from games.info import Information
from tests.games.joint_play import play

GO, STAY = "go", "stay"


@pytest.mark.parametrize(("going", "points"), [(6, 10), (7, 0)])
def test_an_evening_by_hand(going: int, points: float) -> None:
    game = ElFarol.of(rounds=1)
    state = play(game, (GO,) * going + (STAY,) * (10 - going))
    assert game.returns(state) == (points,) * going + (5,) * (10 - going)


def test_implicit_play_tells_own_points_only() -> None:
    game = ElFarol.of(num_players=3)
    state, other = play(game, (STAY, GO, GO)), play(game, (STAY, STAY, STAY))
    assert game.info.information is Information.IMPERFECT
    assert game.observation(state, 0) == game.observation(other, 0)
    assert "You stayed at home and get 5 points." in game.observation(state, 0)
    assert game.information_state(state, 0).past == (BarView(STAY, 5),)


def test_explicit_play_shows_who_went() -> None:
    game = ElFarol.of(explicit=True, num_players=3)
    assert game.info.information is Information.PERFECT
    shown = game.observation(play(game, (STAY, GO, GO)), 0)
    assert "player 1 (you): stay, player 2: go, player 3: go; 2 went." in shown


def test_explicit_play_may_tell_totals_only() -> None:
    game = ElFarol.of(explicit=True, num_players=3, totals_only=True)
    assert game.info.information is Information.IMPERFECT
    state, other = play(game, (STAY, GO, STAY)), play(game, (STAY, STAY, GO))
    assert game.observation(state, 0) == game.observation(other, 0)
    assert "Round 1 ended. 1 went. You stayed at home and get 5 points." in game.observation(state, 0)
    assert game.information_state(state, 0).past == (BarView(STAY, 5, 1),)


def test_the_mixed_equilibrium_is_the_published_one_and_makes_players_indifferent() -> None:
    assert mixed_probability(BarParams()) == pytest.approx(0.6069, abs=5e-5)
    # Two players and room for one: alone with probability 1 - p, which is worth 10 (1 - p) = 5.
    assert mixed_probability(BarParams(num_players=2)) == pytest.approx(0.5)
    assert mixed_probability(BarParams(num_players=2, threshold=0.4)) == 0


@pytest.mark.parametrize(("threshold", "players", "room"), [(0.6, 10, 6), (0.7, 10, 7), (0.3, 10, 3), (0.5, 7, 3)])
def test_shares_are_counted_without_rounding_errors(threshold: float, players: int, room: int) -> None:
    assert bar_capacity(BarParams(num_players=players, threshold=threshold)) == room


def test_nobody_gains_by_changing_sides_when_the_bar_is_just_full() -> None:
    stage = ElFarol().stage
    full = (GO,) * 6 + (STAY,) * 4
    assert stage.payoffs((*full[:9], GO))[9] < stage.payoffs(full)[9]
    assert stage.payoffs((STAY, *full[1:]))[0] < stage.payoffs(full)[0]


def test_parameters_are_checked() -> None:
    with pytest.raises(ValidationError, match="pleasant > home > crowded"):
        ElFarol.of(home=12)
    with pytest.raises(ValidationError, match="give explicit=True"):
        ElFarol.of(totals_only=True)
