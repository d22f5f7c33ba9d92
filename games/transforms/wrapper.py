"""What transforms share: a game that is named by its spec and played inside another one."""

from __future__ import annotations

import random
from abc import abstractmethod
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, Protocol, TypeVar

from pydantic import AfterValidator, Field

from games.core import Game, GameParams, Seat
from games.info import GameInfo
from games.referee import RefereeRequest
from games.registry import load, locator

# Canonical, so that two spellings of the same inner game make one pool.
GameSpec = Annotated[str, AfterValidator(locator)]


def inherited(own: GameInfo, inner: Game[Any, Any]) -> GameInfo:
    """A transform's facts, with those that depend on the game inside taken from it.

    The version is the sum of both histories: it is raised when either is, and never comes back to an old number.
    """
    facts = inner.info
    return replace(
        own,
        version=own.version + facts.version - 1,
        dynamics=facts.dynamics,
        chance=facts.chance,
        information=facts.information,
        utility=facts.utility,
        actions=facts.actions,
        referee=facts.referee,
        min_players=inner.num_players,
        max_players=inner.num_players,
        roles=facts.roles,
        symmetric=facts.symmetric,
        solvable=facts.solvable,
    )


class WrapperParams(GameParams):
    """Parameters of a game around one other game."""

    game: GameSpec = Field("matrix_game", description="Spec of the game inside.")


class Outer(Hashable, Protocol):
    """A state that holds the state of the game inside."""

    @property
    def inner(self) -> Any:
        """State of the game inside."""


State = TypeVar("State", bound=Outer)


class Wrapper(Game[State, Any]):
    """A game around one play of another; whatever a subclass does not change passes through.

    Attributes:
        inner: the game inside.
    """

    Params = WrapperParams
    params: WrapperParams

    def __init__(self, params: WrapperParams | None = None) -> None:
        super().__init__(params)
        self.inner: Game[Any, Any] = load(self.params.game)
        self.info = self.facts()

    @abstractmethod
    def facts(self) -> GameInfo:
        """Facts about this game, given the one inside."""

    def legal_actions(self, state: State, seat: Seat) -> Sequence[Any] | None:
        return self.inner.legal_actions(state.inner, seat)

    def returns(self, state: State) -> tuple[float, ...]:
        return self.inner.returns(state.inner)

    def utility_bounds(self) -> tuple[float, float]:
        return self.inner.utility_bounds()

    def chance_outcomes(self, state: State) -> Sequence[tuple[Any, float]]:
        return self.inner.chance_outcomes(state.inner)

    def sample_chance(self, state: State, rng: random.Random) -> Any:
        return self.inner.sample_chance(state.inner, rng)

    def referee_request(self, state: State) -> RefereeRequest:
        return self.inner.referee_request(state.inner)

    def rules_text(self, seat: Seat) -> str:
        return self.inner.rules_text(seat)

    def action_to_text(self, state: State, seat: Seat, action: Any) -> str:
        return self.inner.action_to_text(state.inner, seat, action)

    def parse_action(self, state: State, seat: Seat, text: str) -> Any:
        return self.inner.parse_action(state.inner, seat, text)

    def example_actions(self, state: State, seat: Seat) -> Sequence[Any]:
        return self.inner.example_actions(state.inner, seat)

    def outcome_text(self, state: State) -> str:
        return self.inner.outcome_text(state.inner)

    def render(self, state: State) -> str:
        return self.inner.render(state.inner)

    def is_blind(self, state: State, seat: Seat) -> bool:
        return self.inner.is_blind(state.inner, seat)

    def secrets(self, state: State, seat: Seat) -> frozenset[str]:
        return self.inner.secrets(state.inner, seat)


def told_of(told: tuple[int, ...], actions: Mapping[Seat, Any], rounds: int) -> tuple[int, ...]:
    """How many rounds each seat has been told of, now that the acting seats know of this number."""
    # All at once is the usual case, which needs no look at each; alone in a game, a seat is as many as nature.
    if len(actions) == len(told) and 0 in actions:
        return (rounds,) * len(told)
    return tuple([rounds if seat in actions else before for seat, before in enumerate(told)])
