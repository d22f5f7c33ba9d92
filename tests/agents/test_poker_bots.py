from __future__ import annotations

import pytest

from agents.bots.anywhere import FirstLegal, Random
from agents.bots.base import Bot
from agents.bots.holdem import HoldemRules, best, class_equity, opening_share
from agents.bots.push_fold import PushFoldChart, chart
from games.cards.starting_hands import CLASSES, COMBINATIONS, margins
from games.registry import load
from games.solvers.best_response import nash_conv
from games.solvers.policies import to_profile
from games.solvers.tree import flatten
from tests.agents.questions import answer
from tests.agents.questions import play as played
from tests.games.trees import play

# -- push or fold ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spec", ["push_fold", "push_fold(stack=3)"])
def test_the_chart_cannot_be_exploited(spec: str) -> None:
    tree = flatten(load(spec))
    assert nash_conv(tree, to_profile(tree, chart(spec))) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("hand", "small", "big"),
    [("AA", "push", "call"), ("K2s", "push", "call"), ("K2o", "push", "fold"), ("32o", "fold", "fold")],
)
async def test_hands_are_played_as_the_chart_of_ten_big_blinds_says(hand: str, small: str, big: str) -> None:
    game = load("push_fold")
    assert await answer(PushFoldChart(), game, play(game, hand, "77"), 0) == small
    assert await answer(PushFoldChart(), game, play(game, "77", hand, "push"), 1) == big


async def test_a_hand_on_the_edge_is_played_both_ways_as_often_as_the_solution_says() -> None:
    game = load("push_fold")
    state = play(game, "43s", "77")
    pushed = sum([await answer(PushFoldChart(), game, state, 0, seed) == "push" for seed in range(400)])
    assert pushed / 400 == pytest.approx(chart("push_fold")[0, game.information_state(state, 0)]["push"], abs=0.08)
    assert 0 < pushed < 400


# -- hold'em --------------------------------------------------------------------------------------------------

CAREFUL = HoldemRules.of(bluff=0, samples=40)


def holdem(*texts: str, spec: str = "texas_holdem"):
    game = load(spec)
    return game, play(game, *texts)


def test_the_best_hands_are_those_with_the_most_equity() -> None:
    assert best(0.001) == {"AA"}
    assert best(1) == set(CLASSES)
    assert {"AA", "KK", "QQ", "JJ", "TT", "99", "88"} <= best(0.05)
    assert sum(COMBINATIONS[name] for name in best(0.2)) / 1326 == pytest.approx(0.2, abs=0.01)
    assert "72o" not in best(0.95)
    assert [opening_share(opponents) for opponents in (1, 5)] == pytest.approx([0.52, 0.2])


def test_equity_against_one_class_is_that_of_the_table() -> None:
    assert class_equity("KK", 0.001) == pytest.approx((1 + margins()["KK", "AA"]) / 2)
    assert class_equity("AA", 1) == pytest.approx(0.852037, abs=1e-6)


@pytest.mark.parametrize(
    ("cards", "action"), [("As Ad", "raise to 46"), ("Kd Qd", "raise to 46"), ("7s 5d", "call"), ("7h 2c", "call")]
)
async def test_the_button_opens_good_hands_and_completes_with_the_rest(cards: str, action: str) -> None:
    game, state = holdem(*cards.split(), "3h", "3d")
    assert await answer(CAREFUL, game, state, 0) == action


@pytest.mark.parametrize(("cards", "action"), [("As Kd", "raise to 53"), ("8s 8d", "raise to 53"), ("Ks 7d", "fold")])
async def test_in_an_early_seat_only_good_hands_are_played(cards: str, action: str) -> None:
    others = ["2c", "2d", "3c", "3d", "4c", "4d", "5c", "5d", "6c", "6d"]
    hands = [*others[:6], *cards.split(), *others[6:]]
    game, state = holdem(*hands, spec="texas_holdem(num_players=6)")
    assert await answer(CAREFUL, game, state, 3) == action


@pytest.mark.parametrize(
    ("cards", "action"), [("As Ad", "call"), ("Kh Kc", "call"), ("7h 2c", "fold"), ("9h 5c", "fold")]
)
async def test_a_push_is_called_with_good_hands_only(cards: str, action: str) -> None:
    game, state = holdem("3h", "3d", *cards.split(), "raise to 1000")
    assert await answer(CAREFUL, game, state, 1) == action


async def test_the_best_possible_hand_is_never_folded_and_a_hopeless_one_is() -> None:
    flop = ["call", "check", "Qs", "Js", "Ts", "raise to 400"]
    game, royal = holdem("2h", "3d", "As", "Ks", *flop[:-1], "check", flop[-1])
    assert {(await answer(CAREFUL, game, royal, 1, seed))[:5] for seed in range(10)} == {"raise"}
    game, nothing = holdem("Ah", "Kd", "2h", "3d", *flop[:-1], "check", flop[-1])
    assert {await answer(CAREFUL, game, nothing, 1, seed) for seed in range(10)} == {"fold"}


async def test_it_bluffs_as_often_as_it_is_told() -> None:
    game, state = holdem("2h", "3d", "4h", "5d", "call", "check", "Qs", "Js", "Ts")
    bluffer = HoldemRules.of(bluff=0.5, samples=10)
    bets = sum([await answer(bluffer, game, state, 1, seed) != "check" for seed in range(60)])
    assert 15 < bets < 45
    assert {await answer(CAREFUL, game, state, 1, seed) for seed in range(10)} == {"check"}


@pytest.mark.parametrize("betting", ["no_limit", "limit"])
@pytest.mark.parametrize("opponent", [Random(), FirstLegal()])
async def test_it_wins_against_players_without_a_plan(betting: str, opponent: Bot) -> None:
    spec = f'texas_holdem(betting="{betting}", hands=15)'
    player = HoldemRules.of(samples=20)
    gains = []
    for seed in range(5):
        for seat in (0, 1):
            state, _ = await played(spec, [player, opponent] if seat == 0 else [opponent, player], seed)
            gains.append(load(spec).returns(state)[seat])
    assert sum(gains) > 0
