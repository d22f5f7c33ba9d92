"""Checks of the rules: who moves, what is legal, what `apply` does, what returns are, when a play ends."""

from __future__ import annotations

import copy
import math
import random
from collections import deque
from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from games.core import CHANCE, REFEREE, Seat
from games.info import Chance, Utility
from games.testing.evidence import Evidence, at_every_node
from games.testing.failures import CheckFailure, located, shorten
from games.testing.playouts import AnyGame, Node, children, first_node

_TOLERANCE: Final = 1e-9
_LARGEST_SOLVABLE: Final = 500_000


def turns(evidence: Evidence) -> None:
    """Seats to move are valid and ascending, and each of them has something to do."""
    at_every_node(evidence, _turn_is_valid)


def purity(evidence: Evidence) -> None:
    """Nothing changes a state, and the same question gets the same answer."""
    enough = 1 + evidence.effort.nodes // len(evidence.plays[0])
    for play in evidence.plays[:enough]:
        # The states of the evidence have been asked before: a fresh start shows what the first question does.
        state = evidence.game.initial_state()
        for node, following in zip(play, (*play[1:], None), strict=True):
            with located(evidence.game, node):
                _questions_are_pure(evidence.game, state, node.seats)
                if following is not None and following.actions is not None:
                    state = _applied_twice(evidence.game, state, following.actions)


def joint_moves(evidence: Evidence) -> None:
    """Of seats that move together, none comes first."""
    for node in evidence.nodes:
        if node.parent is not None and node.actions is not None and len(node.actions) > 1:
            with located(evidence.game, node.parent):
                backwards = dict(reversed(list(node.actions.items())))
                if evidence.game.apply(node.parent.state, backwards) != node.state:
                    raise CheckFailure(
                        f"apply({dict(node.actions)!r}) depends on the order of the mapping",
                        "the same state, in whichever order the joint actions are written",
                    )


def returns(evidence: Evidence) -> None:
    """Every state has one finite return per seat."""
    at_every_node(evidence, _returns_are_finite)


def utility(evidence: Evidence) -> None:
    """Final returns keep the bounds and add up as `info.utility` says."""
    total: float | None = None
    for node in evidence.ends:
        with located(evidence.game, node):
            values = evidence.game.returns(node.state)
            _within_bounds(evidence.game, values)
            total = sum(values) if total is None else total
            _adds_up(evidence.game.info.utility, values, total)


def length(evidence: Evidence) -> None:
    """Every play ends within `max_turns`."""
    expected = f"an end within max_turns, {evidence.game.max_turns()}"
    for play in evidence.plays:
        with located(evidence.game, play[-1]):
            if play[-1].seats or play[-1].depth > evidence.game.max_turns():
                over = "not over" if play[-1].seats else "over"
                raise CheckFailure(f"after {play[-1].depth} turns the play is {over}", expected)


def chance(evidence: Evidence) -> None:
    """Outcomes of chance are unique, their probabilities positive with sum 1, and draws repeat with their stream."""
    at_every_node(evidence, _chance_is_sound)


def replay(evidence: Evidence) -> None:
    """A play written down as texts and read back gives the same states."""
    for play in evidence.plays:
        state = evidence.game.initial_state()
        for node, following in pairwise(play):
            assert following.actions is not None
            with located(evidence.game, node):
                read = {seat: _reread(evidence.game, node, seat, action) for seat, action in following.actions.items()}
                state = evidence.game.apply(state, read)
                if state != following.state:
                    found = f"replaying {read!r} gave {shorten(repr(state))}"
                    raise CheckFailure(found, f"the recorded state {shorten(repr(following.state))}")


def tree(evidence: Evidence) -> None:
    """A game called solvable has a tree that can be walked, with consistent information sets."""
    game = evidence.game
    if not game.info.solvable or game.params != type(game).Params():
        return
    known: dict[tuple[Seat, Hashable], list[Hashable]] = {}
    start = first_node(game)
    waiting, seen = deque([start]), {start.state}
    while waiting:
        node = waiting.popleft()
        if node.depth >= game.max_turns():  # A play that goes on is the fault that `length` finds.
            continue
        with located(game, node):
            _information_set_agrees(game, node, known)
            fresh = {child.state: child for child in children(game, node) if child.state not in seen}
        seen.update(fresh)
        waiting.extend(fresh.values())
        if len(seen) > _LARGEST_SOLVABLE:
            raise CheckFailure(f"more than {_LARGEST_SOLVABLE} states", "fewer, or solvable=False in the game's info")


def _turn_is_valid(game: AnyGame, node: Node) -> None:
    seats = node.seats
    valid = isinstance(seats, tuple) and list(seats) == sorted(set(seats))
    if not valid or not (seats in ((CHANCE,), (REFEREE,)) or all(0 <= seat < game.num_players for seat in seats)):
        expected = f"(), (CHANCE,), (REFEREE,) or ascending seats from 0 to {game.num_players - 1}"
        raise CheckFailure(f"to_move gave {seats!r}", expected)
    for seat in seats:
        legal = None if seat == CHANCE else game.legal_actions(node.state, seat)
        if legal is not None and not len(legal):
            raise CheckFailure(f"seat {seat} is to move and has no legal action", "at least one, or another seat")
        if legal is not None and len(set(legal)) != len(legal):
            raise CheckFailure(f"the legal actions of seat {seat} repeat: {list(legal)!r}", "each action once")


