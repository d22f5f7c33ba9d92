"""Players of the public goods game with punishment who punish, or mind being punished."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, NamedTuple

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, game_of
from games.core import Seat
from games.dilemmas.punishment_game import PunishmentGame, PunishmentView, written
from games.transforms.repeated import RepeatedView


class Scene(NamedTuple):
    """What a player knows.

    Attributes:
        game: the rules.
        seat: its own seat.
        past: the finished rounds, oldest first.
        given: what everybody gave in this round; empty before that.
    """

    game: PunishmentGame
    seat: Seat
    past: tuple[PunishmentView, ...]
    given: tuple[int, ...]


class Punisher(Bot):
    """A rule for what it gives, and one for how many points another player gets."""

    plays = ("punishment_game",)

    def choose(self, request: DecisionRequest) -> str:
        game, view = game_of(request.game), request.information_key
        assert isinstance(game, PunishmentGame), "the player suits this game only"
        assert isinstance(view, RepeatedView), "the game with punishment is a repeated one"
        assert isinstance(view.current, PunishmentView), "it is asked within a round only"
        scene = Scene(game, request.seat, view.past, view.current.contributions)
        if not scene.given:
            return str(self.gift(scene))
        points = (self.points(scene, gift) if seat != scene.seat else 0 for seat, gift in enumerate(scene.given))
        return written(tuple(points))

    @abstractmethod
    def gift(self, scene: Scene) -> int:
        """How many tokens it gives."""

    @abstractmethod
    def points(self, scene: Scene, gift: int) -> int:
        """How many points another player gets who gave so much."""


class EnforcerParams(AgentParams):
    """Parameters of the norm enforcer."""

    norm: float = Field(1.0, ge=0, le=1, description="Part of the endowment that it gives and expects of the others.")


class NormEnforcer(Punisher):
    """Gives its part in every round, and punishes whoever gave less, so that giving less did not pay.

    Each enforcer alone takes back what a smaller gift saved, less what it cost the giver as a share of the pool
    (Fehr and Gaechter 2000: punishment that grows with what somebody gave less).
    """

    Params = EnforcerParams
    params: EnforcerParams
    title: ClassVar[str] = "Gives its part and punishes whoever gives less"

    def gift(self, scene: Scene) -> int:
        return round(self.params.norm * scene.game.params.endowment)

    def points(self, scene: Scene, gift: int) -> int:
        missing = self.gift(scene) - gift
        return scene.game.deterring_points(missing) if missing > 0 else 0


class DeterredRider(Punisher):
    """Gives nothing until it is punished, then what the others gave on average in that round, and punishes nobody.

    It goes on giving that much until it is punished again.
    """

    title: ClassVar[str] = "Gives nothing until it is punished, then as much as the others"

    def gift(self, scene: Scene) -> int:
        punished = next((each for each in reversed(scene.past) if each.received), None)
        if punished is None:
            return 0
        others = sum(punished.contributions) - punished.contributions[scene.seat]
        return round(others / (len(punished.contributions) - 1))

    def points(self, scene: Scene, gift: int) -> int:
        return 0


class AntisocialParams(AgentParams):
    """Parameters of the antisocial punisher."""

    points: int = Field(1, ge=1, le=100, description="Points for every giver, as far as so many may be given.")


class AntisocialPunisher(Punisher):
    """Gives nothing, and punishes whoever gave something (Herrmann, Thoeni and Gaechter 2008)."""

    Params = AntisocialParams
    params: AntisocialParams
    title: ClassVar[str] = "Gives nothing and punishes whoever gives"

    def gift(self, scene: Scene) -> int:
        return 0

    def points(self, scene: Scene, gift: int) -> int:
        return min(self.params.points, scene.game.params.most_points) if gift else 0
