"""Players of board games: they win, and their judgement of a position is fair to both sides."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.bots.boards.breakthrough import RacingBreakthrough, pawn_lead
from agents.bots.boards.dots_and_boxes import ChainBoxes, box_lead, endgame_value, expected_rest
from agents.bots.boards.hex import CircuitHex, circuit_lead, conductance
from agents.bots.boards.othello import MobileOthello, board_lead, mobility
from agents.bots.boards.player import BoardPlayer
from agents.registry import build_agent
from games.board.breakthrough import Breakthrough, BreakthroughState
from games.board.dots_and_boxes import DotsAndBoxes, DotsAndBoxesState
from games.board.hex import SWAP, Hex, HexState
from games.board.othello import Othello, OthelloState
from games.core import Game
from games.registry import load
from games.solvers.minimax import Minimax
from tests.agents.questions import answer, play
from tests.games.trees import play as after

SEEDS = st.integers(0, 10_000)
PLAYERS = {
    "breakthrough": RacingBreakthrough,
    "dots_and_boxes": ChainBoxes,
    "hex": CircuitHex,
    "othello": MobileOthello,
}


def reached(game: Game[Any, Any], seed: int, most: int = 60) -> Any:
    """A state some random plies from the start that is not over."""
    rng, state = random.Random(seed), game.initial_state()
    for _ in range(rng.randrange(most)):
        (seat,) = game.to_move(state)
        later = game.apply(state, {seat: rng.choice(game.legal_actions(state, seat))})
        if not game.to_move(later):
            break
        state = later
    return state


async def results(spec: str, agent: BoardPlayer, other: str, matches: int) -> list[float]:
    """What a player gets in matches against another one, in both seats by turns."""
    found, against = [], build_agent(other)
    for seed in range(matches):
        state, _ = await play(spec, [agent, against] if seed % 2 == 0 else [against, agent], seed)
        found.append(load(spec).returns(state)[seed % 2])
    return found


def cells(*names: str) -> int:
    """A bit set of squares of a board of five columns."""
    return sum(1 << "abcde".index(name[0]) + 5 * (int(name[1]) - 1) for name in names)


# -- play -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spec", ["breakthrough", "dots_and_boxes", "hex", "othello", "hex(size=4, swap=False)", "othello(size=4)"]
)
async def test_they_beat_random_play_nearly_always_from_both_seats(spec: str) -> None:
    # One ply ahead, so that the test is quick.
    agent = PLAYERS[spec.partition("(")[0]].of(positions=1)
    assert sum(result > 0 for result in await results(spec, agent, "random", 20)) >= 19


@pytest.mark.parametrize(
    ("spec", "other", "least"),
    [
        ("breakthrough(rows=6, columns=5)", "mcts(simulations=30)", 5),
        ("dots_and_boxes", "mcts(simulations=60)", 5),
        ("hex(size=5)", "mcts(simulations=60)", 5),
        ("othello(size=6)", "mcts(simulations=30)", 5),
        ("dots_and_boxes", "minimax(depth=2)", 5),
        ("hex(size=5)", "minimax(depth=2)", 5),
    ],
)
async def test_they_mostly_beat_players_without_knowledge_of_the_game(spec: str, other: str, least: int) -> None:
    agent = PLAYERS[spec.partition("(")[0]].of(positions=150)
    assert sum(result > 0 for result in await results(spec, agent, other, 6)) >= least


@pytest.mark.parametrize(
    "spec",
    [
        "breakthrough(rows=5, columns=3)",
        "breakthrough(rows=12, columns=12)",
        "dots_and_boxes(rows=1, columns=1)",
        "dots_and_boxes(rows=8, columns=8)",
        "hex(size=2)",
        "hex(size=11)",
        "othello(size=4)",
        "othello(size=12)",
    ],
)
async def test_they_play_small_and_large_boards(spec: str) -> None:
    game, agent = load(spec), PLAYERS[spec.partition("(")[0]].of(positions=1)
    for seed in range(3):
        state = reached(game, seed)
        (seat,) = game.to_move(state)
        assert await answer(agent, game, state, seat, seed) in game.legal_actions(state, seat)


@pytest.mark.parametrize("name", PLAYERS)
async def test_a_decision_is_a_function_of_the_position_and_the_seed(name: str) -> None:
    game, agent = load(name), PLAYERS[name].of(positions=50)
    state = reached(game, 3, 10)
    (seat,) = game.to_move(state)
    assert len({await answer(agent, game, state, seat, 7) for _ in range(3)}) == 1


# -- breakthrough ---------------------------------------------------------------------------------------------


def upside_down(state: BreakthroughState, rows: int, columns: int) -> BreakthroughState:
    def turned(pawns: int) -> int:
        places = [divmod(place, columns) for place in range(rows * columns) if pawns >> place & 1]
        return sum(1 << (rows - 1 - row) * columns + column for row, column in places)

    return BreakthroughState(turned(state.second), turned(state.first), 1 - state.turn)


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_breakthrough_is_judged_alike_for_both_sides(seed: int) -> None:
    state = reached(Breakthrough.of(rows=7, columns=5), seed)
    lead = pawn_lead(7, 5, state)
    assert -1 < lead < 1
    assert pawn_lead(7, 5, upside_down(state, 7, 5)) == -lead


def test_a_pawn_more_a_further_pawn_and_a_free_pawn_are_better() -> None:
    def lead(first: str, second: str) -> float:
        return pawn_lead(7, 5, BreakthroughState(cells(*first.split()), cells(*second.split())))

    assert lead("a1 e1", "a7") > 0
    assert lead("a3", "e7") > lead("a2", "e7")
    # A pawn on e7 comes too late to meet one on a4, one on c7 does not.
    assert lead("a4", "e7") > lead("a4", "c7") + 0.1
    # b4 attacks a3, which c2 does not defend and b2 does.
    assert lead("a3 b2", "b4") > lead("a3 c2", "b4")


async def test_breakthrough_wins_at_once_and_takes_the_pawn_that_would_win() -> None:
    game = Breakthrough.of(rows=5, columns=3)
    state = after(game, "a2-a3", "c4-c3", "a3-b4")
    assert game.action_to_text(state, 1, await answer(RacingBreakthrough(), game, state, 1)) in ("a5-b4", "c5-b4")
    won = game.apply(state, {1: game.parse_action(state, 1, "c3-b2")})
    assert game.action_to_text(won, 0, await answer(RacingBreakthrough(), game, won, 0))[-1] == "5"


# -- dots and boxes -------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_boxes_are_judged_alike_for_both_sides(seed: int) -> None:
    game = DotsAndBoxes()
    state = reached(game, seed, 20)
    other = DotsAndBoxesState(state.lines, state.second, state.first, 1 - state.turn)
    assert box_lead(game.borders, other) == -box_lead(game.borders, state)
    assert abs(box_lead(game.borders, state)) < game.utility_bounds()[1]


@pytest.mark.parametrize(
    ("chains", "loops", "value"),
    [
        ((), (), 0),
        ((1,), (), 1),
        ((1, 1), (), 0),
        ((3, 3), (), 2),
        # Three long chains: two boxes of each of the first two are given back.
        ((4, 4, 4), (), 4),
        ((), (4, 4), 0),
        ((3,), (4,), 1),
    ],
)
def test_values_of_endgames_of_chains_and_loops(chains: tuple[int, ...], loops: tuple[int, ...], value: int) -> None:
    assert endgame_value(chains, loops) == value


def sides(game: DotsAndBoxes, state: DotsAndBoxesState) -> Counter[int]:
    return Counter(box for line in game.legal_actions(state, 0) for box in game.borders[line])


def crowded(game: DotsAndBoxes, seed: int) -> DotsAndBoxesState:
    """A late state to which as many harmless lines as possible led."""
    rng, state = random.Random(seed), game.initial_state()
    for _ in range(rng.randrange(len(game.borders) - 12, len(game.borders))):
        missing, legal = sides(game, state), game.legal_actions(state, state.turn)
        harmless = [line for line in legal if all(missing[box] > 2 for box in game.borders[line])]
        state = game.apply(state, {state.turn: rng.choice(harmless or legal)})
    return state


@pytest.mark.parametrize(("rows", "columns"), [(3, 3), (2, 5), (3, 4)])
def test_endgames_without_forks_are_counted_as_minimax_plays_them(rows: int, columns: int) -> None:
    game = DotsAndBoxes.of(rows=rows, columns=columns)
    search, counted = Minimax(game), 0
    for seed in range(30):
        state = crowded(game, seed)
        if max(sides(game, state).values(), default=3) < 3:
            counted += 1
            rest = search.value(state) - game.returns(state)[0]
            assert expected_rest(game.borders, state.lines) == (rest if state.turn == 0 else -rest)
    assert counted > 15


async def test_two_boxes_of_the_first_long_chain_are_given_back() -> None:
    # Two rows of four boxes, parted; the lower one is opened at its left end.
    game = DotsAndBoxes.of(rows=2, columns=4)
    along = [f"{a}{row}-{b}{row}" for row in (1, 2, 3) for a, b in ("ab", "bc", "cd", "de")]
    state = after(game, *along, "a1-a2")
    assert state.turn == 1
    played = []
    for _ in range(3):
        line = await answer(ChainBoxes(), game, state, 1)
        played.append(game.action_to_text(state, 1, line))
        state = game.apply(state, {1: line})
    assert played == ["b1-b2", "c1-c2", "e1-e2"]


# -- hex ------------------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_hex_is_judged_alike_for_both_sides(seed: int) -> None:
    size = 5
    state = reached(Hex.of(size=size, swap=False), seed)
    lead = circuit_lead(size, state)
    assert -1 < lead < 1
    assert circuit_lead(size, HexState(mirrored(state.second, size), mirrored(state.first, size))) == pytest.approx(
        -lead
    )


def mirrored(stones: int, size: int) -> int:
    places = [divmod(place, size) for place in range(size * size) if stones >> place & 1]
    return sum(1 << column * size + row for row, column in places)


def test_a_column_of_free_cells_conducts_as_resistors_in_series_do() -> None:
    # Only column a is left to the first player. An edge and a free cell that touch are 1.01 apart, two free cells 2.
    size = 5
    other = cells(*(f"{column}{row}" for column in "bcde" for row in range(1, 6)))
    assert 1 / conductance(size, 0, other, 0) == pytest.approx(2 * 1.01 + 4 * 2, rel=1e-4)


def test_a_bridge_conducts_and_a_broken_one_does_so_less() -> None:
    whole = conductance(5, cells("c2", "b4"), 0, 0)
    assert whole > conductance(5, cells("c2", "b4"), cells("c3"), 0)
    # Both edges are reached by bridges too: next to nothing is between them.
    assert whole > 10
    assert conductance(5, cells("c2", "b4"), cells("c1", "d1", "c3"), 0) < 5


async def test_hex_saves_a_bridge_and_swaps_the_best_opening_only() -> None:
    game = Hex.of(size=5, swap=False)
    threatened = after(game, "c2", "e5", "b4", "b3")
    assert game.action_to_text(threatened, 0, await answer(CircuitHex(), game, threatened, 0)) == "c3"
    swapping = Hex.of(size=5)
    centre, corner = after(swapping, "c3"), after(swapping, "a1")
    assert await answer(CircuitHex(), swapping, centre, 1) == SWAP
    assert await answer(CircuitHex(), swapping, corner, 1) != SWAP


# -- othello --------------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_othello_is_judged_alike_for_both_sides(seed: int) -> None:
    state = reached(Othello.of(size=6), seed)
    lead = board_lead(6, state)
    assert -1 < lead < 1
    assert board_lead(6, OthelloState(state.second, state.first, 1 - state.turn)) == -lead


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_mobility_counts_the_legal_moves(seed: int) -> None:
    game = Othello.of(size=6)
    state = reached(game, seed)
    for seat, own, other in ((0, state.first, state.second), (1, state.second, state.first)):
        legal = game.legal_actions(state._replace(turn=seat), seat)
        assert mobility(6, own, other) == len([place for place in legal if place >= 0])


def test_a_corner_is_worth_much_and_the_square_beside_a_free_one_costs() -> None:
    def lead(*places: int) -> float:
        return board_lead(8, OthelloState(sum(1 << place for place in places), 0))

    assert lead(0) > lead(18) > lead(9)
    assert lead(0, 9) > lead(0) - 0.1