def _applied_twice(game: AnyGame, state: Hashable, actions: Mapping[Seat, Hashable]) -> Hashable:
    """The next state, after making sure that `apply` leaves its arguments alone and repeats itself."""
    kept, given = copy.deepcopy(state), dict(actions)
    once: Hashable = game.apply(state, given)
    if state != kept:
        raise CheckFailure(
            f"apply({actions!r}) changed the state it was given", "a new state, and the old one as it was"
        )
    if given != actions:
        raise CheckFailure(f"apply({actions!r}) changed the mapping of actions", "the mapping as it was")
    again = game.apply(state, given)
    if again != once:
        found = f"apply({actions!r}) gave {shorten(repr(once))}, then {shorten(repr(again))}"
        raise CheckFailure(found, "the same state every time")
    return once


def _questions_are_pure(game: AnyGame, state: Hashable, seats: tuple[Seat, ...]) -> None:
    kept = copy.deepcopy(state)
    if _answers(game, state, seats) != _answers(game, state, seats):
        raise CheckFailure("asked twice about one state, the game gave two answers", "the same answer")
    if state != kept:
        raise CheckFailure("asking about a state changed it", "the state as it was")


def _answers(game: AnyGame, state: Hashable, seats: tuple[Seat, ...]) -> list[object]:
    """Everything that can be asked about a state."""
    legal = [game.legal_actions(state, seat) for seat in seats if seat != CHANCE]
    views = [(game.observation(state, seat), game.information_state(state, seat)) for seat in range(game.num_players)]
    return [game.to_move(state), [actions and list(actions) for actions in legal], game.returns(state), views]


def _information_set_agrees(game: AnyGame, node: Node, known: dict[tuple[Seat, Hashable], list[Hashable]]) -> None:
    for seat in node.seats:
        if seat < 0:
            continue
        legal = game.legal_actions(node.state, seat)
        if legal is None:
            raise CheckFailure("a node with open actions", "listed actions everywhere, or solvable=False")
        before = known.setdefault((seat, game.information_state(node.state, seat)), list(legal))
        if before != list(legal):
            raise CheckFailure(
                f"seat {seat} may do {list(legal)!r} here, and {before!r} elsewhere in the same information set",
                "the same legal actions, in the same order, throughout an information set",
            )


def _returns_are_finite(game: AnyGame, node: Node) -> None:
    values = game.returns(node.state)
    if not isinstance(values, tuple) or len(values) != game.num_players or not all(map(math.isfinite, values)):
        raise CheckFailure(f"returns gave {values!r}", f"a tuple of {game.num_players} finite numbers, in every state")


def _within_bounds(game: AnyGame, values: Sequence[float]) -> None:
    low, high = game.utility_bounds()
    if not all(low - _TOLERANCE <= value <= high + _TOLERANCE for value in values):
        raise CheckFailure(f"final returns {values}", f"values within utility_bounds, {low:g} to {high:g}")


def _adds_up(kind: Utility, values: Sequence[float], total: float) -> None:
    if kind is Utility.ZERO_SUM and abs(sum(values)) > _TOLERANCE:
        raise CheckFailure(f"final returns {values} add up to {sum(values):g}", "a sum of 0: info says zero-sum")
    if kind is Utility.CONSTANT_SUM and abs(sum(values) - total) > _TOLERANCE:
        raise CheckFailure(
            f"final returns {values} add up to {sum(values):g}", f"{total:g}, as at the end of other plays"
        )
    if kind is Utility.COMMON_PAYOFF and max(values) - min(values) > _TOLERANCE:
        raise CheckFailure(f"final returns {values} differ", "one value for all seats: info says common payoff")


def _chance_is_sound(game: AnyGame, node: Node) -> None:
    if node.seats != (CHANCE,):
        return
    drawn = [game.sample_chance(node.state, random.Random(seed)) for seed in (1, 2, 1)]
    if drawn[0] != drawn[2]:
        raise CheckFailure(f"equal random streams drew {drawn[0]!r} and {drawn[2]!r}", "equal draws")
    if game.info.chance is Chance.SAMPLED:
        return
    outcomes = [outcome for outcome, _ in game.chance_outcomes(node.state)]
    weights = [weight for _, weight in game.chance_outcomes(node.state)]
    if len(set(outcomes)) != len(outcomes):
        raise CheckFailure(f"outcomes of chance repeat: {outcomes!r}", "each outcome once")
    if not all(weight > 0 for weight in weights) or abs(sum(weights) - 1) > _TOLERANCE:
        raise CheckFailure(f"probabilities {weights} with sum {sum(weights):g}", "positive ones with sum 1")
    if not set(drawn) <= set(outcomes):
        raise CheckFailure(f"sample_chance drew {drawn!r}", f"one of {outcomes!r}")


def _reread(game: AnyGame, node: Node, seat: Seat, action: Hashable) -> Hashable:
    read: Hashable = game.parse_action(node.state, seat, game.action_to_text(node.state, seat, action))
    return read
