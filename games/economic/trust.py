"""The trust game: what is sent grows, and what comes back is up to the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, Self

from pydantic import Field, model_validator

from games.core import Game, GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.whole_numbers import whole_number

SENDER: Final[Seat] = 0
RETURNER: Final[Seat] = 1


class TrustParams(GameParams):
    """Parameters of the trust game."""

    endowment: int = Field(10, ge=1, le=200, description="Tokens that the sender has.")
    multiplier: int = Field(3, ge=2, le=10, description="What the tokens that are sent are multiplied by.")
    step: int = Field(1, ge=1, description="Tokens are sent and returned in multiples of this many.")

    @model_validator(mode="after")
    def _divides(self) -> Self:
        if self.endowment % self.step:
            raise ValueError(f"step must divide endowment, but {self.step} does not divide {self.endowment}")
        return self


class TrustState(NamedTuple):
    """Tokens sent, before they grow, and tokens returned; None is not decided yet."""

    sent: int | None = None
    returned: int | None = None


class Trust(Game[TrustState, int]):
    """The sender sends tokens, they are multiplied, and the other returns what it likes.

    Who returns wants nothing but tokens returns none, and who knows that sends none; both do better by trusting.
    """

    Params = TrustParams
    params: TrustParams
    info = GameInfo(
        name="trust",
        version=1,
        title="Trust game",
        summary="One player sends tokens that are tripled on the way; the other decides how many to send back.",
        family="economic",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        roles=("sender", "returner"),
        solvable=True,
        tags=("trust", "reciprocity", "one shot"),
        references=("J. Berg, J. Dickhaut and K. McCabe, Trust, reciprocity, and social history, 1995",),
    )

    def initial_state(self) -> TrustState:
        return TrustState()

    def to_move(self, state: TrustState) -> tuple[Seat, ...]:
        if state.sent is None:
            return (SENDER,)
        return (RETURNER,) if state.sent and state.returned is None else ()

    def legal_actions(self, state: TrustState, seat: Seat) -> Sequence[int]:
        return range(0, self._available(state) + 1, self.params.step)

    def apply(self, state: TrustState, actions: Mapping[Seat, int]) -> TrustState:
        if state.sent is None:
            return TrustState(actions[SENDER])
        return TrustState(state.sent, actions[RETURNER])

    def returns(self, state: TrustState) -> tuple[float, ...]:
        if self.to_move(state):
            return 0.0, 0.0
        sent, returned = state.sent or 0, state.returned or 0
        return float(self.params.endowment - sent + returned), float(self.params.multiplier * sent - returned)

    def utility_bounds(self) -> tuple[float, float]:
        return 0.0, float(self.params.multiplier * self.params.endowment)

    def max_turns(self) -> int:
        return 2

    def rules_text(self, seat: Seat) -> str:
        endowment, multiplier = self.params.endowment, self.params.multiplier
        asked = {
            SENDER: f"Write how many tokens you send as {self._expected(TrustState())}, without other words",
            RETURNER: "Write how many tokens you return as a whole number, from 0 to all that arrived"
            f"{self._steps()}, without other words",
        }
        return (
            f"Two players, a sender and a returner. The sender has {endowment} tokens, the returner has none. The "
            f"sender decides how many tokens to send. Each token sent becomes {multiplier} tokens on the way. Then the "
            "returner decides how many of the tokens that arrived to return to the sender, and keeps the others. "
            "Returned tokens do not grow. If nothing is sent, the game is over at once.\n"
            f"You are the {self.info.roles[seat]}. Your result is the tokens you have at the end; more is better.\n"
            f"{asked[seat]}"
        )

    def observation(self, state: TrustState, seat: Seat) -> str:
        if state.sent is None:
            asked = f"How many of your {self.params.endowment} tokens do you send?"
            return asked if seat == SENDER else "The sender has not decided yet."
        sender, returner = ("You", "the returner") if seat == SENDER else ("The sender", "you")
        news = f"{sender} sent {state.sent} of {self.params.endowment} tokens"
        if not self.to_move(state):
            back = f", and {returner} returned {state.returned}" if state.sent else ""
            return f"{news}{back}. You have {self.returns(state)[seat]:g} tokens at the end."
        arrived = f"{news}; {self._available(state)} tokens arrived."
        return arrived + (" How many of them do you return?" if seat == RETURNER else " The returner decides.")

    def parse_action(self, state: TrustState, seat: Seat, text: str) -> int:
        return whole_number(text, self.legal_actions(state, seat), self._expected(state))

    def outcome_text(self, state: TrustState) -> str:
        return f"{state.sent} of {self.params.endowment} tokens sent, {state.returned or 0} returned"

    def _available(self, state: TrustState) -> int:
        """The most that can be sent or returned now."""
        return self.params.endowment if state.sent is None else self.params.multiplier * state.sent

    def _expected(self, state: TrustState) -> str:
        return f"a whole number from 0 to {self._available(state)}{self._steps()}"

    def _steps(self) -> str:
        return "" if self.params.step == 1 else f" in steps of {self.params.step}"
