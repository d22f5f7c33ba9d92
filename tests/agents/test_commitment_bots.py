from __future__ import annotations

import numpy as np
import pytest

from agents.bots.commitment import Committer, best_commitment, best_reply
from games.matrix.stackelberg import Stackelberg
from games.matrix.stages import payoff_arrays
from games.solvers.stackelberg import mixed_commitment, pure_commitment
from tests.agents.questions import play

STAGES = [f'matrix_game(table="{name}")' for name in ("chicken", "battle_of_the_sexes", "ordinal_67", "stag_hunt")]


async def test_commitment_gains_three_where_choosing_at_once_gains_two_and_a_lottery_more() -> None:
    """von Stengel and Zamir: 2 in equilibrium, 3 by an action, 3.5 by an even lottery."""
    state, _ = await play("stackelberg", [Committer(), Committer()])
    assert Stackelberg().returns(state) == (3, 1)
    game = Stackelberg.of(tickets=10)
    assert best_commitment(game) == (5, 5)
    assert best_reply(game, (5, 5)) == 1
    leader, _ = payoff_arrays(game.stage)
    assert np.array([0.5, 0.5]) @ leader[:, 1] == 3.5


@pytest.mark.parametrize("stage", STAGES)
def test_an_action_is_the_one_of_the_solver(stage: str) -> None:
    game = Stackelberg.of(stage=stage)
    leader, follower = payoff_arrays(game.stage)
    best = pure_commitment(leader, follower)
    row = best_commitment(game).index(1)
    assert leader[row, best_reply(game, best_commitment(game))] == best.leader_value


@pytest.mark.parametrize("stage", STAGES)
def test_a_fine_lottery_comes_near_the_best_mixture(stage: str) -> None:
    game = Stackelberg.of(stage=stage, tickets=60)
    leader, follower = payoff_arrays(game.stage)
    tickets = best_commitment(game)
    value = np.array(tickets) @ leader[:, best_reply(game, tickets)] / 60
    best = mixed_commitment(leader, follower).leader_value
    assert best - 0.1 <= value <= best + 1e-9
