"""Games in which all seats choose a number once, at the same time."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from games.core import Game, GameParams, Seat


class OneShotState(NamedTuple):
    """What the seats chose, seat by seat; empty before they have moved."""

    actions: tuple[int, ...] = ()


class OneShot(Game[OneShotState, int]):
    """All seats choose from the same numbers, once; a subclass says what they get."""

    def __init__(self, params: GameParams | None = None) -> None:
        super().__init__(params)
        self._seats = tuple(range(self.num_players))

    @property
    @abstractmethod
    def options(self) -> Sequence[int]:
        """The numbers that every seat may choose."""

    @abstractmethod
    def payoffs(self, actions: tuple[int, ...]) -> tuple[float, ...]:
        """What each seat gets, given what all of them chose."""

    def initial_state(self) -> OneShotState:
        return OneShotState()

    def to_move(self, state: OneShotState) -> tuple[Seat, ...]:
        return () if state.actions else self._seats

    def legal_actions(self, state: OneShotState, seat: Seat) -> Sequence[int]:
        return self.options

    def apply(self, state: OneShotState, actions: Mapping[Seat, int]) -> OneShotState:
        return OneShotState(tuple(map(actions.__getitem__, self._seats)))

    def returns(self, state: OneShotState) -> tuple[float, ...]:
        return self.payoffs(state.actions) if state.actions else (0.0,) * len(self._seats)

    def max_turns(self) -> int:
        return 1

    def render(self, state: OneShotState) -> str:
        return f"chosen: {', '.join(map(str, state.actions)) or '-'}"
