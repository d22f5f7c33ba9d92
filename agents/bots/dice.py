"""A player of liar's dice who counts."""

from __future__ import annotations

from math import comb
from typing import ClassVar

from agents.base import DecisionRequest
from agents.bots.base import Bot, choices, game_of
from games.cards.liars_dice import Bid, LiarsDice, LiarsDiceView


class DiceCounter(Bot):
    """Says what is most likely to be right, given the own dice alone: a bid, or that the last bid was wrong.

    It takes dice that it does not see for fair and learns nothing from what others bid.
    """

    plays = ("liars_dice",)
    title: ClassVar[str] = "Bids and challenges by the probability of the dice it does not see"

    def choose(self, request: DecisionRequest) -> str:
        game, view = game_of(request.game), request.information_key
        assert isinstance(game, LiarsDice), "the one game it plays"
        assert isinstance(view, LiarsDiceView), "what liar's dice tells a seat"
        chances = {text: _chance(game, view, text) for text in choices(request)}
        likeliest = max(chances.values())
        return request.rng().choice([text for text, chance in chances.items() if chance == likeliest])


def _chance(game: LiarsDice, view: LiarsDiceView, text: str) -> float:
    """Probability that what a text says is right."""
    action = game.read(text)
    if not isinstance(action, Bid):
        return 1 - bid_probability(game, view.dice, view.bids[-1])
    return bid_probability(game, view.dice, action)


def bid_probability(game: LiarsDice, own: tuple[int, ...], bid: Bid) -> float:
    """Probability that a bid is right, given some of the dice and fair ones elsewhere (a binomial tail)."""
    params = game.params
    counting = {bid.face, params.wild} - {None}
    unseen = params.num_players * params.dice - len(own)
    missing = bid.quantity - sum(die in counting for die in own)
    hit = len(counting) / params.faces
    return sum(
        comb(unseen, hits) * hit**hits * (1 - hit) ** (unseen - hits) for hits in range(max(missing, 0), unseen + 1)
    )
