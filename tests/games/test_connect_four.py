from collections import Counter
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from games.board.connect_four import ConnectFour, ConnectFourState
from games.core import Illegal, Unparsable
from tests.games.trees import play

GAME = ConnectFour()
# One more ply each; OEIS A212693 counts the positions.
PLAYS = [1, 7, 49, 343, 2_401, 16_807, 117_649, 823_536, 5_673_234]
POSITIONS = [1, 7, 49, 238, 1_120, 4_263, 16_422, 54_859]


def plays_by_ply(game: ConnectFour, plies: int) -> list[Counter[ConnectFourState]]:
    """How many move sequences lead to each position, ply by ply: transpositions are walked once."""
    layers = [Counter({game.initial_state(): 1})]
    for _ in range(plies):
        layer: Counter[ConnectFourState] = Counter()
        for state, plays in layers[-1].items():
            for seat in game.to_move(state):
                for column in game.legal_actions(state, seat):
                    layer[game.apply(state, {seat: column})] += plays
        layers.append(layer)
    return layers


def test_plays_and_positions_of_the_first_plies_are_the_known_numbers() -> None:
    layers = plays_by_ply(GAME, 7)
    assert [layer.total() for layer in layers] == PLAYS[:-1]
    assert [len(layer) for layer in layers] == POSITIONS
    assert sum(plays * len(moves(GAME, state)) for state, plays in layers[-1].items()) == PLAYS[-1]


def moves(game: ConnectFour, state: ConnectFourState) -> list[int]:
    return [column for seat in game.to_move(state) for column in game.legal_actions(state, seat)]


def test_four_by_four_is_a_draw_with_161029_positions() -> None:
    game = ConnectFour.of(rows=4, columns=4)

    @cache
    def value(state: ConnectFourState) -> float:
        seats = game.to_move(state)
        if not seats:
            return game.returns(state)[0]
        values = [value(game.apply(state, {seats[0]: column})) for column in game.legal_actions(state, seats[0])]
        return max(values) if seats == (0,) else min(values)

    assert value(game.initial_state()) == 0
    assert value.cache_info().currsize == 161_029


@pytest.mark.parametrize(
    "columns",
    ["1212121", "1122334", "12234334744", "76654554144", "71212121"],
    ids=["column", "row", "rising", "falling", "second seat"],
)
def test_four_in_a_line_win(columns: str) -> None:
    before, after = play(GAME, *columns[:-1]), play(GAME, *columns)
    assert GAME.to_move(before) != ()
    assert GAME.to_move(after) == ()
    assert sorted(GAME.returns(after)) == [-1.0, 1.0]
    assert GAME.returns(after)[(len(columns) - 1) % 2] == 1.0


def test_a_line_does_not_run_on_in_the_next_column() -> None:
    # X holds the three topmost cells of column 1 and the lowest of column 2.
    state = play(GAME, *"211117171")
    assert GAME.to_move(state) == (1,)


def has_line(cells: list[list[int]], seat: int, length: int) -> bool:
    """Oracle: look along every direction from every cell of a plain grid of seats (-1 is free)."""
    rows, columns = len(cells), len(cells[0])

    def held(row: int, column: int) -> bool:
        return 0 <= row < rows and 0 <= column < columns and cells[row][column] == seat

    starts = product(range(rows), range(columns), ((0, 1), (1, 0), (1, 1), (1, -1)))
    return any(
        all(held(row + i * up, column + i * right) for i in range(length)) for row, column, (up, right) in starts
    )


@settings(deadline=None)
@given(data=st.data(), rows=st.integers(2, 9), columns=st.integers(2, 9), connect=st.integers(2, 6))
def test_rules_agree_with_a_plain_grid(data: st.DataObject, rows: int, columns: int, connect: int) -> None:
    connect = min(connect, max(rows, columns))
    game = ConnectFour.of(rows=rows, columns=columns, connect=connect)
    grid = [[-1] * columns for _ in range(rows)]
    state, seat, won = game.initial_state(), 0, False
    while seats := game.to_move(state):
        free = [column for column in range(columns) if grid[-1][column] < 0]
        assert seats == (seat,)
        assert game.legal_actions(state, seat) == [column + 1 for column in free]
        column = data.draw(st.sampled_from(free))
        next(row for row in grid if row[column] < 0)[column] = seat
        state = game.apply(state, {seat: column + 1})
        won = has_line(grid, seat, connect)
        seat = 1 - seat
    assert won or all(cell >= 0 for row in grid for cell in row)
    assert game.returns(state)[1 - seat] == (1.0 if won else 0.0)
    drawn = [" ".join(".XO"[cell + 1] for cell in row) for row in reversed(grid)]
    assert game.render(state).splitlines()[:-1] == drawn


def test_the_board_shows_what_was_dropped_and_how_it_ended() -> None:
    state = play(GAME, *"1213141")
    assert GAME.observation(state, 1).splitlines()[3:] == [
        "X . . . . . .",
        "X . . . . . .",
        "X . . . . . .",
        "X O O O . . .",
        "1 2 3 4 5 6 7",
        "The game is over: X has 4 in a line. You have lost.",
    ]


def test_a_full_or_missing_column_is_illegal_and_prose_is_unparsable() -> None:
    state = play(GAME, *"111111")
    for text in ("1", "0", "8"):
        with pytest.raises(Illegal, match="legal: 2, 3, 4, 5, 6, 7"):
            GAME.parse_action(state, 0, text)
    with pytest.raises(Unparsable):
        GAME.parse_action(state, 0, "the left one")


def test_a_line_that_cannot_fit_is_refused() -> None:
    with pytest.raises(ValidationError, match="no line of 5 fits"):
        ConnectFour.of(rows=4, columns=4, connect=5)
