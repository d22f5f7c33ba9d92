from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.core import Game, Seat
from games.info import Dynamics, Information
from games.registry import load
from games.transforms.sequential import Sequential, SequentialState
from tests.games.joint_play import nodes, play


def test_counts_of_the_three_round_dilemma() -> None:
    game = Sequential()
    found = list(nodes(game))
    deciding = [(state, seats[0]) for state, seats in found if seats]
    assert len(deciding) == 63
    assert len(found) - len(deciding) == 64
    assert len({(seat, game.information_state(state, seat)) for state, seat in deciding}) == 42


def best_reply(game: Game[Any, Any], state: SequentialState, seat: Seat, others: int) -> float:
    """What a seat can get when the other always plays one action."""
    movers = game.to_move(state)
    if not movers:
        return game.returns(state)[seat]
    choices = game.example_actions(state, seat) if movers == (seat,) else (others,)
    return max(best_reply(game, game.apply(state, {movers[0]: action}), seat, others) for action in choices)


def test_always_defecting_is_an_equilibrium_and_always_cooperating_loses_twelve() -> None:
    game = Sequential()
    start = game.initial_state()
    cooperate, defect = 0, 1
    assert [best_reply(game, start, seat, defect) - 3 for seat in (0, 1)] == [0, 0]
    assert sum(best_reply(game, start, seat, cooperate) - 9 for seat in (0, 1)) == 12


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 2)), max_size=2), st.data())
def test_pending_moves_are_hidden_from_later_seats(rounds: list[tuple[int, ...]], data: st.DataObject) -> None:
    game = load("sequential(game='public_goods(num_players=3, rounds=3, endowment=2)')")
    state = game.initial_state()
    for given_tokens in rounds:
        for seat, tokens in enumerate(given_tokens):
            state = game.apply(state, {seat: tokens})
    first, second = (data.draw(st.integers(0, 2)) for _ in range(2))
    one = game.apply(state, {0: first})
    other = game.apply(state, {0: second})
    for seat in (1, 2):
        assert game.observation(one, seat) == game.observation(other, seat) == game.observation(state, seat)
        assert game.information_state(one, seat) == game.information_state(other, seat)
    assert (game.information_state(one, 0) == game.information_state(other, 0)) == (first == second)
    assert game.observation(one, 0).startswith(f"You chose {first}; others have not chosen yet.")


def test_the_same_moves_lead_to_the_same_end() -> None:
    inner = load("public_goods(num_players=3, rounds=2)")
    game = Sequential.of(game=inner.spec)
    together = play(inner, ("1", "2", "3"), ("4", "5", "6"))
    in_turn = play(game, *"123456")
    assert in_turn.inner == together
    assert game.returns(in_turn) == inner.returns(together)
    assert game.to_move(in_turn) == ()
    assert game.max_turns() == 6


def test_seats_recall_their_own_past_where_the_game_inside_forgets_it() -> None:
    """With perfect recall, an information state determines the seat's earlier information states and actions."""
    game = Sequential.of(game="repeated(rounds=3)")
    pasts: dict[tuple[Seat, object], object] = {}

    def visit(state: SequentialState, own: tuple[tuple[object, ...], ...]) -> None:
        for seat in game.to_move(state):
            view = game.information_state(state, seat)
            assert pasts.setdefault((seat, view), own[seat]) == own[seat]
            for action in game.example_actions(state, seat):
                longer = tuple((*past, view, action) if mover == seat else past for mover, past in enumerate(own))
                visit(game.apply(state, {seat: action}), longer)

    visit(game.initial_state(), ((), ()))
    assert len(pasts) == 42


class Counter(Game[int, int]):
    """Both seats add 0 or 1 to a sum, three times; the state does not tell who added what."""

    info = load("matrix_game").info

    def initial_state(self) -> int:
        return 0

    def to_move(self, state: int) -> tuple[Seat, ...]:
        return (0, 1) if state < 300 else ()

    def legal_actions(self, state: int, seat: Seat) -> tuple[int, ...]:
        return (0, 1)

    def apply(self, state: int, actions: Any) -> int:
        return state + 100 + sum(actions.values())

    def returns(self, state: int) -> tuple[float, ...]:
        return (0.0, 0.0)

    def observation(self, state: int, seat: Seat) -> str:
        return str(state)


class SequentialCounter(Sequential):
    def __init__(self) -> None:
        super().__init__()
        self.inner = Counter()
        self.info = self.facts()


def test_a_forgetful_stage_is_remembered_for_its_seats() -> None:
    game = SequentialCounter()
    one, other = (play(game, *texts) for texts in (("0", "0", "1", "0"), ("1", "0", "0", "0")))
    assert one.inner == other.inner
    assert game.information_state(one, 0) != game.information_state(other, 0)


def test_a_game_that_is_sequential_already_stays_as_it_is() -> None:
    game = Sequential.of(game="tic_tac_toe")
    assert game.info.information is Information.PERFECT
    assert game.rules_text(0) == game.inner.rules_text(0)
    state = play(game, "4", "0")
    assert game.information_state(state, 0) == state
    poker = Sequential.of(game="kuhn_poker")
    assert sum(1 for _ in nodes(poker)) == 1 + 3 + 6 * 9


@pytest.mark.parametrize("spec", ["prisoners_dilemma(rounds=2)", "matrix_game", "public_goods"])
def test_simultaneous_games_become_sequential_with_imperfect_information(spec: str) -> None:
    inner, game = load(spec), Sequential.of(game=spec)
    assert inner.info.information is Information.PERFECT
    assert game.info.information is Information.IMPERFECT
    assert game.info.dynamics is Dynamics.SEQUENTIAL
    assert "asked one after the other" in game.rules_text(0)
