"""Players of the group games of GAMA-Bench."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Final

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, game_of
from games.core import Game
from games.dilemmas.diners_dilemma import COSTLY
from games.dilemmas.el_farol import GO, STAY, ElFarol, mixed_probability
from games.dilemmas.public_goods import PublicGoods
from games.economic.divide_the_dollar import DivideTheDollar
from games.economic.guess_two_thirds import GuessTwoThirds
from games.economic.pirates import Pirates, PirateState, equilibrium_plan, equilibrium_vote
from games.economic.sealed_bid_auction import AuctionView, SealedBidAuction, shading
from games.tactics.battle_royale import BattleRoyale, BattleState, strongest_other
from games.transforms.repeated import RepeatedView


class GroupEquilibrium(Bot):
    """Plays the equilibrium that GAMA-Bench scores each of its games by.

    Guesses 0; goes to the bar with the probability of the symmetric mixed equilibrium; asks for an equal part; gives
    nothing; orders the costly dish; bids (n - 1) / n of its valuation, or all of it under the second-price rule;
    shoots at the strongest other; proposes and votes as backward induction says.
    """

    plays = (
        "battle_royale",
        "diners_dilemma",
        "divide_the_dollar",
        "el_farol",
        "guess_two_thirds",
        "pirates",
        "public_goods",
        "sealed_bid_auction",
    )
    title: ClassVar[str] = "Plays the equilibrium of each group game of GAMA-Bench"

    def choose(self, request: DecisionRequest) -> str:
        game = game_of(request.game)
        return _RULES[game.info.name](game, request)


class TruthfulBidder(Bot):
    """Bids its valuation: dominant under the second-price rule (Vickrey 1961)."""

    plays = ("sealed_bid_auction",)
    title: ClassVar[str] = "Bids what the good is worth to it"

    def choose(self, request: DecisionRequest) -> str:
        return str(_valuation(request))


class ShadingParams(AgentParams):
    """Parameters of the shading bidder."""

    part: float | None = Field(
        None, ge=0, le=1, description="Part of its valuation that it bids; null: (n - 1) / n with n bidders."
    )


class ShadingBidder(Bot):
    """Bids a part of its valuation: the equilibrium part of the first-price auction unless told otherwise."""

    Params = ShadingParams
    params: ShadingParams
    plays = ("sealed_bid_auction",)
    title: ClassVar[str] = "Bids a part of what the good is worth to it"

    def choose(self, request: DecisionRequest) -> str:
        part = self.params.part
        if part is None:
            part = shading(game_of(request.game).num_players)
        return str(round(part * _valuation(request)))


def _valuation(request: DecisionRequest) -> int:
    view = request.information_key
    assert isinstance(view, RepeatedView), "auctions are repeated"
    assert isinstance(view.current, AuctionView), "the current round is an auction"
    assert view.current.value is not None, "a bidder is asked when it knows its valuation"
    return view.current.value


def _guess(game: GuessTwoThirds, request: DecisionRequest) -> str:
    """With a ratio of 1 every common number is an equilibrium: the middle one, as GAMA-Bench scores it."""
    highest = game.params.highest
    return str(0 if game.params.ratio < 1 else highest if game.params.ratio > 1 else highest // 2)


def _evening(game: ElFarol, request: DecisionRequest) -> str:
    return GO if request.rng().random() < mixed_probability(game.params) else STAY


def _bid_for_part(game: DivideTheDollar, request: DecisionRequest) -> str:
    return str(game.params.golds // game.params.num_players)


def _gift(game: PublicGoods, request: DecisionRequest) -> str:
    return str(0 if game.params.multiplier < game.params.num_players else game.params.endowment)


def _dish(game: Game[Any, Any], request: DecisionRequest) -> str:
    return COSTLY


def _bid(game: SealedBidAuction, request: DecisionRequest) -> str:
    part = 1.0 if game.params.price_rule == "second" else shading(game.num_players)
    return str(round(part * _valuation(request)))


def _shot(game: BattleRoyale, request: DecisionRequest) -> str:
    state = request.information_key
    assert isinstance(state, BattleState), "the battle royale has perfect information"
    return game.action_to_text(state, request.seat, strongest_other(game, state))


def _plan_or_vote(game: Pirates, request: DecisionRequest) -> str:
    state, gold = request.information_key, game.params.gold
    assert isinstance(state, PirateState), "the pirate game has perfect information"
    if state.plan is not None:
        return equilibrium_vote(state, request.seat, gold)
    plan = equilibrium_plan(game.params.num_players - request.seat, gold)
    return game.action_to_text(state, request.seat, plan)


_RULES: Final[dict[str, Callable[[Any, DecisionRequest], str]]] = {
    "battle_royale": _shot,
    "diners_dilemma": _dish,
    "divide_the_dollar": _bid_for_part,
    "el_farol": _evening,
    "guess_two_thirds": _guess,
    "pirates": _plan_or_vote,
    "public_goods": _gift,
    "sealed_bid_auction": _bid,
}
