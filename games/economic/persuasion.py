"""Repeated recommendations: a seller knows the quality of its products, a buyer only what the seller says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal, NamedTuple

from pydantic import Field

from games.core import CHANCE, Game, GameParams, Seat, Unparsable
from games.info import ActionKind, Chance, Dynamics, GameInfo, Information, Utility
from games.open_text import as_data, tidy
from games.parsing import choose

SELLER: Final[Seat] = 0
HIGH: Final = "high"
LOW: Final = "low"
RECOMMEND: Final = "recommend"
SILENT: Final = "do not recommend"
BUY: Final = "buy"
DECLINE: Final = "decline"
MESSAGE_CAP: Final = 500

_BINARY: Final = (RECOMMEND, SILENT)
_ANSWERS: Final = (BUY, DECLINE)
_ASKED: Final = "Do you buy or decline?"
_EXAMPLES: Final = ("This product is good: buy it.", "I cannot recommend this product.")


class PersuasionParams(GameParams):
    """Parameters of the persuasion game."""

    prior: float = Field(0.5, gt=0, lt=1, description="Probability that a product is of high quality.")
    value: float = Field(1.25, gt=1, le=100, description="What a high product is worth, in units of the price.")
    price: int = Field(10_000, ge=1, le=1_000_000, description="Price of a product.")
    rounds: int = Field(20, ge=1, le=100, description="Rounds, each with a new product.")
    buyers: Literal["long_living", "myopic"] = Field(
        "long_living", description="One buyer who sees everything past, or a new one in every round who sees totals."
    )
    message_type: Literal["binary", "textual"] = Field(
        "binary", description="Whether the seller recommends the product or not, or writes freely."
    )
    complete_information: bool = Field(True, description="Whether the seller knows what a high product is worth.")


class PersuasionState(NamedTuple):
    """Rounds so far, one entry per round: the quality drawn, what the seller said, what the buyer did."""

    qualities: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


class PersuasionView(NamedTuple):
    """What the seller knows, or the one buyer of the long-living kind.

    Attributes:
        qualities: qualities of the products: of the current one too for the seller, of finished rounds for the buyer.
        messages: what was said in each round.
        answers: what the buyer did in each finished round.
    """

    qualities: tuple[str, ...]
    messages: tuple[str, ...]
    answers: tuple[str, ...]


class VisitView(NamedTuple):
    """What a myopic buyer knows; before its round nothing.

    Attributes:
        rounds: finished rounds before its own; None before its round.
        bought: in how many of them the product was bought.
        low_bought: in how many of them a low product was bought.
        message: what the seller said to it; None while it has said nothing.
        answer: what it did; None before.
        quality: the quality of its product; None before it has decided.
    """

    rounds: int | None = None
    bought: int = 0
    low_bought: int = 0
    message: str | None = None
    answer: str | None = None
    quality: str | None = None


class Persuasion(Game[PersuasionState, str]):
    """Round after round nature draws a quality, the seller says something, and a buyer buys or declines.

    The seller earns 1 per sale. A buyer gains price * (value - 1) with a high product, loses the price with a low one,
    and gets 0 if it declines. The quality is shown after each round. With myopic buyers every round has a seat of its
    own, so that no buyer can remember what it is not told.
    """

    Params = PersuasionParams
    params: PersuasionParams
    info = GameInfo(
        name="persuasion",
        version=1,
        title="Persuasion by recommendation",
        summary="A seller who knows the quality recommends products or not; buyers decide whether to believe it.",
        family="economic",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.EXPLICIT,
        information=Information.IMPERFECT,
        utility=Utility.GENERAL_SUM,
        max_players=101,
        roles=("seller", "buyer"),
        tags=("cheap talk", "trust", "signalling", "repeated", "glee"),
        references=(
            "V. Crawford and J. Sobel, Strategic information transmission, 1982 (cheap talk)",
            "E. Kamenica and M. Gentzkow, Bayesian persuasion, 2011 (commitment)",
            "E. Shapira et al., GLEE: a unified framework and benchmark for language-based economic environments, "
            "arXiv 2410.05254 (persuasion)",
        ),
    )

    def __init__(self, params: PersuasionParams | None = None) -> None:
        super().__init__(params)
        self._players = 1 + (self.params.rounds if self._myopic else 1)
        self._textual = self.params.message_type == "textual"
        self.info = replace(
            self.info,
            actions=ActionKind.MIXED if self._textual else ActionKind.ENUMERATED,
            roles=("seller", *("buyer",) * (self._players - 1)),
        )

    @property
    def num_players(self) -> int:
        """The seller and one buyer, or one per round."""
        return self._players

    def initial_state(self) -> PersuasionState:
        return PersuasionState()

    def to_move(self, state: PersuasionState) -> tuple[Seat, ...]:
        drawn, said, done = map(len, state)
        if done == self.params.rounds:
            return ()
        if drawn == done:
            return (CHANCE,)
        return (SELLER,) if said == done else (self._buyer(done),)

    def legal_actions(self, state: PersuasionState, seat: Seat) -> Sequence[str] | None:
        if seat != SELLER:
            return _ANSWERS
        return None if self._textual else _BINARY

    def example_actions(self, state: PersuasionState, seat: Seat) -> Sequence[str]:
        return self.legal_actions(state, seat) or _EXAMPLES

    def chance_outcomes(self, state: PersuasionState) -> Sequence[tuple[str, float]]:
        return [(HIGH, self.params.prior), (LOW, 1 - self.params.prior)]

    def apply(self, state: PersuasionState, actions: Mapping[Seat, str]) -> PersuasionState:
        ((seat, action),) = actions.items()
        qualities, messages, answers = state
        if seat == CHANCE:
            return PersuasionState((*qualities, action), messages, answers)
        if seat == SELLER:
            return PersuasionState(qualities, (*messages, action), answers)
        return PersuasionState(qualities, messages, (*answers, action))

    def returns(self, state: PersuasionState) -> tuple[float, ...]:
        gains = [0.0] * self._players
        for number, answer in enumerate(state.answers):
            if answer == BUY:
                gains[SELLER] += 1
                gains[self._buyer(number)] += self._worth(state.qualities[number])
        return tuple(gains)

    def utility_bounds(self) -> tuple[float, float]:
        rounds = self.params.rounds
        visits = 1 if self._myopic else rounds
        # Added up as returns are, so that rounding cannot carry a result beyond the bound.
        best = sum([self._worth(HIGH)] * visits, 0.0)
        return -float(self.params.price * visits), max(float(rounds), best)

    def max_turns(self) -> int:
        return 3 * self.params.rounds

    def rules_text(self, seat: Seat) -> str:
        rounds = self.params.rounds
        who = "a new buyer comes in every round" if self._myopic else "the buyer stays the same"
        lines = [
            f"A seller offers products to buyers in {rounds} round{'' if rounds == 1 else 's'}; {who}. "
            f"You are the {self.info.roles[seat]}{f' of round {seat}' if self._myopic and seat else ''}.",
            "In every round a new product is of high quality with probability "
            f"{self.params.prior:.4g} and of low quality otherwise, independently of all others. The seller sees the "
            f"quality and {self._speech()}; then the buyer, who does not see it, buys the product or declines.",
            f"{self._stakes(seat)} After each round the quality is shown. {self._memory()}",
            "Your result is what you get in all rounds together; more is better.",
            self._how_to_write(seat),
        ]
        return "\n".join(lines)

    def observation(self, state: PersuasionState, seat: Seat) -> str:
        if self._myopic and seat != SELLER:
            return self._visit_text(self._visit(state, seat), state, seat)
        done = len(state.answers)
        news = [self._told(state, seat)] if done else []
        if done == self.params.rounds:
            return f"{news[0]} All rounds are over. Your result: {self.returns(state)[seat]:.10g}."
        news.append(f"Round {done + 1} of {self.params.rounds}.")
        return " ".join([*news, self._now(state, seat)])

    def information_state(self, state: PersuasionState, seat: Seat) -> PersuasionView | VisitView:
        if seat == SELLER:
            return PersuasionView(*state)
        if self._myopic:
            return self._visit(state, seat)
        return PersuasionView(state.qualities[: len(state.answers)], state.messages, state.answers)

    def parse_action(self, state: PersuasionState, seat: Seat, text: str) -> str:
        if seat == CHANCE:
            return super().parse_action(state, seat, text)
        if seat == SELLER and self._textual:
            message = tidy(text)[:MESSAGE_CAP].strip()
            if not message:
                raise Unparsable("the message is empty; expected a few words to the buyer")
            return message
        legal = _BINARY if seat == SELLER else _ANSWERS
        return choose(text, {action: action for action in legal}, "|".join((*_BINARY, *_ANSWERS)))

    def outcome_text(self, state: PersuasionState) -> str:
        sold = state.answers.count(BUY)
        return f"{sold} of {len(state.answers)} products sold"

    def render(self, state: PersuasionState) -> str:
        said = [*state.messages, *["-"] * (len(state.qualities) - len(state.messages))]
        done = [*state.answers, *["-"] * (len(state.qualities) - len(state.answers))]
        rounds = zip(state.qualities, said, done, strict=True)
        return "\n".join(f"round {number}: {', '.join(each)}" for number, each in enumerate(rounds, 1)) or "no product"

    @property
    def _myopic(self) -> bool:
        return self.params.buyers == "myopic"

    def _buyer(self, number: int) -> Seat:
        """The seat that buys in a round, numbered from 0."""
        return 1 + number if self._myopic else 1

    def _worth(self, quality: str) -> float:
        """What a bought product brings its buyer."""
        return self.params.price * (self.params.value - 1) if quality == HIGH else -float(self.params.price)

    def _visit(self, state: PersuasionState, seat: Seat) -> VisitView:
        number = seat - 1
        if len(state.messages) <= number:
            return VisitView()
        past = list(zip(state.qualities[:number], state.answers, strict=False))
        bought, low = sum(answer == BUY for _, answer in past), past.count((LOW, BUY))
        if len(state.answers) <= number:
            return VisitView(number, bought, low, state.messages[number])
        return VisitView(number, bought, low, state.messages[number], state.answers[number], state.qualities[number])

    def _visit_text(self, visit: VisitView, state: PersuasionState, seat: Seat) -> str:
        if visit.rounds is None or visit.message is None:
            return "Your round has not come yet."
        if visit.answer is not None:
            did = "bought" if visit.answer == BUY else "did not buy"
            result = self.returns(state)[seat]
            return f"You {did} the product, which was of {visit.quality} quality. Your result: {result:.10g}."
        before = (
            f"In {visit.bought} of the {visit.rounds} rounds before yours the product was bought, and in "
            f"{visit.low_bought} of them a product of low quality was bought. "
            if visit.rounds
            else "Yours is the first round. "
        )
        return f"{before}{self._said(visit.message)} {_ASKED}"

    def _told(self, state: PersuasionState, seat: Seat) -> str:
        """The last finished round."""
        number = len(state.answers) - 1
        buyer = "You" if seat == self._buyer(number) else "The buyer"
        did = "bought" if state.answers[number] == BUY else "did not buy"
        return f"Round {number + 1}: {buyer} {did} the product, which was of {state.qualities[number]} quality."

    def _now(self, state: PersuasionState, seat: Seat) -> str:
        """Where the current round stands."""
        drawn, said, done = map(len, state)
        if seat == SELLER:
            if drawn == done:
                return "The product is being drawn."
            here = f"The product is of {state.qualities[-1]} quality."
            return f"{here} What do you say?" if said == done else f"{here} The buyer decides."
        return "The seller has not spoken yet." if said == done else f"{self._said(state.messages[-1])} {_ASKED}"

    def _said(self, message: str) -> str:
        if self._textual:
            return f"The seller writes: {as_data(message)}"
        return f"The seller {'recommends' if message == RECOMMEND else 'does not recommend'} the product."

    def _speech(self) -> str:
        return "writes the buyer a message" if self._textual else "recommends the product or does not"

    def _stakes(self, seat: Seat) -> str:
        price, gain = self.params.price, self._worth(HIGH)
        seller = "The seller earns 1 for every product sold, whatever its quality."
        if seat == SELLER and not self.params.complete_information:
            return f"{seller} A buyer gains by buying a high product and loses {price}, its price, by buying a low one."
        return f"{seller} A buyer gains {gain:.10g} by buying a high product and loses {price} by buying a low one."

    def _memory(self) -> str:
        if not self._myopic:
            return "Both remember all rounds."
        return "A new buyer is told only how often products, and how often low ones, were bought before."

    def _how_to_write(self, seat: Seat) -> str:
        if seat != SELLER:
            trust = "What the seller says may be true or not. "
            return f"{trust}Write one word: buy or decline"
        if self._textual:
            return f"Write your message to the buyer: one line of at most {MESSAGE_CAP} characters, true or not"
        return "Write recommend or do not recommend, without other words; you may say either of any product"


def buys_blindly(prior: float, value: float) -> bool:
    """Whether a buyer who learns nothing buys: what every equilibrium of one round of cheap talk comes to."""
    return prior * value >= 1


def commitment_lie_rate(prior: float, value: float) -> float:
    """Share of low products that a seller who could commit itself would recommend, with all of the high ones.

    min(1, p (v - 1) / (1 - p)): as many as leave the buyer just willing to follow (Kamenica and Gentzkow 2011).
    """
    return min(1.0, prior * (value - 1) / (1 - prior))
