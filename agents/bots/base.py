"""What scripted players share."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from functools import lru_cache
from typing import Any, ClassVar

from agents.base import Agent, Decision, DecisionRequest
from games.core import Game
from games.registry import load


class UnsuitableGame(ValueError):
    """A scripted player was asked to play a game that it has no rule for."""


class Bot(Agent):
    """A scripted player: free, and deterministic given its seeds.

    Attributes:
        plays: registry names of the games it plays; empty when it is not made for certain games.
        scope: what games it plays, in words, where `plays` does not say it.
        thinks: whether a decision may take long, so that matches of others should go on meanwhile.
    """

    plays: ClassVar[tuple[str, ...]] = ()
    scope: ClassVar[str] = "any game"
    thinks: ClassVar[bool] = False

    def suits(self, game: Game[Any, Any]) -> bool:
        return not self.plays or game.info.name in self.plays

    async def decide(self, request: DecisionRequest) -> Decision:
        if not self.suits(game_of(request.game)):
            raise UnsuitableGame(f"{self.spec} plays {', '.join(self.plays) or self.scope}, not {request.game}")
        if self.thinks:
            return Decision(await asyncio.to_thread(self.choose, request))
        return Decision(self.choose(request))

    @abstractmethod
    def choose(self, request: DecisionRequest) -> str:
        """The text of the action, in a game that suits."""


@lru_cache(maxsize=64)
def game_of(spec: str) -> Game[Any, Any]:
    """The game of a request, loaded once."""
    return load(spec)


def choices(request: DecisionRequest) -> tuple[str, ...]:
    """The texts of the legal actions at a node where they are listed."""
    assert request.legal_actions is not None, "the game lists its actions here"
    return request.legal_actions
