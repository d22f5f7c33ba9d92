"""Players of the public goods games."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, choices, game_of
from games.dilemmas.public_good import PublicGood, PublicGoodState
from games.transforms.repeated import RepeatedView


class FreeRider(Bot):
    """Gives the least: the dominant action in every round, as long as the multiplier is below the number of players."""

    plays = ("public_good", "public_goods", "sequential_public_goods")
    title: ClassVar[str] = "Gives nothing to the pool, or the least it can"

    def choose(self, request: DecisionRequest) -> str:
        return choices(request)[0]


class ConditionalParams(AgentParams):
    """Parameters of the conditional cooperator."""

    first: float = Field(0.5, ge=0, le=1, description="Part of the endowment given in the first round.")
    matched: float = Field(1.0, ge=0, le=1, description="Part of the others' last mean contribution that it matches.")


class ConditionalCooperator(Bot):
    """Gives what the others gave on average in the round before.

    Fischbacher, Gaechter and Fehr, Are people conditionally cooperative? Evidence from a public goods experiment, 2001.
    """

    Params = ConditionalParams
    params: ConditionalParams
    plays = ("public_goods",)
    title: ClassVar[str] = "Gives what the others gave on average in the round before"

    def choose(self, request: DecisionRequest) -> str:
        view = request.information_key
        assert isinstance(view, RepeatedView), "the public goods game is a repeated game"
        amounts = choices(request)
        if not view.past:
            return amounts[round(self.params.first * (len(amounts) - 1))]
        given: tuple[int, ...] = view.past[-1].contributions
        others = sum(given) - given[request.seat]
        return amounts[round(self.params.matched * others / (len(given) - 1))]


class MatchingParams(AgentParams):
    """Parameters of the matching contributor."""

    first: float = Field(1.0, ge=0, le=1, description="Part given in the first round of an equal part per round.")


class MatchingContributor(Bot):
    """Gives what the others gave on average in the round before, as far as its tokens last.

    In the first round it gives a part of the endowment divided by the number of rounds.
    """

    Params = MatchingParams
    params: MatchingParams
    plays = ("public_good",)
    title: ClassVar[str] = "Gives what the others gave on average in the round before, while its tokens last"

    def choose(self, request: DecisionRequest) -> str:
        game, state = game_of(request.game), request.information_key
        assert isinstance(game, PublicGood), "the player suits this game only"
        assert isinstance(state, PublicGoodState), "gifts are public"
        amounts = choices(request)
        if not state.past:
            return amounts[round(self.params.first * game.params.endowment / game.params.rounds)]
        given = state.past[-1]
        wanted = round((sum(given) - given[request.seat]) / (len(given) - 1))
        return amounts[min(wanted, len(amounts) - 1)]
