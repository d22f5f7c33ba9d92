"""Players who think ahead, divide, trust, and follow or find patterns: each does what its docstring says."""

from __future__ import annotations

from math import atan2, degrees

import pytest

from agents.bots.base import UnsuitableGame
from agents.bots.depth import BackwardInductor, CooperativePasser, LevelK
from agents.bots.giving import Divider, Reciprocator
from agents.bots.patterns import PatternLearner, PatternPlayer, shortest_cycle
from games.economic.svo_slider import SvoSlider
from games.registry import load
from tests.agents.questions import answer, play, question

ROCK_PAPER_SCISSORS = (
    'repeated(rounds=8, stage="matrix_game(actions=[\\"rock\\", \\"paper\\", \\"scissors\\"], '
    'payoffs=[[[0, 0], [-1, 1], [1, -1]], [[1, -1], [0, 0], [-1, 1]], [[-1, 1], [1, -1], [0, 0]]])")'
)


async def test_each_level_asks_for_one_less_in_the_11_20_game() -> None:
    game = load("eleven_twenty")
    asked = [await answer(LevelK.of(level=level), game, game.initial_state(), 0) for level in range(11)]
    # Against 11 there is nothing to undercut, and the most is best again.
    assert asked == [20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 20]


async def test_levels_of_the_beauty_contest_start_from_the_middle_and_then_from_the_last_mean() -> None:
    game = load("beauty_contest")
    start = game.initial_state()
    assert [await answer(LevelK.of(level=level), game, start, 0) for level in (1, 2, 3)] == [33, 22, 15]
    later = game.apply(start, {0: 30, 1: 30, 2: 40, 3: 20})
    assert await answer(LevelK.of(level=1), game, later, 0) == 20
    assert len({await answer(LevelK.of(level=0), game, start, 0, seed) for seed in range(20)}) > 10


@pytest.mark.parametrize("totals_only", [False, True])
async def test_levels_guess_parts_of_the_middle_and_then_of_the_last_mean(totals_only: bool) -> None:
    game = load(f"guess_two_thirds(num_players=4, totals_only={totals_only})")
    start = game.initial_state()
    assert [await answer(LevelK.of(level=level), game, start, 0) for level in (1, 2, 3)] == [33, 22, 15]
    later = game.apply(start, {0: 30, 1: 30, 2: 40, 3: 20})
    assert [await answer(LevelK.of(level=level), game, later, 0) for level in (1, 2)] == [20, 13]


@pytest.mark.parametrize("tables", range(5))
async def test_level_k_is_rational_in_the_last_k_positions_of_a_ring_and_blind_to_rings_above(tables: int) -> None:
    game = load(f"ring_game(tables={tables})")
    for level in range(1, 6):
        _, turns = await play(game.spec, [LevelK.of(level=level)] * 4)
        for seat in range(4):
            chosen = tuple(turn[seat] for turn in turns)
            if seat >= 4 - level:
                assert chosen == tuple(profile[seat] for profile in game.rational)
            else:
                assert chosen[0] == chosen[1]


async def test_the_backward_inductor_takes_at_once_and_neither_trusts_nor_returns() -> None:
    end, turns = await play("centipede", [CooperativePasser(), BackwardInductor()])
    assert turns == [{0: "pass"}, {1: "take"}]
    end, turns = await play("centipede", [BackwardInductor(), CooperativePasser()])
    assert turns == [{0: "take"}]
    end, _ = await play("trust", [BackwardInductor(), Reciprocator()])
    assert end.sent == 0
    end, _ = await play("trust", [Reciprocator(), BackwardInductor()])
    assert (end.sent, end.returned) == (10, 0)


async def test_passers_reach_the_end() -> None:
    end, _ = await play("centipede", [CooperativePasser(), CooperativePasser()])
    assert load("centipede").returns(end) == (256, 64)


async def test_reciprocators_send_and_return_their_parts() -> None:
    end, _ = await play("trust(endowment=20, step=5)", [Reciprocator.of(sends=0.5), Reciprocator.of(returns=1 / 3)])
    assert (end.sent, end.returned) == (10, 10)


@pytest.mark.parametrize(
    ("aim", "gift", "doubled"), [("own", 0, 0), ("other", 100, 100), ("equal", 50, 33), ("ahead", 0, 0)]
)
async def test_dividers_follow_their_aim_in_the_dictator_game(aim: str, gift: int, doubled: int) -> None:
    for spec, expected in (("dictator", gift), ("dictator(multiplier=2)", doubled)):
        game = load(spec)
        assert await answer(Divider.of(aim=aim), game, game.initial_state(), 0) == expected


async def test_the_largest_sum_gives_all_when_gifts_grow_and_nothing_when_they_shrink() -> None:
    for multiplier, gift in ((2, 100), (0.5, 0), (1, 50)):
        game = load(f"dictator(multiplier={multiplier})")
        assert await answer(Divider.of(aim="sum"), game, game.initial_state(), 0) == gift


@pytest.mark.parametrize(("aim", "angle"), [("other", 61.39), ("equal", 37.49), ("own", 7.82), ("ahead", -16.26)])
async def test_ideal_types_have_their_published_angles(aim: str, angle: float) -> None:
    end, _ = await play("svo_slider", [Divider.of(aim=aim), Divider()])
    own, other = (total / 6 - 50 for total in SvoSlider().returns(end))
    assert degrees(atan2(other, own)) == pytest.approx(angle, abs=0.02)


async def test_the_largest_sum_takes_the_point_that_rounding_adds() -> None:
    # Otherwise every option of the fifth item adds up to 150, and the published 45 degrees take its middle.
    end, _ = await play("svo_slider", [Divider.of(aim="sum"), Divider()])
    assert [sum(division) for division in SvoSlider().divided(end)] == [170, 150, 170, 150, 151, 170]


async def test_patterns_repeat_whatever_the_other_does() -> None:
    end, _ = await play(ROCK_PAPER_SCISSORS, [PatternPlayer.of(cycle=(0, 2, 2)), PatternLearner()])
    assert [finished.actions[0] for finished in end.past] == [0, 2, 2, 0, 2, 2, 0, 2]


async def test_the_learner_wins_every_round_once_the_cycle_has_come_round() -> None:
    for cycle in ((1,), (0, 1), (0, 1, 2)):
        for seed in range(3):
            end, _ = await play(ROCK_PAPER_SCISSORS, [PatternLearner(), PatternPlayer.of(cycle=cycle)], seed)
            wins = [(own - other) % 3 == 1 for own, other in (finished.actions for finished in end.past)]
            assert all(wins[len(cycle) + 1 :])


async def test_a_cycle_with_actions_that_a_game_lacks_is_refused() -> None:
    game = load("prisoners_dilemma")
    with pytest.raises(UnsuitableGame):
        await PatternPlayer.of(cycle=(0, 2)).decide(question(game, game.initial_state(), 0))


def test_shortest_cycles() -> None:
    assert [shortest_cycle(moves) for moves in ([1], [1, 1], [1, 2], [1, 2, 1], [1, 2, 1, 1], [1, 1, 2, 1, 1])] == [
        1, 1, 2, 2, 3, 3
    ]  # fmt: skip
