"""Sealed-bid auctions: everybody bids once, unseen, and the highest bid wins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, Self

from pydantic import Field, model_validator

from games.core import CHANCE, Game, GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.transforms.joint_round import span
from games.transforms.repeated import HorizonParams, RepeatedGame
from games.whole_numbers import whole_number


class AuctionParams(GameParams):
    """Parameters of one auction."""

    num_players: int = Field(10, ge=2, le=20, description="Bidders.")
    price_rule: Literal["first", "second"] = Field(
        "first", description="The winner pays its own bid (first) or the highest bid of the others (second)."
    )
    highest_value: int = Field(200, ge=1, le=10_000, description="The highest valuation; bids go up to it too.")
    value_step: int = Field(10, ge=1, description="Valuations are the multiples of this, from 0 to the highest one.")

    @model_validator(mode="after")
    def _enough_values(self) -> Self:
        if self.highest_value % self.value_step:
            raise ValueError(f"value_step must divide highest_value: {self.value_step}, {self.highest_value}")
        if self.highest_value // self.value_step + 1 < self.num_players:
            raise ValueError(
                f"{self.num_players} bidders need as many different valuations, but there are only "
                f"{self.highest_value // self.value_step + 1}"
            )
        return self


class SealedBidAuctionParams(AuctionParams, HorizonParams):
    """Parameters of a series of auctions."""


class AuctionState(NamedTuple):
    """Valuations drawn so far and, once all have bid, the bids; both in the order of seats."""

    values: tuple[int, ...] = ()
    bids: tuple[int, ...] = ()


class AuctionView(NamedTuple):
    """What a seat knows of an auction.

    Attributes:
        value: its own valuation; None before it is drawn.
        asked: whether all valuations are drawn.
        bid: its own bid; None before the auction is over, like all that follows.
        top: the highest bid.
        price: what the winner pays.
        winners: how many bid the highest bid.
    """

    value: int | None
    asked: bool
    bid: int | None = None
    top: int | None = None
    price: int | None = None
    winners: int | None = None


class Auction(Game[AuctionState, int]):
    """One auction: nature draws everybody's valuation, all different, and all bid at the same time.

    Several highest bidders share the good and the price in equal parts: what a fair draw among them is worth.

    Attributes:
        bids: the legal bids.
        valuations: what nature draws from.
    """

    Params = AuctionParams
    params: AuctionParams
    info = GameInfo(
        name="sealed_bid_auction",
        version=1,
        title="Sealed-bid auction",
        summary="Everybody knows its own valuation of a good and bids once; the highest bid wins the good.",
        family="economic",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.EXPLICIT,
        information=Information.IMPERFECT,
        utility=Utility.GENERAL_SUM,
        max_players=20,
        symmetric=True,
        tags=("auction", "private values", "repeated", "many players", "gama-bench"),
        references=(
            "W. Vickrey, Counterspeculation, auctions, and competitive sealed tenders, 1961",
            "J. Huang et al., How far are we on the decision-making of LLMs? (GAMA-Bench), ICLR 2025 (10 bidders, 20 "
            "rounds, valuations 0, 10, ..., 200 without repetition; how ties are settled is ours)",
        ),
    )

    def __init__(self, params: AuctionParams | None = None) -> None:
        super().__init__(params)
        self._seats = tuple(range(self.params.num_players))
        self.bids = range(self.params.highest_value + 1)
        self.valuations = range(0, self.params.highest_value + 1, self.params.value_step)

    def initial_state(self) -> AuctionState:
        return AuctionState()

    def to_move(self, state: AuctionState) -> tuple[Seat, ...]:
        if len(state.values) < len(self._seats):
            return (CHANCE,)
        return () if state.bids else self._seats

    def legal_actions(self, state: AuctionState, seat: Seat) -> Sequence[int]:
        return self.bids

    def chance_outcomes(self, state: AuctionState) -> Sequence[tuple[int, float]]:
        left = [value for value in self.valuations if value not in state.values]
        return [(value, 1 / len(left)) for value in left]

    def apply(self, state: AuctionState, actions: Mapping[Seat, int]) -> AuctionState:
        if CHANCE in actions:
            return AuctionState((*state.values, actions[CHANCE]))
        return AuctionState(state.values, tuple(map(actions.__getitem__, self._seats)))

    def returns(self, state: AuctionState) -> tuple[float, ...]:
        if not state.bids:
            return (0.0,) * len(self._seats)
        top, price, winners = self._result(state.bids)
        return tuple(
            [
                (value - price) / winners if bid == top else 0.0
                for value, bid in zip(state.values, state.bids, strict=True)
            ]
        )

    def utility_bounds(self) -> tuple[float, float]:
        return -float(self.params.highest_value), float(self.params.highest_value)

    def max_turns(self) -> int:
        return self.params.num_players + 1

    def rules_text(self, seat: Seat) -> str:
        first = self.params.price_rule == "first"
        pays = "its own bid" if first else "the highest bid among the others"
        return (
            f"You are one of {self.params.num_players} bidders for a good. What it is worth to you, your valuation, is "
            f"drawn at random from the multiples of {self.params.value_step} from 0 to {self.params.highest_value}; "
            "no two bidders have the same one. You know yours and nobody else's. All bid at the same time.\n"
            f"The highest bid wins the good, and the winner pays {pays}. The winner's result is its valuation minus "
            "the price, which is negative if it pays more than the good is worth to it; all others get 0. Bidders who "
            "tie for the highest bid share the good and its price equally. More is better.\n"
            "Then all are told the winning bid, how many made it, and the price.\n"
            f"Write your bid as {span(self.bids)}, without other words"
        )

    def observation(self, state: AuctionState, seat: Seat) -> str:
        view = self.information_state(state, seat)
        if view.value is None:
            return "Your valuation is not drawn yet."
        if not view.asked:
            return f"Your valuation is {view.value}. The others' are being drawn."
        if view.bid is None:
            return f"The good is worth {view.value} to you. What do you bid?"
        made = "1 bidder" if view.winners == 1 else f"{view.winners} bidders"
        won = "won" if view.bid == view.top else "did not win"
        return (
            f"The highest bid was {view.top}, made by {made}; the price is {view.price}. You bid {view.bid} for a good "
            f"worth {view.value} to you and {won}: your result is {self.returns(state)[seat]:.10g}."
        )

    def information_state(self, state: AuctionState, seat: Seat) -> AuctionView:
        value = state.values[seat] if seat < len(state.values) else None
        asked = len(state.values) == len(self._seats)
        if not state.bids:
            return AuctionView(value, asked)
        return AuctionView(value, asked, state.bids[seat], *self._result(state.bids))

    def parse_action(self, state: AuctionState, seat: Seat, text: str) -> int:
        if seat == CHANCE:
            return super().parse_action(state, seat, text)
        return whole_number(text, self.bids, span(self.bids))

    def render(self, state: AuctionState) -> str:
        bids = ", ".join(map(str, state.bids)) or "-"
        return f"valuations: {', '.join(map(str, state.values)) or '-'}; bids: {bids}"

    def _result(self, bids: tuple[int, ...]) -> tuple[int, int, int]:
        """The highest bid, the price, and how many made the highest bid."""
        second, top = sorted(bids)[-2:]
        return top, (top if self.params.price_rule == "first" else second), bids.count(top)


class SealedBidAuction(RepeatedGame):
    """Auctions with new valuations in every round.

    With the second-price rule bidding one's valuation is dominant; with the first-price rule `shading` says how much
    of it is bid in equilibrium. Scripted players find an `AuctionView` as the current one of the `RepeatedView`.
    """

    Params = SealedBidAuctionParams
    params: SealedBidAuctionParams
    info = Auction.info

    def make_stage(self) -> Auction:
        return Auction(self.params)


def shading(bidders: int) -> float:
    """Part of the valuation that is bid in the symmetric equilibrium of a first-price auction: (n - 1) / n.

    Exact for valuations that are independent and uniform from 0 on (Vickrey 1961); a close approximation for the
    grid without repetition that this game draws from.
    """
    return (bidders - 1) / bidders
