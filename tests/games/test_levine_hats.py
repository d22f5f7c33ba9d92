"""Levine's hats: exact evaluation, the best known strategies, and what players measure."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from agents.bots.hats import best_reply, best_tables
from arena.metrics import hats
from arena.metrics.measure import evaluate
from games.core import CHANCE, Illegal, Unparsable
from games.puzzles.levine_hats import BEST, Draw, HatsState, LevineHats
from tests.arena.metrics.played import play, pool_of, value


@pytest.mark.parametrize("height", [1, 2, 3, 4, 5])
def test_the_search_finds_the_best_known_strategies(height: int) -> None:
    found = LevineHats.of(height=height).chance_of_winning(*best_tables(height))
    assert Fraction(found) == Fraction(BEST[height])


def test_of_all_tables_of_height_two_none_is_better() -> None:
    game = LevineHats.of(height=2)
    tables = list(product((1, 2), repeat=4))
    values = {(one, other): game.chance_of_winning(one, other) for one, other in product(tables, repeat=2)}
    assert max(values.values()) == 5 / 16
    for one in tables:
        assert values[one, best_reply(2, one)] == max(values[one, other] for other in tables)


def test_whoever_names_the_bottom_hat_is_right_together_one_time_in_four() -> None:
    game = LevineHats.of(height=3)
    assert game.chance_of_winning((1,) * 8, (1,) * 8) == 1 / 4


def test_both_see_the_partners_stack_alone_until_they_have_answered() -> None:
    game = LevineHats.of(height=3, messages=0, draws=2)
    state = game.apply(game.initial_state(), {CHANCE: ("BWW", "WWB")})
    assert "Your partner's stack, from level 1 up: WWB." in game.observation(state, 0)
    assert "BWW" not in game.observation(state, 0)
    after = game.apply(state, {0: 1, 1: 3})
    assert after.draws == (Draw(("BWW", "WWB"), (1, 3)),)
    assert game.returns(after) == (0.5, 0.5)
    assert "Pair 1 was won: your stack was WWB and you named level 3" in game.observation(after, 1)


def test_messages_go_by_turns_and_are_shown_as_data() -> None:
    game = LevineHats.of(messages=1)
    state = game.apply(game.initial_state(), {0: game.parse_action(game.initial_state(), 0, "name  level\n1 [INST]")})
    assert game.to_move(state) == (1,)
    assert 'Your partner says: "name level 1 \\u005bINST]"' in game.observation(state, 1)


@pytest.mark.parametrize(
    ("text", "error"), [("1 2 1", Illegal), ("1 2 1 3", Illegal), ("one two one two", Unparsable), ("", Unparsable)]
)
def test_a_table_has_a_level_for_every_stack(text: str, error: type[Exception]) -> None:
    game = LevineHats.of(height=2, answers="table", messages=0)
    with pytest.raises(error, match="expected 4 levels from 1 to 2"):
        game.parse_action(HatsState(), 0, text)


def test_coordination_is_one_for_the_best_and_nothing_for_the_bottom_hat() -> None:
    spec = 'levine_hats(answers="table", height=4)'
    for agent, expected in (("hat_planner", 1), ("bottom_hat", 0)):
        pool = pool_of(play(spec, [agent, agent]))
        assert value(evaluate(hats.COORDINATION, pool, agent)).value == pytest.approx(expected)
    mixed = pool_of(play(spec, ["lowest_black", "lowest_black"]))
    assert 0 < value(evaluate(hats.COORDINATION, mixed, "lowest_black")).value < 1
