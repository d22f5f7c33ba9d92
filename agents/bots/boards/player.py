"""What players of board games share: a search that looks as far ahead as it has time for."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, choices, game_of
from games.core import Game
from games.solvers.minimax import Minimax, best_by_deepening, listed_actions


class BoardPlayerParams(AgentParams):
    """Parameters of a player of board games."""

    depth: int = Field(10, ge=1, le=50, description="Most plies to look ahead.")
    positions: int | None = Field(
        None,
        ge=1,
        le=1_000_000,
        description="Positions to look at before it looks no further ahead, one ply at least; null: as many as take "
        "some hundredths of a second on a board of the usual size.",
    )


class BoardPlayer(Bot):
    """Plays a best action by alpha-beta one ply deeper at a time, any of several alike, judging positions by a rule.

    It limits positions and not time, so that its play is the same on every machine.

    Attributes:
        usual_positions: how many positions it looks at when its parameters do not say.
    """

    Params = BoardPlayerParams
    params: BoardPlayerParams
    thinks = True
    usual_positions: ClassVar[int] = 1500

    @abstractmethod
    def value(self, game: Game[Any, Any], state: Any) -> float:
        """What an unfinished position seems worth to seat 0: strictly between the bounds of the game's utility."""

    def choose(self, request: DecisionRequest) -> str:
        game, state = game_of(request.game), request.information_key
        positions = self.params.positions or self.usual_positions
        search = Minimax(game, lambda reached: self.value(game, reached), positions)
        action = request.rng().choice(best_by_deepening(search, state, self.params.depth))
        return choices(request)[listed_actions(game, state, request.seat).index(action)]


def bounded(lead: float) -> float:
    """A lead of any size as a value between -1 and 1, both excluded, in the same order."""
    return lead / (1 + abs(lead))
