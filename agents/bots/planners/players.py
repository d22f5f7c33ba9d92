"""Players of games of plans who differ in when they change their plan: always, when it helps, after a loss, never."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Hashable
from typing import Any, ClassVar, Final, NamedTuple

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, game_of
from agents.bots.planners.cards import CardCraft
from agents.bots.planners.craft import Craft
from agents.bots.planners.duels import DuelCraft
from agents.bots.planners.lanes import LaneCraft
from games.core import Seat
from games.tactics.card_battle import CardBattle
from games.tactics.elemental_duel import ElementalDuel
from games.tactics.lane_defence import LaneDefence
from games.tactics.plans import PlanGame
from games.transforms.plan_revise import PlanRevise, PlanReviseState

# From so many of the best drafts the search begins, one after the other, until it finds a plan that wins.
_STARTS: Final = 4


class Last(NamedTuple):
    """The last battle as a seat sees it.

    Attributes:
        own: its plan.
        enemy: the enemy's plan.
        lost: whether the enemy won.
    """

    own: Any
    enemy: Any
    lost: bool


class Planner(Bot):
    """A rule for the next plan."""

    plays = ("card_battle", "elemental_duel", "lane_defence", "plan_revise")

    def choose(self, request: DecisionRequest) -> str:
        game = game_of(request.game)
        plans = game.inner if isinstance(game, PlanRevise) else game
        assert isinstance(plans, PlanGame), "the games it plays"
        craft = craft_of(plans, request.seat)
        return plans.write(request.seat, self.plan(craft, _last(request), request))

    @abstractmethod
    def plan(self, craft: Craft[Any, Any], last: Last | None, request: DecisionRequest) -> Any:
        """The plan to play; `last` is None before the first battle."""


class RandomPlanner(Planner):
    """Spends its budget at random, anew before every battle."""

    title: ClassVar[str] = "Buys at random within its budget, anew each time"

    def plan(self, craft: Craft[Any, Any], last: Last | None, request: DecisionRequest) -> Any:
        return craft.draw(request.rng())


class PlannerParams(AgentParams):
    """Parameters of planners that search."""

    steps: int = Field(5, ge=0, le=20, description="How many changes in a row a plan is bettered by, at most.")


class GreedyPlanner(Planner):
    """Plays the best plan that it finds against the enemy's last one, and keeps its own where none is better.

    It tries plans in the simulator, and then single changes of the best one. Before the first battle it supposes that
    the enemy makes the plan that the rules show first.
    """

    Params = PlannerParams
    params: PlannerParams
    title: ClassVar[str] = "Finds a good answer to the enemy's last plan by trying plans out"

    def plan(self, craft: Craft[Any, Any], last: Last | None, request: DecisionRequest) -> Any:
        return self.opening(craft) if last is None else self.answer_to(craft, last.enemy, last.own)

    def opening(self, craft: Craft[Any, Any]) -> Any:
        """The plan before anything is known of the enemy."""
        return self.answer_to(craft, craft.game.examples(1 - craft.seat)[0])

    def answer_to(self, craft: Craft[Any, Any], enemy: Any, *own: Any) -> Any:
        """The best plan that is found against the enemy's; one's own plan where no other is better."""

        def value(plan: Hashable) -> tuple[int, int]:
            return worth(craft, plan, enemy)

        starts = sorted([*own, *craft.drafts(enemy)], key=value, reverse=True)
        best = starts[0]
        for start in starts[:_STARTS]:
            best = max(best, self._bettered(craft, start, value), key=value)
            if value(best)[0] > 0:
                break
        return best

    def _bettered(self, craft: Craft[Any, Any], plan: Any, value: Callable[[Any], tuple[int, int]]) -> Any:
        """A plan after the best of its changes, and again, for as long as that helps."""
        for _ in range(self.params.steps):
            better = max([plan, *craft.changes(plan)], key=value)
            if better == plan:
                break
            plan = better
        return plan


class Reviser(GreedyPlanner):
    """Begins like the greedy planner, and changes its plan only after a battle that it lost."""

    title: ClassVar[str] = "Looks for a better plan after a lost battle, and else keeps its plan"

    def plan(self, craft: Craft[Any, Any], last: Last | None, request: DecisionRequest) -> Any:
        if last is None:
            return self.opening(craft)
        return self.answer_to(craft, last.enemy, last.own) if last.lost else last.own


class Stubborn(GreedyPlanner):
    """Begins like the greedy planner, and never changes its plan."""

    title: ClassVar[str] = "Never changes its first plan"

    def plan(self, craft: Craft[Any, Any], last: Last | None, request: DecisionRequest) -> Any:
        return self.opening(craft) if last is None else last.own


def craft_of(game: PlanGame[Any], seat: Seat) -> Craft[Any, Any]:
    """The knowledge of a game."""
    if isinstance(game, LaneDefence):
        return LaneCraft(game, seat)
    if isinstance(game, CardBattle):
        return CardCraft(game, seat)
    assert isinstance(game, ElementalDuel), "the games that planners play"
    return DuelCraft(game, seat)


def worth(craft: Craft[Any, Any], plan: Hashable, enemy: Hashable) -> tuple[int, int]:
    """How good a plan is against another one: winning first, then what is left to the winner."""
    plans = (plan, enemy) if craft.seat == 0 else (enemy, plan)
    battle = craft.game.battle(plans)
    if battle.winner is None:
        return 0, 0
    sign = 1 if battle.winner == craft.seat else -1
    return sign, sign * battle.margin


def _last(request: DecisionRequest) -> Last | None:
    """The last battle; None before the first one."""
    state = request.information_key
    if not isinstance(state, PlanReviseState) or not state.past:
        return None
    plans, battle = state.past[-1]
    assert battle is not None, "what is past was fought"
    return Last(plans[request.seat], plans[1 - request.seat], battle.winner == 1 - request.seat)
