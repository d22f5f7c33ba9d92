"""Players of nim and pig."""

from __future__ import annotations

from functools import reduce
from operator import xor
from typing import ClassVar

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, game_of
from games.board.nim import Nim, NimMove, NimState
from games.cards.pig import HOLD, ROLL, Pig, PigState


class NimExpert(Bot):
    """Leaves an exclusive or of 0 where it can (Bouton 1901), and takes one object where it cannot."""

    plays = ("nim",)
    title: ClassVar[str] = "Plays nim perfectly, normal and misere"

    def choose(self, request: DecisionRequest) -> str:
        game, state = game_of(request.game), request.information_key
        assert isinstance(game, Nim), "the only game this plays"
        assert isinstance(state, NimState), "a game of perfect information"
        legal = game.legal_actions(state, request.seat)
        best = [move for move in legal if losing(after(state.piles, move), misere=game.params.misere)]
        chosen = request.rng().choice(best or [move for move in legal if move.taken == 1])
        return game.action_to_text(state, request.seat, chosen)


def after(piles: tuple[int, ...], move: NimMove) -> tuple[int, ...]:
    """The piles after a move."""
    return tuple(held - move.taken * (pile == move.pile) for pile, held in enumerate(piles))


def losing(piles: tuple[int, ...], *, misere: bool) -> bool:
    """Whether the player to move loses against perfect play."""
    balanced = reduce(xor, piles) == 0
    return balanced != (misere and max(piles) <= 1)


class HoldAtParams(AgentParams):
    """Parameters of holding at a number."""

    points: int = Field(20, ge=1, le=1000, description="Points of a turn from which on it holds.")


class HoldAt(Bot):
    """Rolls until the turn is worth enough, or wins the race; 20 is near the best fixed number for a race to 100."""

    Params = HoldAtParams
    params: HoldAtParams
    plays = ("pig",)
    title: ClassVar[str] = "Rolls until the turn is worth a fixed number of points"

    def choose(self, request: DecisionRequest) -> str:
        game, state = game_of(request.game), request.information_key
        assert isinstance(game, Pig), "the only game this plays"
        assert isinstance(state, PigState), "a game of perfect information"
        wins = state.scores[request.seat] + state.pot >= game.params.target
        wanted = HOLD if wins or state.pot >= self.params.points else ROLL
        return game.action_to_text(state, request.seat, wanted)
