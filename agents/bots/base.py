"""What scripted players share."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar

from agents.base import Agent, Decision, DecisionRequest, Exchange
from games.beliefs import Question
from games.core import Game
from games.registry import load
from games.transforms import answers
from games.transforms.elicited import Elicited, ElicitedView, bare


class UnsuitableGame(ValueError):
    """A scripted player was asked to play a game that it has no rule for."""


class Bot(Agent):
    """A scripted player: free, and deterministic given its seeds.

    Where a game asks for beliefs (`elicited`), it plays the game inside and answers the questions apart.

    Attributes:
        plays: registry names of the games it plays; empty when it is not made for certain games.
        scope: what games it plays, in words, where `plays` does not say it.
        thinks: whether a decision may take long, so that matches of others should go on meanwhile.
    """

    plays: ClassVar[tuple[str, ...]] = ()
    scope: ClassVar[str] = "any game"
    thinks: ClassVar[bool] = False

    def suits(self, game: Game[Any, Any]) -> bool:
        return self.knows(bare(game))

    def knows(self, game: Game[Any, Any]) -> bool:
        """Whether the player can play this game, which asks for no beliefs."""
        return not self.plays or game.info.name in self.plays

    async def decide(self, request: DecisionRequest) -> Decision:
        game = game_of(request.game)
        if not self.suits(game):
            raise UnsuitableGame(f"{self.spec} plays {', '.join(self.plays) or self.scope}, not {request.game}")
        if isinstance(game, Elicited):
            view = request.information_key
            assert isinstance(view, ElicitedView), "what a game with questions tells a seat"
            request = replace(request, game=game.inner.spec, _view=_InnerView(request, view))
            if view.questions:
                return Decision(self.believe(request, view.questions))
        if self.thinks:
            return Decision(await asyncio.to_thread(self.choose, request))
        return Decision(self.choose(request))

    def believe(self, request: DecisionRequest, questions: tuple[Question, ...]) -> str:
        """The text of an answer to questions in a game that suits: every option alike, unless a player knows better."""
        return answers.write(questions, answers.uniform(questions))

    @abstractmethod
    def choose(self, request: DecisionRequest) -> str:
        """The text of the action, in a game that suits."""


@dataclass(frozen=True, slots=True)
class _InnerView:
    """What a seat may read, with the information state of the game inside."""

    outer: DecisionRequest
    view: ElicitedView

    def rules_text(self) -> str:
        return self.outer.rules_text

    def observation(self) -> str:
        return self.outer.observation

    def history(self) -> tuple[Exchange, ...]:
        return self.outer.history

    def legal_actions(self) -> tuple[str, ...] | None:
        return self.outer.legal_actions

    def example_actions(self) -> tuple[str, ...]:
        return self.outer.example_actions

    def information_key(self) -> Hashable:
        return self.view.view


@lru_cache(maxsize=64)
def game_of(spec: str) -> Game[Any, Any]:
    """The game of a request, loaded once."""
    return load(spec)


def choices(request: DecisionRequest) -> tuple[str, ...]:
    """The texts of the legal actions at a node where they are listed."""
    assert request.legal_actions is not None, "the game lists its actions here"
    return request.legal_actions
