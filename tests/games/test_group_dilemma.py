"""The group's dilemma: payoffs by number of defectors, and what backward induction says."""

from __future__ import annotations

from itertools import product

import pytest
from pydantic import ValidationError

from agents.bots.group_dilemma import GroupDefector, GroupTitForTat
from games.dilemmas.group_dilemma import COOPERATE, DEFECT, GroupDilemma, GroupRound
from games.dilemmas.prisoners_dilemma import PrisonersDilemma
from tests.agents.questions import answer
from tests.agents.questions import play as played
from tests.games.joint_play import play

C, D = COOPERATE, DEFECT


@pytest.mark.parametrize(
    ("actions", "points"),
    [((C, C, C), (2, 2, 2)), ((D, D, D), (1, 1, 1)), ((C, D, C), (0, 4, 0)), ((D, C, D), (2, 0, 2))],
)
def test_magics_released_example(actions: tuple[str, ...], points: tuple[float, ...]) -> None:
    assert GroupRound().payoffs(actions) == points


def spe_values(game: GroupDilemma, rounds: int) -> tuple[tuple[float, ...], set[tuple[str, ...]]]:
    """Value of the subgame-perfect play of so many rounds, and the joint actions that are equilibria of the first.

    As no history changes the payoffs of later rounds and there is one equilibrium in each, the value of what follows
    is the same whatever is done now.
    """
    later = spe_values(game, rounds - 1)[0] if rounds > 1 else (0.0, 0.0, 0.0)
    stage = game.stage
    assert isinstance(stage, GroupRound)

    def value(actions: tuple[str, ...], seat: int) -> float:
        return stage.payoffs(actions)[seat] + later[seat]

    found = {
        actions
        for actions in product((C, D), repeat=3)
        if all(
            value(actions, seat) >= value((*actions[:seat], other, *actions[seat + 1 :]), seat)
            for seat in range(3)
            for other in (C, D)
        )
    }
    (only,) = found
    return tuple(value(only, seat) for seat in range(3)), found


def test_all_defect_is_the_only_subgame_perfect_equilibrium() -> None:
    values, found = spe_values(GroupDilemma(), 5)
    assert found == {(D, D, D)}
    assert values == (5, 5, 5)


def test_two_players_are_the_prisoners_dilemma() -> None:
    game = GroupDilemma.of(num_players=2, cooperator=(3, 0), defector=(5, 1), rounds=1)
    classic = PrisonersDilemma.of(rounds=1)
    for pair in product((C, D), repeat=2):
        assert game.returns(play(game, pair)) == classic.returns(play(classic, pair))


def test_points_add_up_over_five_rounds_and_are_told() -> None:
    game = GroupDilemma()
    state = play(game, (C, C, C), (D, C, C), (D, D, C), (D, D, D), (C, C, C))
    assert game.to_move(state) == ()
    assert game.returns(state) == (2 + 4 + 2 + 1 + 2, 2 + 0 + 2 + 1 + 2, 2 + 0 + 0 + 1 + 2)
    assert "player 1: cooperate, player 2 (you): cooperate, player 3: cooperate. You get 2" in game.observation(
        state, 1
    )


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"num_players": 4}, "need 4 points each"),
        ({"cooperator": (5, 0, 0)}, "to defect must bring more"),
        ({"defector": (4, 3, 2)}, "all must be better off"),
    ],
)
def test_what_is_no_dilemma_is_refused(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        GroupDilemma.of(**wrong)


async def test_tit_for_tat_answers_defections_beyond_its_tolerance() -> None:
    game = GroupDilemma()
    assert await answer(GroupTitForTat(), game, game.initial_state(), 0) == C
    state = play(game, (D, D, C))
    assert [await answer(GroupTitForTat(), game, state, seat) for seat in range(3)] == [D, D, D]
    assert [await answer(GroupTitForTat.of(tolerance=1), game, state, seat) for seat in range(3)] == [C, C, D]


async def test_a_defector_wins_against_tit_for_tat_by_its_first_round() -> None:
    state, _ = await played("group_dilemma", [GroupDefector(), GroupTitForTat(), GroupTitForTat()])
    assert GroupDilemma().returns(state) == (4 + 4, 4, 4)
