"""TMGBench's measures of answers about the 144 ordinal games: accuracy, inconsistency, bias, significance.

An answer lists cells of a game; cells are numbered 0 to 3: (A1, B1), (A1, B2), (A2, B1), (A2, B2). Frequencies of cells
need not sum to 1, because an answer may list none, one or several.

H. Wang et al., TMGBench: a systematic game benchmark for evaluating strategic reasoning abilities of LLMs,
arXiv:2410.10479, section 3.3. The paper gives the partner of the game at (i, j) as (j, i); on its own grid, that is not
the game with the players exchanged, while (13 - j, 13 - i) is, as in the paper's own example (3, 4) and (9, 10).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum, sqrt
from typing import Final

from games.matrix.ordinal import SIDE, ordinal_game
from games.puzzles.equilibrium_quiz import Answer, pure_equilibria
from games.puzzles.nested import CELLS

Frequencies = tuple[float, ...]

# Where each cell goes when the two players are exchanged.
REFLECTED: Final = (3, 1, 2, 0)
_UPPER_ROWS: Final = range(1, 4)
_LOWER_ROWS: Final = range(7, 10)


def frequencies(answers: Sequence[Answer]) -> Frequencies:
    """The share of answers that list each cell."""
    return tuple(sum(cell in answer for answer in answers) / len(answers) for cell in CELLS)


def standard(number: int) -> Frequencies:
    """The frequencies of the right answer."""
    return frequencies([pure_equilibria(number)])


def accuracy(number: int, answers: Sequence[Answer]) -> float:
    """The share of answers that are exactly right."""
    return sum(answer == pure_equilibria(number) for answer in answers) / len(answers)


def inconsistency(found: Frequencies, right: Frequencies) -> float:
    """Mean square distance of frequencies from the right ones, from 0 to 1."""
    return fsum((a - b) ** 2 for a, b in zip(found, right, strict=True)) / len(CELLS)


def bias(found: Frequencies, partner: Frequencies) -> float:
    """Mean square distance from the reflected frequencies of the partner game, from 0 to 1."""
    return inconsistency(found, tuple(partner[REFLECTED[cell]] for cell in range(len(CELLS))))


def inconsistency_degrees(found: Mapping[int, Frequencies]) -> dict[int, float]:
    """Inconsistency of every game that was asked, by number; their mean over all 144 is ID."""
    return {number: inconsistency(seen, standard(number)) for number, seen in found.items()}


def bias_degrees(found: Mapping[int, Frequencies]) -> dict[int, float]:
    """Bias of every game whose partner was asked too, by number; their mean over all 144 is BD."""
    partners = {number: ordinal_game(number).partner for number in found}
    return {number: bias(found[number], found[other]) for number, other in partners.items() if other in found}


def significance_degree(found: Mapping[int, Frequencies]) -> float | None:
    """SD: in the games without equilibrium, how much cells 1 and 4 are favoured where 2 and 3 are elsewhere.

    0 is ideal; None unless all 18 games without equilibrium were asked. The sign of the two blocks is read off the
    paper's failure cases.
    """
    signs = {number: _block(number) for number in range(1, SIDE * SIDE + 1) if not pure_equilibria(number)}
    if not signs.keys() <= found.keys():
        return None
    return fsum(
        sign * (found[number][0] + found[number][3] - found[number][1] - found[number][2]) / len(CELLS)
        for number, sign in signs.items()
    ) / len(signs)


def from_0_to_1(degree: float) -> float:
    """AntiID and AntiBD, the axes of the radar charts: 1 is best."""
    return 1 - sqrt(degree)


def _block(number: int) -> int:
    """The sign of a game without equilibrium: the lower right block counts as it is, the upper left one negated."""
    row, _ = ordinal_game(number).place
    assert row in _UPPER_ROWS or row in _LOWER_ROWS, "games without equilibrium stand in two blocks"
    return -1 if row in _UPPER_ROWS else 1
