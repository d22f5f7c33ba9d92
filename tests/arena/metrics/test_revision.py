from __future__ import annotations

import pytest

from arena.metrics import revision
from arena.metrics.revision import PlannedRound

ROUNDS = [
    PlannedRound("wall", 10, False),
    PlannedRound("tower", 12, True),
    PlannedRound("tower", 12, True),
    PlannedRound("moat", 12, False),
    PlannedRound("gate", 15, True),
]


def test_figures_of_a_worked_example():
    assert revision.win_rate(ROUNDS) == 0.6
    assert revision.over_budget_ratio(ROUNDS, budget=12) == 0.2
    assert revision.correction_rate(ROUNDS) == 0.5
    assert revision.revision_rate(ROUNDS) == 0.75
    assert revision.correction_success(ROUNDS) == 1
    assert revision.needless_revisions(ROUNDS) == pytest.approx(1 / 3)
    assert revision.harmful_revisions(ROUNDS) == pytest.approx(1 / 3)
    assert revision.improvement_slope(ROUNDS) == pytest.approx(0.1)


def test_what_never_happened_is_no_number():
    one = ROUNDS[:1]
    for figure in (revision.correction_rate, revision.revision_rate, revision.improvement_slope):
        assert figure(one) is None
    for figure in (revision.correction_success, revision.needless_revisions, revision.harmful_revisions):
        assert figure(ROUNDS[1:3]) is None
    assert revision.win_rate([]) is None
    assert revision.over_budget_ratio([], 1) is None
