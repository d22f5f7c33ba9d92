"""Sender and receiver who play an equilibrium."""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar

import numpy as np

from agents.base import DecisionRequest
from agents.bots.base import Bot, choices, game_of
from games.core import Game
from games.economic.signalling import SENDER, Signalling, SignallingView
from games.solvers.signalling import SignallingEquilibrium, signalling_equilibria


class Signaller(Bot):
    """Plays a perfect Bayesian equilibrium in pure strategies of the signalling game.

    Of several it plays the first, in the order of messages and actions, that passes the intuitive criterion and gives
    both together the most, so that two of them understand each other.
    """

    plays = ("signalling",)
    title: ClassVar[str] = "Plays an equilibrium of the signalling game that passes the intuitive criterion"

    def knows(self, game: Game[object, object]) -> bool:
        return isinstance(game, Signalling) and bool(_equilibria(game))

    def choose(self, request: DecisionRequest) -> str:
        game, view = game_of(request.game), request.information_key
        assert isinstance(game, Signalling), "the one game it plays"
        assert isinstance(view, SignallingView), "what the signalling game tells a seat"
        chosen = selected(game)
        if request.seat == SENDER:
            assert view.kind is not None, "the sender knows its type"
            return choices(request)[chosen.messages[view.kind]]
        assert view.message is not None, "the receiver knows the message"
        return choices(request)[chosen.actions[view.message]]


def selected(game: Signalling) -> SignallingEquilibrium:
    """The equilibrium that is played."""
    return max(_equilibria(game), key=lambda each: (each.intuitive, round(each.sender_value + each.receiver_value, 9)))


@lru_cache(maxsize=16)
def _equilibria(game: Signalling) -> list[SignallingEquilibrium]:
    payoffs = np.array(game.table.payoffs, dtype=float)
    return signalling_equilibria(np.array(game.table.prior), payoffs[..., 0], payoffs[..., 1])
