"""A turn-based view of a game with simultaneous moves, as solvers want it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from pydantic import Field

from games.core import Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.transforms.wrapper import GameSpec, Wrapper, WrapperParams, inherited


class SequentialParams(WrapperParams):
    """Parameters of a turn-based view."""

    game: GameSpec = Field("prisoners_dilemma(rounds=3)", description="Spec of the game inside.")


class SequentialState(NamedTuple):
    """The game inside, and what has been chosen for its next joint action.

    Attributes:
        inner: state of the game inside.
        pending: choices of the first seats of those that move at once, in ascending order.
        past: per seat, its own decisions: the state of the game inside and the action. Empty where the game inside
            remembers for its seats.
    """

    inner: Any
    pending: tuple[Any, ...] = ()
    past: tuple[tuple[tuple[Any, Any], ...], ...] = ()


class SequentialView(NamedTuple):
    """What one seat knows.

    Attributes:
        view: information state in the game inside.
        choice: what it has chosen while others still choose: one action or nothing.
        past: its own decisions, as (information state in the game inside, action), where the former does not tell.
    """

    view: Hashable
    choice: tuple[Any, ...] = ()
    past: tuple[tuple[Hashable, Any], ...] = ()


class Sequential(Wrapper[SequentialState]):
    """Seats that move at once are asked one after the other, and none sees a choice before all have been made.

    A game of perfect information with simultaneous moves has imperfect information here: a later seat does not know
    what the earlier ones have chosen. Its states need not tell how a seat got there, so that the seats' own
    decisions are remembered (perfect recall); games of imperfect information do that themselves.
    """

    Params = SequentialParams
    params: SequentialParams
    info = GameInfo(
        name="sequential",
        version=1,
        title="Turn-based game",
        summary="A game in which those who would move at the same time are asked in turn, in secret.",
        family="transforms",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.IMPERFECT,
        utility=Utility.GENERAL_SUM,
        symmetric=True,
        solvable=True,
        tags=("transform", "turn-based", "solvers"),
        references=("H. W. Kuhn, Extensive games and the problem of information, 1953 (perfect recall)",),
    )

    def facts(self) -> GameInfo:
        facts = inherited(type(self).info, self.inner)
        hides = facts.dynamics is not Dynamics.SEQUENTIAL
        return replace(
            facts,
            title=f"{self.inner.info.title}, turn by turn" if hides else self.inner.info.title,
            dynamics=Dynamics.SEQUENTIAL,
            information=Information.IMPERFECT if hides else facts.information,
        )

    def initial_state(self) -> SequentialState:
        return SequentialState(self.inner.initial_state(), (), ((),) * self.num_players if self._remembers else ())

    def to_move(self, state: SequentialState) -> tuple[Seat, ...]:
        seats = self.inner.to_move(state.inner)
        return seats if len(seats) < 2 else (seats[len(state.pending)],)

    def apply(self, state: SequentialState, actions: Mapping[Seat, Any]) -> SequentialState:
        inner, pending, past = state
        ((seat, action),) = actions.items()
        if past and seat >= 0:
            past = (*past[:seat], (*past[seat], (inner, action)), *past[seat + 1 :])
        seats = self.inner.to_move(inner)
        pending = (*pending, action)
        if len(pending) < len(seats):
            return SequentialState(inner, pending, past)
        return SequentialState(self.inner.apply(inner, dict(zip(seats, pending, strict=True))), (), past)

    def max_turns(self) -> int:
        return self.inner.max_turns() * self.num_players

    def rules_text(self, seat: Seat) -> str:
        text = self.inner.rules_text(seat)
        if self.inner.info.dynamics is Dynamics.SEQUENTIAL:
            return text
        return (
            f"{text}\nWhere players choose at the same time, they are asked one after the other, and nobody "
            "learns of a choice before all of them have been made."
        )

    def observation(self, state: SequentialState, seat: Seat) -> str:
        chosen = [self.inner.action_to_text(state.inner, seat, action) for action in self._choice(state, seat)]
        news = [f"You chose {text}; others have not chosen yet." for text in chosen]
        return "\n".join([*news, self.inner.observation(state.inner, seat)])

    def information_state(self, state: SequentialState, seat: Seat) -> Hashable:
        if self.info.information is Information.PERFECT:
            return state
        view = self.inner.information_state(state.inner, seat)
        own = state.past[seat] if state.past else ()
        past = tuple((self.inner.information_state(inner, seat), action) for inner, action in own)
        return SequentialView(view, self._choice(state, seat), past)

    @property
    def _remembers(self) -> bool:
        """Whether the game inside may forget what its seats did, although they must know it here."""
        return self.info.information is Information.IMPERFECT and self.inner.info.information is Information.PERFECT

    def _choice(self, state: SequentialState, seat: Seat) -> tuple[Any, ...]:
        """What the seat has chosen while others still choose."""
        seats = self.inner.to_move(state.inner)
        return tuple(action for mover, action in zip(seats, state.pending, strict=False) if mover == seat)
