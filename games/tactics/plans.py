"""Games of plans: both seats spend a budget on a plan unseen by the other, and a simulator plays the battle out."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, ClassVar, Final, Generic, NamedTuple, TypeVar

from games.core import Game, Seat, Unparsable
from games.open_text import tidy

Plan = TypeVar("Plan", bound=Hashable)

_LONGEST_TEXT: Final = 2000


class Battle(NamedTuple):
    """How a battle ended.

    Attributes:
        winner: the seat that won; None when nobody did.
        margin: how much the winner has left, in the units of the game; 0 when plans over budget decided.
        report: what happened, in the same words for both seats.
    """

    winner: Seat | None
    margin: int
    report: str


class PlanState(NamedTuple):
    """The plans, seat by seat, and the battle they led to; nothing before both are made."""

    plans: tuple[Any, ...] = ()
    battle: Battle | None = None


class PlanGame(Game[PlanState, Plan], Generic[Plan]):
    """Two seats make a plan each, at the same time; a subclass prices plans and plays the battle.

    A plan over budget may be written, so that overspending can be counted, but it loses to one within; of two plans
    over budget the one that exceeds its budget by the smaller part wins, and nobody wins when both parts are equal.
    Winning is worth 1 and losing -1.

    Attributes:
        margin_unit: what `Battle.margin` counts, in the plural.
    """

    margin_unit: ClassVar[str]

    @abstractmethod
    def budget(self, seat: Seat) -> int:
        """What a seat may spend."""

    @abstractmethod
    def cost(self, seat: Seat, plan: Plan) -> int:
        """What a plan costs."""

    @abstractmethod
    def simulate(self, first: Plan, second: Plan) -> Battle:
        """The battle of two plans, whatever they cost; the same plans always lead to the same battle."""

    @abstractmethod
    def write(self, seat: Seat, plan: Plan) -> str:
        """The canonical text of a plan."""

    @abstractmethod
    def read(self, seat: Seat, text: str) -> Plan:
        """The plan that a tidy lower-case text describes; raises Unparsable or Illegal."""

    @abstractmethod
    def examples(self, seat: Seat) -> Sequence[Plan]:
        """A few different plans within budget; the first one is a sensible start."""

    @abstractmethod
    def units_text(self, seat: Seat) -> str:
        """What a seat can buy, a line each, written from the tables that the simulator uses."""

    def battle(self, plans: Sequence[Plan]) -> Battle:
        """The battle of two plans; where one is over budget, what the budgets decide."""
        first, second = plans
        return self._settled_by_budgets(first, second) or self.simulate(first, second)

    def initial_state(self) -> PlanState:
        return PlanState()

    def to_move(self, state: PlanState) -> tuple[Seat, ...]:
        return () if state.plans else (0, 1)

    def legal_actions(self, state: PlanState, seat: Seat) -> None:
        return None

    def apply(self, state: PlanState, actions: Mapping[Seat, Plan]) -> PlanState:
        plans = (actions[0], actions[1])
        return PlanState(plans, self.battle(plans))

    def returns(self, state: PlanState) -> tuple[float, ...]:
        if state.battle is None or state.battle.winner is None:
            return (0.0, 0.0)
        return (1.0, -1.0) if state.battle.winner == 0 else (-1.0, 1.0)

    def utility_bounds(self) -> tuple[float, float]:
        return -1.0, 1.0

    def max_turns(self) -> int:
        return 1

    def observation(self, state: PlanState, seat: Seat) -> str:
        if state.battle is None:
            return f"No plan is made yet. Your budget is {self.budget(seat)}. What is your plan?"
        return "\n".join(
            [
                f"Your plan, {self._price(state, seat)}: {self._written(state, seat)}",
                f"The enemy's plan, {self._price(state, 1 - seat)}: {self._written(state, 1 - seat)}",
                state.battle.report,
                self._verdict(state.battle, seat),
            ]
        )

    def information_state(self, state: PlanState, seat: Seat) -> PlanState:
        return state

    def action_to_text(self, state: PlanState, seat: Seat, action: Plan) -> str:
        return self.write(seat, action)

    def parse_action(self, state: PlanState, seat: Seat, text: str) -> Plan:
        if len(text) > _LONGEST_TEXT:
            raise Unparsable(f"a plan has at most {_LONGEST_TEXT} characters; this text has {len(text)}")
        return self.read(seat, tidy(text).lower())

    def example_actions(self, state: PlanState, seat: Seat) -> Sequence[Plan]:
        return self.examples(seat)

    def render(self, state: PlanState) -> str:
        if state.battle is None:
            return "no plans yet"
        plans = "; ".join(f"{self.info.roles[seat]}: {self._written(state, seat)}" for seat in (0, 1))
        return f"{plans}\n{state.battle.report}\n{self.outcome_text(state)}"

    def outcome_text(self, state: PlanState) -> str:
        if state.battle is None or state.battle.winner is None:
            return "nobody won"
        return f"the {self.info.roles[state.battle.winner]} won; {self.margin_unit} left: {state.battle.margin}"

    def budget_rules(self, seat: Seat) -> str:
        """What every seat is told about money and results, as part of its briefing."""
        return (
            f"Your budget is {self.budget(seat)}, the enemy's is {self.budget(1 - seat)}. A plan that costs more than "
            "its budget is not carried out and loses to a plan within budget; if both plans are over budget, the one "
            "that is over by the smaller part of its budget wins. Money left over is worth nothing. Both plans are "
            "made at the same time, unseen by the other; then the battle runs by itself, without any luck.\n"
            "Your result is 1 if you win, -1 if the enemy wins, and 0 if nobody does."
        )

    def _settled_by_budgets(self, first: Plan, second: Plan) -> Battle | None:
        costs, budgets = (self.cost(0, first), self.cost(1, second)), (self.budget(0), self.budget(1))
        # Parts of the budgets by which plans exceed them, on a common denominator.
        over = [max(0, costs[seat] - budgets[seat]) * budgets[1 - seat] for seat in (0, 1)]
        if not any(over):
            return None
        names = [self.info.roles[seat] for seat in (0, 1) if over[seat]]
        report = f"There was no battle: over budget was {' and '.join(f'the {name}' for name in names)}."
        return Battle(None if over[0] == over[1] else int(over[0] > over[1]), 0, report)

    def _price(self, state: PlanState, seat: Seat) -> str:
        return f"{self.cost(seat, self._plan(state, seat))} of {self.budget(seat)} spent"

    def _written(self, state: PlanState, seat: Seat) -> str:
        return self.write(seat, self._plan(state, seat))

    def _plan(self, state: PlanState, seat: Seat) -> Plan:
        plan: Plan = state.plans[seat]
        return plan

    def _verdict(self, battle: Battle, seat: Seat) -> str:
        if battle.winner is None:
            return "Nobody won this battle."
        if not battle.margin:
            return f"You {'won' if battle.winner == seat else 'lost'} this battle."
        if battle.winner == seat:
            return f"You won this battle; {self.margin_unit} you have left: {battle.margin}."
        return f"You lost this battle; {self.margin_unit} the enemy has left: {battle.margin}."
