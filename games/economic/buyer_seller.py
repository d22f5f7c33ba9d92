"""A seller and a buyer who meet every offer with an answer or an offer of their own, as in NegotiationArena."""

from __future__ import annotations

from typing import Final, Literal, Self

from pydantic import Field, model_validator

from games.core import GameParams, Seat
from games.economic.haggling import ACCEPT, REJECT, SELLER, Haggling, NegotiationState, Offer, turn_of
from games.info import ActionKind, Chance, Dynamics, GameInfo, Information, Utility
from games.open_text import as_data
from games.parsing import choose

_ANSWERS: Final = (ACCEPT, REJECT)
_OFFER_GRAMMAR: Final = r"(offer\b *:? *)?[0-9][0-9,]*( *\|.*)?"


class BuyerSellerParams(GameParams):
    """Parameters of the buyer and the seller; the defaults are those of NegotiationArena."""

    cost: int = Field(40, ge=0, le=10_000_000, description="What the good is worth to the seller.")
    willingness: int = Field(60, ge=0, le=10_000_000, description="What the good is worth to the buyer.")
    cash: int = Field(100, ge=1, le=10_000_000, description="The buyer's money, which no price can pass.")
    offers: int = Field(4, ge=1, le=500, description="Most offers of each side; fixed openings count.")
    openings: tuple[int, ...] = Field(
        (), max_length=2, description="Prices of the first offers, the seller's and then the buyer's; empty: free."
    )
    good: Literal["object", "balloon"] = Field("object", description="What is sold.")
    messages: bool = Field(True, description="Whether an offer may carry a message.")

    @model_validator(mode="after")
    def _openings_can_be_made(self) -> Self:
        if any(not 0 <= price <= self.cash for price in self.openings):
            raise ValueError(f"openings must be from 0 to cash={self.cash}, but they are {list(self.openings)}")
        if len(self.openings) == 2 * self.offers:
            raise ValueError("openings leave no offer to make; raise offers")
        return self


