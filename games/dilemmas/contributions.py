"""Giving to a public good: one round in which all give a part of their tokens at the same time."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pydantic import Field

from games.core import Game, GameParams, Seat
from games.transforms.joint_round import span
from games.whole_numbers import whole_number


class EndowmentParams(GameParams):
    """Who gives, and how much at most."""

    num_players: int = Field(4, ge=2, le=10, description="Players who share the good.")
    endowment: int = Field(20, ge=1, le=1000, description="Tokens that each player gets anew in every round.")


class ContributionState(NamedTuple):
    """Tokens given, seat by seat; empty before the seats have moved."""

    contributions: tuple[int, ...] = ()


class GivingRound(Game[ContributionState, int]):
    """All seats give whole tokens at the same time, once; a subclass says what that brings."""

    Params = EndowmentParams
    params: EndowmentParams

    def __init__(self, params: EndowmentParams | None = None) -> None:
        super().__init__(params)
        self._seats = tuple(range(self.params.num_players))
        self._amounts = range(self.params.endowment + 1)
        self._nothing = (0.0,) * self.params.num_players

    @abstractmethod
    def payoffs(self, contributions: tuple[int, ...]) -> tuple[float, ...]:
        """What the contributions bring each seat, the tokens that it keeps included."""

    @abstractmethod
    def summary(self, contributions: tuple[int, ...], seat: Seat) -> str:
        """What a seat reads once all have given, its own payoff included."""

    def initial_state(self) -> ContributionState:
        return ContributionState()

    def to_move(self, state: ContributionState) -> tuple[Seat, ...]:
        return () if state.contributions else self._seats

    def legal_actions(self, state: ContributionState, seat: Seat) -> Sequence[int]:
        return self._amounts

    def apply(self, state: ContributionState, actions: Mapping[Seat, int]) -> ContributionState:
        return ContributionState(tuple(map(actions.__getitem__, self._seats)))

    def returns(self, state: ContributionState) -> tuple[float, ...]:
        return self.payoffs(state.contributions) if state.contributions else self._nothing

    def max_turns(self) -> int:
        return 1

    def observation(self, state: ContributionState, seat: Seat) -> str:
        if not state.contributions:
            return f"You have {self.params.endowment} tokens. How many of them do you give to the pool?"
        return self.summary(state.contributions, seat)

    def parse_action(self, state: ContributionState, seat: Seat, text: str) -> int:
        return whole_number(text, self._amounts, span(self._amounts))

    def render(self, state: ContributionState) -> str:
        return f"given: {', '.join(map(str, state.contributions)) or '-'}"
