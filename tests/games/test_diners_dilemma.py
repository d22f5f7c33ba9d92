from __future__ import annotations

import pytest
from pydantic import ValidationError

from games.dilemmas.diners_dilemma import DinersDilemma, DinnerView
from games.info import Information
from tests.games.joint_play import play

CHEAP, COSTLY = "cheap", "costly"


def test_dinners_by_hand() -> None:
    game = DinersDilemma.of(rounds=1)
    assert game.returns(play(game, (CHEAP,) * 10)) == (5,) * 10
    assert game.returns(play(game, (COSTLY,) * 10)) == (0,) * 10
    assert game.returns(play(game, (COSTLY, *(CHEAP,) * 9))) == (9, *(4,) * 9)
    assert "1 costly and 9 cheap. Everybody paid 11. Your result: 9." in game.observation(
        play(game, (COSTLY, *(CHEAP,) * 9)), 0
    )


def test_told_totals_only_a_seat_does_not_learn_who_ordered_what() -> None:
    game = DinersDilemma.of(num_players=3, rounds=1, totals_only=True)
    assert game.info.information is Information.IMPERFECT
    state, other = play(game, (CHEAP, COSTLY, CHEAP)), play(game, (CHEAP, CHEAP, COSTLY))
    assert game.observation(state, 0) == game.observation(other, 0)
    assert "Your dish: cheap; 1 costly and 2 cheap." in game.observation(state, 0)
    assert game.information_state(state, 0).past == (DinnerView(CHEAP, 1),)


def test_the_costly_dish_is_dominant_and_all_lose_by_it() -> None:
    stage = DinersDilemma().stage
    for others in range(10):
        rest = (COSTLY,) * others + (CHEAP,) * (9 - others)
        # One's own extra cost is 1 and the extra worth 5.
        assert stage.payoffs((COSTLY, *rest))[0] - stage.payoffs((CHEAP, *rest))[0] == pytest.approx(4)


def test_bounds_are_reached() -> None:
    game = DinersDilemma.of(rounds=3)
    low, high = game.utility_bounds()
    assert game.returns(play(game, *[(CHEAP, *(COSTLY,) * 9)] * 3))[0] == low == -12
    assert game.returns(play(game, *[(COSTLY, *(CHEAP,) * 9)] * 3))[0] == high == 27


@pytest.mark.parametrize("costly_utility", [15, 16, 25, 30])
def test_parameters_that_are_no_dilemma_are_refused(costly_utility: float) -> None:
    with pytest.raises(ValidationError, match="is not between 1 and 10"):
        DinersDilemma.of(costly_utility=costly_utility)
