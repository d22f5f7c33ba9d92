from __future__ import annotations

from functools import cache
from random import Random

import pytest

from games.board.hex import SWAP, Hex, HexState
from tests.games.trees import play


def value(game: Hex) -> float:
    @cache
    def best(state: HexState) -> float:
        seats = game.to_move(state)
        if not seats:
            return game.returns(state)[0]
        values = [best(game.apply(state, {seats[0]: action})) for action in game.legal_actions(state, seats[0])]
        return max(values) if seats == (0,) else min(values)

    return best(game.initial_state())


def test_the_first_player_wins_without_swap_and_the_second_with_it():
    for size in (2, 3):
        assert value(Hex.of(size=size, swap=False)) == 1
        assert value(Hex.of(size=size)) == -1


@pytest.mark.parametrize("seed", range(20))
def test_a_full_board_has_exactly_one_winner_against_a_second_search(seed):
    """Hex has no draws; who connects is checked by a flood fill on coordinates."""
    size, rng = 5, Random(seed)
    game = Hex.of(size=size, swap=False)
    state = game.initial_state()
    while seats := game.to_move(state):
        state = game.apply(state, {seats[0]: rng.choice(game.legal_actions(state, seats[0]))})
    winners = [seat for seat in (0, 1) if connects(state, seat, size)]
    assert [game.returns(state)[seat] for seat in winners] == [1.0]


def connects(state: HexState, seat: int, size: int) -> bool:
    own = {divmod(place, size) for place in range(size * size) if state[seat] >> place & 1}
    at = (lambda cell: cell[0]) if seat == 0 else (lambda cell: cell[1])
    waiting, seen = [cell for cell in own if at(cell) == 0], set()
    while waiting:
        row, column = cell = waiting.pop()
        if cell not in seen:
            seen.add(cell)
            near = [(row, column + 1), (row, column - 1), (row + 1, column), (row - 1, column)]
            waiting += own.intersection([*near, (row + 1, column - 1), (row - 1, column + 1)])
    return any(at(cell) == size - 1 for cell in seen)


def test_swapping_mirrors_the_first_stone_and_is_offered_once():
    game = Hex.of(size=3)
    swapped = play(game, "b1", "swap")
    assert game.render(swapped).splitlines()[1].split() == ["2", "O", ".", "."]
    assert game.to_move(swapped) == (0,)
    assert SWAP not in game.legal_actions(swapped, 0)
    assert SWAP not in game.legal_actions(play(game, "b1", "a1", "c3"), 1)
    plain = Hex.of(size=3, swap=False)
    assert SWAP not in plain.legal_actions(play(plain, "b1"), 1)
