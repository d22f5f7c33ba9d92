"""What planners know of a game of plans: how to make a plan, and how to change one a little."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any, Generic, TypeVar

from games.core import Seat
from games.tactics.plans import Plan, PlanGame

AnyPlanGame = TypeVar("AnyPlanGame", bound=PlanGame[Any])


class Craft(ABC, Generic[AnyPlanGame, Plan]):
    """The knowledge of one game, for one seat. All plans it makes are within budget."""

    def __init__(self, game: AnyPlanGame, seat: Seat) -> None:
        self.game = game
        self.seat = seat

    @abstractmethod
    def draw(self, rng: random.Random) -> Plan:
        """A random plan that spends what it can."""

    @abstractmethod
    def drafts(self, enemy: Plan) -> Iterator[Plan]:
        """Plans worth trying against an enemy's plan."""

    def changes(self, plan: Plan) -> Iterator[Plan]:
        """The plan with one thing changed, in every way that is tried; none by default."""
        yield from ()
