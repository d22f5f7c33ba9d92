"""GAMA-Bench's scores: equilibrium players score what theory says, and other play what the formulas say."""

from __future__ import annotations

import pytest

from arena.metrics import gama
from arena.metrics.base import Undefined
from arena.metrics.measure import evaluate
from games.registry import load
from tests.arena.metrics.played import play, pool_of, value

PAPER = {
    gama.GUESS: "guess_two_thirds(rounds=20)",
    gama.DOLLAR: "divide_the_dollar(rounds=20)",
    gama.GOODS: "public_goods(multiplier=2, num_players=10, rounds=20)",
    gama.DINER: "diners_dilemma(rounds=20)",
    gama.BATTLE: "battle_royale",
    gama.PIRATE: "pirates",
}
ALL = [*PAPER, gama.BAR, gama.AUCTION]


def table(spec: str, agent: str, deal: int = 0):
    """A match of one agent in every seat."""
    return play(spec, (agent,) * load(spec).num_players, deal)


def scored(metric, spec: str, agent: str, deals: int = 1) -> float:
    pool = pool_of(*(table(spec, agent, deal) for deal in range(deals)))
    found = value(evaluate(metric, pool, agent))
    assert found.n == found.clusters == deals
    return found.value


@pytest.mark.parametrize(("metric", "spec"), PAPER.items(), ids=PAPER.values())
def test_equilibrium_players_score_100_with_the_parameters_of_the_paper(metric, spec):
    assert scored(metric, spec, "group_equilibrium") == 100


def test_the_auction_score_is_about_10_in_equilibrium_0_for_truth_and_higher_for_bids_that_never_win():
    auction = "sealed_bid_auction(rounds=20)"
    assert scored(gama.AUCTION, auction, "group_equilibrium", deals=3) == pytest.approx(10, abs=1)
    assert scored(gama.AUCTION, auction, "truthful_bidder") < 1
    # One valuation in 21 is 0, for which every bid scores 0.
    assert scored(gama.AUCTION, auction, "shading_bidder(part=0.2)") == pytest.approx(80 * 20 / 21, abs=1.5)


def test_the_bar_score_measures_the_table_and_needs_one_agent_in_all_seats():
    assert 70 < scored(gama.BAR, "el_farol(rounds=20)", "group_equilibrium", deals=3) < 90
    # Everybody goes: |1 - 0.6| of at most 0.6.
    assert scored(gama.BAR, "el_farol(rounds=2)", "first_legal") == pytest.approx(100 / 3)
    mixed = pool_of(play("el_farol(num_players=2, rounds=1)", ("random", "first_legal")))
    result = evaluate(gama.BAR, mixed, "random")
    assert isinstance(result, Undefined)
    assert "every seat" in result.reason


@pytest.mark.parametrize(("ratio", "score"), [(0.5, 100), (1, 0), (1.5, 0)])
def test_guesses_of_0_by_ratio(ratio: float, score: float):
    assert scored(gama.GUESS, f"guess_two_thirds(num_players=3, ratio={ratio}, rounds=2)", "first_legal") == score


@pytest.mark.parametrize("ratio", [1, 1.5])
def test_equilibrium_guesses_score_100_by_ratio(ratio: float):
    assert scored(gama.GUESS, f"guess_two_thirds(num_players=3, ratio={ratio}, rounds=2)", "group_equilibrium") == 100


def test_one_seat_is_scored_by_what_it_does_itself():
    pool = pool_of(play("divide_the_dollar(num_players=2, rounds=3)", ("group_equilibrium", "first_legal")))
    assert value(evaluate(gama.DOLLAR, pool, "group_equilibrium")).value == 100
    assert value(evaluate(gama.DOLLAR, pool, "first_legal")).value == 0


def test_never_shooting_scores_0():
    assert scored(gama.BATTLE, "battle_royale(num_players=3, rounds=2)", "first_legal") == 0


def test_a_pirate_plan_and_votes_by_hand():
    # The first example is the equal division, which everybody accepts: 25 each against 99, 0, 1, 0 is 148 apart.
    assert scored(gama.PIRATE, "pirates(num_players=4)", "first_legal") == pytest.approx(50 * 52 / 200 + 50)
    pool = pool_of(play("pirates(num_players=4)", ("group_equilibrium", "first_legal", "first_legal", "first_legal")))
    assert isinstance(evaluate(gama.PIRATE, pool, "first_legal"), Undefined), "it made no plan"


@pytest.mark.parametrize(
    ("offered", "place", "vote", "correct"),
    [
        (2, 1, "accept", True),
        (2, 1, "reject", False),
        (1, 2, "accept", True),
        (1, 2, "reject", False),
        (1, 3, "accept", False),
        (1, 3, "reject", False),
        (0, 2, "accept", False),
        (0, 1, "reject", True),
    ],
)
def test_which_votes_count_as_correct(offered: int, place: int, vote: str, correct: bool):
    assert gama.correct_vote(offered, place, vote) == correct


@pytest.mark.parametrize("metric", ALL, ids=[metric.name for metric in ALL])
def test_another_game_gives_no_score(metric):
    pool = pool_of(play("ultimatum", ("random", "random")))
    assert isinstance(evaluate(metric, pool, "random"), Undefined)
