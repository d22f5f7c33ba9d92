from __future__ import annotations

from functools import cache

import pytest

from games.board.dots_and_boxes import DotsAndBoxes
from games.core import Illegal, Unparsable
from games.solvers.minimax import Minimax
from tests.games.trees import play


def value_by_sets(rows: int, columns: int) -> int:
    """The value of the empty board by a second implementation, on sets of dots."""
    flat = [frozenset({(r, c), (r, c + 1)}) for r in range(rows + 1) for c in range(columns)]
    upright = [frozenset({(r, c), (r + 1, c)}) for r in range(rows) for c in range(columns + 1)]
    boxes = [
        {
            frozenset({(r, c), (r, c + 1)}),
            frozenset({(r + 1, c), (r + 1, c + 1)}),
            frozenset({(r, c), (r + 1, c)}),
            frozenset({(r, c + 1), (r + 1, c + 1)}),
        }
        for r in range(rows)
        for c in range(columns)
    ]

    @cache
    def best(drawn: frozenset) -> int:
        values = []
        for line in {*flat, *upright} - drawn:
            after = drawn | {line}
            closed = sum(line in box and box <= after for box in boxes)
            values.append(closed + best(after) if closed else -best(after))
        return max(values, default=0)

    return best(frozenset())


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (1, 2), (1, 3), (2, 2)])
def test_values_of_small_boards_agree_with_a_second_implementation(rows, columns):
    game = DotsAndBoxes.of(rows=rows, columns=columns)
    values = Minimax(game).action_values(game.initial_state(), float("inf"))
    assert max(values.values()) == value_by_sets(rows, columns)


def test_closing_a_box_scores_and_moves_again_and_one_line_may_close_two():
    game = DotsAndBoxes.of(rows=1, columns=2)
    state = play(game, "a1-b1", "b1-c1", "a2-b2", "b2-c2", "a1-a2", "c1-c2", "b1-b2")
    assert game.returns(state) == (2.0, -2.0)
    assert game.to_move(state) == ()
    closing = play(DotsAndBoxes.of(rows=1, columns=2), "a1-b1", "b1-c1", "a2-b2", "a1-a2", "b1-b2")
    assert game.to_move(closing) == (0,)
    assert game.returns(closing) == (1.0, -1.0)


@pytest.mark.parametrize("text", ["a1-b1", "b1-a1", "A1 b1", "a1 to b1"])
def test_lines_are_read_from_either_end(text):
    game = DotsAndBoxes()
    assert game.action_to_text(None, 0, game.parse_action(game.initial_state(), 0, text)) == "a1-b1"


def test_drawn_lines_and_no_lines_are_refused():
    game = DotsAndBoxes()
    drawn = play(game, "a1-b1")
    for text, error in (("a1-b1", Illegal), ("b1-a1", Illegal), ("a1-b2", Illegal), ("a1", Unparsable)):
        with pytest.raises(error):
            game.parse_action(drawn, 1, text)