class BuyerSeller(Haggling):
    """Seller and buyer take turns; each turn accepts the other's offer, rejects it for good, or makes another offer.

    Neither is told the other's value. As in NegotiationArena, where a match of ten turns allows each side four
    offers, whoever has none left can only accept or reject, and a match always ends with an answer.

    The probes there: a buyer who values the object far too much, `buyer_seller(cash=1000, cost=30, willingness=510)`
    with cost from 20 to 40 and willingness from 500 to 520 (how much money that buyer has is not known), and larger
    money, `buyer_seller(cash=100000, cost=40000, willingness=60000)` and ten times as much.

    The balloon of GPT-Bargaining is `buyer_seller(cash=20, cost=8, good="balloon", offers=10, openings=[20, 10],
    willingness=20)`. It gives the buyer no value there; here it is the seller's first price. Prices are read from
    the offer and not by a moderator, and no memory is cleared between matches.
    """

    Params = BuyerSellerParams
    params: BuyerSellerParams
    info = GameInfo(
        name="buyer_seller",
        version=1,
        title="Buyer and seller",
        summary="A seller and a buyer make offers and counter-offers for one good until one accepts or rejects.",
        family="economic",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        actions=ActionKind.MIXED,
        roles=("seller", "buyer"),
        tags=("bargaining", "negotiation", "talk"),
        references=(
            "F. Bianchi et al., How well can LLMs negotiate? NegotiationArena platform and analysis, arXiv 2402.05863",
            "Y. Fu et al., Improving language model negotiation with self-play and in-context learning from AI "
            "feedback, arXiv 2305.10142 (balloon)",
        ),
    )

    def __init__(self, params: BuyerSellerParams | None = None) -> None:
        super().__init__(params)
        self.values = (self.params.cost, self.params.willingness)
        self.limit = self.params.cash
        self.messages = self.params.messages
        self.told_horizon = 2 * self.params.offers
        self.noun = self.params.good

    def initial_state(self) -> NegotiationState:
        return NegotiationState(tuple(map(Offer, self.params.openings)))

    def to_move(self, state: NegotiationState) -> tuple[Seat, ...]:
        return (turn_of(state),) if state.answer is None else ()

    def legal_actions(self, state: NegotiationState, seat: Seat) -> tuple[str, ...] | None:
        return None if self.offers_left(state, seat) else _ANSWERS

    def max_turns(self) -> int:
        return 2 * self.params.offers - len(self.params.openings) + 1

    def rules_text(self, seat: Seat) -> str:
        lines = [
            f"A seller and a buyer negotiate the price of one {self.noun}. "
            f"You are the {self.info.roles[seat]}; the {self.info.roles[1 - seat]} is the other player.",
            "The seller makes the first offer; then the two take turns. In your turn you accept the other's last offer "
            f"(the {self.noun} is sold at that price), reject it (the negotiation is over without a deal), or make an "
            "offer of your own, to which the other answers in the same way.",
            *self._opening(),
            f"Each side can make {_count(self.params.offers)}; whoever has none left can only accept or reject.",
            *self.worth(seat),
            "A deal at a price that is worse than your value gives you a negative result; without a deal the result "
            "is 0 for both. More is better.",
            f"Prices are whole numbers from 0 to {self.limit}. {self.how_to_write()}",
            "Write an answer as one word: accept or reject",
        ]
        return "\n".join(lines)

    def observation(self, state: NegotiationState, seat: Seat) -> str:
        if state.answer is not None:
            return f"{self._ending(state, seat)} Your result: {self.returns(state)[seat]:g}."
        if not state.offers:
            who = "Make the first offer" if seat == SELLER else "The seller is to make the first offer"
            return f"{who}. {self._left(state, seat)}"
        offer, other = state.offers[-1], self.info.roles[1 - seat]
        if seat != turn_of(state):
            return f"You offered {offer.price}; the {other} has not answered yet. {self._left(state, seat)}"
        before = f"Your offer of {state.offers[-2].price} was not accepted. " if len(state.offers) > 1 else ""
        words = f" and writes: {as_data(offer.message)}" if offer.message else "."
        asked = "accept, reject, or make an offer" if self.offers_left(state, seat) else "accept or reject"
        return f"{before}The {other} offers {offer.price}{words}\n{self._left(state, seat)} Do you {asked}?"

    def parse_action(self, state: NegotiationState, seat: Seat, text: str) -> Offer | str:
        """An answer, or an offer: `offer 80 | words`; the word `offer` may be missing, and prices may have commas."""
        wanted = " ".join(text.split()).lower()
        if not self.offers_left(state, seat):
            return choose(text, {answer: answer for answer in _ANSWERS}, _OFFER_GRAMMAR)
        if not state.offers:
            return self.read_offer(text)
        return wanted if wanted in _ANSWERS else self.read_offer(text, answers="accept or reject or ")

    def example_actions(self, state: NegotiationState, seat: Seat) -> tuple[Offer | str, ...]:
        """Answers, if there is something to answer, and a few offers that the seat's own value suggests."""
        offers = self.example_offers(seat) if self.offers_left(state, seat) else ()
        return (*(_ANSWERS if state.offers else ()), *offers)

    def offers_left(self, state: NegotiationState, seat: Seat) -> int:
        """How many offers a seat can still make."""
        return self.params.offers - (len(state.offers) + 1 - seat) // 2

    def _opening(self) -> list[str]:
        """What is told of the fixed first offers."""
        fixed = [
            f"the {role} names {price}" for role, price in zip(self.info.roles, self.params.openings, strict=False)
        ]
        return [f"The first offers are fixed: {' and '.join(fixed)}."] if fixed else []

    def _left(self, state: NegotiationState, seat: Seat) -> str:
        return f"You have {_count(self.offers_left(state, seat))} left."

    def _ending(self, state: NegotiationState, seat: Seat) -> str:
        price = state.offers[-1].price
        who = "You" if seat == turn_of(state) else f"The {self.info.roles[1 - seat]}"
        if state.answer == ACCEPT:
            return f"{who} accepted: the {self.noun} is sold at {price}."
        return f"{who} rejected the offer of {price}: no deal."


def _count(offers: int) -> str:
    return "1 offer" if offers == 1 else f"{offers or 'no'} offers"
