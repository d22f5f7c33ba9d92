"""Sequential public goods: payoffs, the subgame-perfect equilibrium, and what is measured."""

from __future__ import annotations

from itertools import product

import pytest

from arena.metrics import sequential_goods
from arena.metrics.base import Metric, Undefined, Value
from arena.metrics.measure import evaluate
from games.dilemmas.sequential_public_goods import ContributionsState, SequentialPublicGoods
from tests.arena.metrics.played import play, pool_of, value

GAME = SequentialPublicGoods()
PLAIN = {"rising": False, "bonus": 0, "penalty": 0, "least": 0, "cost": 1}


def payoffs(given: tuple[int, ...]) -> tuple[float, ...]:
    """The formula of the variant, written out for the defaults."""
    parts = [each / 100 for each in given]
    total = sum(parts)
    means = [0.0, parts[0], (parts[0] + parts[1]) / 2]
    fine = 1.0 if sum(given) < 150 else 0.0
    return tuple(-0.5 * c**2 + 0.5 * c * m + 1.5 / 3 * total - fine for c, m in zip(parts, means, strict=True))


@pytest.mark.parametrize("given", [(5, 5, 5), (50, 50, 50), (45, 50, 50), (100, 20, 75), (100, 100, 100)])
def test_payoffs_follow_the_formula(given: tuple[int, ...]) -> None:
    assert GAME.returns(ContributionsState(given)) == pytest.approx(payoffs(given))


def test_the_equilibrium_is_that_of_a_search_through_the_whole_tree() -> None:
    def best(given: tuple[int, ...]) -> tuple[int, ...]:
        if len(given) == 3:
            return given
        ends = [best((*given, each)) for each in GAME.options]
        return max(ends, key=lambda end: (round(payoffs(end)[len(given)], 12), -end[len(given)]))

    assert best(()) == GAME.equilibrium == (75, 100, 95)
    assert all(GAME.replies[1, first] == best((first,))[1] for first in GAME.options)


@pytest.mark.parametrize(("players", "multiplier"), [(3, 1.5), (2, 1.2), (4, 2.0)])
def test_without_bonus_and_penalty_everybody_gives_the_closed_form(players: int, multiplier: float) -> None:
    game = SequentialPublicGoods.of(bonus=0, penalty=0, num_players=players, multiplier=multiplier, threshold=0)
    # c = multiplier / (2 n cost)
    assert game.equilibrium == (round(100 * multiplier / (2 * players * 0.5) / 5) * 5,) * players


def test_in_the_plain_game_nobody_gives_anything() -> None:
    assert SequentialPublicGoods.of(**PLAIN).equilibrium == (0, 0, 0)


def test_whoever_is_shown_the_previous_contribution_alone_knows_no_other() -> None:
    game = SequentialPublicGoods.of(seen="previous")
    one, other = ContributionsState((20, 50)), ContributionsState((95, 50))
    assert game.information_state(one, 2) == game.information_state(other, 2)
    assert game.observation(one, 2) == game.observation(other, 2)
    assert game.observation(one, 0) != game.observation(other, 0)


def test_the_greatest_sum_is_that_of_all_contributions_tried() -> None:
    game = SequentialPublicGoods.of(step=19)
    sums = (sum(game.returns(ContributionsState(given))) for given in product(game.options, repeat=3))
    assert sequential_goods.optimum(game) == pytest.approx(max(sums))


def of(metric: Metric, agents: list[str], spec: str = "sequential_public_goods") -> Value:
    return value(evaluate(metric, pool_of(play(spec, agents)), agents[0]))


def test_scripted_contributors_have_known_measures() -> None:
    perfect, free = ["equilibrium_contributor"] * 3, ["free_rider"] * 3
    assert of(sequential_goods.DISTANCE, perfect).value == 0
    assert of(sequential_goods.CONTRIBUTION, perfect).value == pytest.approx(0.9)
    assert of(sequential_goods.SUCCESS, perfect).value == 1
    assert of(sequential_goods.FREE_RIDING, free).value == 1
    assert of(sequential_goods.SUCCESS, free).value == 0
    assert of(sequential_goods.EFFICIENCY, free).value < 0
    matched = pool_of(play("sequential_public_goods", ["free_rider", "mean_matcher", "mean_matcher"]))
    assert isinstance(evaluate(sequential_goods.CONDITIONAL, matched, "mean_matcher"), Undefined)
    several = pool_of(*(play("sequential_public_goods", ["random", "random", "mean_matcher"], n) for n in range(8)))
    # Means are rounded to steps of 5.
    assert value(evaluate(sequential_goods.CONDITIONAL, several, "mean_matcher")).value == pytest.approx(1, abs=0.1)
