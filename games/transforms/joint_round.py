"""One round in which everybody acts at once and then reads what came of it: the stage of many group games."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable, Mapping
from typing import Any, NamedTuple

from games.core import Game, GameParams, Seat
from games.info import Information


class JointState(NamedTuple):
    """What each seat did, in the order of seats; empty before they have moved."""

    actions: tuple[Any, ...] = ()


class JointRound(Game[JointState, Any]):
    """All seats act at the same time, once; a subclass says what they may do and what it brings.

    Where information is imperfect, a seat knows of the finished round what `seen` says, and no more.
    """

    def __init__(self, params: GameParams | None = None) -> None:
        super().__init__(params)
        self._seats = tuple(range(self.num_players))
        self._nothing = (0.0,) * self.num_players

    @abstractmethod
    def payoffs(self, actions: tuple[Any, ...]) -> tuple[float, ...]:
        """What the joint action brings each seat."""

    @abstractmethod
    def question(self) -> str:
        """What every seat is asked."""

    @abstractmethod
    def summary(self, actions: tuple[Any, ...], seat: Seat) -> str:
        """What a seat reads of the finished round, its own payoff included."""

    def seen(self, actions: tuple[Any, ...], seat: Seat) -> Hashable:
        """What a seat knows of the finished round: by default everything."""
        return JointState(actions)

    def initial_state(self) -> JointState:
        return JointState()

    def to_move(self, state: JointState) -> tuple[Seat, ...]:
        return () if state.actions else self._seats

    def apply(self, state: JointState, actions: Mapping[Seat, Any]) -> JointState:
        return JointState(tuple(map(actions.__getitem__, self._seats)))

    def returns(self, state: JointState) -> tuple[float, ...]:
        return self.payoffs(state.actions) if state.actions else self._nothing

    def max_turns(self) -> int:
        return 1

    def observation(self, state: JointState, seat: Seat) -> str:
        return self.summary(state.actions, seat) if state.actions else self.question()

    def information_state(self, state: JointState, seat: Seat) -> Hashable:
        if self.info.information is Information.PERFECT or not state.actions:
            return state
        return self.seen(state.actions, seat)

    def render(self, state: JointState) -> str:
        return ", ".join(map(str, state.actions)) or "-"


def listed(actions: tuple[Any, ...], seat: Seat) -> str:
    """What every player did, as a seat reads it: "player 1: go, player 2 (you): stay"."""
    return ", ".join(
        f"player {player + 1}{' (you)' if player == seat else ''}: {action}" for player, action in enumerate(actions)
    )


def span(allowed: range) -> str:
    """A range of legal numbers in words: "a whole number from 0 to 100"."""
    return f"a whole number from {allowed[0]} to {allowed[-1]}"
