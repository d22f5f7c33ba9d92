from __future__ import annotations

import pytest

from agents.bots.equilibrium import Equilibrium
from agents.bots.signalling import Signaller, selected
from games.economic.signalling import Signalling
from tests.agents.questions import answer, play


async def test_two_of_them_understand_each_other() -> None:
    for table in ("lamps", "lamps_three"):
        spec = f'signalling(table="{table}")'
        for seed in range(6):
            state, _ = await play(spec, [Signaller(), Signaller()], seed)
            assert Signalling.of(table=table).returns(state) == (1, 1)


async def test_all_have_beer_and_are_left_alone() -> None:
    for seed in range(20):
        state, _ = await play("signalling", [Signaller(), Signaller()], seed)
        assert (state.message, state.action) == (0, 1)
    game = Signalling()
    quiche = game.apply(game.apply(game.initial_state(), {-1: 1}), {0: 1})
    assert await answer(Signaller(), game, quiche, 1) == 0


def test_it_plays_the_separating_equilibrium_of_education() -> None:
    assert selected(Signalling.of(table="education")).messages == (0, 1)


@pytest.mark.parametrize("seed", range(3))
async def test_the_solver_of_zero_sum_games_plays_hiding(seed: int) -> None:
    hiding = Signalling.of(table="hiding")
    assert Equilibrium().knows(hiding)
    assert not Equilibrium().knows(Signalling())
    state, _ = await play(hiding.spec, [Equilibrium(), Equilibrium()], seed)
    assert hiding.to_move(state) == ()
