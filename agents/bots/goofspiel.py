"""Bidders for the prizes of goofspiel."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from agents.base import DecisionRequest
from agents.bots.base import Bot, game_of
from games.cards.goofspiel import Goofspiel, GoofspielState, HiddenView


class _Bidder(Bot):
    """A rule for the card to bid, given the hand and the prize."""

    plays = ("goofspiel",)

    def choose(self, request: DecisionRequest) -> str:
        game, view = game_of(request.game), request.information_key
        assert isinstance(game, Goofspiel), "the one game it plays"
        assert isinstance(view, (GoofspielState, HiddenView)), "what goofspiel tells a seat"
        assert view.up is not None, "asked when a prize is up"
        hand = view.hand if isinstance(view, HiddenView) else view.hands[request.seat]
        return game.card_text(self.card(hand, view.up))

    @abstractmethod
    def card(self, hand: tuple[int, ...], prize: int) -> int:
        """The card to bid; the hand is in ascending order."""


class MatchPrize(_Bidder):
    """Bids as much as the prize counts: the best reply to a player who bids at random (Ross 1971)."""

    title: ClassVar[str] = "Bids what the prize counts"

    def card(self, hand: tuple[int, ...], prize: int) -> int:
        return _at_least(hand, prize)


class OneUp(_Bidder):
    """Bids one more than the prize counts, and its lowest card where it has no higher one: beats who matches prizes."""

    title: ClassVar[str] = "Bids one more than the prize counts"

    def card(self, hand: tuple[int, ...], prize: int) -> int:
        return _at_least(hand, prize + 1) if hand[-1] > prize else hand[0]


def _at_least(hand: tuple[int, ...], number: int) -> int:
    """The lowest card that is no lower than a number; the highest one where all are lower."""
    return next((card for card in hand if card >= number), hand[-1])
