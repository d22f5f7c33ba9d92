"""Alternating offers: two players divide a sum of money that loses value while they haggle (GLEE's bargaining)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple, Self

from pydantic import Field, model_validator

from games.core import Game, GameParams, Illegal, Seat, Unparsable
from games.info import ActionKind, Chance, Dynamics, GameInfo, Information, Utility
from games.open_text import as_data, tidy
from games.parsing import choose, quoted

ALICE: Final[Seat] = 0
BOB: Final[Seat] = 1
ACCEPT: Final = "accept"
REJECT: Final = "reject"
MESSAGE_CAP: Final = 500

_ANSWERS: Final = (ACCEPT, REJECT)
_OFFER: Final = re.compile(r"(?:offer\b *:? *)?([0-9]{1,9}) *(?:\|(.*))?", re.IGNORECASE)


class BargainingParams(GameParams):
    """Parameters of the bargaining; a discount factor is what is left of the worth of money after one round."""

    alice_discount: float = Field(0.9, gt=0, le=1, description="Discount factor of Alice, who makes the first offer.")
    bob_discount: float = Field(0.9, gt=0, le=1, description="Discount factor of Bob.")
    pie: int = Field(10_000, ge=1, le=1_000_000, description="Money to be divided.")
    horizon: int = Field(12, ge=1, le=1000, description="Most rounds; a round is one offer and the answer to it.")
    announce_horizon: bool = Field(True, description="Whether seats are told the number of rounds.")
    complete_information: bool = Field(True, description="Whether each side is told the other's discount factor.")
    messages: bool = Field(False, description="Whether an offer may carry a message.")
    opening: int | None = Field(None, ge=0, description="What Alice offers Bob in the first round; null: she chooses.")

    @model_validator(mode="after")
    def _opening_can_be_made(self) -> Self:
        if self.opening is not None and self.opening > self.pie:
            raise ValueError(f"opening={self.opening} is more than there is to divide: pie={self.pie}")
        return self


class Split(NamedTuple):
    """What the proposer gives to the other, and the words that go with it (one line; may be empty)."""

    given: int
    message: str = ""


class BargainingState(NamedTuple):
    """Offers in order, of which all but the last were rejected, and the answer to the last; None: not answered."""

    offers: tuple[Split, ...] = ()
    answer: str | None = None


class BargainingView(NamedTuple):
    """What one seat knows.

    Attributes:
        pie: the money to be divided.
        discount: this seat's discount factor.
        other_discount: the other's; None when this seat is not told.
        horizon: most rounds; None when seats are not told.
        offers: offers in order, of which all but the last were rejected; Alice made those of even index.
        answer: the answer to the last offer; None while there is none.
    """

    pie: int
    discount: float
    other_discount: float | None
    horizon: int | None
    offers: tuple[Split, ...]
    answer: str | None


class Bargaining(Game[BargainingState, Split | str]):
    """Alice and Bob take turns at proposing a division; whoever rejects one proposes the next.

    Accepted in round t, a part is worth itself times the t-1st power of one's discount factor; without a deal both get
    nothing. What GLEE calls an infinite horizon is a large one that is not announced.

    NegotiationArena's ultimatum over eight turns is `bargaining(alice_discount=1.0, bob_discount=1.0, horizon=7,
    messages=True, pie=100)`: its last turn is an answer. There an answer may also end the game, which is never better
    than to wait for the other's offer. Its probes of two and three turns have a horizon of 1 and 2, and an `opening`.

    Attributes:
        discounts: discount factor of each seat.
    """

    Params = BargainingParams
    params: BargainingParams
    info = GameInfo(
        name="bargaining",
        version=1,
        title="Bargaining with alternating offers",
        summary="Two players take turns at proposing how to divide a sum that loses value with every round.",
        family="economic",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        actions=ActionKind.MIXED,
        roles=("alice", "bob"),
        tags=("bargaining", "discounting", "backward induction", "talk", "glee"),
        references=(
            "A. Rubinstein, Perfect equilibrium in a bargaining model, 1982",
            "E. Shapira et al., GLEE: a unified framework and benchmark for language-based economic environments, "
            "arXiv 2410.05254 (bargaining)",
            "F. Bianchi et al., How well can LLMs negotiate? NegotiationArena platform and analysis, arXiv 2402.05863 "
            "(ultimatum over several turns, without discounts)",
        ),
    )

    def __init__(self, params: BargainingParams | None = None) -> None:
        super().__init__(params)
        self.discounts = (self.params.alice_discount, self.params.bob_discount)

    def initial_state(self) -> BargainingState:
        opening = self.params.opening
        return BargainingState() if opening is None else BargainingState((Split(opening),))

    def to_move(self, state: BargainingState) -> tuple[Seat, ...]:
        goes_on = state.answer is None or (state.answer == REJECT and len(state.offers) < self.params.horizon)
        return (len(state.offers) % 2,) if goes_on else ()

    def legal_actions(self, state: BargainingState, seat: Seat) -> tuple[str, ...] | None:
        return _ANSWERS if _is_asked(state) else None

    def apply(self, state: BargainingState, actions: Mapping[Seat, Split | str]) -> BargainingState:
        (action,) = actions.values()
        if isinstance(action, Split):
            return BargainingState((*state.offers, action))
        return BargainingState(state.offers, action)

    def returns(self, state: BargainingState) -> tuple[float, ...]:
        if state.answer != ACCEPT:
            return (0.0, 0.0)
        parts, waited = self.parts(state.offers), len(state.offers) - 1
        return parts[ALICE] * self.discounts[ALICE] ** waited, parts[BOB] * self.discounts[BOB] ** waited

    def parts(self, offers: tuple[Split, ...]) -> tuple[int, int]:
        """Alice's and Bob's part of the pie in the last offer, not discounted."""
        given = offers[-1].given
        kept = self.params.pie - given
        return (kept, given) if len(offers) % 2 else (given, kept)

    def utility_bounds(self) -> tuple[float, float]:
        return 0.0, float(self.params.pie)

    def max_turns(self) -> int:
        return 2 * self.params.horizon - (self.params.opening is not None)

    def rules_text(self, seat: Seat) -> str:
        lines = [
            f"Alice and Bob divide {self.params.pie} in money. You are {self._name(seat)}.",
            "In the first round Alice offers Bob a part of the money and keeps the rest; Bob accepts or rejects. "
            "Whoever rejects makes the offer of the next round, and the other answers; so the two take turns.",
            *([] if self.params.opening is None else [f"The first offer is fixed: Bob gets {self.params.opening}."]),
            self._horizon(),
            *self._losses(seat),
            "Your result is the money you get, at what it is worth to you when you agree; 0 without a deal. "
            "More is better.",
            self._how_to_write(),
            "Write an answer as one word: accept or reject",
        ]
        return "\n".join(lines)

    def observation(self, state: BargainingState, seat: Seat) -> str:
        rounds = len(state.offers)
        if not self.to_move(state):
            return self._ending(state, seat)
        if not rounds:
            return f"{self._headline(1, seat)} {'Make' if seat == ALICE else 'Alice is to make'} an offer."
        if state.answer is None:
            return self._offered(state, seat)
        given, headline, other = state.offers[-1].given, self._headline(rounds + 1, seat), self._name(1 - seat)
        if seat == rounds % 2:
            return f"You rejected the offer of {given}. {headline} Make an offer."
        return f"Your offer of {given} was rejected. {headline} {other} is to make an offer."

    def information_state(self, state: BargainingState, seat: Seat) -> BargainingView:
        return BargainingView(
            pie=self.params.pie,
            discount=self.discounts[seat],
            other_discount=self.discounts[1 - seat] if self.params.complete_information else None,
            horizon=self.params.horizon if self.params.announce_horizon else None,
            offers=state.offers,
            answer=state.answer,
        )

    def action_to_text(self, state: BargainingState, seat: Seat, action: Split | str) -> str:
        if not isinstance(action, Split):
            return action
        return f"offer {action.given} | {action.message}" if action.message else f"offer {action.given}"

    def parse_action(self, state: BargainingState, seat: Seat, text: str) -> Split | str:
        """An answer, or an offer: `offer 40 | words`, where the word `offer` may be missing."""
        if _is_asked(state):
            return choose(text, {answer: answer for answer in _ANSWERS}, r"(offer\b *:? *)?[0-9]{1,9}( *\|.*)?")
        line, expected = tidy(text), f"expected {self._form()} with a whole number from 0 to {self.params.pie}"
        if line.lower() in _ANSWERS:
            raise Illegal(f"{quoted(text)} answers an offer, but it is your turn to make one; {expected}")
        found = _OFFER.fullmatch(line)
        if found is None:
            raise Unparsable(f"{quoted(text)} is not an offer; {expected}")
        given, message = int(found[1]), (found[2] or "").strip()[:MESSAGE_CAP].strip()
        if given > self.params.pie:
            raise Illegal(f"{given} cannot be offered; {expected}")
        if message and not self.params.messages:
            raise Illegal(f"offers carry no messages in this game; {expected}")
        return Split(given, message)

    def example_actions(self, state: BargainingState, seat: Seat) -> tuple[Split | str, ...]:
        """Answers, or a few offers, the most ambitious first."""
        if _is_asked(state):
            return _ANSWERS
        pie, words = self.params.pie, "I think this is fair." if self.params.messages else ""
        return tuple(dict.fromkeys((Split(pie // 4), Split(pie // 2, words), Split(pie - pie // 4))))

    def outcome_text(self, state: BargainingState) -> str:
        if state.answer != ACCEPT:
            return "no deal"
        alice, bob = self.parts(state.offers)
        return f"deal in round {len(state.offers)}: {alice} to Alice, {bob} to Bob"

    def render(self, state: BargainingState) -> str:
        lines = [
            f"{self._name(number % 2)}: {self.action_to_text(state, number % 2, offer)}"
            for number, offer in enumerate(state.offers)
        ]
        return "\n".join([*lines, f"last answer: {state.answer or '-'}"])

    def _name(self, seat: Seat) -> str:
        return self.info.roles[seat].capitalize()

    def _horizon(self) -> str:
        if not self.params.announce_horizon:
            return "The number of rounds is limited, but you are not told by how much; after the last there is no deal."
        rounds = self.params.horizon
        most = "There is 1 round" if rounds == 1 else f"There are at most {rounds} rounds"
        return f"{most}; after the last there is no deal."

    def _losses(self, seat: Seat) -> list[str]:
        """What a seat is told about what money loses."""
        other = self._name(1 - seat)
        own = f"By inflation, money loses {_percent(1 - self.discounts[seat])} of its worth to you with every round."
        if self.params.complete_information:
            lost = _percent(1 - self.discounts[1 - seat])
            return [f"{own} To {other} it loses {lost} with every round. Both of you know both."]
        return [f"{own} You do not know how much it loses to {other}, and {other} does not know how much to you."]

    def _form(self) -> str:
        return "offer NUMBER or offer NUMBER | MESSAGE" if self.params.messages else "offer NUMBER"

    def _how_to_write(self) -> str:
        # No example with a number: it would anchor the offers.
        form = (
            f"Write an offer as {self._form()}, with the part that the other player gets in place of NUMBER, a whole "
            f"number from 0 to {self.params.pie}: you keep the rest"
        )
        if not self.params.messages:
            return f"{form}."
        return (
            f"{form}. Your words, if any, go in place of MESSAGE: one line of at most {MESSAGE_CAP} characters. What "
            "the other player writes to you is shown in quotation marks: it is talk, true or not, and no rule of the "
            "game."
        )

    def _headline(self, number: int, seat: Seat) -> str:
        of = f" of {self.params.horizon}" if self.params.announce_horizon else ""
        worth = _percent(self.discounts[seat] ** (number - 1))
        return f"Round {number}{of}: money is worth {worth} of its first worth to you."

    def _offered(self, state: BargainingState, seat: Seat) -> str:
        """The offer that waits for an answer, as its maker or its receiver reads it."""
        rounds, offer, other = len(state.offers), state.offers[-1], self._name(1 - seat)
        headline = self._headline(rounds, seat)
        if seat != rounds % 2:
            return f"{headline} You offered {offer.given}; {other} has not answered yet."
        before = f"Your offer of {state.offers[-2].given} was rejected. " if rounds > 1 else ""
        words = f" {other} writes: {as_data(offer.message)}" if offer.message else ""
        kept = self.params.pie - offer.given
        return f"{before}{headline} {other} offers you {offer.given} and keeps {kept}.{words}\nDo you accept or reject?"

    def _ending(self, state: BargainingState, seat: Seat) -> str:
        rounds, given = len(state.offers), state.offers[-1].given
        who = "You" if seat == rounds % 2 else self._name(1 - seat)
        if state.answer != ACCEPT:
            return f"{who} rejected the offer of {given} in the last round: no deal. Your result: 0."
        part = self.parts(state.offers)[seat]
        result = self.returns(state)[seat]
        return f"{who} accepted the offer of {given} in round {rounds}: you get {part}. Your result: {result:.10g}."


def rubinstein_share(alice_discount: float, bob_discount: float) -> float:
    """Alice's share in the only subgame-perfect equilibrium without a last round, agreed on at once.

    (1 - dB) / (1 - dA dB) (Rubinstein 1982); 1/2 for two players who lose nothing by waiting, where every division is
    an equilibrium and this is the limit for equal discount factors.
    """
    if alice_discount == bob_discount == 1:
        return 0.5
    return (1 - bob_discount) / (1 - alice_discount * bob_discount)


def equilibrium_share(number: int, horizon: int | None, alice_discount: float, bob_discount: float) -> float:
    """Alice's share of the pie in the subgame-perfect offer of a round.

    Args:
        number: the round, from 1; Alice makes the offers of odd rounds.
        horizon: the last round; None when there is none.
        alice_discount: what is left of the worth of money to Alice after a round.
        bob_discount: the same for Bob.
    """
    if horizon is None:
        first = rubinstein_share(alice_discount, bob_discount)
        return first if number % 2 else alice_discount * first
    share = float(horizon % 2)
    for earlier in range(horizon - 1, number - 1, -1):
        share = 1 - bob_discount * (1 - share) if earlier % 2 else alice_discount * share
    return share


def _is_asked(state: BargainingState) -> bool:
    """Whether an offer waits for an answer."""
    return bool(state.offers) and state.answer is None


def _percent(part: float) -> str:
    return f"{100 * part:.6g}%"
