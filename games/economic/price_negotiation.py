"""Haggling over the price of one good, with words if wanted (the negotiation game of GLEE)."""

from __future__ import annotations

from typing import Final, Self

from pydantic import Field, model_validator

from games.core import GameParams, Seat
from games.economic.haggling import ACCEPT, REJECT, SELLER, Haggling, NegotiationState, Offer, turn_of
from games.info import ActionKind, Chance, Dynamics, GameInfo, Information, Utility
from games.open_text import as_data
from games.parsing import choose

LEAVE: Final = "leave"

_ANSWERS: Final = (ACCEPT, REJECT, LEAVE)
# Public, and apart from the two values, so that it says nothing about them.
_LIMIT_FACTOR: Final = 10


class PriceNegotiationParams(GameParams):
    """Parameters of the price negotiation; a seat's value of the good is its factor times the scale."""

    seller_factor: float = Field(0.8, gt=0, le=_LIMIT_FACTOR, description="The seller's value, in units of the scale.")
    buyer_factor: float = Field(1.2, gt=0, le=_LIMIT_FACTOR, description="The buyer's value, in units of the scale.")
    scale: int = Field(100, ge=1, le=1_000_000, description=f"Money unit; prices go from 0 to {_LIMIT_FACTOR} scales.")
    horizon: int = Field(10, ge=1, le=1000, description="Most rounds; a round is one offer and the answer to it.")
    complete_information: bool = Field(False, description="Whether each side is told the other's value.")
    messages: bool = Field(True, description="Whether an offer may carry a message.")
    announce_horizon: bool = Field(True, description="Whether seats are told the number of rounds.")

    @model_validator(mode="after")
    def _whole_values(self) -> Self:
        for factor in (self.seller_factor, self.buyer_factor):
            if abs(factor * self.scale - round(factor * self.scale)) > 1e-6:
                raise ValueError(f"values must be whole numbers, but {factor:g} * {self.scale} is not")
        return self


