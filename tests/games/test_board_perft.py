"""Numbers of move sequences from the start of board games, against published or independent counts."""

from __future__ import annotations

from collections import Counter

import pytest

from games.core import Game
from games.registry import load

# Othello: known perft of 8x8. Breakthrough 8x8: 22 moves, 22 x 22, then captures begin to count.
KNOWN = {
    "othello": [4, 12, 56, 244, 1_396, 8_200],
    "breakthrough": [22, 484, 11_132, 256_036],
    "othello(size=6)": [4, 12, 56, 244, 1_364],
    "hex(size=3, swap=False)": [9, 72, 504, 3_024],
    "hex(size=3)": [9, 81, 576],
    "dots_and_boxes(rows=2, columns=2)": [12, 132, 1_320],
    "nim(piles=[1, 2])": [3, 5, 3],
}


def plays(game: Game, plies: int) -> list[int]:
    layer, counts = Counter({game.initial_state(): 1}), []
    for _ in range(plies):
        following: Counter = Counter()
        for state, ways in layer.items():
            for seat in game.to_move(state):
                for action in game.legal_actions(state, seat):
                    following[game.apply(state, {seat: action})] += ways
        layer = following
        counts.append(layer.total())
    return counts


@pytest.mark.parametrize(("spec", "known"), KNOWN.items())
def test_numbers_of_plays_are_the_known_ones(spec, known):
    assert plays(load(spec), len(known)) == known
