"""Giving to a public good: one round in which all give a part of their tokens at the same time."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from games.core import GameParams, Seat
from games.transforms.joint_round import JointRound, JointState, span
from games.whole_numbers import whole_number


class EndowmentParams(GameParams):
    """Who gives, and how much at most."""

    num_players: int = Field(4, ge=2, le=10, description="Players who share the good.")
    endowment: int = Field(20, ge=1, le=1000, description="Tokens that each player gets anew in every round.")


class GivingRound(JointRound):
    """All seats give whole tokens at the same time, once; a subclass says what that brings."""

    Params = EndowmentParams
    params: EndowmentParams

    def __init__(self, params: EndowmentParams | None = None) -> None:
        super().__init__(params)
        self._amounts = range(self.params.endowment + 1)

    def question(self) -> str:
        return f"You have {self.params.endowment} tokens. How many of them do you give to the pool?"

    def legal_actions(self, state: JointState, seat: Seat) -> Sequence[int]:
        return self._amounts

    def parse_action(self, state: JointState, seat: Seat, text: str) -> int:
        return whole_number(text, self._amounts, span(self._amounts))

    def render(self, state: JointState) -> str:
        return f"given: {super().render(state)}"
