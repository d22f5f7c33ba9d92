"""Players of the prisoner's dilemma of a group."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot
from games.dilemmas.group_dilemma import COOPERATE, DEFECT
from games.transforms.repeated import RepeatedView


class GroupDefector(Bot):
    """Always defects: the dominant choice in every round."""

    plays = ("group_dilemma",)
    title: ClassVar[str] = "Always defects in a group"

    def choose(self, request: DecisionRequest) -> str:
        return DEFECT


class GroupTitForTatParams(AgentParams):
    """Parameters of tit for tat in a group."""

    tolerance: int = Field(0, ge=0, le=9, description="How many others may defect in a round without being answered.")


class GroupTitForTat(Bot):
    """Cooperates first, then defects after every round in which more others defected than it tolerates.

    Boyd and Richerson, The evolution of reciprocity in sizable groups, 1988.
    """

    Params = GroupTitForTatParams
    params: GroupTitForTatParams
    plays = ("group_dilemma",)
    title: ClassVar[str] = "Cooperates first, then defects after too many others did"

    def choose(self, request: DecisionRequest) -> str:
        view = request.information_key
        assert isinstance(view, RepeatedView), "the group dilemma is a repeated game"
        if not view.past:
            return COOPERATE
        chosen: tuple[str, ...] = view.past[-1].actions
        others = chosen.count(DEFECT) - (chosen[request.seat] == DEFECT)
        return DEFECT if others > self.params.tolerance else COOPERATE
