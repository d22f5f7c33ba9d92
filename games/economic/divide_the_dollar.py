"""Divide the dollar: everybody gets what it asks for, as long as there is enough."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from games.core import GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.transforms.joint_round import JointRound, JointState, listed, span
from games.transforms.repeated import HorizonParams, RepeatedGame
from games.whole_numbers import whole_number


class DivisionParams(GameParams):
    """Parameters of one division."""

    num_players: int = Field(10, ge=2, le=100, description="Players who ask for a part.")
    golds: int = Field(100, ge=1, le=10_000, description="Golds to be divided.")


class DivideTheDollarParams(DivisionParams, HorizonParams):
    """Parameters of the division game."""


class Division(JointRound):
    """One division: all bid at the same time, and bids are paid when they do not add up to too much.

    Attributes:
        bids: the legal bids.
    """

    Params = DivisionParams
    params: DivisionParams
    info = GameInfo(
        name="divide_the_dollar",
        version=1,
        title="Divide the dollar",
        summary="Everybody asks for a part of a sum; all get what they asked for, or nothing if it is too much.",
        family="economic",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        max_players=100,
        symmetric=True,
        tags=("bargaining", "coordination", "repeated", "many players", "gama-bench"),
        references=(
            "M. Shubik, Game theory in the social sciences, 1982 (divide the dollar)",
            "J. Nash, Two-person cooperative games, 1953 (the demand game)",
            "J. Huang et al., How far are we on the decision-making of LLMs? (GAMA-Bench), ICLR 2025 (10 players, 20 "
            "rounds, 100 golds)",
        ),
    )

    def __init__(self, params: DivisionParams | None = None) -> None:
        super().__init__(params)
        self.bids = range(self.params.golds + 1)

    def legal_actions(self, state: JointState, seat: Seat) -> Sequence[int]:
        return self.bids

    def payoffs(self, actions: tuple[int, ...]) -> tuple[float, ...]:
        return tuple(map(float, actions)) if sum(actions) <= self.params.golds else self._nothing

    def utility_bounds(self) -> tuple[float, float]:
        return 0.0, float(self.params.golds)

    def rules_text(self, seat: Seat) -> str:
        return (
            f"You are one of {self.params.num_players} players who divide {self.params.golds} golds. Each asks "
            "for a number of golds, at the same time. If all bids together are at most "
            f"{self.params.golds}, everybody gets what it asked for; if they are more, nobody gets anything.\n"
            "Your result is the golds you get; more is better. Then all see everybody's bid and the total.\n"
            f"Write your bid as {span(self.bids)}, without other words"
        )

    def question(self) -> str:
        return f"How many of the {self.params.golds} golds do you ask for?"

    def summary(self, actions: tuple[int, ...], seat: Seat) -> str:
        golds = self.payoffs(actions)[seat]
        return f"Bids: {listed(actions, seat)}; {sum(actions)} in all. You get {golds:g} golds."

    def parse_action(self, state: JointState, seat: Seat, text: str) -> int:
        return whole_number(text, self.bids, span(self.bids))


class DivideTheDollar(RepeatedGame):
    """Rounds of dividing a sum by asking for parts of it.

    Every division whose bids add up to the sum exactly is an equilibrium of a round; the equal one stands out.
    Scripted players find a `JointState` with all bids per finished round in the past of the `RepeatedView`.
    """

    Params = DivideTheDollarParams
    params: DivideTheDollarParams
    info = Division.info

    def make_stage(self) -> Division:
        return Division(self.params)
