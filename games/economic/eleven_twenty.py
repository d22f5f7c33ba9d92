"""The 11-20 money request game: how many steps ahead of the other does a player think?"""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from games.core import GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.transforms.joint_round import JointRound, JointState
from games.whole_numbers import whole_number


class ElevenTwentyParams(GameParams):
    """Parameters of the 11-20 game."""

    low: int = Field(11, ge=0, le=1000, description="Least request.")
    high: int = Field(20, ge=1, le=1000, description="Largest request.")
    bonus: int = Field(20, ge=2, le=10_000, description="Tokens on top for asking exactly one less than the other.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low >= self.high:
            raise ValueError(f"low must be below high, but {self.low} is not below {self.high}")
        if self.high - self.low >= 200:
            raise ValueError(f"at most 200 requests, but from {self.low} to {self.high} there are more")
        return self


class ElevenTwenty(JointRound):
    """Two seats ask for tokens and get what they ask; asking one less than the other brings a bonus.

    20 is the plain choice (level 0), and each further step of thought asks for one less. In the one symmetric
    equilibrium requests 15 to 20 have probabilities .25, .25, .20, .15, .10 and .05.
    """

    Params = ElevenTwentyParams
    params: ElevenTwentyParams
    info = GameInfo(
        name="eleven_twenty",
        version=1,
        title="11-20 money request game",
        summary="Two players ask for an amount and get it; asking for exactly one less than the other brings a bonus.",
        family="economic",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        symmetric=True,
        solvable=True,
        tags=("level-k", "strategic depth", "one shot"),
        references=(
            "A. Arad and A. Rubinstein, The 11-20 money request game: a level-k reasoning study, "
            "American Economic Review 2012",
        ),
    )

    @property
    def options(self) -> range:
        """The amounts that may be asked for."""
        return range(self.params.low, self.params.high + 1)

    def legal_actions(self, state: JointState, seat: Seat) -> range:
        return self.options

    def payoffs(self, actions: tuple[int, ...]) -> tuple[float, ...]:
        first, second = actions
        bonus = self.params.bonus
        return float(first + bonus * (first == second - 1)), float(second + bonus * (second == first - 1))

    def utility_bounds(self) -> tuple[float, float]:
        return float(self.params.low), float(self.params.high - 1 + self.params.bonus)

    def rules_text(self, seat: Seat) -> str:
        low, high, bonus = self.params.low, self.params.high, self.params.bonus
        return (
            f"You and one other player each ask for an amount of tokens, a whole number from {low} to {high}. Both "
            "ask at the same time, once, without knowing what the other asks for.\n"
            f"Each player gets the tokens it asks for. A player who asks for exactly one token less than the other "
            f"gets {bonus} tokens more. For example, if you ask for {high - 1} and the other asks for {high}, you get "
            f"{high - 1} + {bonus} = {high - 1 + bonus} and the other gets {high}.\n"
            "Your result is the tokens you get; more is better.\n"
            f"Write your request as {self._expected()}, without other words"
        )

    def question(self) -> str:
        return f"How many tokens do you ask for, from {self.params.low} to {self.params.high}?"

    def summary(self, actions: tuple[int, ...], seat: Seat) -> str:
        gains = self.payoffs(actions)
        return (
            f"You asked for {actions[seat]} tokens and the other for {actions[1 - seat]}. "
            f"You get {gains[seat]:g} tokens, the other gets {gains[1 - seat]:g}."
        )

    def parse_action(self, state: JointState, seat: Seat, text: str) -> int:
        return whole_number(text, self.options, self._expected())

    def _expected(self) -> str:
        return f"a whole number from {self.params.low} to {self.params.high}"
