"""Our games beside OpenSpiel's: which of their actions is which of ours, and both walked in step."""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

import pytest

from games.board.breakthrough import Breakthrough
from games.board.nim import Nim
from games.board.othello import PASS
from games.board.squares import square
from games.cards.liars_dice import LIAR, Bid, LiarsDice
from games.core import CHANCE, Game, Seat
from games.registry import load
from games.solvers.policies import Policy

Number = Callable[[Game[Any, Any], Any, Any], int]
"""OpenSpiel's number of one of our actions, from the game, the action and OpenSpiel's state."""

_WORDS = {"fold": 0, "check": 1, "call": 1, "raise": 2}
_OTHELLO_PASS = 64


class Pair(NamedTuple):
    """The same game twice.

    Attributes:
        ours: our spec.
        theirs: OpenSpiel's.
        number: see `Number`.
        nodes: of the whole tree, chance and ends included; 0 where it is too large to be walked.
    """

    ours: str
    theirs: str
    number: Number
    nodes: int = 0


class Known(NamedTuple):
    """What a seat knows at a decision, in both libraries.

    Attributes:
        seat: who decides.
        key: our information state.
        numbers: their number of each of our legal actions.
    """

    seat: Seat
    key: Hashable
    numbers: dict[Any, int]


def itself(game: Game[Any, Any], action: Any, theirs: Any) -> int:
    """Both number actions alike."""
    return int(action)


def kuhn(game: Game[Any, Any], action: Any, theirs: Any) -> int:
    """Ranks are numbers in both; there a player passes or bets."""
    return action if isinstance(action, int) else int(action in {"bet", "call"})


def leduc(game: Game[Any, Any], action: Any, theirs: Any) -> int:
    """Cards are numbers in both; a check is a call there."""
    return action if isinstance(action, int) else _WORDS[action]


def dice(game: Game[Any, Any], action: Any, theirs: Any) -> int:
    """Faces from 0; bids in their order; the challenge last."""
    assert isinstance(game, LiarsDice)
    total, faces = game.params.num_players * game.params.dice, game.params.faces
    if action == LIAR:
        return total * faces
    return (action.quantity - 1) * faces + action.face - 1 if isinstance(action, Bid) else int(action) - 1


def column(game: Game[Any, Any], action: Any, theirs: Any) -> int:
    """Columns count from 0 there."""
    return int(action) - 1


def nim(game: Game[Any, Any], action: Any, theirs: Any) -> int:
    """All moves of one object, then all of two, and so on."""
    assert isinstance(game, Nim)
    return int((action.taken - 1) * len(game.params.piles) + action.pile)


def othello(game: Game[Any, Any], action: Any, theirs: Any) -> int:
    """Squares row by row in both."""
    return _OTHELLO_PASS if action == PASS else int(action)


def breakthrough(game: Game[Any, Any], action: Any, theirs: Any) -> int:
    """Found by name: their first player starts at the other end, and a star marks a capture."""
    assert isinstance(game, Breakthrough)
    rows, columns = game.params.rows, game.params.columns
    name = "".join(square(rows - 1 - place // columns, place % columns) for place in action)
    names = {theirs.action_to_string(number).rstrip("*"): number for number in theirs.legal_actions()}
    return int(names[name])


def numbers(pair: Pair, game: Game[Any, Any], state: Any, theirs: Any) -> dict[Any, int]:
    """Their number of each action that is possible here, after a check that both allow the same."""
    (seat,) = game.to_move(state)
    if seat == CHANCE:
        assert theirs.is_chance_node()
        chances = dict(theirs.chance_outcomes())
        found = {action: pair.number(game, action, theirs) for action, _ in game.chance_outcomes(state)}
        assert {found[action]: p for action, p in game.chance_outcomes(state)} == pytest.approx(chances, abs=1e-12)
        return found
    assert theirs.current_player() == seat
    found = {action: pair.number(game, action, theirs) for action in game.legal_actions(state, seat) or ()}
    assert sorted(found.values()) == list(theirs.legal_actions())
    return found


def walked(pair: Pair, spiel: Any) -> tuple[int, dict[str, Known]]:
    """Walk both trees whole, and compare them at every node.

    Returns:
        The number of nodes, and what their information states are in our words.
    """
    game: Game[Any, Any] = load(pair.ours)
    known: dict[str, Known] = {}

    def below(state: Any, theirs: Any) -> int:
        if not game.to_move(state):
            assert theirs.is_terminal()
            assert list(game.returns(state)) == pytest.approx(theirs.returns(), abs=1e-12)
            return 1
        found = numbers(pair, game, state, theirs)
        (seat,) = game.to_move(state)
        if seat != CHANCE:
            here = Known(seat, game.information_state(state, seat), found)
            # What they cannot tell apart, we cannot either.
            assert known.setdefault(theirs.information_state_string(seat), here) == here
        return 1 + sum(
            below(game.apply(state, {seat: action}), theirs.child(number)) for action, number in found.items()
        )

    return below(game.initial_state(), spiel.load_game(pair.theirs).new_initial_state()), known


def their_policy(spiel: Any, known: dict[str, Known], policy: Policy) -> Any:
    """Our policy as theirs."""
    return spiel.TabularPolicy(
        {
            name: [(number, policy[each.seat, each.key].get(action, 0.0)) for action, number in each.numbers.items()]
            for name, each in known.items()
        }
    )


def played_in_step(pair: Pair, spiel: Any, seed: int) -> tuple[float, ...]:
    """One random play of both games, compared at every step; the returns."""
    rng, game = random.Random(seed), load(pair.ours)
    state, theirs = game.initial_state(), spiel.load_game(pair.theirs).new_initial_state()
    while movers := game.to_move(state):
        action, number = rng.choice(list(numbers(pair, game, state, theirs).items()))
        state = game.apply(state, {movers[0]: action})
        theirs.apply_action(number)
    assert theirs.is_terminal()
    assert list(game.returns(state)) == pytest.approx(theirs.returns(), abs=1e-12)
    return game.returns(state)
