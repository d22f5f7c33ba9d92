"""Members of a society with a common pool: how hard they work, whom they punish, what they propose and vote for."""

from __future__ import annotations

from abc import abstractmethod
from math import exp
from random import Random
from typing import ClassVar, Final, NamedTuple

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, game_of
from games.dilemmas.common_pool import FULL_EFFORT, IGNORE, PUNISH, SPARE, WATCH, CommonPool
from games.dilemmas.common_pool_parts import CommonPoolView, Phase
from games.dilemmas.common_pool_words import in_units

_STEEPEST: Final = 700.0


class Scene(NamedTuple):
    """What a member knows, and its random stream."""

    game: CommonPool
    view: CommonPoolView
    random: Random


class Member(Bot):
    """A member of the society: rules for its effort, for punishment and for the limit that it wants.

    It votes for the proposal nearest to the limit that it wants, the lower one of two.
    """

    plays = ("common_pool",)

    def choose(self, request: DecisionRequest) -> str:
        game, view = game_of(request.game), request.information_key
        assert isinstance(game, CommonPool), "the player suits this game only"
        assert isinstance(view, CommonPoolView), "what the common pool tells a seat"
        scene = Scene(game, view, request.rng())
        if view.phase is Phase.HARVEST:
            return str(self.effort(scene))
        if view.phase is Phase.WATCH:
            return WATCH if self.watches(scene) else IGNORE
        if view.phase is Phase.PUNISH:
            return PUNISH if self.punishes(scene) else SPARE
        wanted = min(self.limit(scene), game.params.highest_limit)
        if view.phase is Phase.PROPOSE:
            return in_units(wanted)
        return in_units(min(view.now.proposals, key=lambda limit: (abs(limit - wanted), limit)))

    @abstractmethod
    def effort(self, scene: Scene) -> int:
        """Its effort in percent."""

    @abstractmethod
    def limit(self, scene: Scene) -> int:
        """The limit that it wants, in tenths."""

    def watches(self, scene: Scene) -> bool:
        """Whether it watches another player."""
        return True

    def punishes(self, scene: Scene) -> bool:
        """Whether it punishes a harvest above the limit."""
        return True


class Steward(Member):
    """Works as hard as brings the most for ever if all do, or less where the limit wants that.

    It wants an equal part of that harvest as the limit, and punishes whoever takes more than the limit.
    """

    title: ClassVar[str] = "Works as hard as the resource can bear, and punishes whoever takes more"

    def effort(self, scene: Scene) -> int:
        return min(_sustainable_effort(scene), _within_limit(scene))

    def limit(self, scene: Scene) -> int:
        return _fair_limit(scene)


class FullEffort(Member):
    """Always works as hard as it can, watches nobody, and wants the highest limit."""

    title: ClassVar[str] = "Harvests all it can, and punishes nobody"

    def effort(self, scene: Scene) -> int:
        return FULL_EFFORT

    def limit(self, scene: Scene) -> int:
        return scene.game.params.highest_limit

    def watches(self, scene: Scene) -> bool:
        return False

    def punishes(self, scene: Scene) -> bool:
        return False


class KeeperParams(AgentParams):
    """Parameters of the limit keeper."""

    punishes: bool = Field(True, description="Whether it watches others and punishes harvests above the limit.")


class LimitKeeper(Member):
    """Harvests as much as the limit allows, as it guesses; works as hard as a steward while there is none."""

    Params = KeeperParams
    params: KeeperParams
    title: ClassVar[str] = "Harvests what the limit allows, and punishes whoever takes more"

    def effort(self, scene: Scene) -> int:
        return _sustainable_effort(scene) if scene.view.now.limit is None else _within_limit(scene)

    def limit(self, scene: Scene) -> int:
        return _fair_limit(scene)

    def watches(self, scene: Scene) -> bool:
        return self.params.punishes

    def punishes(self, scene: Scene) -> bool:
        return self.params.punishes


class FermiParams(AgentParams):
    """Parameters of the Fermi imitator."""

    first: int | None = Field(None, ge=0, le=100, description="Its first effort in percent; null: drawn by lot.")
    sensitivity: float = Field(1.0, ge=0, le=100, description="How much a difference of stores counts, s.")
    watching: float = Field(0.5, ge=0, le=1, description="Probability with which it watches another player, m.")
    punishing: float = Field(0.5, ge=0, le=1, description="Probability with which it punishes what it may, p.")


class FermiImitator(Member):
    """Payoff-biased copying: takes over the effort of whom it saw with probability `1 / (1 + exp(-s (W_j - W_i)))`.

    W_j and W_i are the other's store and its own. Otherwise it works as before. The limit that it wants is its own
    last harvest.

    Traulsen, Nowak and Pacheco, Stochastic dynamics of invasion and fixation, 2006 (the Fermi rule).
    """

    Params = FermiParams
    params: FermiParams
    title: ClassVar[str] = "Copies the effort of a player who fares better, by the Fermi rule"

    def effort(self, scene: Scene) -> int:
        view = scene.view
        if not view.past:
            return scene.random.randint(0, FULL_EFFORT) if self.params.first is None else self.params.first
        last = view.past[-1]
        assert last.effort is not None, "whoever is still in harvested in the round before"
        if last.met is None:
            return last.effort
        # Nothing changes a store between the meeting and the next harvest.
        chance = fermi(last.met.store - view.store, self.params.sensitivity)
        return last.met.effort if scene.random.random() < chance else last.effort

    def limit(self, scene: Scene) -> int:
        return round(10 * (scene.view.now.harvest or 0.0))

    def watches(self, scene: Scene) -> bool:
        return scene.random.random() < self.params.watching

    def punishes(self, scene: Scene) -> bool:
        return scene.random.random() < self.params.punishing


def fermi(lead: float, sensitivity: float) -> float:
    """The probability of copying somebody who has so much more: `1 / (1 + exp(-s lead))`."""
    return 1 / (1 + exp(min(-sensitivity * lead, _STEEPEST)))


def _sustainable_effort(scene: Scene) -> int:
    return int(FULL_EFFORT * scene.game.sustainable_effort)


def _within_limit(scene: Scene) -> int:
    """The greatest effort that it guesses to be within the limit; full effort where there is none.

    It works out the resource from its last harvest, and what is left of it as if all had harvested the same.
    """
    limit, past, game = scene.view.now.limit, scene.view.past, scene.game
    if limit is None:
        return FULL_EFFORT
    stock = game.params.capacity
    if past and past[-1].effort and past[-1].harvest is not None:
        before = FULL_EFFORT * past[-1].harvest / past[-1].effort / game.params.per_player
        stock = game.regrown(max(0.0, before - past[-1].harvest * len(scene.view.players)))
    at_full = game.params.per_player * stock
    return FULL_EFFORT if at_full <= limit / 10 else int(FULL_EFFORT * limit / 10 / at_full)


def _fair_limit(scene: Scene) -> int:
    """An equal part of the most that can be harvested for ever, in tenths."""
    return int(10 * scene.game.sustainable_yield / len(scene.view.players))
