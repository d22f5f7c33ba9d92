"""Focal points: orders that say nothing, points for the same label, and rules that coordinate."""

from __future__ import annotations

import pytest

from arena.metrics import focal
from arena.metrics.measure import evaluate
from games.core import CHANCE, Illegal, Unparsable
from games.dilemmas.focal_points import SETS, FocalPoints, FocalState, Set
from tests.arena.metrics.played import play, pool_of, value


def up(game: FocalPoints, number: int = 1) -> FocalState:
    """A set that is up, in the order given, and turned round for the second seat."""
    places = tuple(range(len(SETS[number])))
    return game.apply(game.initial_state(), {CHANCE: Set(number, (places, places[::-1]))})


def test_sets_are_of_distinct_labels_and_no_set_comes_twice() -> None:
    assert all(len(set(labels)) == len(labels) >= 2 for labels in SETS)
    record = play(f"focal_points(rounds={len(SETS)})", ["random", "random"])
    assert len(record.turns) == 2 * len(SETS)


def test_each_seat_reads_the_labels_in_its_own_order() -> None:
    game = FocalPoints()
    state = up(game)
    assert "The labels: 7, 100, 13, 261, 99, 555." in game.observation(state, 0)
    assert "The labels: 555, 99, 261, 13, 100, 7." in game.observation(state, 1)


def test_the_same_label_is_a_point_and_nothing_is_told_before_the_end() -> None:
    game = FocalPoints.of(rounds=2)
    same, other = (game.apply(up(game), {0: "7", 1: label}) for label in ("7", "99"))
    assert (game.returns(same), game.returns(other)) == ((0.5, 0.5), (0, 0))
    assert game.observation(same, 0) == game.observation(other, 0)
    assert game.information_state(same, 0) == game.information_state(other, 0)


def test_with_more_players_the_share_of_the_others_counts() -> None:
    game = FocalPoints.of(num_players=4, rounds=1)
    places = tuple(range(len(SETS[0])))
    state = game.apply(game.initial_state(), {CHANCE: Set(0, (places,) * 4)})
    end = game.apply(state, {0: "heads", 1: "heads", 2: "heads", 3: "tails"})
    assert game.returns(end) == pytest.approx((2 / 3, 2 / 3, 2 / 3, 0))
    assert "player 4: tails" in game.observation(end, 0)


def test_only_labels_of_the_set_can_be_chosen() -> None:
    game = FocalPoints()
    assert game.parse_action(up(game, 4), 0, " paris ") == "Paris"
    with pytest.raises(Illegal):
        game.parse_action(up(game), 0, "heads")
    with pytest.raises(Unparsable):
        game.parse_action(up(game), 0, "the first one")


def test_the_index_is_one_by_chance_and_the_number_of_labels_for_a_shared_rule() -> None:
    pool = pool_of(*(play("focal_points(rounds=16)", ["first_label", "first_label"], deal) for deal in range(60)))
    index = value(evaluate(focal.COORDINATION_INDEX, pool, "first_label"))
    assert index.low is not None
    assert index.high is not None
    assert index.low < 1 < index.high
    sure = play("focal_points(rounds=16)", ["alphabetical_label", "alphabetical_label"])
    assert sure.result.returns == (1, 1)
    found = value(evaluate(focal.COORDINATION_INDEX, pool_of(sure), "alphabetical_label"))
    assert found.value == pytest.approx(sum(map(len, SETS)) / len(SETS))
