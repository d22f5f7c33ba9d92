from __future__ import annotations

from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from games.dilemmas.threshold_public_goods import ThresholdPublicGoods, ThresholdRound
from tests.games.joint_play import play

ROUND = ThresholdRound()
REFUND = ThresholdRound.of(refund=True)


def test_rounds_by_hand() -> None:
    game = ThresholdPublicGoods.of(rounds=2)
    state = play(game, ("25",) * 5, ("55", "30", "20", "15", "0"))
    assert game.returns(state) == (80, 80 + 25, 80 + 35, 80 + 40, 80 + 55)
    assert game.observation(state, 4).splitlines()[0] == (
        "Round 2 ended. Given to the pool: player 1: 55, player 2: 30, player 3: 20, player 4: 15, player 5 (you): 0; "
        "120 in all, of 125 needed. That is too little: gifts are lost. You have 55 tokens."
    )
    kept = ThresholdPublicGoods.of(rounds=1, refund=True)
    assert kept.returns(play(kept, ("55", "30", "20", "15", "0"))) == (55,) * 5


def best_reply_holds(stage: ThresholdRound, gifts: tuple[int, ...]) -> bool:
    """The definition: no seat gets more with another amount."""
    now = stage.payoffs(gifts)
    return all(
        stage.payoffs((*gifts[:seat], other, *gifts[seat + 1 :]))[seat] <= now[seat]
        for seat in range(len(gifts))
        for other in range(stage.params.endowment + 1)
    )


@given(st.integers(2, 3), st.integers(1, 4), st.integers(1, 12), st.integers(1, 8), st.booleans())
def test_equilibria_are_those_of_the_definition(
    players: int, endowment: int, threshold: int, benefit: int, refund: bool
) -> None:
    assume(threshold <= players * endowment and players * benefit > threshold)
    stage = ThresholdRound.of(
        num_players=players, endowment=endowment, threshold=threshold, benefit=benefit, refund=refund
    )
    outcomes = list(product(range(endowment + 1), repeat=players))
    for gifts in outcomes:
        assert stage.is_equilibrium(gifts) == best_reply_holds(stage, gifts)
    found = [value for gifts in outcomes for value in stage.payoffs(gifts)]
    assert (min(found), max(found)) == stage.utility_bounds(), "the bounds are reached"


def test_the_equilibria_of_the_defaults() -> None:
    for stage in (ROUND, REFUND):
        assert stage.is_equilibrium((25,) * 5)
        assert stage.is_equilibrium((50, 50, 25, 0, 0))
        assert not stage.is_equilibrium((55, 50, 20, 0, 0)), "55 is more than the good is worth"
        assert not stage.is_equilibrium((26, 25, 25, 25, 25)), "one token is wasted"
        assert stage.is_equilibrium((0,) * 5)
    assert not ROUND.is_equilibrium((20, 0, 0, 0, 0))
    assert REFUND.is_equilibrium((20, 0, 0, 0, 0)), "a gift in vain costs nothing when it is given back"
    assert not REFUND.is_equilibrium((25, 25, 25, 25, 0)), "who gives nothing would gain by giving 25"


@pytest.mark.parametrize(("wrong", "reason"), [({"threshold": 276}, "cannot be reached"), ({"benefit": 25}, "worth")])
def test_parameters_are_checked(wrong: dict[str, int], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        ThresholdPublicGoods.of(**wrong)
