"""The assurance game of a group: a stag hunt that needs enough hunters."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb
from typing import Final, Self

from pydantic import Field, model_validator

from games.core import GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose
from games.transforms.joint_round import JointRound, JointState, listed
from games.transforms.repeated import HorizonParams, RepeatedGame

STAG: Final = "stag"
HARE: Final = "hare"
_CHOICES: Final = (STAG, HARE)
_HALVINGS: Final = 60


class AssuranceRoundParams(GameParams):
    """Parameters of one hunt. The points are those of the stag hunt in the tables of matrix games."""

    num_players: int = Field(4, ge=2, le=10, description="Hunters.")
    threshold: int = Field(3, ge=2, le=10, description="Hunters that it takes to catch the stag.")
    caught: float = Field(4.0, description="Points of each who hunts the stag when enough do.")
    missed: float = Field(0.0, description="Points of each who hunts the stag when too few do.")
    hare: float = Field(3.0, description="Points of each who hunts a hare, whatever the others do.")

    @model_validator(mode="after")
    def _is_a_stag_hunt(self) -> Self:
        if self.threshold > self.num_players:
            raise ValueError(f"{self.threshold} hunters cannot be had of {self.num_players}: lower the threshold")
        if not self.missed < self.hare < self.caught:
            raise ValueError(
                f"points must rise from missed ({self.missed:g}) over hare ({self.hare:g}) to caught ({self.caught:g})"
            )
        return self


class AssuranceParams(AssuranceRoundParams, HorizonParams):
    """Parameters of the assurance game."""


class AssuranceRound(JointRound):
    """One hunt: all choose the stag or a hare at the same time."""

    Params = AssuranceRoundParams
    params: AssuranceRoundParams
    info = GameInfo(
        name="assurance",
        version=1,
        title="Assurance game",
        summary="A stag hunt of many: the stag is best for all if enough hunt it, and a hare is safe.",
        family="dilemmas",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        max_players=10,
        symmetric=True,
        tags=("coordination", "cooperation", "threshold", "trust", "repeated", "many players"),
        references=(
            "A. Sen, Isolation, assurance and the social rate of discount, 1967",
            "J. Pacheco, F. Santos, M. Souza and B. Skyrms, Evolutionary dynamics of collective action in N-person "
            "stag hunt dilemmas, 2009 (a threshold of hunters)",
        ),
    )

    def legal_actions(self, state: JointState, seat: Seat) -> Sequence[str]:
        return _CHOICES

    def is_caught(self, actions: tuple[str, ...]) -> bool:
        """Whether enough hunt the stag."""
        return actions.count(STAG) >= self.params.threshold

    def payoffs(self, actions: tuple[str, ...]) -> tuple[float, ...]:
        stag = self.params.caught if self.is_caught(actions) else self.params.missed
        return tuple([stag if action == STAG else self.params.hare for action in actions])

    def chance_of_stag(self, trust: float) -> float:
        """How likely enough others hunt the stag with one, where each of them does so with a probability."""
        others, needed = self.params.num_players - 1, self.params.threshold - 1
        return sum(comb(others, k) * trust**k * (1 - trust) ** (others - k) for k in range(needed, others + 1))

    def least_trust(self) -> float:
        """The probability of every other player to hunt the stag at which stag and hare are equally good.

        It is the symmetric mixed equilibrium of a round, and with two players the risk of the stag: above 1/2, the
        hare is risk-dominant.
        """
        own = self.params
        wanted = (own.hare - own.missed) / (own.caught - own.missed)
        low, high = 0.0, 1.0
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if self.chance_of_stag(middle) < wanted else (low, middle)
        return high

    def utility_bounds(self) -> tuple[float, float]:
        return self.params.missed, self.params.caught

    def rules_text(self, seat: Seat) -> str:
        own = self.params
        enough = f"all {own.num_players}" if own.threshold == own.num_players else f"at least {own.threshold}"
        return (
            f"You are player {seat + 1} of {own.num_players}. All players choose at the same time, without knowing "
            "what others choose, to hunt the stag or a hare.\n"
            f"The stag is caught if {enough} players hunt it. Each player who hunts the stag then gets {own.caught:g} "
            f"points, and otherwise {own.missed:g}. Each player who hunts a hare gets {own.hare:g} points, whatever "
            "the others do.\n"
            "More points are better. Then all see what everybody chose.\n"
            "Write one word: stag or hare"
        )

    def question(self) -> str:
        return "Do you hunt the stag or a hare?"

    def summary(self, actions: tuple[str, ...], seat: Seat) -> str:
        outcome = "was caught" if self.is_caught(actions) else "got away"
        points = self.payoffs(actions)[seat]
        return f"Choices: {listed(actions, seat)}. The stag {outcome}. You get {points:.10g} points."

    def parse_action(self, state: JointState, seat: Seat, text: str) -> str:
        return choose(text, {choice: choice for choice in _CHOICES}, "stag|hare")


class Assurance(RepeatedGame):
    """Rounds of a stag hunt that takes enough hunters.

    A round has two pure equilibria: all hunt the stag, which is best for everybody, and all hunt hares, which is safe.
    (One who hunts a hare while the others catch the stag would rather join them.) With two players and a threshold of
    two it is the `stag_hunt` of `matrix_game`.

    Scripted players find a `JointState` with all choices per finished round in the past of the `RepeatedView`.
    """

    Params = AssuranceParams
    params: AssuranceParams
    info = AssuranceRound.info

    def make_stage(self) -> AssuranceRound:
        return AssuranceRound(self.params)
