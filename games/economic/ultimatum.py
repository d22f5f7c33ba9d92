"""The ultimatum game."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, Self

from pydantic import Field, model_validator

from games.beliefs import Question, Questioned
from games.core import Game, GameParams, Illegal, Seat, Unparsable
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose, quoted

PROPOSER: Final[Seat] = 0
RESPONDER: Final[Seat] = 1
_ANSWERS: Final = ("accept", "reject")
_ABOUT: Final = ("at least half", "less than half")


class UltimatumParams(GameParams):
    """Parameters of the ultimatum game."""

    pie: int = Field(100, ge=1, le=1_000_000, description="Tokens to be divided.")
    step: int = Field(1, ge=1, description="Offers are multiples of this many tokens.")

    @model_validator(mode="after")
    def _divides(self) -> Self:
        if self.pie % self.step:
            raise ValueError(f"step must divide pie, but {self.step} does not divide {self.pie}")
        return self


class UltimatumState(NamedTuple):
    """Tokens offered to the responder, and its answer; None is not given yet."""

    offer: int | None = None
    answer: str | None = None


class Ultimatum(Game[UltimatumState, int | str], Questioned[UltimatumState]):
    """One offer, take it or leave it. A responder who wants tokens only takes any positive offer.

    The proposer's action is the number of tokens for the responder, the responder's is a word.
    """

    Params = UltimatumParams
    params: UltimatumParams
    info = GameInfo(
        name="ultimatum",
        version=1,
        title="Ultimatum game",
        summary="One player offers a division of a sum; the other accepts it, or both get nothing.",
        family="economic",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        roles=("proposer", "responder"),
        solvable=True,
        tags=("bargaining", "fairness", "one shot"),
        references=(
            "W. Gueth, R. Schmittberger and B. Schwarze, An experimental analysis of ultimatum bargaining, 1982",
        ),
    )

    def initial_state(self) -> UltimatumState:
        return UltimatumState()

    def to_move(self, state: UltimatumState) -> tuple[Seat, ...]:
        if state.offer is None:
            return (PROPOSER,)
        return (RESPONDER,) if state.answer is None else ()

    def legal_actions(self, state: UltimatumState, seat: Seat) -> Sequence[int | str]:
        return range(0, self.params.pie + 1, self.params.step) if seat == PROPOSER else _ANSWERS

    def apply(self, state: UltimatumState, actions: Mapping[Seat, int | str]) -> UltimatumState:
        if state.offer is None:
            return UltimatumState(int(actions[PROPOSER]))
        return UltimatumState(state.offer, str(actions[RESPONDER]))

    def returns(self, state: UltimatumState) -> tuple[float, ...]:
        if state.offer is None or state.answer != "accept":
            return (0.0, 0.0)
        return float(self.params.pie - state.offer), float(state.offer)

    def utility_bounds(self) -> tuple[float, float]:
        return 0.0, float(self.params.pie)

    def max_turns(self) -> int:
        return 2

    def rules_text(self, seat: Seat) -> str:
        return (
            f"Two players divide {self.params.pie} tokens. The proposer offers some of them to the responder. If the "
            "responder accepts, it gets the offer and the proposer keeps the rest; if it rejects, both get nothing. "
            "There is one offer and one answer.\n"
            f"You are the {self.info.roles[seat]}. Your result is the tokens you get; more is better.\n"
            f"{self._how_to_write(seat)}"
        )

    def observation(self, state: UltimatumState, seat: Seat) -> str:
        proposer = "You" if seat == PROPOSER else "The proposer"
        responder = "you" if seat == RESPONDER else "the responder"
        if state.offer is None:
            asked = f"How many of the {self.params.pie} tokens do you offer to the responder?"
            return asked if seat == PROPOSER else "The proposer has not made an offer yet."
        offer = f"{proposer} offered {state.offer} of {self.params.pie} tokens to {responder}"
        if state.answer is None:
            return f"{offer}. Do you accept?" if seat == RESPONDER else f"{offer}. There is no answer yet."
        return f"{offer}, and {responder} {state.answer}ed. You get {self.returns(state)[seat]:g} tokens."

    def parse_action(self, state: UltimatumState, seat: Seat, text: str) -> int | str:
        if seat == RESPONDER:
            return choose(text, {answer: answer for answer in _ANSWERS}, r"[+-]?\d+")
        if not re.fullmatch(r"[+-]?[0-9]{1,9}", text.strip()):
            raise Unparsable(f"{quoted(text)} is not an offer; expected {self._offers()}")
        if int(text) not in self.legal_actions(state, seat):
            raise Illegal(f"{quoted(text)} tokens cannot be offered; expected {self._offers()}")
        return int(text)

    def questions(self, state: UltimatumState, seat: Seat) -> tuple[Question, ...]:
        """Before the offer: how generous it will be, asked of the responder, and how it will be answered."""
        if state.offer is not None:
            return ()
        if seat == PROPOSER:
            return (
                Question("answer", None, "How will the responder answer the offer that you will make?", _ANSWERS),
                Question("offer", RESPONDER, "How much of the tokens does the responder expect of you?", _ABOUT),
            )
        return (Question("offer", None, "How much of the tokens will the proposer offer you?", _ABOUT),)

    def truth(self, asked: UltimatumState, end: UltimatumState, seat: Seat, topic: str) -> str | None:
        if topic == "answer":
            return end.answer
        return None if end.offer is None else _ABOUT[2 * end.offer < self.params.pie]

    def outcome_text(self, state: UltimatumState) -> str:
        return f"{state.offer} of {self.params.pie} tokens offered and {state.answer}ed"

    def _offers(self) -> str:
        steps = "" if self.params.step == 1 else f" in steps of {self.params.step}"
        return f"a whole number of tokens from 0 to {self.params.pie}{steps}"

    def _how_to_write(self, seat: Seat) -> str:
        if seat == PROPOSER:
            return f"Write your offer to the responder as {self._offers()}, without other words"
        return "Write your answer as one word: accept or reject"
