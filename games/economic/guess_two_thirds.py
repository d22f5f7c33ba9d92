"""Guess two thirds of the average (the beauty contest), in rounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final, NamedTuple

from pydantic import Field

from games.core import GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.transforms.joint_round import JointRound, JointState, listed, span
from games.transforms.repeated import HorizonParams, RepeatedGame
from games.whole_numbers import whole_number

_FINEST_RATIO: Final = 1000


class GuessParams(GameParams):
    """Parameters of one round of guessing."""

    num_players: int = Field(10, ge=2, le=100, description="Players who guess.")
    highest: int = Field(100, ge=1, le=10_000, description="Guesses are whole numbers from 0 to this one.")
    ratio: float = Field(
        2 / 3, gt=0, le=10, description="The target is this part of the average; read as the nearest simple fraction."
    )
    totals_only: bool = Field(
        False, description="Whether all are told the average, the target and what won, but not who chose which number."
    )


class GuessTwoThirdsParams(GuessParams, HorizonParams):
    """Parameters of the guessing game."""


class GuessView(NamedTuple):
    """What a seat knows of a finished round when it is told totals only.

    Attributes:
        own: the number it chose.
        total: all numbers together.
        winning: the numbers that won.
        payoff: what it got.
    """

    own: int
    total: int
    winning: tuple[int, ...]
    payoff: float


class GuessRound(JointRound):
    """One round: whoever is closest to the target shares a prize of one point.

    Attributes:
        numbers: the legal guesses.
        ratio: the target over the average, exactly.
    """

    Params = GuessParams
    params: GuessParams
    info = GameInfo(
        name="guess_two_thirds",
        version=1,
        title="Guess two thirds of the average",
        summary="Everybody names a number; whoever is closest to two thirds of the average wins the round.",
        family="economic",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.CONSTANT_SUM,
        max_players=100,
        symmetric=True,
        tags=("beauty contest", "depth of reasoning", "repeated", "many players", "gama-bench"),
        references=(
            "R. Nagel, Unraveling in guessing games: an experimental study, 1995 (all numbers are made public)",
            "J. Huang et al., How far are we on the decision-making of LLMs? (GAMA-Bench), ICLR 2025 (10 players, 20 "
            "rounds; it tells the average, the target and the winner only: totals_only)",
        ),
    )

    def __init__(self, params: GuessParams | None = None) -> None:
        super().__init__(params)
        self.numbers = range(self.params.highest + 1)
        self.ratio = Fraction(self.params.ratio).limit_denominator(_FINEST_RATIO)
        if self.params.totals_only:
            self.info = replace(self.info, information=Information.IMPERFECT)

    def legal_actions(self, state: JointState, seat: Seat) -> Sequence[int]:
        return self.numbers

    def payoffs(self, actions: tuple[int, ...]) -> tuple[float, ...]:
        winning = self._winning(actions)
        prize = 1 / sum(guess in winning for guess in actions)
        return tuple([prize if guess in winning else 0.0 for guess in actions])

    def utility_bounds(self) -> tuple[float, float]:
        return 0.0, 1.0

    def seen(self, actions: tuple[int, ...], seat: Seat) -> GuessView:
        return GuessView(actions[seat], sum(actions), self._winning(actions), self.payoffs(actions)[seat])

    def rules_text(self, seat: Seat) -> str:
        told = (
            "the average, the target and what won"
            if self.params.totals_only
            else ("who chose which number, the average and the target")
        )
        return (
            f"You are one of {self.params.num_players} players. Each names {span(self.numbers)}, at the same time. "
            f"The target is {self.ratio} of the average of all numbers, yours included. The number closest to the "
            "target wins a prize of 1 point; players who are equally close share it, and all others get 0.\n"
            f"Then all see {told}.\n"
            f"Your result is the points you win; more is better. Write {span(self.numbers)}, without other words"
        )

    def question(self) -> str:
        return f"Which number from 0 to {self.params.highest} do you choose?"

    def summary(self, actions: tuple[int, ...], seat: Seat) -> str:
        average = Fraction(sum(actions), len(actions))
        winning = " and ".join(map(str, self._winning(actions)))
        numbers = f"You chose {actions[seat]}" if self.params.totals_only else f"Numbers: {listed(actions, seat)}"
        return (
            f"{numbers}. The average was {float(average):.10g} and the target "
            f"{float(self.ratio * average):.10g}; {winning} won. You get {self.payoffs(actions)[seat]:.4g}."
        )

    def parse_action(self, state: JointState, seat: Seat, text: str) -> int:
        return whole_number(text, self.numbers, span(self.numbers))

    def _winning(self, actions: tuple[int, ...]) -> tuple[int, ...]:
        """The guesses closest to the target; whole numbers are compared, so that ties are exact."""
        scale = self.ratio.denominator * len(actions)
        target = self.ratio.numerator * sum(actions)
        distances = {guess: abs(guess * scale - target) for guess in actions}
        least = min(distances.values())
        return tuple(sorted(guess for guess, distance in distances.items() if distance == least))


class GuessTwoThirds(RepeatedGame):
    """Rounds of guessing a part of the average guess.

    With a ratio below 1 everybody choosing 0 is the only equilibrium of a round (up to the whole numbers next to it).
    Scripted players find a `JointState` with all guesses per finished round in the past of the `RepeatedView`, or a
    `GuessView` where they are told totals only.
    """

    Params = GuessTwoThirdsParams
    params: GuessTwoThirdsParams
    info = GuessRound.info

    def make_stage(self) -> GuessRound:
        return GuessRound(self.params)
