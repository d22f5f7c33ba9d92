"""Handicaps: points that a seat is given, or that are taken from it, before play begins."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple, Self

from pydantic import Field, model_validator

from games.core import Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.registry import load
from games.transforms.wrapper import GameSpec, Wrapper, WrapperParams, inherited


class HandicapParams(WrapperParams):
    """Parameters of a game with a handicap."""

    game: GameSpec = Field("tic_tac_toe", description="Spec of the game inside.")
    seat: int = Field(0, ge=0, description="The seat whose result is changed.")
    points: float = Field(
        0.5, allow_inf_nan=False, description="Points added to the result of the seat; negative ones are taken from it."
    )

    @model_validator(mode="after")
    def _the_seat_exists(self) -> Self:
        players = load(self.game).num_players
        if self.seat >= players:
            raise ValueError(f"there is no seat {self.seat} in {self.game}; it has {players}")
        return self


class HandicapState(NamedTuple):
    """The state of the game inside; the handicap never changes."""

    inner: Any


class Handicap(Wrapper[HandicapState]):
    """The game inside, whose results a stated number of points is added to.

    Where two players play for a sum of zero, the other one's result falls by as much, so that the sum stays zero.
    Nothing that was best to do in the game inside is worse here; what changes is who is ahead at the end.
    """

    Params = HandicapParams
    params: HandicapParams
    info = GameInfo(
        name="handicap",
        version=1,
        title="Game with a handicap",
        summary="A game that one seat begins with an advantage in points, or a disadvantage.",
        family="transforms",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.ZERO_SUM,
        tags=("transform", "handicap"),
        references=("Compensation points for the second player, as komi in the game of go",),
    )

    def __init__(self, params: HandicapParams | None = None) -> None:
        super().__init__(params)
        points, seat = self.params.points, self.params.seat
        other = -points if self.info.utility is Utility.ZERO_SUM else 0.0
        self._gains = tuple(points if each == seat else other for each in range(self.num_players))

    def facts(self) -> GameInfo:
        facts = inherited(type(self).info, self.inner)
        return replace(
            facts,
            title=f"{facts.title}: {self.inner.info.title}",
            utility=_utility(facts.utility, self.inner.num_players),
            symmetric=False,
        )

    def initial_state(self) -> HandicapState:
        return HandicapState(self.inner.initial_state())

    def to_move(self, state: HandicapState) -> tuple[Seat, ...]:
        return self.inner.to_move(state.inner)

    def apply(self, state: HandicapState, actions: Mapping[Seat, Any]) -> HandicapState:
        return HandicapState(self.inner.apply(state.inner, actions))

    def returns(self, state: HandicapState) -> tuple[float, ...]:
        values = zip(self.inner.returns(state.inner), self._gains, strict=True)
        return tuple([value + gain for value, gain in values])

    def utility_bounds(self) -> tuple[float, float]:
        low, high = self.inner.utility_bounds()
        return low + min(0.0, *self._gains), high + max(0.0, *self._gains)

    def max_turns(self) -> int:
        return self.inner.max_turns()

    def rules_text(self, seat: Seat) -> str:
        changes = ", ".join(
            f"{gain:+.10g} for {'you' if each == seat else f'player {each + 1}'}"
            for each, gain in enumerate(self._gains)
            if gain
        )
        you = "" if self._gains[seat] else " Yours is not changed."
        return (
            f"{self.inner.rules_text(seat)}\n"
            f"You are player {seat + 1}. There is a handicap: whatever happens in the game, results are changed by "
            f"{changes or 'nothing'}.{you}"
        )

    def observation(self, state: HandicapState, seat: Seat) -> str:
        text = self.inner.observation(state.inner, seat)
        if self.to_move(state):
            return text
        return (
            f"{text}\nWith the handicap of {self._gains[seat]:+.10g}, your result is {self.returns(state)[seat]:.10g}."
        )

    def information_state(self, state: HandicapState, seat: Seat) -> Hashable:
        """That of the game inside; the state itself where everybody knows it and takes turns, to be searched."""
        if self.info.information is Information.PERFECT and self.info.dynamics is Dynamics.SEQUENTIAL:
            return state
        return self.inner.information_state(state.inner, seat)

    def outcome_text(self, state: HandicapState) -> str:
        text = self.inner.outcome_text(state.inner)
        results = ", ".join(f"seat {seat}: {value:g}" for seat, value in enumerate(self.returns(state)))
        return f"{text}; with the handicap {results}"


def _utility(inside: Utility, players: int) -> Utility:
    """What results add up to with a handicap."""
    if inside is Utility.ZERO_SUM and players != 2:
        return Utility.CONSTANT_SUM
    return Utility.GENERAL_SUM if inside is Utility.COMMON_PAYOFF else inside