class PriceNegotiation(Haggling):
    """Seller and buyer take turns at naming a price; the other accepts, rejects and names the next, or leaves.

    As in GLEE, values are fixed by the parameters, there is no discounting, and leaving is worth as much as no deal.
    Unlike there, prices are whole numbers up to a public limit. Offers are open text with and without messages: a
    list of all prices would be up to ten million lines long, and players would write them in two ways.
    """

    Params = PriceNegotiationParams
    params: PriceNegotiationParams
    info = GameInfo(
        name="price_negotiation",
        version=1,
        title="Price negotiation",
        summary="A seller and a buyer take turns at offering a price for one good until they agree or give up.",
        family="economic",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        actions=ActionKind.MIXED,
        roles=("seller", "buyer"),
        tags=("bargaining", "negotiation", "talk"),
        references=(
            "E. Shapira et al., GLEE: a unified framework and benchmark for language-based economic environments, "
            "arXiv 2410.05254 (negotiation)",
        ),
    )

    def __init__(self, params: PriceNegotiationParams | None = None) -> None:
        super().__init__(params)
        scale = self.params.scale
        self.values = (round(self.params.seller_factor * scale), round(self.params.buyer_factor * scale))
        self.limit = _LIMIT_FACTOR * scale
        self.messages = self.params.messages
        self.complete_information = self.params.complete_information
        self.told_horizon = self.params.horizon if self.params.announce_horizon else None

    def to_move(self, state: NegotiationState) -> tuple[Seat, ...]:
        goes_on = state.answer is None or (state.answer == REJECT and len(state.offers) < self.params.horizon)
        return (turn_of(state),) if goes_on else ()

    def legal_actions(self, state: NegotiationState, seat: Seat) -> tuple[str, ...] | None:
        return _ANSWERS if _is_asked(state) else None

    def max_turns(self) -> int:
        return 2 * self.params.horizon

    def rules_text(self, seat: Seat) -> str:
        lines = [
            "A seller and a buyer negotiate the price of one good. "
            f"You are the {self.info.roles[seat]}; the {self.info.roles[1 - seat]} is the other player.",
            "In the first round the seller names a price and the buyer answers: accept (the good is sold at that "
            "price), reject, or leave (no deal). Whoever rejects names the price of the next round, and the other "
            "answers; so the two take turns.",
            self._horizon(),
            *self.worth(seat),
            "A deal at a price that is worse than your value gives you a negative result; without a deal the result "
            "is 0 for both. More is better.",
            f"Prices are whole numbers from 0 to {self.limit}. {self.how_to_write()}",
            "Write an answer as one word: accept, reject or leave",
        ]
        return "\n".join(lines)

    def observation(self, state: NegotiationState, seat: Seat) -> str:
        rounds = len(state.offers)
        if not self.to_move(state):
            return f"{self._ending(state, seat)} Your result: {self.returns(state)[seat]:g}."
        if not rounds:
            return f"{self._headline(1)} {'Name' if seat == SELLER else 'The seller is to name'} a price."
        if state.answer is None:
            return self._offered(state, seat)
        price, headline = state.offers[-1].price, self._headline(rounds + 1)
        if seat == turn_of(state):
            return f"You rejected the offer of {price}. {headline} Name a price."
        return f"Your offer of {price} was rejected. {headline} The {self.info.roles[1 - seat]} is to name a price."

    def parse_action(self, state: NegotiationState, seat: Seat, text: str) -> Offer | str:
        """An answer, or an offer: `offer 80 | words`; the word `offer` may be missing, and prices may have commas."""
        if _is_asked(state):
            return choose(text, {answer: answer for answer in _ANSWERS}, r"(offer\b *:? *)?[0-9][0-9,]*( *\|.*)?")
        return self.read_offer(text)

    def example_actions(self, state: NegotiationState, seat: Seat) -> tuple[Offer | str, ...]:
        """Answers, or a few offers that the seat's own value suggests, the most ambitious first."""
        if _is_asked(state):
            return _ANSWERS
        return self.example_offers(seat)

    def _horizon(self) -> str:
        if not self.params.announce_horizon:
            return "The number of rounds is limited, but you are not told by how much; after the last there is no deal."
        rounds = self.params.horizon
        return (
            f"There {'is 1 round' if rounds == 1 else f'are at most {rounds} rounds'}; after the last there is no deal."
        )

    def _headline(self, number: int) -> str:
        return f"Round {number} of {self.params.horizon}." if self.params.announce_horizon else f"Round {number}."

    def _offered(self, state: NegotiationState, seat: Seat) -> str:
        """The offer that waits for an answer, as its maker or its receiver reads it."""
        rounds = len(state.offers)
        offer, other = state.offers[-1], self.info.roles[1 - seat]
        headline = self._headline(rounds)
        if seat != turn_of(state):
            return f"{headline} You offered {offer.price}; the {other} has not answered yet."
        before = f"Your offer of {state.offers[-2].price} was rejected. " if rounds > 1 else ""
        words = f" and writes: {as_data(offer.message)}" if offer.message else "."
        return f"{before}{headline} The {other} offers {offer.price}{words}\nDo you accept, reject or leave?"

    def _ending(self, state: NegotiationState, seat: Seat) -> str:
        offer = state.offers[-1]
        who = "You" if seat == turn_of(state) else f"The {self.info.roles[1 - seat]}"
        if state.answer == ACCEPT:
            return f"{who} accepted: the good is sold at {offer.price}."
        if state.answer == LEAVE:
            return f"{who} left at the offer of {offer.price}: no deal."
        return f"{who} rejected the offer of {offer.price} in the last round: no deal."


def _is_asked(state: NegotiationState) -> bool:
    """Whether an offer waits for an answer."""
    return bool(state.offers) and state.answer is None
