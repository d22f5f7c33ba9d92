from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import treys
from scipy.optimize import linprog

from games.cards.push_fold import PushFold
from games.cards.starting_hands import CLASSES, COMBINATIONS, DECK, HANDS, against, class_of, margins
from games.core import CHANCE, Illegal, Unparsable
from games.solvers.best_response import nash_conv
from games.solvers.policies import to_policy
from games.solvers.sequence_form import solve_zero_sum
from games.solvers.tree import flatten
from tests.games.trees import play

PUBLISHED = json.loads((Path(__file__).parents[1] / "data" / "push_fold_charts.json").read_text())
DEAL = np.array([[COMBINATIONS[one] / 1326 * against(one)[other] / 1225 for other in CLASSES] for one in CLASSES])
MARGINS = np.array([[margins()[one, other] for other in CLASSES] for one in CLASSES])


# -- starting hands -------------------------------------------------------------------------------------------


def test_there_are_169_classes_of_1326_hands() -> None:
    assert len(CLASSES) == 169
    assert sum(COMBINATIONS.values()) == len(HANDS) == 1326
    assert [COMBINATIONS[name] for name in ("TT", "T9s", "T9o")] == [6, 4, 12]
    assert class_of("9d", "Td") == "T9s"
    assert class_of("Ac", "2d") == "A2o"
    assert class_of("7c", "7s") == "77"


def test_a_hand_leaves_1225_others() -> None:
    assert all(sum(against(name).values()) == 1225 for name in CLASSES)
    assert [against("AA")[name] for name in ("AA", "AKs", "KK", "KQo")] == [1, 2, 6, 12]
    assert [against("AKs")[name] for name in ("AA", "AKs", "AKo", "AQo", "22")] == [3, 3, 6, 9, 6]
    for one in ("AA", "T9s", "72o"):
        for other in CLASSES:
            assert COMBINATIONS[one] * against(one)[other] == COMBINATIONS[other] * against(other)[one]


@pytest.mark.parametrize(
    ("name", "percent"),
    [("AA", 85.2037), ("KK", 82.3957), ("AKs", 67.0446), ("AKo", 65.3201), ("22", 50.3340), ("72o", 34.5836)],
)
def test_equity_against_a_random_hand_is_the_published_one(name: str, percent: float) -> None:
    margin = sum(count * margins()[name, other] for other, count in against(name).items()) / 1225
    assert 50 * (1 + margin) == pytest.approx(percent, abs=1e-4)


@pytest.mark.parametrize(("one", "other", "percent"), [("AA", "KK", 81.946), ("AKs", "QQ", 46.049)])
def test_equity_of_two_hands_is_the_published_one(one: str, other: str, percent: float) -> None:
    assert 50 * (1 + margins()[one, other]) == pytest.approx(percent, abs=5e-3)


def test_equities_agree_with_boards_that_treys_ranks() -> None:
    rng, evaluator = random.Random(0), treys.Evaluator()
    card = {name: treys.Card.new(name) for name in DECK}
    for one, other in (("As", "Kd"), ("5h", "5d")), (("8c", "7c"), ("Qs", "Jd")):
        rest = [name for name in DECK if name not in (*one, *other)]
        net, boards = 0, 4000
        for _ in range(boards):
            board = [card[name] for name in rng.sample(rest, 5)]
            mine, theirs = (evaluator.evaluate(board, [card[name] for name in hand]) for hand in (one, other))
            net += (mine < theirs) - (mine > theirs)
        # Suits move these equities by less than a point, and the sample by 1.6 points as its standard deviation.
        assert net / boards == pytest.approx(margins()[class_of(*one), class_of(*other)], abs=0.07)


# -- the game -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hand", "gain"),
    [
        ("AA 72o fold", -0.5),
        ("AA 72o push fold", 1.0),
        ("AA KK push call", 10 * 0.6389),
        ("KK AA push call", -10 * 0.6389),
        ("QJs QJs push call", 0.0),
    ],
)
def test_payoffs(hand: str, gain: float) -> None:
    game = PushFold()
    state = play(game, *hand.split())
    assert game.to_move(state) == ()
    assert game.returns(state) == pytest.approx((gain, -gain), abs=1e-3)


def test_the_second_hand_is_dealt_from_what_the_first_one_leaves() -> None:
    game = PushFold()
    first = dict(game.chance_outcomes(game.initial_state()))
    second = dict(game.chance_outcomes(play(game, "AA")))
    assert first["AA"] == 6 / 1326
    assert second["AA"] == 1 / 1225
    assert second["AKs"] == 2 / 1225


def test_words_of_card_players_are_understood_and_others_explained() -> None:
    game = PushFold()
    state = play(game, "AA", "KK")
    assert {game.parse_action(state, 0, text) for text in ("Push", "all in", "ALL-IN", "shove", "jam")} == {"push"}
    with pytest.raises(Illegal, match="legal: push, fold"):
        game.parse_action(state, 0, "call")
    with pytest.raises(Unparsable, match="expected one of: push, fold"):
        game.parse_action(state, 0, "raise to 3")
    with pytest.raises(Illegal):
        game.parse_action(play(game, "AA", "KK", "push"), 1, "all in")


def test_a_seat_reads_its_hand_what_was_done_and_the_price() -> None:
    game = PushFold.of(stack=7.5)
    state = play(game, "T9s", "A2o", "push")
    assert game.observation(state, 1) == (
        "Your hand: A2o.\nThe small blind pushed. You may call, which puts 6.5 more at stake, or fold."
    )
    assert game.secrets(state, 1) == {"T9s"}
    assert game.observation(game.apply(state, {1: "fold"}), 0) == (
        "Your hand: T9s.\nYou pushed, the big blind folded. Your net gain: +1 big blinds."
    )
    shown = game.observation(game.apply(state, {1: "call"}), 0)
    assert "The other player shows A2o: your equity is 48.35%. Your net gain: -0.2468 big blinds." in shown
    assert game.secrets(game.apply(state, {1: "call"}), 0) == frozenset()


