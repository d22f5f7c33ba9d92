"""Signalling: a sender who knows its type does something, and a receiver who sees only that acts on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, Literal, NamedTuple

from pydantic import Field

from games.core import CHANCE, Game, GameParams, Seat
from games.economic.signals import TABLES
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose

SENDER: Final[Seat] = 0
RECEIVER: Final[Seat] = 1


class SignallingParams(GameParams):
    """Parameters of the signalling game."""

    table: Literal["beer_quiche", "education", "hiding", "lamps", "lamps_three", "salesman"] = Field(
        "beer_quiche",
        description="Types, messages, actions and payoffs by name: beer and quiche (pooling), education as a signal "
        "(separating), lamps (common interest), a salesman's cheap talk, hiding (opposed interests).",
    )


class SignallingState(NamedTuple):
    """The sender's type, what it did and what the receiver did, as indices; None is not decided yet."""

    kind: int | None = None
    message: int | None = None
    action: int | None = None


class SignallingView(NamedTuple):
    """What one seat knows: as in the state, where it was told; and whether a type was drawn."""

    kind: int | None
    message: int | None
    action: int | None
    drawn: bool


class Signalling(Game[SignallingState, int]):
    """Nature draws the sender's type, the sender does something about it, and the receiver answers; once.

    Attributes:
        table: types, messages, actions and payoffs.
    """

    Params = SignallingParams
    params: SignallingParams
    info = GameInfo(
        name="signalling",
        version=1,
        title="Signalling game",
        summary="A sender who knows its type does something; a receiver who does not know the type sees it and acts.",
        family="economic",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.EXPLICIT,
        information=Information.IMPERFECT,
        utility=Utility.GENERAL_SUM,
        roles=("sender", "receiver"),
        solvable=True,
        tags=("signalling", "beliefs", "one shot"),
        references=(
            "D. Lewis, Convention, 1969 (lamps)",
            "M. Spence, Job market signaling, 1973 (education)",
            "V. Crawford and J. Sobel, Strategic information transmission, 1982 (cheap talk)",
            "I.-K. Cho and D. Kreps, Signaling games and stable equilibria, 1987 (beer and quiche)",
        ),
    )

    def __init__(self, params: SignallingParams | None = None) -> None:
        super().__init__(params)
        self.table = TABLES[self.params.table]
        cells = list(self._cells())
        zero = all(not sum(cell) for cell in cells)
        common = all(cell[0] == cell[1] for cell in cells)
        utility = Utility.ZERO_SUM if zero else Utility.COMMON_PAYOFF if common else Utility.GENERAL_SUM
        self.info = replace(type(self).info, utility=utility)

    def initial_state(self) -> SignallingState:
        return SignallingState()

    def to_move(self, state: SignallingState) -> tuple[Seat, ...]:
        if state.kind is None:
            return (CHANCE,)
        if state.message is None:
            return (SENDER,)
        return (RECEIVER,) if state.action is None else ()

    def legal_actions(self, state: SignallingState, seat: Seat) -> range:
        return range(len(self._names(seat)))

    def chance_outcomes(self, state: SignallingState) -> list[tuple[int, float]]:
        return list(enumerate(self.table.prior))

    def apply(self, state: SignallingState, actions: Mapping[Seat, int]) -> SignallingState:
        ((seat, action),) = actions.items()
        if seat == CHANCE:
            return SignallingState(action)
        return state._replace(message=action) if seat == SENDER else state._replace(action=action)

    def returns(self, state: SignallingState) -> tuple[float, ...]:
        if state.kind is None or state.message is None or state.action is None:
            return (0.0, 0.0)
        sender, receiver = self.table.payoffs[state.kind][state.message][state.action]
        return float(sender), float(receiver)

    def utility_bounds(self) -> tuple[float, float]:
        values = [float(value) for cell in self._cells() for value in cell]
        return min(values), max(values)

    def max_turns(self) -> int:
        return 3

    def rules_text(self, seat: Seat) -> str:
        table = self.table
        chances = ", ".join(
            f"{name} with probability {chance:.3g}" for name, chance in zip(table.types, table.prior, strict=True)
        )
        outcomes = [
            f"- type {kind}, sender {message}, receiver {action}: {self._gains(cell, seat)}"
            for kind, rows in zip(table.types, table.payoffs, strict=True)
            for message, cells in zip(table.messages, rows, strict=True)
            for action, cell in zip(table.actions, cells, strict=True)
        ]
        return "\n".join(
            [
                f"Two players, a sender and a receiver. You are the {self.info.roles[seat]}.",
                table.story,
                f"The sender's type is drawn first: {chances}. Only the sender is told its type.",
                f"Then the sender chooses one of: {', '.join(table.messages)}. The receiver is told this choice, but "
                f"not the type, and chooses one of: {', '.join(table.actions)}.",
                "What it leads to, in points:",
                *outcomes,
                "Your result is the points you get; more is better.",
                f"Write your action as one of these names: {', '.join(self._names(seat))}",
            ]
        )

    def observation(self, state: SignallingState, seat: Seat) -> str:
        if state.kind is None:
            return "The sender's type has not been drawn yet."
        kind = f"Your type is {self.table.types[state.kind]}. " if seat == SENDER else ""
        if state.message is None:
            return kind + (self._asked(seat) if seat == SENDER else "The sender has not chosen yet.")
        chose = f"{kind}{'You' if seat == SENDER else 'The sender'} chose {self.table.messages[state.message]}."
        if state.action is None:
            return f"{chose} {self._asked(seat) if seat == RECEIVER else 'The receiver has not chosen yet.'}"
        was = "" if seat == SENDER else f" The sender's type was {self.table.types[state.kind]}."
        answer = f"{'You' if seat == RECEIVER else 'The receiver'} chose {self.table.actions[state.action]}."
        cell = self.table.payoffs[state.kind][state.message][state.action]
        gains = self._gains(cell, seat)
        return f"{chose} {answer}{was} {gains[0].upper()}{gains[1:]}."

    def information_state(self, state: SignallingState, seat: Seat) -> SignallingView:
        """What the seat was told: the receiver learns the type at the end, and that it was drawn before that."""
        if seat == SENDER or state.kind is None or state.action is not None:
            return SignallingView(state.kind, state.message, state.action, state.kind is not None)
        return SignallingView(None, state.message, None, True)

    def action_to_text(self, state: SignallingState, seat: Seat, action: int) -> str:
        return self._names(seat)[action]

    def parse_action(self, state: SignallingState, seat: Seat, text: str) -> int:
        # Every action is always legal, so that no text can name one that is not: the grammar matches nothing.
        return choose(text, {name: action for action, name in enumerate(self._names(seat))}, r"(?!)")

    def outcome_text(self, state: SignallingState) -> str:
        if state.kind is None or state.message is None or state.action is None:
            return "not over"
        table = self.table
        return f"{table.types[state.kind]}, {table.messages[state.message]}, {table.actions[state.action]}"

    def _names(self, seat: Seat) -> tuple[str, ...]:
        """Names of what nature, the sender or the receiver can do."""
        return {CHANCE: self.table.types, SENDER: self.table.messages, RECEIVER: self.table.actions}[seat]

    def _asked(self, seat: Seat) -> str:
        return f"Choose one of: {', '.join(self._names(seat))}."

    def _gains(self, cell: tuple[float, float], seat: Seat) -> str:
        return f"you get {cell[seat]:.10g}, the {self.info.roles[1 - seat]} gets {cell[1 - seat]:.10g}"

    def _cells(self) -> Iterator[tuple[float, float]]:
        return (cell for rows in self.table.payoffs for cells in rows for cell in cells)
