"""Airlines that share a fee."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, choices, game_of
from games.economic.cost_sharing import (
    AIRLINES,
    CostSharing,
    Plan,
    SharingState,
    airport_shares,
    proportional_shares,
    rounded_plan,
    written,
)


class ProportionalParams(AgentParams):
    """Parameters of the proportional proposer."""

    rule: Literal["flights", "passengers", "airport"] = Field(
        "flights",
        description="What is fair: shares by flights, by passengers, or the Shapley value of the airport game, with "
        "flights as needs.",
    )


class ProportionalProposer(Bot):
    """Proposes the shares that follow from the usage table, and votes for the proposal that is nearest to them."""

    Params = ProportionalParams
    params: ProportionalParams
    plays = ("cost_sharing",)
    title: ClassVar[str] = "Proposes to pay by usage, and votes for what comes nearest"

    def choose(self, request: DecisionRequest) -> str:
        game = game_of(request.game)
        assert isinstance(game, CostSharing), "the player suits this game only"
        fair, proposals = self._fair(game), _proposals(request)
        if not proposals:
            return written(rounded_plan(fair, game.params.step))
        distances = [sum(abs(a - b) for a, b in zip(plan, fair, strict=True)) for plan in proposals]
        return choices(request)[distances.index(min(distances))]

    def _fair(self, game: CostSharing) -> tuple[float, ...]:
        if self.params.rule == "airport":
            return airport_shares(game.params.flights)
        usage = game.params.flights if self.params.rule == "flights" else game.params.passengers
        return proportional_shares(usage)


class StubbornParams(AgentParams):
    """Parameters of the stubborn proposer."""

    plan: tuple[int, int, int] | None = Field(
        None,
        description="Percent for A, B and C that it always proposes, rounded where the game's steps are larger; "
        "null: nothing for itself and half of the fee for each other.",
    )

    @model_validator(mode="after")
    def _is_a_plan(self) -> Self:
        if self.plan is not None and (min(self.plan) < 0 or sum(self.plan) != 100 or any(p % 5 for p in self.plan)):
            raise ValueError(f"plan must be three multiples of 5 that add up to 100, but is {self.plan}")
        return self


class StubbornProposer(Bot):
    """Always makes the same proposal and votes for it: by default, that the others pay everything."""

    Params = StubbornParams
    params: StubbornParams
    plays = ("cost_sharing",)
    title: ClassVar[str] = "Always proposes the same shares and votes for its own proposal"

    def choose(self, request: DecisionRequest) -> str:
        if _proposals(request):
            return choices(request)[request.seat]
        game = game_of(request.game)
        assert isinstance(game, CostSharing), "the player suits this game only"
        halves = [0 if seat == request.seat else 50 for seat in range(len(AIRLINES))]
        return written(rounded_plan(self.params.plan or halves, game.params.step))


def _proposals(request: DecisionRequest) -> tuple[Plan, ...]:
    """The proposals that are voted on; none while they are to be made."""
    state = request.information_key
    assert isinstance(state, SharingState), "cost sharing hides nothing"
    return state.proposals
