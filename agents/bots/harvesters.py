"""Players of GovSim: how much they take, and what they say about it."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, NamedTuple

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, game_of
from games.core import Seat
from games.dilemmas.govsim import Govsim, GovsimState
from games.dilemmas.govsim_words import STORIES
from games.open_text import SILENCE


class Scene(NamedTuple):
    """What a harvester knows.

    Attributes:
        game: the rules.
        state: everything that has happened; nothing is hidden in GovSim.
        seat: its own seat.
    """

    game: Govsim
    state: GovsimState
    seat: Seat

    @property
    def share(self) -> int:
        """Its part of what may be taken so that the stock is back next month."""
        return self.game.share(self.state.stock, len(self.state.past))


class TalkParams(AgentParams):
    """Parameters of a player who may talk."""

    talks: bool = Field(True, description="Whether it writes messages, from templates; otherwise it says nothing.")


class Harvester(Bot):
    """A player of GovSim: a rule for what it takes, and one line in every talk."""

    Params = TalkParams
    params: TalkParams
    plays = ("govsim",)

    def choose(self, request: DecisionRequest) -> str:
        game, state = game_of(request.game), request.information_key
        assert isinstance(game, Govsim), "the player suits this game only"
        assert isinstance(state, GovsimState), "GovSim hides nothing"
        scene = Scene(game, state, request.seat)
        if not state.talking:
            return str(self.take(scene))
        return self.line(scene) if self.params.talks and not _spoken(scene) else SILENCE

    @abstractmethod
    def take(self, scene: Scene) -> int:
        """How many units it wants."""

    @abstractmethod
    def line(self, scene: Scene) -> str:
        """What it says, once in every talk."""


class SustainableHarvester(Harvester):
    """Takes its part of what grows back, and asks the others to do the same."""

    title: ClassVar[str] = "Takes its part of what grows back, and says so"

    def take(self, scene: Scene) -> int:
        return scene.share

    def line(self, scene: Scene) -> str:
        return f"Let us each {_proposal(scene)} at most next month, so that as much grows back."


class GreedyHarvester(Harvester):
    """Takes its part of all there is: when everybody does, nothing is left after the first month."""

    title: ClassVar[str] = "Takes its part of all there is"

    def take(self, scene: Scene) -> int:
        return scene.state.stock // len(scene.game.present(len(scene.state.past)))

    def line(self, scene: Scene) -> str:
        return "Everybody should take what they need. I will."


class FullHarvester(Harvester):
    """Wants all there is, so that lots decide how much it gets where others want some too."""

    title: ClassVar[str] = "Wants all there is"

    def take(self, scene: Scene) -> int:
        return scene.state.stock

    def line(self, scene: Scene) -> str:
        return "There is more than enough for all of us."


class ConditionalHarvester(Harvester):
    """Takes its part of what grows back as long as the others do on average; else what they took in the month before.

    The counterpart of the conditional cooperator in public goods games (Fischbacher, Gaechter and Fehr 2001).
    """

    title: ClassVar[str] = "Takes its part of what grows back while the others do; else what they took"

    def take(self, scene: Scene) -> int:
        if not scene.state.past or _others_mean(scene) <= _fair(scene):
            return scene.share
        return min(round(_others_mean(scene)), scene.state.stock)

    def line(self, scene: Scene) -> str:
        fair, catches = _fair(scene), scene.state.past[-1].catches
        over = [seat for seat, got in enumerate(catches) if got > fair and seat != scene.seat]
        if not over:
            return f"Well done, all. I will {_proposal(scene)} again if you do too."
        blamed = ", ".join(f"player {seat + 1}" for seat in over)
        return f"More than {fair} was too much, {blamed}. Next month I take as much as the others do."


def _spoken(scene: Scene) -> bool:
    """Whether it has said something in the talk that goes on."""
    number = len(scene.state.past) - 1
    turns = range(len(scene.state.past[-1].said))
    return any(scene.game.speaker(number, turn) == scene.seat for turn in turns)


def _proposal(scene: Scene) -> str:
    """What everybody may take next month, in the words of the story."""
    params, months = scene.game.params, len(scene.state.past)
    story = STORIES[params.framing]
    share = scene.game.share(scene.game.regrown(scene.state.stock), months)
    return f"{story.take} {share} {story.unit}"


def _fair(scene: Scene) -> int:
    """What was a player's part of what grows back in the month before."""
    return scene.game.share(scene.state.past[-1].stock, len(scene.state.past) - 1)


def _others_mean(scene: Scene) -> float:
    """What the others who took part took on average in the month before."""
    month, seats = scene.state.past[-1], scene.game.present(len(scene.state.past) - 1)
    others = [month.catches[seat] for seat in seats if seat != scene.seat]
    return sum(others) / len(others)
