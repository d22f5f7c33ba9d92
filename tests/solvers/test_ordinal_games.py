"""The 144 strict ordinal 2x2 games against their published properties."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from games.solvers.bimatrix import bimatrix_equilibria
from games.solvers.dominance import dominant_action, iterated_strict_dominance, strictly_dominated, weakly_dominated
from games.solvers.matrix import pareto_optimal, pure_equilibria, pure_maximin

GAMES: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "data" / "ordinal_games.json").read_text())[
    "games"
]


def matrices(known: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    return np.array(known["row_payoffs"], dtype=float), np.array(known["column_payoffs"], dtype=float)


def numbers(cells: list[tuple[int, ...]]) -> list[int]:
    """Cells as the file counts them, from 1 on, row by row."""
    return [1 + 2 * row + column for row, column in cells]


def test_pure_equilibria_and_pareto_optimal_cells_of_all_144() -> None:
    for known in GAMES:
        game = matrices(known)
        assert numbers(pure_equilibria(*game)) == known["pure_equilibria"], known
        assert numbers(pareto_optimal(*game)) == known["pareto_optimal"], known
    counts = [len(known["pure_equilibria"]) for known in GAMES]
    assert [counts.count(n) for n in range(3)] == [18, 108, 18]


def test_dominance_of_all_144() -> None:
    for known in GAMES:
        game = matrices(known)
        expected = (known["row_dominant"], known["column_dominant"])
        for player, dominant in enumerate(expected):
            found = dominant_action(game[player], player)
            assert (None if found is None else found + 1) == dominant, known
            dominated = [] if dominant is None else [2 - dominant]
            assert strictly_dominated(game[player], player) == dominated
            assert weakly_dominated(game[player], player) == dominated
        assert iterated_strict_dominance(*game).solves == known["dominance_solvable"], known


def test_maximin_of_all_144() -> None:
    for known in GAMES:
        for player, payoffs in enumerate(matrices(known)):
            assert pure_maximin(payoffs, player).value == known[("row_maximin", "column_maximin")[player]]


def test_all_equilibria_of_all_144() -> None:
    for known in GAMES:
        found = bimatrix_equilibria(*matrices(known))
        assert not found.degenerate
        pure = [pair for pair in found.equilibria if pair.row.max() == pair.column.max() == 1]
        cells = [(int(pair.row.argmax()), int(pair.column.argmax())) for pair in pure]
        assert sorted(numbers(cells)) == known["pure_equilibria"]
        mixed = known["mixed_equilibrium"]
        assert len(found.equilibria) == len(pure) + (mixed is not None)
        if mixed is not None:
            assert found.equilibria[-1].row[0] == pytest.approx(float(Fraction(mixed["p_row_top"])))
            assert found.equilibria[-1].column[0] == pytest.approx(float(Fraction(mixed["q_col_left"])))
