"""Plan, see the result, revise: a game of plans whose battle is fought again and again with revised plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from games.core import Game, GameParams, Illegal, Seat
from games.info import ActionKind, Chance, Dynamics, GameInfo, Information, Utility
from games.registry import load
from games.tactics.plans import PlanGame, PlanState
from games.transforms.wrapper import GameSpec, inherited

KEEP: Final = "keep"


class PlanReviseParams(GameParams):
    """Parameters of planning in rounds."""

    game: GameSpec = Field("lane_defence", description="Spec of the game of plans that is played in each round.")
    rounds: int = Field(10, ge=1, le=100, description="Battles.")
    revising: Literal["alternate", "both", "one"] = Field(
        "alternate",
        description="Who may revise after a battle: the seats by turns, both at once, or only the seat `first`.",
    )
    first: int = Field(0, ge=0, le=1, description="The seat that revises after the first battle; 0 where both do.")

    @model_validator(mode="after")
    def _plans_are_made(self) -> Self:
        if not isinstance(load(self.game), PlanGame):
            raise ValueError(f"{self.game} is not a game of plans such as lane_defence, card_battle or elemental_duel")
        if self.revising == "both" and self.first:
            raise ValueError("first says nothing where both seats revise; leave it out")
        return self


class PlanReviseState(NamedTuple):
    """The battles so far, oldest first, each with the plans that led to it."""

    past: tuple[PlanState, ...] = ()


class PlanRevise(Game[PlanReviseState, Any]):
    """Both seats plan; after each battle one or both may change their plan, and the battle is fought again.

    Everybody sees every plan and battle. The results of all battles add up.

    Attributes:
        inner: the game of plans.
    """

    Params = PlanReviseParams
    params: PlanReviseParams
    info = GameInfo(
        name="plan_revise",
        version=1,
        title="Plan and revise",
        summary="A battle of plans is fought in rounds; between rounds plans may be revised.",
        family="transforms",
        dynamics=Dynamics.MIXED,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.ZERO_SUM,
        actions=ActionKind.OPEN,
        roles=("defender", "attacker"),
        tags=("transform", "plans", "budget", "revision", "advgamebench"),
        references=(
            "AdvGameBench, 2025, arXiv 2506.12012 (10 rounds, after each of which one side revises, by turns; a first "
            "plan over budget is asked for again there, while here it simply loses)",
        ),
    )

    def __init__(self, params: PlanReviseParams | None = None) -> None:
        super().__init__(params)
        inner = load(self.params.game)
        assert isinstance(inner, PlanGame), "the parameters allow nothing else"
        self.inner: PlanGame[Any] = inner
        together = self.params.revising == "both" or self.params.rounds == 1
        self.info = replace(
            inherited(type(self).info, inner),
            title=f"Plan and revise: {inner.info.title}",
            dynamics=Dynamics.SIMULTANEOUS if together else Dynamics.MIXED,
        )

    def revisers(self, battles: int) -> tuple[Seat, ...]:
        """Who makes or revises a plan after so many battles."""
        if battles >= self.params.rounds:
            return ()
        if battles == 0 or self.params.revising == "both":
            return (0, 1)
        return ((self.params.first + (battles - 1) * (self.params.revising == "alternate")) % 2,)

    def initial_state(self) -> PlanReviseState:
        return PlanReviseState()

    def to_move(self, state: PlanReviseState) -> tuple[Seat, ...]:
        return self.revisers(len(state.past))

    def legal_actions(self, state: PlanReviseState, seat: Seat) -> None:
        return None

    def apply(self, state: PlanReviseState, actions: Mapping[Seat, Any]) -> PlanReviseState:
        plans = {seat: actions[seat] if seat in actions else state.past[-1].plans[seat] for seat in (0, 1)}
        return PlanReviseState((*state.past, self.inner.apply(self.inner.initial_state(), plans)))

    def returns(self, state: PlanReviseState) -> tuple[float, ...]:
        """Battles won less battles lost."""
        first = sum(self.inner.returns(battle)[0] for battle in state.past)
        return (float(first), 0.0 - first)

    def utility_bounds(self) -> tuple[float, float]:
        return -float(self.params.rounds), float(self.params.rounds)

    def max_turns(self) -> int:
        return self.params.rounds

    def rules_text(self, seat: Seat) -> str:
        return (
            f"You plan for {self.params.rounds} battle{'' if self.params.rounds == 1 else 's'} of the game below. "
            f"First both sides make their plans. {self._who_revises(seat)} Everybody sees both plans and the course of "
            "every battle. A plan that is not revised is used again as it is. Your result is the number of battles you "
            "win less the number you lose.\n"
            "When you are asked to revise, write a whole plan in the form below; or, to leave your plan as it is, "
            f"write one word: {KEEP}\n"
            f"The game of one battle:\n{self.inner.rules_text(seat)}"
        )

    def observation(self, state: PlanReviseState, seat: Seat) -> str:
        battles = len(state.past)
        if not battles:
            return f"Battle 1 of {self.params.rounds}. {self.inner.observation(self.inner.initial_state(), seat)}"
        shown = self._news(battles, seat) if seat in self.to_move(state) else 1
        lines = [self._told(state, number, seat) for number in range(battles - shown + 1, battles + 1)]
        return "\n".join([*lines, self._standing(state, seat)])

    def action_to_text(self, state: PlanReviseState, seat: Seat, action: Any) -> str:
        return self.inner.write(seat, action)

    def parse_action(self, state: PlanReviseState, seat: Seat, text: str) -> Any:
        """The plan that a text describes; `keep` is the plan of the last battle."""
        if text.strip().lower() != KEEP:
            return self.inner.parse_action(self.inner.initial_state(), seat, text)
        if not state.past:
            raise Illegal("there is no plan to keep before the first battle; write a plan")
        return state.past[-1].plans[seat]

    def example_actions(self, state: PlanReviseState, seat: Seat) -> Sequence[Any]:
        return self.inner.examples(seat)

    def outcome_text(self, state: PlanReviseState) -> str:
        won = [
            sum(battle.battle is not None and battle.battle.winner == seat for battle in state.past) for seat in (0, 1)
        ]
        return ", ".join(f"the {self.info.roles[seat]} won {won[seat]} of {len(state.past)}" for seat in (0, 1))

    def render(self, state: PlanReviseState) -> str:
        battles = [f"battle {number}: {self.inner.render(each)}" for number, each in enumerate(state.past, start=1)]
        return "\n".join(battles) or "no plans yet"

    def _who_revises(self, seat: Seat) -> str:
        if self.params.rounds == 1:
            return "There is no revision."
        if self.params.revising == "both":
            return "After every battle but the last, both sides may revise their plans at the same time."
        first = seat == self.params.first
        if self.params.revising == "alternate":
            begins = "you" if first else "the enemy"
            return f"After every battle but the last one side may revise its plan, by turns, beginning with {begins}."
        who, other = ("you", "the enemy") if first else ("the enemy", "you")
        return f"After every battle but the last, {who} may revise; {other} may not."

    def _news(self, battles: int, seat: Seat) -> int:
        """How many battles were fought since the seat last planned."""
        return next(back for back in range(1, battles + 1) if seat in self.revisers(battles - back))

    def _told(self, state: PlanReviseState, number: int, seat: Seat) -> str:
        """A battle in words; one that was the same as the latest one is not told twice."""
        head, battle = f"Battle {number} of {self.params.rounds}:", state.past[number - 1]
        if number < len(state.past) and battle == state.past[-1]:
            return f"{head} the same plans and course as in battle {len(state.past)}."
        return f"{head}\n{self.inner.observation(battle, seat)}"

    def _standing(self, state: PlanReviseState, seat: Seat) -> str:
        won, lost = (sum(self.inner.returns(battle)[seat] == sign for battle in state.past) for sign in (1, -1))
        score = f"Battles won: {won}, lost: {lost}."
        movers = self.to_move(state)
        if not movers:
            return f"{score} The game is over. Your result: {self.returns(state)[seat]:g}."
        if seat in movers:
            return f"{score} Revise your plan for battle {len(state.past) + 1}, or write: {KEEP}"
        return f"{score} The enemy may revise its plan now."
