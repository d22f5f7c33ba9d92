"""Players of every game."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot
from games.beliefs import Question


class RandomParams(AgentParams):
    """Parameters of the random player."""

    p: float | None = Field(
        None,
        ge=0,
        le=1,
        description="Probability of the first of two legal actions (to cooperate, in a dilemma); null: all alike.",
    )


class Random(Bot):
    """Plays every legal action alike; where actions are open text, one of the game's examples."""

    Params = RandomParams
    params: RandomParams
    title: ClassVar[str] = "Plays any legal action, all alike"

    def believe(self, request: DecisionRequest, questions: tuple[Question, ...]) -> str:
        return request.rng().choice(options(request))

    def choose(self, request: DecisionRequest) -> str:
        texts = options(request)
        rng = request.rng()
        if self.params.p is not None and len(texts) == 2:
            return texts[0 if rng.random() < self.params.p else 1]
        return rng.choice(texts)


class FirstLegal(Bot):
    """Plays the first legal action; where actions are open text, the game's first example."""

    title: ClassVar[str] = "Plays the first legal action"

    def choose(self, request: DecisionRequest) -> str:
        return options(request)[0]


def options(request: DecisionRequest) -> tuple[str, ...]:
    """Texts of the legal actions, or of the game's examples where actions are open text."""
    return request.example_actions if request.legal_actions is None else request.legal_actions
