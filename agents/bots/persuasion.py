"""Sellers and buyers of the persuasion game with recommendations."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar

from agents.base import DecisionRequest
from agents.bots.base import Bot, game_of
from games.core import Game
from games.economic.persuasion import (
    BUY,
    DECLINE,
    HIGH,
    RECOMMEND,
    SELLER,
    SILENT,
    Persuasion,
    PersuasionView,
    VisitView,
    buys_blindly,
    commitment_lie_rate,
)


class _Trader(Bot):
    """Plays both roles: a way of selling, and a way of buying. Understands recommendations, not free text."""

    plays = ("persuasion",)

    def suits(self, game: Game[Any, Any]) -> bool:
        return isinstance(game, Persuasion) and game.params.message_type == "binary"

    def choose(self, request: DecisionRequest) -> str:
        game, view = game_of(request.game), request.information_key
        assert isinstance(game, Persuasion), "the one game it plays"
        if request.seat != SELLER:
            return BUY if self.buys(game, view) else DECLINE
        assert isinstance(view, PersuasionView), "what the seller knows"
        lies = view.qualities[-1] != HIGH and self.lies(game, request)
        return RECOMMEND if view.qualities[-1] == HIGH or lies else SILENT

    @abstractmethod
    def lies(self, game: Persuasion, request: DecisionRequest) -> bool:
        """Whether it recommends this low product as a seller."""

    @abstractmethod
    def buys(self, game: Persuasion, view: object) -> bool:
        """Whether it buys as a buyer."""


class HonestTrader(_Trader):
    """Recommends high products only, and buys what is recommended."""

    title: ClassVar[str] = "Recommends truthfully and trusts recommendations"

    def lies(self, game: Persuasion, request: DecisionRequest) -> bool:
        return False

    def buys(self, game: Persuasion, view: object) -> bool:
        return _heard(view) == RECOMMEND


class ScepticalTrader(_Trader):
    """Recommends everything, and buys as if it had heard nothing: the babbling equilibrium of one round."""

    title: ClassVar[str] = "Recommends everything and ignores recommendations"

    def lies(self, game: Persuasion, request: DecisionRequest) -> bool:
        return True

    def buys(self, game: Persuasion, view: object) -> bool:
        return buys_blindly(game.params.prior, game.params.value)


class BayesianTrader(_Trader):
    """Lies as often as a seller with commitment would, and buys when the past says that it pays.

    As a buyer it counts how many products were of high quality among those of which the same was said (a new buyer:
    among those that were bought), with the prior as one more observation.
    """

    title: ClassVar[str] = "Lies at the commitment rate and buys when experience says that it pays"

    def lies(self, game: Persuasion, request: DecisionRequest) -> bool:
        return request.rng().random() < commitment_lie_rate(game.params.prior, game.params.value)

    def buys(self, game: Persuasion, view: object) -> bool:
        high, seen = _experience(view)
        belief = (game.params.prior + high) / (1 + seen)
        return belief * game.params.value >= 1


def _heard(view: object) -> str | None:
    """What the seller says of the product at hand."""
    if isinstance(view, VisitView):
        return view.message
    assert isinstance(view, PersuasionView), "what a buyer knows"
    return view.messages[-1]


def _experience(view: object) -> tuple[int, int]:
    """High products, and all, among the past ones that were like this one to the buyer."""
    if isinstance(view, VisitView):
        return (view.bought - view.low_bought, view.bought) if view.message == RECOMMEND else (0, 0)
    assert isinstance(view, PersuasionView), "what a buyer knows"
    alike = [
        quality for quality, message in zip(view.qualities, view.messages, strict=False) if message == view.messages[-1]
    ]
    return alike.count(HIGH), len(alike)
