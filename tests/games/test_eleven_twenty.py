from __future__ import annotations

import numpy as np
import pytest
from pydantic import ValidationError

from games.core import Illegal, Unparsable
from games.economic.eleven_twenty import ElevenTwenty
from games.solvers.best_response import nash_conv
from games.solvers.bimatrix import bimatrix_equilibria
from games.solvers.matrix import pure_equilibria
from games.solvers.policies import to_profile
from games.solvers.sequences import FloatArray
from games.solvers.tree import flatten
from tests.games.joint_play import play

EQUILIBRIUM = [0, 0, 0, 0, 0.25, 0.25, 0.20, 0.15, 0.10, 0.05]


def payoffs(game: ElevenTwenty) -> FloatArray:
    """What the first seat gets, by both requests."""
    options = game.options
    return np.array([[game.payoffs((own, other))[0] for other in options] for own in options])


def test_the_bonus_goes_to_who_asks_for_exactly_one_less() -> None:
    game = ElevenTwenty()
    assert game.returns(play(game, ("19", "20"))) == (39, 20)
    assert game.returns(play(game, ("18", "20"))) == (18, 20)
    assert game.returns(play(game, ("20", "20"))) == (20, 20)
    assert game.observation(play(game, ("19", "20")), 1) == (
        "You asked for 20 tokens and the other for 19. You get 20 tokens, the other gets 39."
    )


def test_the_symmetric_equilibrium_is_arad_and_rubinsteins() -> None:
    own = payoffs(ElevenTwenty())
    values = own @ EQUILIBRIUM
    assert values == pytest.approx([11, 12, 13, 19, 20, 20, 20, 20, 20, 20])
    assert pure_equilibria(own, own.T) == []


def test_the_solver_finds_the_equilibrium_among_those_of_the_game() -> None:
    # Requests below 15 are never best replies to what is left, which keeps the enumeration small.
    own = payoffs(ElevenTwenty())[4:, 4:]
    found = bimatrix_equilibria(own, own.T).equilibria
    symmetric = [pair.row for pair in found if np.allclose(pair.row, pair.column)]
    assert len(symmetric) == 1
    assert symmetric[0] == pytest.approx(EQUILIBRIUM[4:])


def test_bounds_are_reached() -> None:
    game = ElevenTwenty()
    assert game.utility_bounds() == (payoffs(game).min(), payoffs(game).max()) == (11, 39)


def test_texts_that_are_no_request() -> None:
    game = ElevenTwenty()
    state = game.initial_state()
    assert game.parse_action(state, 0, " 17\n") == 17
    for text in ("10", "21", "-11"):
        with pytest.raises(Illegal, match="from 11 to 20"):
            game.parse_action(state, 0, text)
    for text in ("", "17 tokens", "17.0", "seventeen"):
        with pytest.raises(Unparsable, match="from 11 to 20"):
            game.parse_action(state, 0, text)


@pytest.mark.parametrize("wrong", [{"low": 20}, {"low": 0, "high": 500}, {"bonus": 1}])
def test_parameters_are_checked(wrong: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        ElevenTwenty.of(**wrong)


def test_no_request_gains_on_the_equilibrium_in_the_tree() -> None:
    game = ElevenTwenty()
    tree = flatten(game)
    mix = dict(zip(game.options, EQUILIBRIUM, strict=True))
    policy = {(seat, own.key): mix for seat, seats in enumerate(tree.seats) for own in seats.sets}
    assert nash_conv(tree, to_profile(tree, policy)) == pytest.approx(0, abs=1e-12)
