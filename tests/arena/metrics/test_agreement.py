from __future__ import annotations

import pytest

from arena.metrics.agreement import krippendorff_alpha, nominal, ordinal

# Krippendorff, Computing Krippendorff's alpha-reliability, 2011, section C: four observers, twelve units, gaps.
OBSERVERS = ("1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 .")
UNITS = [
    [int(value) - 1 for value in unit if value != "."] for unit in zip(*(row.split() for row in OBSERVERS), strict=True)
]


def test_the_published_example_with_gaps():
    assert krippendorff_alpha(UNITS, 5, nominal) == pytest.approx(0.743, abs=5e-4)
    assert krippendorff_alpha(UNITS, 5, ordinal) == pytest.approx(0.815, abs=5e-4)


def test_agreement_disagreement_and_what_says_nothing():
    assert krippendorff_alpha([[0, 0, 0], [1, 1, 1], [2, 2, 2]], 3) == 1
    assert krippendorff_alpha([[0, 1], [1, 0], [0, 1], [1, 0]], 2, nominal) < 0
    assert krippendorff_alpha([[1, 1], [1, 1]], 3) is None
    assert krippendorff_alpha([[0], [1], [0, 1]], 2) is None