# -- its solution ---------------------------------------------------------------------------------------------


class Solution:
    """An equilibrium by a linear programme of its own: no tree, no sequences, only the deal and the equities."""

    def __init__(self, stack: float) -> None:
        hands = len(CLASSES)
        called, ones = DEAL * stack * MARGINS, np.ones(hands)
        # Maximise what pushing p leaves when each hand of the big blind takes the better of a fold and a call.
        result = linprog(
            c=np.concatenate([-0.5 * DEAL.sum(axis=1), -ones]),
            A_ub=np.block([[-DEAL.T, np.eye(hands)], [-called.T, np.eye(hands)]]),
            b_ub=np.zeros(2 * hands),
            bounds=[(0, 1)] * hands + [(None, None)] * hands,
        )
        folding, calling = np.split(-result.ineqlin.marginals, 2)
        self.stack = stack
        self.value = -result.fun - 0.5
        self.push = result.x[:hands]
        self.call = calling / (folding + calling)

    def push_gain(self) -> Any:
        """What each hand gains by pushing instead of folding."""
        worth = self.call * self.stack * MARGINS + (1 - self.call)
        return (DEAL * worth).sum(axis=1) / DEAL.sum(axis=1) + 0.5

    def call_gain(self) -> Any:
        """What each hand gains by calling a push instead of folding."""
        pushed = DEAL * self.push[:, np.newaxis]
        return (pushed * (1 - self.stack * MARGINS)).sum(axis=0) / pushed.sum(axis=0)


@pytest.fixture(scope="module")
def solved() -> dict[float, Solution]:
    return {stack: Solution(stack) for stack in (10, 8.5, 7, 5.5, 4, 3, 2, 1.5)}


@pytest.mark.parametrize(("stack", "value"), [(10, -0.0453708), (4, 0.0660312)])
def test_the_tree_has_the_value_of_the_second_computation(solved, stack: float, value: float) -> None:
    tree = flatten(PushFold.of(stack=stack))
    solution = solve_zero_sum(tree)
    assert solution.value == pytest.approx(value, abs=1e-7)
    assert solution.value == pytest.approx(solved[stack].value, abs=1e-9)
    assert nash_conv(tree, solution.profile) == pytest.approx(0, abs=1e-9)
    policy = to_policy(tree, solution.profile)
    for (seat, view), probabilities in policy.items():
        same = (solved[stack].push, solved[stack].call)[seat][CLASSES.index(view.hand)]
        assert probabilities["push" if seat == 0 else "call"] == pytest.approx(same, abs=1e-6)


def test_at_ten_big_blinds_58_percent_push_and_37_percent_call(solved) -> None:
    weights = np.array([COMBINATIONS[name] / 1326 for name in CLASSES])
    assert weights @ solved[10].push == pytest.approx(0.583, abs=5e-4)
    assert weights @ solved[10].call == pytest.approx(0.374, abs=5e-4)


def test_with_a_stack_of_one_blind_everybody_plays_everything() -> None:
    solution = Solution(1)
    assert solution.value == pytest.approx(0, abs=1e-9)
    assert solution.push == pytest.approx(np.ones(169))


@pytest.mark.parametrize("stack", [10, 8.5, 7, 5.5, 4, 3, 2, 1.5])
def test_the_published_chart_of_the_small_blind_is_the_solution(solved, stack: float) -> None:
    chart = {name: [(0.0, most)] for name, most in entries(PUBLISHED["pusher"]).items()}
    chart |= PUBLISHED["pusher_ranges"]
    assert len(chart) == 169
    played = {name: any(low <= stack <= high for low, high in ranges) for name, ranges in chart.items()}
    check(played, dict(zip(CLASSES, solved[stack].push_gain(), strict=True)))


@pytest.mark.parametrize("stack", [10, 8.5, 7, 5.5, 4, 3, 2, 1.5])
def test_the_published_chart_of_the_big_blind_is_the_solution(solved, stack: float) -> None:
    played = {name: stack <= most for name, most in entries(PUBLISHED["caller"]).items()}
    assert len(played) == 91
    check(played, dict(zip(CLASSES, solved[stack].call_gain(), strict=True)))


def entries(rows: list[str]) -> dict[str, float]:
    """A chart as hands with their largest stacks; hands with gaps are left out."""
    ranks = PUBLISHED["ranks"]
    found = {}
    for row, line in zip(ranks, rows, strict=False):
        for column, most in zip(ranks, line.split(), strict=True):
            suited = ranks.index(row) < ranks.index(column)
            hand = class_of(f"{row}s", f"{column}{'s' if suited else 'h'}") if row != column else row + column
            if most != "*":
                found[hand] = float(most)
    return found


def check(played: dict[str, bool], gain: dict[str, float]) -> None:
    """The chart plays what gains and folds what loses, but for hands that are worth next to nothing either way."""
    wrong = {name: gain[name] for name, plays in played.items() if plays != (gain[name] > 0)}
    assert len(wrong) <= 3
    assert all(abs(value) < 0.01 for value in wrong.values()), wrong


def test_chance_reads_its_hands_in_any_case() -> None:
    game = PushFold()
    assert game.parse_action(game.initial_state(), CHANCE, "aks") == "AKs"
    with pytest.raises(Unparsable):
        game.parse_action(game.initial_state(), CHANCE, "king")
