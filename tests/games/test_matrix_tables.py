"""Tables by name, against an independent list of the 144 games."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from games.matrix.matrix_game import MatrixGame
from games.matrix.ordinal import GAMES, ordinal_game
from games.matrix.tables import CLASSICS
from games.registry import load
from games.solvers.bimatrix import bimatrix_equilibria
from tests.games.joint_play import play

LIST = json.loads((Path(__file__).parents[1] / "data" / "ordinal_games.json").read_text())["games"]
NUMBERS = range(1, GAMES + 1)


@pytest.mark.parametrize("known", LIST, ids=[str(known["id"]) for known in LIST])
def test_the_tables_of_all_144_games_are_those_of_the_list(known):
    game = MatrixGame.of(table=f"ordinal_{known['id']}")
    for (row, column), (first, second) in game.payoffs.items():
        assert first == known["row_payoffs"][row][column]
        assert second == known["column_payoffs"][row][column]


def test_exchanging_the_players_leads_to_the_partner_which_symmetric_games_are_themselves():
    for number in NUMBERS:
        game = ordinal_game(number)
        partner = ordinal_game(game.partner)
        swapped = {tuple(cell[::-1]) for row in game.payoffs for cell in row}
        assert swapped == {cell for row in partner.payoffs for cell in row}
        assert ordinal_game(partner.number).partner == number
        assert sum(game.place) + sum(partner.place) == 26
    assert sum(ordinal_game(number).partner == number for number in NUMBERS) == 12


def test_families_are_as_large_as_published():
    assert Counter(ordinal_game(number).family for number in NUMBERS) == {
        "win-win": 36,
        "biased": 44,
        "second best": 12,
        "unfair": 19,
        "tragic": 8,
        "prisoner's dilemma family": 7,
        "cyclic": 18,
    }


@pytest.mark.parametrize("name", CLASSICS)
def test_classic_games_are_strategically_what_their_names_say(name):
    payoffs = MatrixGame.of(table=name).payoffs
    equilibria = {
        joint
        for joint, values in payoffs.items()
        if all(
            values[seat] >= other_values[seat]
            for seat in (0, 1)
            for other, other_values in payoffs.items()
            if other[1 - seat] == joint[1 - seat]
        )
    }
    assert equilibria == EQUILIBRIA[name]


EQUILIBRIA = {
    "assurance": {(0, 0), (1, 1)},
    "battle_of_the_sexes": {(0, 0), (1, 1)},
    "chicken": {(0, 1), (1, 0)},
    "compromise": {(1, 1)},
    "concord": {(0, 0)},
    "coordination": {(0, 0), (1, 1)},
    "deadlock": {(1, 1)},
    "harmony": {(0, 0)},
    "hero": {(0, 1), (1, 0)},
    "matching_pennies": set(),
    "peace": {(0, 0)},
    "prisoners_dilemma": {(1, 1)},
    "rock_paper_scissors": set(),
    "stag_hunt": {(0, 0), (1, 1)},
}


def test_a_table_brings_its_labels_which_actions_override():
    assert MatrixGame.of(table="chicken").labels == (("swerve", "straight"),) * 2
    assert MatrixGame.of(table="ordinal_12").labels == (("A1", "A2"), ("B1", "B2"))
    assert MatrixGame.of(table="chicken", actions=["a", "b"]).labels == (("a", "b"),) * 2


@pytest.mark.parametrize("name", ["chickn", "ordinal_0", "ordinal_145", "ordinal_x", "ordinal_"])
def test_unknown_tables_are_refused_with_what_there_is(name):
    with pytest.raises(ValidationError, match=r"there is no table|numbered from 1 to 144"):
        MatrixGame.of(table=name)


def test_payoffs_and_a_table_exclude_each_other():
    with pytest.raises(ValidationError, match="leave out one of both"):
        MatrixGame.of(table="chicken", payoffs=[[[1, 1], [2, 2]], [[3, 3], [4, 4]]])


def test_taking_turns_beats_mixing_in_the_battle_of_the_sexes():
    """Akata et al.: 8.5 a round for each by alternation; 70/17 = 4.118 in the mixed equilibrium."""
    stage = CLASSICS["battle_of_the_sexes"].payoffs
    game = load("""repeated(stage='matrix_game(table="battle_of_the_sexes")', rounds=2)""")
    together = play(game, ("football", "football"), ("ballet", "ballet"))
    assert [value / 2 for value in game.returns(together)] == [8.5, 8.5]
    row, column = (np.array([[cell[seat] for cell in cells] for cells in stage], dtype=float) for seat in range(2))
    mixed = bimatrix_equilibria(row, column).equilibria[-1]
    for payoffs in (row, column):
        assert mixed.row @ payoffs @ mixed.column == pytest.approx(4.118, abs=5e-4)
