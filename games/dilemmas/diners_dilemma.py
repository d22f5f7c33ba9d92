"""The diner's dilemma: who orders the costly dish lets the others pay most of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple, Self

from pydantic import Field, model_validator

from games.core import GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose
from games.transforms.joint_round import JointRound, JointState, listed
from games.transforms.repeated import HorizonParams, RepeatedGame

CHEAP: Final = "cheap"
COSTLY: Final = "costly"
_DISHES: Final = (CHEAP, COSTLY)


class DinnerParams(GameParams):
    """Parameters of one dinner."""

    num_players: int = Field(10, ge=2, le=100, description="Players who share the bill.")
    cheap_price: float = Field(10, ge=0, allow_inf_nan=False, description="Price of the cheap dish.")
    cheap_utility: float = Field(15, allow_inf_nan=False, description="What the cheap dish is worth to who eats it.")
    costly_price: float = Field(20, ge=0, allow_inf_nan=False, description="Price of the costly dish.")
    costly_utility: float = Field(20, allow_inf_nan=False, description="What the costly dish is worth to who eats it.")
    totals_only: bool = Field(False, description="Whether all are told how many ordered which dish, but not who.")

    @model_validator(mode="after")
    def _is_a_dilemma(self) -> Self:
        dearer = self.costly_price - self.cheap_price
        better = self.costly_utility - self.cheap_utility
        if not dearer / self.num_players < better < dearer:
            raise ValueError(
                "a diner's dilemma needs a costly dish that is worth more than its share of the extra price and less "
                f"than the extra price, but {better:g} is not between {dearer / self.num_players:g} and {dearer:g}"
            )
        return self


class DinersDilemmaParams(DinnerParams, HorizonParams):
    """Parameters of the diner's dilemma."""


class DinnerView(NamedTuple):
    """What a seat knows of a finished dinner when it is told totals only: its dish, and how many were costly."""

    own: str
    costly: int


class Dinner(JointRound):
    """One dinner: all order at the same time, and the bill is split equally."""

    Params = DinnerParams
    params: DinnerParams
    info = GameInfo(
        name="diners_dilemma",
        version=1,
        title="Diner's dilemma",
        summary="Everybody orders a cheap or a costly dish, and the bill is split equally.",
        family="dilemmas",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        max_players=100,
        symmetric=True,
        tags=("dilemma", "cooperation", "repeated", "many players", "gama-bench"),
        references=(
            "U. Gneezy, E. Haruvy and H. Yafe, The inefficiency of splitting the bill, 2004",
            "J. Huang et al., How far are we on the decision-making of LLMs? (GAMA-Bench), ICLR 2025 (10 players, 20 "
            "rounds, prices 20 and 10, utilities 20 and 15; it tells how many ordered what, not who: totals_only)",
        ),
    )

    def __init__(self, params: DinnerParams | None = None) -> None:
        super().__init__(params)
        if self.params.totals_only:
            self.info = replace(self.info, information=Information.IMPERFECT)

    def legal_actions(self, state: JointState, seat: Seat) -> Sequence[str]:
        return _DISHES

    def payoffs(self, actions: tuple[str, ...]) -> tuple[float, ...]:
        share, params = self._share(actions.count(COSTLY)), self.params
        return tuple([(params.costly_utility if dish == COSTLY else params.cheap_utility) - share for dish in actions])

    def utility_bounds(self) -> tuple[float, float]:
        others = self.params.num_players - 1
        return self.params.cheap_utility - self._share(others), self.params.costly_utility - self._share(1)

    def seen(self, actions: tuple[str, ...], seat: Seat) -> DinnerView:
        return DinnerView(actions[seat], actions.count(COSTLY))

    def rules_text(self, seat: Seat) -> str:
        params = self.params
        told = "how many ordered which dish" if params.totals_only else "who ordered what"
        return (
            f"You are one of {params.num_players} players who dine together. Each orders, at the same time, the cheap "
            f"dish (price {params.cheap_price:g}, worth {params.cheap_utility:g} to who eats it) or the costly dish "
            f"(price {params.costly_price:g}, worth {params.costly_utility:g}). The whole bill is split equally among "
            f"all {params.num_players} players, whatever they ordered.\n"
            "Your result is what your dish is worth to you minus your share of the bill; more is better. Then all see "
            f"{told} and what everybody paid.\n"
            "Write one word: cheap or costly"
        )

    def question(self) -> str:
        return "Which dish do you order, cheap or costly?"

    def summary(self, actions: tuple[str, ...], seat: Seat) -> str:
        costly = actions.count(COSTLY)
        dishes = f"Your dish: {actions[seat]}" if self.params.totals_only else f"Dishes: {listed(actions, seat)}"
        return (
            f"{dishes}; {costly} costly and {len(actions) - costly} cheap. Everybody paid "
            f"{self._share(costly):.10g}. Your result: {self.payoffs(actions)[seat]:.10g}."
        )

    def parse_action(self, state: JointState, seat: Seat, text: str) -> str:
        return choose(text, {dish: dish for dish in _DISHES}, r"cheap|costly")

    def _share(self, costly: int) -> float:
        """What everybody pays when so many order the costly dish."""
        params = self.params
        cheap = params.num_players - costly
        return (costly * params.costly_price + cheap * params.cheap_price) / params.num_players


class DinersDilemma(RepeatedGame):
    """Dinners with a bill that is split equally.

    The costly dish is dominant in a dinner, and all are worse off with it than with the cheap one.
    Scripted players find a `JointState` with all dishes per finished dinner in the past of the `RepeatedView`, or a
    `DinnerView` where they are told totals only.
    """

    Params = DinersDilemmaParams
    params: DinersDilemmaParams
    info = Dinner.info

    def make_stage(self) -> Dinner:
        return Dinner(self.params)
