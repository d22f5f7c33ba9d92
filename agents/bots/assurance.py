"""Players of the assurance game: how far they trust the others to hunt the stag."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, game_of
from games.dilemmas.assurance import HARE, STAG, Assurance, AssuranceRound
from games.transforms.repeated import RepeatedView


class TrustParams(AgentParams):
    """Parameters of a player that learns whom to trust."""

    weight: float = Field(1.0, gt=0, le=1000, description="Rounds that its first opinion counts for.")


class AssurancePlayer(Bot):
    """Hunts the stag as long as it trusts the others enough for the stag to be worth more than a hare.

    Its trust is the share of stags among the others' choices so far, to which its first opinion is added as so many
    rounds (fictitious play: Brown 1951; Fudenberg and Levine, The theory of learning in games, 1998).

    Attributes:
        opinion: how likely it thinks another player to hunt the stag, before it has seen any.
    """

    Params = TrustParams
    params: TrustParams
    plays = ("assurance",)
    opinion: ClassVar[float]

    def choose(self, request: DecisionRequest) -> str:
        game, view = game_of(request.game), request.information_key
        assert isinstance(game, Assurance), "the player suits this game only"
        assert isinstance(view, RepeatedView), "the assurance game is a repeated game"
        stage = game.stage
        assert isinstance(stage, AssuranceRound), "this is its round"
        return STAG if self._trust(view, request.seat) >= stage.least_trust() else HARE

    def _trust(self, view: RepeatedView, seat: int) -> float:
        """How likely each other player is to hunt the stag, from 0 to 1."""
        seen: list[list[bool]] = [
            [action == STAG for other, action in enumerate(each.actions) if other != seat] for each in view.past
        ]
        shares = sum(sum(each) / len(each) for each in seen)
        return (self.params.weight * self.opinion + shares) / (self.params.weight + len(seen))


class AssuranceOptimist(AssurancePlayer):
    """Expects all to hunt the stag, until it has seen too few of them do so."""

    title: ClassVar[str] = "Hunts the stag until it has seen too many hares hunted"
    opinion: ClassVar[float] = 1.0


class AssurancePessimist(AssurancePlayer):
    """Expects nobody to hunt the stag, until it has seen enough of them do so."""

    title: ClassVar[str] = "Hunts hares until it has seen enough others hunt the stag"
    opinion: ClassVar[float] = 0.0
