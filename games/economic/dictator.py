"""The dictator game: one decides how much another gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, Self

from pydantic import Field, model_validator

from games.core import Game, GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.whole_numbers import whole_number

DICTATOR: Final[Seat] = 0
RECEIVER: Final[Seat] = 1


class DictatorParams(GameParams):
    """Parameters of the dictator game."""

    pie: int = Field(100, ge=1, le=1_000_000, description="Tokens that the dictator has.")
    step: int = Field(1, ge=1, description="Gifts are multiples of this many tokens.")
    multiplier: float = Field(
        1.0, gt=0, le=100, description="What a gift is multiplied by on its way; above 1 giving is cheap."
    )

    @model_validator(mode="after")
    def _divides(self) -> Self:
        if self.pie % self.step:
            raise ValueError(f"step must divide pie, but {self.step} does not divide {self.pie}")
        return self


class DictatorState(NamedTuple):
    """Tokens given away; None is not decided yet."""

    gift: int | None = None


class Dictator(Game[DictatorState, int]):
    """The dictator gives a part of its tokens to the receiver, who has no say."""

    Params = DictatorParams
    params: DictatorParams
    info = GameInfo(
        name="dictator",
        version=1,
        title="Dictator game",
        summary="One player divides a sum between itself and another, who cannot answer.",
        family="economic",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        roles=("dictator", "receiver"),
        solvable=True,
        tags=("fairness", "altruism", "one shot"),
        references=(
            "R. Forsythe, J. Horowitz, N. Savin and M. Sefton, Fairness in simple bargaining experiments, 1994",
            "J. Andreoni and J. Miller, Giving according to GARP, Econometrica 2002 (gifts that are multiplied)",
        ),
    )

    def initial_state(self) -> DictatorState:
        return DictatorState()

    def to_move(self, state: DictatorState) -> tuple[Seat, ...]:
        return (DICTATOR,) if state.gift is None else ()

    def legal_actions(self, state: DictatorState, seat: Seat) -> Sequence[int]:
        return range(0, self.params.pie + 1, self.params.step)

    def apply(self, state: DictatorState, actions: Mapping[Seat, int]) -> DictatorState:
        return DictatorState(actions[DICTATOR])

    def returns(self, state: DictatorState) -> tuple[float, ...]:
        return (0.0, 0.0) if state.gift is None else self.payoffs(state.gift)

    def payoffs(self, gift: int) -> tuple[float, float]:
        """What the dictator and the receiver get, given the gift."""
        return float(self.params.pie - gift), self.params.multiplier * gift

    def utility_bounds(self) -> tuple[float, float]:
        return 0.0, max(self.params.pie, self.params.multiplier * self.params.pie)

    def max_turns(self) -> int:
        return 1

    def rules_text(self, seat: Seat) -> str:
        pie, multiplier = self.params.pie, self.params.multiplier
        grown = "" if multiplier == 1 else f" Each token given becomes {multiplier:.10g} tokens for the receiver."
        briefing = (
            f"One of two players, the dictator, has {pie} tokens and decides how many of them to give to the other, "
            f"the receiver; the dictator keeps the rest.{grown} The receiver cannot refuse. There is one decision.\n"
            f"You are the {self.info.roles[seat]}. Your result is the tokens you get."
        )
        if seat == RECEIVER:
            return f"{briefing}\nYou have nothing to decide."
        return f"{briefing}\nWrite how many tokens you give as {self._expected()}, without other words"

    def observation(self, state: DictatorState, seat: Seat) -> str:
        if state.gift is None:
            asked = f"How many of your {self.params.pie} tokens do you give to the receiver?"
            return asked if seat == DICTATOR else "The dictator has not decided yet."
        who = "You" if seat == DICTATOR else "The dictator"
        to = "the receiver" if seat == DICTATOR else "you"
        return f"{who} gave {state.gift} of {self.params.pie} tokens to {to}. You get {self.returns(state)[seat]:.10g}."

    def parse_action(self, state: DictatorState, seat: Seat, text: str) -> int:
        return whole_number(text, self.legal_actions(state, seat), self._expected())

    def outcome_text(self, state: DictatorState) -> str:
        return f"{state.gift} of {self.params.pie} tokens given"

    def _expected(self) -> str:
        steps = "" if self.params.step == 1 else f" in steps of {self.params.step}"
        return f"a whole number from 0 to {self.params.pie}{steps}"
