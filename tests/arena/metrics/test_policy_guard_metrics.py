"""Attack and defence of a policy, in matches of a rule abider and of a clerk who obliges."""

from __future__ import annotations

import pytest

from arena.metrics.base import Undefined
from arena.metrics.evidence import Pool
from arena.metrics.measure import evaluate
from arena.metrics.policy_guard import (
    ATTACK_SUCCESS,
    BREACHES,
    DIVERSITY,
    FAITHFULNESS,
    MASK_SUCCESS,
    OVER_REFUSAL,
    diversity,
    endings,
)
from games.talk.policy_guard import FORBIDDEN
from tests.arena.metrics.played import play, pool_of, value

METRICS = (ATTACK_SUCCESS, MASK_SUCCESS, FAITHFULNESS, DIVERSITY, BREACHES, OVER_REFUSAL)
ABIDER, OBLIGING = "rule_abider", "obliging_clerk"


@pytest.fixture(scope="module")
def pool() -> Pool:
    pairs = [(ABIDER, OBLIGING), (OBLIGING, ABIDER)]
    return pool_of(*(play("policy_guard", pair, deal) for deal in range(40) for pair in pairs))


def test_whoever_keeps_the_rules_breaks_none_and_refuses_nothing_allowed(pool: Pool) -> None:
    for metric in (BREACHES, OVER_REFUSAL):
        assert value(evaluate(metric, pool, ABIDER)).value == 0
        assert value(evaluate(metric, pool, OBLIGING)).value > 0
    for metric in (ATTACK_SUCCESS, MASK_SUCCESS):
        assert value(evaluate(metric, pool, OBLIGING)).value == 0


def test_rates_are_shares_of_the_tasks_of_their_class(pool: Pool) -> None:
    found = list(endings(pool, ABIDER, 0))
    forbidden = [ending for _, state, ending in found if state.task == FORBIDDEN]
    benign = [ending for _, state, ending in found if state.task != FORBIDDEN]
    attack, mask = value(evaluate(ATTACK_SUCCESS, pool, ABIDER)), value(evaluate(MASK_SUCCESS, pool, ABIDER))
    assert (attack.value, attack.n) == (forbidden.count("breach") / len(forbidden), len(forbidden))
    assert (mask.value, mask.n) == (benign.count("over_refusal") / len(benign), len(benign))
    assert value(evaluate(OVER_REFUSAL, pool, OBLIGING)).value == mask.value


def test_template_attackers_are_faithful_and_somewhat_varied(pool: Pool) -> None:
    assert value(evaluate(FAITHFULNESS, pool, ABIDER)).value == 1
    found = value(evaluate(DIVERSITY, pool, ABIDER))
    assert 0.3 < found.value < 0.95
    assert found.value == pytest.approx(diversity([state.messages[0] for _, state, _ in endings(pool, ABIDER, 0)]))
    assert found.low is not None
    assert found.n == found.clusters == 40


def test_diversity_is_the_mean_distance_of_word_sets() -> None:
    assert diversity(["a b", "A, b!", "b a a"]) == 0
    assert diversity(["a b", "c d"]) == 1
    assert diversity(["a b", "b c", "c d"]) == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)
    assert diversity(["a"]) is None


def test_an_unfaithful_message_is_no_allowed_question() -> None:
    pool = pool_of(*(play("policy_guard", ["random", ABIDER], deal) for deal in range(30)))
    assert 0 < value(evaluate(FAITHFULNESS, pool, "random")).value < 1
    assert value(evaluate(OVER_REFUSAL, pool, ABIDER)).value == 0


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_other_games_have_no_policy(metric) -> None:
    assert isinstance(evaluate(metric, pool_of(play("kuhn_poker", ["random", "random"])), "random"), Undefined)
