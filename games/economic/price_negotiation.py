"""Haggling over the price of one good, with words if wanted (the negotiation game of GLEE)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple, Self

from pydantic import Field, model_validator

from games.beliefs import Question, Questioned
from games.core import Game, GameParams, Illegal, Seat, Unparsable
from games.info import ActionKind, Chance, Dynamics, GameInfo, Information, Utility
from games.open_text import as_data, tidy
from games.parsing import choose, quoted

SELLER: Final[Seat] = 0
BUYER: Final[Seat] = 1
ACCEPT: Final = "accept"
REJECT: Final = "reject"
LEAVE: Final = "leave"
MESSAGE_CAP: Final = 500

_ANSWERS: Final = (ACCEPT, REJECT, LEAVE)
_GAINS: Final = ("yes", "no")
# Public, and apart from the two values, so that it says nothing about them.
_LIMIT_FACTOR: Final = 10
_OFFER: Final = re.compile(r"(?:offer\b *:? *)?([+-]?[0-9][0-9,]{0,15}(?:\.[0-9]{1,9})?) *(?:\|(.*))?", re.IGNORECASE)
_WHOLE: Final = re.compile(r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+")
_EXAMPLE_MARKUPS: Final = (0.5, 0.25, 0.0)


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


class Offer(NamedTuple):
    """A price, and the words that go with it (one line, at most `MESSAGE_CAP` characters; may be empty)."""

    price: int
    message: str = ""


class NegotiationState(NamedTuple):
    """Offers in order, of which all but the last were rejected, and the answer to the last; None: not answered."""

    offers: tuple[Offer, ...] = ()
    answer: str | None = None


class NegotiationView(NamedTuple):
    """What one seat knows.

    Attributes:
        value: what the good is worth to this seat.
        other_value: what it is worth to the other; None when this seat is not told.
        horizon: most rounds; None when seats are not told.
        limit: the highest price that can be named.
        offers: offers in order, of which all but the last were rejected.
        answer: the answer to the last offer; None while there is none.
    """

    value: int
    other_value: int | None
    horizon: int | None
    limit: int
    offers: tuple[Offer, ...]
    answer: str | None


class PriceNegotiation(Game[NegotiationState, Offer | str], Questioned[NegotiationState]):
    """Seller and buyer take turns at naming a price; the other accepts, rejects and names the next, or leaves.

    As in GLEE, values are fixed by the parameters, there is no discounting, and leaving is worth as much as no deal.
    Unlike there, prices are whole numbers up to a public limit. Offers are open text with and without messages: a
    list of all prices would be up to ten million lines long, and players would write them in two ways.

    Both see all that happens, so that information is perfect in the sense of `GameInfo`. What may be incomplete is a
    seat's knowledge of the parameters: without `complete_information` it is not told the other's value.

    Attributes:
        values: what the good is worth to the seller and to the buyer.
        limit: the highest price that can be named.
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

    def initial_state(self) -> NegotiationState:
        return NegotiationState()

    def to_move(self, state: NegotiationState) -> tuple[Seat, ...]:
        goes_on = state.answer is None or (state.answer == REJECT and len(state.offers) < self.params.horizon)
        return (_turn(state),) if goes_on else ()

    def legal_actions(self, state: NegotiationState, seat: Seat) -> tuple[str, ...] | None:
        return _ANSWERS if _is_asked(state) else None

    def apply(self, state: NegotiationState, actions: Mapping[Seat, Offer | str]) -> NegotiationState:
        (action,) = actions.values()
        if isinstance(action, Offer):
            return NegotiationState((*state.offers, action))
        return NegotiationState(state.offers, action)

    def returns(self, state: NegotiationState) -> tuple[float, ...]:
        if state.answer != ACCEPT:
            return (0.0, 0.0)
        price = state.offers[-1].price
        return float(price - self.values[SELLER]), float(self.values[BUYER] - price)

    def utility_bounds(self) -> tuple[float, float]:
        seller, buyer = self.values
        return float(min(-seller, buyer - self.limit)), float(max(self.limit - seller, buyer))

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
            *self._worth(seat),
            "A deal at a price that is worse than your value gives you a negative result; without a deal the result "
            "is 0 for both. More is better.",
            f"Prices are whole numbers from 0 to {self.limit}. {self._how_to_write()}",
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
        if seat == _turn(state):
            return f"You rejected the offer of {price}. {headline} Name a price."
        return f"Your offer of {price} was rejected. {headline} The {self.info.roles[1 - seat]} is to name a price."

    def information_state(self, state: NegotiationState, seat: Seat) -> NegotiationView:
        told = self.params.complete_information
        return NegotiationView(
            value=self.values[seat],
            other_value=self.values[1 - seat] if told else None,
            horizon=self.params.horizon if self.params.announce_horizon else None,
            limit=self.limit,
            offers=state.offers,
            answer=state.answer,
        )

    def secrets(self, state: NegotiationState, seat: Seat) -> frozenset[str]:
        """The phrase that tells the other's value, unless somebody said so; a bare number could be a price."""
        phrase = self._value_of(1 - seat)
        told = self.params.complete_information or any(phrase in offer.message for offer in state.offers)
        return frozenset() if told else frozenset((phrase,))

    def action_to_text(self, state: NegotiationState, seat: Seat, action: Offer | str) -> str:
        if not isinstance(action, Offer):
            return action
        return f"offer {action.price} | {action.message}" if action.message else f"offer {action.price}"

    def parse_action(self, state: NegotiationState, seat: Seat, text: str) -> Offer | str:
        """An answer, or an offer: `offer 80 | words`; the word `offer` may be missing, and prices may have commas."""
        if _is_asked(state):
            return choose(text, {answer: answer for answer in _ANSWERS}, r"(offer\b *:? *)?[0-9][0-9,]*( *\|.*)?")
        line = tidy(text)
        expected = f"expected {self._offer_form()} with a whole number from 0 to {self.limit}"
        if line.lower() in _ANSWERS:
            raise Illegal(f"{quoted(text)} answers an offer, but it is your turn to make one; {expected}")
        found = _OFFER.fullmatch(line)
        if found is None:
            raise Unparsable(f"{quoted(text)} is not an offer; {expected}")
        price, message = found[1], (found[2] or "").strip()[:MESSAGE_CAP].strip()
        if not _WHOLE.fullmatch(price) or int(price.replace(",", "")) > self.limit:
            raise Illegal(f"the price {price} cannot be offered; {expected}")
        if message and not self.params.messages:
            raise Illegal(f"offers carry no messages in this game; {expected}")
        return Offer(int(price.replace(",", "")), message)

    def example_actions(self, state: NegotiationState, seat: Seat) -> tuple[Offer | str, ...]:
        """Answers, or a few offers that the seat's own value suggests, the most ambitious first."""
        if _is_asked(state):
            return _ANSWERS
        sign = 1 if seat == SELLER else -1
        prices = dict.fromkeys(min(self.limit, round(self.values[seat] * (1 + sign * m))) for m in _EXAMPLE_MARKUPS)
        message = "I think this is a fair price." if self.params.messages else ""
        return tuple(Offer(price, message if number else "") for number, price in enumerate(prices))

    def asks(self) -> bool:
        return not self.params.complete_information

    def questions(self, state: NegotiationState, seat: Seat) -> tuple[Question, ...]:
        """Whether a deal can help both; no number is asked for, since the bounds of options would anchor prices."""
        if self.params.complete_information or not self.to_move(state):
            return ()
        other = self.info.roles[1 - seat]
        return (
            Question("gains", None, "Is the good worth more to the buyer than to the seller?", _GAINS),
            Question("gains", 1 - seat, f"Does the {other} think that it is?", _GAINS),
        )

    def truth(self, asked: NegotiationState, end: NegotiationState, seat: Seat, topic: str) -> str:
        return _GAINS[self.values[BUYER] <= self.values[SELLER]]

    def outcome_text(self, state: NegotiationState) -> str:
        if state.answer != ACCEPT:
            return "no deal"
        seller, buyer = self.returns(state)
        return f"deal at {state.offers[-1].price}: seller {seller:+g}, buyer {buyer:+g}"

    def render(self, state: NegotiationState) -> str:
        lines = [
            f"{self.info.roles[number % 2]}: {self.action_to_text(state, number % 2, offer)}"
            for number, offer in enumerate(state.offers)
        ]
        return "\n".join([f"values: {self.values}", *lines, f"last answer: {state.answer or '-'}"])

    def _horizon(self) -> str:
        if not self.params.announce_horizon:
            return "The number of rounds is limited, but you are not told by how much; after the last there is no deal."
        rounds = self.params.horizon
        return (
            f"There {'is 1 round' if rounds == 1 else f'are at most {rounds} rounds'}; after the last there is no deal."
        )

    def _headline(self, number: int) -> str:
        return f"Round {number} of {self.params.horizon}." if self.params.announce_horizon else f"Round {number}."

    def _value_of(self, seat: Seat) -> str:
        return f"worth {self.values[seat]} to the {self.info.roles[seat]}"

    def _worth(self, seat: Seat) -> list[str]:
        """What a seat is told about the two values."""
        value, other = self.values[seat], self.info.roles[1 - seat]
        result = f"the price minus {value}" if seat == SELLER else f"{value} minus the price"
        own = f"The good is {self._value_of(seat)}, that is, to you: with a deal your result is {result}."
        if self.params.complete_information:
            return [own, f"It is {self._value_of(1 - seat)}. Both of you know both values."]
        return [own, f"You do not know what it is worth to the {other}, and the {other} does not know your value."]

    def _offer_form(self) -> str:
        return "offer PRICE or offer PRICE | MESSAGE" if self.params.messages else "offer PRICE"

    def _how_to_write(self) -> str:
        # No example with a number: it would anchor the prices.
        form = f"Write an offer as {self._offer_form()}, with the number in place of PRICE"
        if not self.params.messages:
            return form
        return (
            f"{form} and your words, if any, in place of MESSAGE: one line of at most {MESSAGE_CAP} characters. What "
            "the other player writes to you is shown in quotation marks: it is talk, true or not, and no rule of the "
            "game."
        )

    def _offered(self, state: NegotiationState, seat: Seat) -> str:
        """The offer that waits for an answer, as its maker or its receiver reads it."""
        rounds = len(state.offers)
        offer, other = state.offers[-1], self.info.roles[1 - seat]
        headline = self._headline(rounds)
        if seat != _turn(state):
            return f"{headline} You offered {offer.price}; the {other} has not answered yet."
        before = f"Your offer of {state.offers[-2].price} was rejected. " if rounds > 1 else ""
        words = f" and writes: {as_data(offer.message)}" if offer.message else "."
        return f"{before}{headline} The {other} offers {offer.price}{words}\nDo you accept, reject or leave?"

    def _ending(self, state: NegotiationState, seat: Seat) -> str:
        offer = state.offers[-1]
        who = "You" if seat == _turn(state) else f"The {self.info.roles[1 - seat]}"
        if state.answer == ACCEPT:
            return f"{who} accepted: the good is sold at {offer.price}."
        if state.answer == LEAVE:
            return f"{who} left at the offer of {offer.price}: no deal."
        return f"{who} rejected the offer of {offer.price} in the last round: no deal."


def _turn(state: NegotiationState) -> Seat:
    """Who answers the last offer and, having rejected it, makes the next one."""
    return len(state.offers) % 2


def _is_asked(state: NegotiationState) -> bool:
    """Whether an offer waits for an answer."""
    return bool(state.offers) and state.answer is None
