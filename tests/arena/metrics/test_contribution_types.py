"""Tables of conditional contributions and their types."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.metrics import contribution_types
from arena.metrics.base import Undefined
from arena.metrics.contribution_types import ContributorType, contributor_type
from arena.metrics.measure import evaluate
from tests.arena.metrics.played import play, pool_of, value

STEPS = range(21)
TYPES = (
    contribution_types.CONDITIONAL_COOPERATORS,
    contribution_types.FREE_RIDERS,
    contribution_types.HUMP_SHAPED,
    contribution_types.OTHERS,
)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ([0] * 21, ContributorType.FREE_RIDER),
        (list(STEPS), ContributorType.CONDITIONAL_COOPERATOR),
        ([k // 2 for k in STEPS], ContributorType.CONDITIONAL_COOPERATOR),
        ([0] * 20 + [1], ContributorType.CONDITIONAL_COOPERATOR),
        ([*range(19), 20, 19], ContributorType.CONDITIONAL_COOPERATOR),
        ([min(k, 20 - k) for k in STEPS], ContributorType.HUMP_SHAPED),
        ([0, 3, 2, 4, 6, 5, 7, 8, 9, 10, 10, 9, 9, 7, 8, 5, 4, 3, 3, 1, 0], ContributorType.HUMP_SHAPED),
        ([10] * 21, ContributorType.OTHER),
        ([20 - k for k in STEPS], ContributorType.OTHER),
        ([0, 20] * 10 + [0], ContributorType.OTHER),
        ([max(k, 20 - k) for k in STEPS], ContributorType.OTHER),
        ([0, 1], ContributorType.CONDITIONAL_COOPERATOR),
        ([1, 0], ContributorType.OTHER),
        ([0, 1, 0], ContributorType.HUMP_SHAPED),
    ],
)
def test_tables_by_hand(table: list[int], expected: ContributorType):
    assert contributor_type(tuple(table)) is expected


@given(st.permutations(STEPS))
def test_ranks_decide_at_the_level_of_one_percent(table: list[int]):
    # Student's t of 19 degrees of freedom is 2.860935 at 1 %, two-sided: r = t / sqrt(19 + t^2) = 0.548711.
    correlation = 1 - 6 * sum((place - gift) ** 2 for place, gift in enumerate(table)) / (21 * (21**2 - 1))
    cooperates = contributor_type(tuple(table)) is ContributorType.CONDITIONAL_COOPERATOR
    assert cooperates == (correlation > 0.548711)


def test_scripted_players_have_their_types():
    spec = "conditional_contributions"
    pool = pool_of(play(spec, ("free_rider", "conditional_cooperator", "free_rider", "conditional_cooperator")))
    shares = {
        agent: [value(evaluate(metric, pool, agent)).value for metric in TYPES]
        for agent in ("conditional_cooperator", "free_rider")
    }
    assert shares == {"conditional_cooperator": [1, 0, 0, 0], "free_rider": [0, 1, 0, 0]}
    slopes = [value(evaluate(contribution_types.SLOPE, pool, agent)).value for agent in shares]
    assert slopes == [pytest.approx(1), 0]
    gifts = [value(evaluate(contribution_types.UNCONDITIONAL, pool, agent)).value for agent in shares]
    assert gifts == [0.5, 0]


def test_there_are_no_types_without_tables():
    pool = pool_of(play("public_goods(rounds=1)", ("free_rider",) * 4))
    for metric in (*TYPES, contribution_types.SLOPE, contribution_types.UNCONDITIONAL):
        found = evaluate(metric, pool, "free_rider")
        assert isinstance(found, Undefined)
        assert "needs conditional contributions" in found.reason
