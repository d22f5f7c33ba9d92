"""Players of the public goods games."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, choices, game_of
from games.dilemmas.conditional_contributions import ConditionalContributions, ConditionalView
from games.dilemmas.public_good import PublicGood, PublicGoodState
from games.dilemmas.punishment_game import NOBODY, gifts_of
from games.dilemmas.threshold_public_goods import ThresholdPublicGoods
from games.transforms.repeated import RepeatedView


class FreeRider(Bot):
    """Gives the least: the dominant action in every round, as long as the multiplier is below the number of players."""

    plays = (
        "conditional_contributions",
        "public_good",
        "public_goods",
        "punishment_game",
        "sequential_public_goods",
        "threshold_public_goods",
    )
    title: ClassVar[str] = "Gives nothing to the pool, or the least it can"

    def choose(self, request: DecisionRequest) -> str:
        # The first way to fill in a table gives nothing, and the first to punish costs nothing.
        return request.example_actions[0] if request.legal_actions is None else choices(request)[0]


class ConditionalParams(AgentParams):
    """Parameters of the conditional cooperator."""

    first: float = Field(0.5, ge=0, le=1, description="Part of the endowment given in the first round.")
    matched: float = Field(1.0, ge=0, le=1, description="Part of the others' last mean contribution that it matches.")


class ConditionalCooperator(Bot):
    """Gives what the others gave on average in the round before, and punishes nobody; fills in tables likewise.

    Fischbacher, Gaechter and Fehr, Are people conditionally cooperative? Evidence from a public goods experiment, 2001.
    """

    Params = ConditionalParams
    params: ConditionalParams
    plays = ("conditional_contributions", "public_goods", "punishment_game")
    title: ClassVar[str] = "Gives what the others gave on average in the round before"

    def choose(self, request: DecisionRequest) -> str:
        view = request.information_key
        if isinstance(view, ConditionalView):
            return self._in_advance(request)
        assert isinstance(view, RepeatedView), "the other public goods games are repeated ones"
        if request.legal_actions is None:
            return NOBODY
        amounts = choices(request)
        if not view.past:
            return self._first(amounts)
        given = gifts_of(view.past[-1])
        others = sum(given) - given[request.seat]
        return amounts[round(self.params.matched * others / (len(given) - 1))]

    def _in_advance(self, request: DecisionRequest) -> str:
        """A contribution, and a table that matches the others'."""
        if request.legal_actions is not None:
            return self._first(choices(request))
        game = game_of(request.game)
        assert isinstance(game, ConditionalContributions), "the view is of this game"
        return " ".join(str(round(self.params.matched * mean)) for mean in range(game.params.endowment + 1))

    def _first(self, amounts: tuple[str, ...]) -> str:
        """What it gives before it knows of the others."""
        return amounts[round(self.params.first * (len(amounts) - 1))]


class ThresholdFiller(Bot):
    """Gives an equal part of the threshold at first, then what is missing if the others give the same again.

    Tokens that cannot be parted equally are given by the first seats, so that fillers among themselves give no more
    than it takes.
    It gives no more than the good is worth to it. Where its gift could not fill the gap it gives its equal part again
    if that is refunded, and nothing otherwise.
    """

    plays = ("threshold_public_goods",)
    title: ClassVar[str] = "Gives what is missing to the threshold, if that is worth it"

    def choose(self, request: DecisionRequest) -> str:
        game, view = game_of(request.game), request.information_key
        assert isinstance(game, ThresholdPublicGoods), "the player suits this game only"
        assert isinstance(view, RepeatedView), "public goods with a threshold are a repeated game"
        own = game.params
        part = own.threshold // own.num_players + (request.seat < own.threshold % own.num_players)
        if not view.past:
            return str(part)
        given = gifts_of(view.past[-1])
        missing = max(0, own.threshold - sum(given) + given[request.seat])
        if missing <= min(own.benefit, own.endowment):
            return str(missing)
        return str(part if own.refund else 0)


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
