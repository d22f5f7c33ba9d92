"""Players who contribute one after the other."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from agents.base import DecisionRequest
from agents.bots.base import Bot, game_of
from games.dilemmas.sequential_public_goods import FULL, ContributionsState, PartialView, SequentialPublicGoods


class _Contributor(Bot):
    """A rule for a contribution, given those before it that the seat was shown."""

    plays = ("sequential_public_goods",)

    def choose(self, request: DecisionRequest) -> str:
        game, view = game_of(request.game), request.information_key
        assert isinstance(game, SequentialPublicGoods), "the only game this plays"
        if isinstance(view, ContributionsState):
            return str(self.contribution(game, request.seat, view.given))
        assert isinstance(view, PartialView), "what the game tells a seat"
        return str(self.contribution(game, request.seat, () if view.previous is None else (view.previous,)))

    @abstractmethod
    def contribution(self, game: SequentialPublicGoods, seat: int, seen: tuple[int, ...]) -> int:
        """What it gives, in percent; the last of those it saw is the newest."""


class EquilibriumContributor(_Contributor):
    """Plays the subgame-perfect equilibrium; contributions that it is not shown it expects to be those of it."""

    title: ClassVar[str] = "Contributes by backward induction"

    def contribution(self, game: SequentialPublicGoods, seat: int, seen: tuple[int, ...]) -> int:
        unseen = seat - len(seen)
        return game.replies[seat, sum(game.equilibrium[:unseen]) + sum(seen)]


class MeanMatcher(_Contributor):
    """Contributes what those before it gave on average, and half of a full contribution as the first."""

    title: ClassVar[str] = "Contributes the mean of those before it"

    def contribution(self, game: SequentialPublicGoods, seat: int, seen: tuple[int, ...]) -> int:
        wanted = sum(seen) / len(seen) if seen else FULL / 2
        return min(game.options, key=lambda option: (abs(option - wanted), option))
