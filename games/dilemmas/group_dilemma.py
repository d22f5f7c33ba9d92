"""The prisoner's dilemma of a group: what each gets depends on how many defect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Self

from pydantic import Field, model_validator

from games.core import GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose
from games.transforms.joint_round import JointRound, JointState, listed
from games.transforms.repeated import HorizonParams, RepeatedGame

COOPERATE: Final = "cooperate"
DEFECT: Final = "defect"
_CHOICES: Final = (COOPERATE, DEFECT)


class GroupRoundParams(GameParams):
    """Parameters of one round of the group's dilemma. The defaults are MAgIC's released example."""

    num_players: int = Field(3, ge=2, le=10, description="Players.")
    cooperator: tuple[float, ...] = Field(
        (2, 0, 0), description="Points for cooperating when 0, 1, 2, ... of the others defect; one per player."
    )
    defector: tuple[float, ...] = Field(
        (4, 2, 1), description="Points for defecting when 0, 1, 2, ... of the others defect; one per player."
    )

    @model_validator(mode="after")
    def _is_a_dilemma(self) -> Self:
        if not len(self.cooperator) == len(self.defector) == self.num_players:
            raise ValueError(
                f"cooperator and defector need {self.num_players} points each, for 0 to {self.num_players - 1} others "
                f"who defect, but have {len(self.cooperator)} and {len(self.defector)}"
            )
        if not all(own < tempted for own, tempted in zip(self.cooperator, self.defector, strict=True)):
            raise ValueError(
                "to defect must bring more than to cooperate however many others defect, but the points are "
                f"{self.defector} and {self.cooperator}"
            )
        if not self.cooperator[0] > self.defector[-1]:
            raise ValueError(
                f"all must be better off when all cooperate ({self.cooperator[0]:g}) than when all defect "
                f"({self.defector[-1]:g})"
            )
        return self


class GroupDilemmaParams(GroupRoundParams, HorizonParams):
    """Parameters of the group's iterated dilemma."""

    rounds: int = Field(5, ge=1, le=1000, description="Most rounds; with continuation=1 exactly so many are played.")


class GroupRound(JointRound):
    """One round: all cooperate or defect at the same time."""

    Params = GroupRoundParams
    params: GroupRoundParams
    info = GameInfo(
        name="group_dilemma",
        version=1,
        title="Group dilemma",
        summary="A prisoner's dilemma of three or more: round after round all cooperate or defect at the same time.",
        family="dilemmas",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        max_players=10,
        symmetric=True,
        tags=("dilemma", "cooperation", "repeated", "many players", "magic"),
        references=(
            "L. Xu et al., MAgIC, EMNLP 2024 (3 players, 5 rounds, points by the number of defectors)",
            "R. Dawes, Social dilemmas, Annual Review of Psychology, 1980",
        ),
    )

    def legal_actions(self, state: JointState, seat: Seat) -> Sequence[str]:
        return _CHOICES

    def payoffs(self, actions: tuple[str, ...]) -> tuple[float, ...]:
        defectors = actions.count(DEFECT)
        return tuple([self._points(action, defectors - (action == DEFECT)) for action in actions])

    def utility_bounds(self) -> tuple[float, float]:
        points = (*self.params.cooperator, *self.params.defector)
        return min(points), max(points)

    def rules_text(self, seat: Seat) -> str:
        players = self.params.num_players
        rows = "\n".join(
            f"{others} of the others defect: {self.params.cooperator[others]:g} points if you cooperate, "
            f"{self.params.defector[others]:g} if you defect"
            for others in range(players)
        )
        return (
            f"You are player {seat + 1} of {players}. All players choose at the same time, without knowing what others "
            "choose, to cooperate or to defect. Your points depend on your choice and on how many others defect:\n"
            f"{rows}\n"
            "The same holds for every player. More points are better. Then all see what everybody chose.\n"
            "Write one word: cooperate or defect"
        )

    def question(self) -> str:
        return "Do you cooperate or defect?"

    def summary(self, actions: tuple[str, ...], seat: Seat) -> str:
        return f"Choices: {listed(actions, seat)}. You get {self.payoffs(actions)[seat]:.10g} points."

    def parse_action(self, state: JointState, seat: Seat, text: str) -> str:
        return choose(text, {choice: choice for choice in _CHOICES}, "cooperate|defect")

    def _points(self, action: str, others: int) -> float:
        """Points of an action when so many of the others defect."""
        return self.params.defector[others] if action == DEFECT else self.params.cooperator[others]


class GroupDilemma(RepeatedGame):
    """Rounds of the group's dilemma.

    To defect is strictly dominant in a round, so that with an announced number of rounds all defect throughout in the
    only subgame-perfect equilibrium, although all get more when all cooperate. MAgIC's winner is whoever has the most
    points; here the points themselves count.

    Scripted players find a `JointState` with all choices per finished round in the past of the `RepeatedView`.
    """

    Params = GroupDilemmaParams
    params: GroupDilemmaParams
    info = GroupRound.info

    def make_stage(self) -> GroupRound:
        return GroupRound(self.params)
