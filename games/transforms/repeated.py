"""Repeated games: the same stage game again and again, with payoffs that add up."""

from __future__ import annotations

import random
from abc import abstractmethod
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from itertools import repeat
from operator import add
from typing import Any, Final, NamedTuple

from pydantic import Field

from games.beliefs import Question, Questioned, questioned
from games.core import CHANCE, Game, GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.referee import RefereeRequest
from games.registry import load
from games.transforms.wrapper import GameSpec, inherited, told_of

CONTINUE: Final = "continue"
STOP: Final = "stop"
# A game of more turns than this has too large a tree to be called solvable, even where its stage is.
_SOLVABLE_TURNS: Final = 4


class HorizonParams(GameParams):
    """How long a repeated game lasts, and what seats are told of it."""

    rounds: int = Field(10, ge=1, le=1000, description="Most rounds; with continuation=1 exactly so many are played.")
    continuation: float = Field(
        1.0, gt=0, le=1, description="Probability that another round follows, drawn after each round but the last."
    )
    announce_horizon: bool = Field(
        True, description="Whether seats are told the number of rounds and the probability of another one."
    )


class RepeatedParams(HorizonParams):
    """Parameters of a repeated game."""

    stage: GameSpec = Field("matrix_game", description="Spec of the game that is played in each round.")


class RepeatedState(NamedTuple):
    """Finished rounds and the one in play.

    Attributes:
        past: final states of the finished stage games.
        current: state of the stage game in play; None after a round while nature draws, and at the end.
        totals: returns of the finished rounds, added up per seat.
        told: per seat, how many rounds were finished when it last decided.
        over: whether no round follows.
    """

    past: tuple[Any, ...]
    current: Any
    totals: tuple[float, ...]
    told: tuple[int, ...]
    over: bool = False


class RepeatedView(NamedTuple):
    """What one seat knows.

    Attributes:
        past: what it knows of each finished round, oldest first.
        current: its information state in the stage game in play; None between rounds and at the end.
        gains: its own return of each finished round.
        told: how many rounds were finished when it last decided.
        over: whether no round follows.
    """

    past: tuple[Any, ...]
    current: Hashable | None
    gains: tuple[float, ...]
    told: int
    over: bool


class RepeatedGame(Game[RepeatedState, Any], Questioned[RepeatedState]):
    """A stage game played several times by the same seats; a subclass says which.

    Whatever happens inside a round (chance, referees, simultaneous and open moves) passes through. Between rounds
    nature draws `continue` or `stop` where the horizon is random.

    Attributes:
        stage: the game of one round.
    """

    Params = HorizonParams
    params: HorizonParams

    def __init__(self, params: HorizonParams | None = None) -> None:
        super().__init__(params)
        self.stage = self.make_stage()
        self._start: Hashable = self.stage.initial_state()
        self.info = self._facts()

    @abstractmethod
    def make_stage(self) -> Game[Any, Any]:
        """The game of one round, given the parameters."""

    def round_view(self, finished: Any, seat: Seat) -> Hashable:
        """What a seat knows of a finished round, given the final state of its stage game."""
        return self.stage.information_state(finished, seat)

    def initial_state(self) -> RepeatedState:
        players = self.num_players
        return RepeatedState((), self._start, (0.0,) * players, (0,) * players)

    def to_move(self, state: RepeatedState) -> tuple[Seat, ...]:
        if state.current is None:
            return () if state.over else (CHANCE,)
        return self.stage.to_move(state.current)

    def legal_actions(self, state: RepeatedState, seat: Seat) -> Sequence[Any] | None:
        return self.stage.legal_actions(state.current, seat)

    def apply(self, state: RepeatedState, actions: Mapping[Seat, Any]) -> RepeatedState:
        past, current, totals, told, _ = state
        if current is None:
            goes_on = actions[CHANCE] == CONTINUE
            return RepeatedState(past, self._start if goes_on else None, totals, told, not goes_on)
        rounds = len(past)
        told = told_of(told, actions, rounds)
        after = self.stage.apply(current, actions)
        if self.stage.to_move(after):
            return RepeatedState(past, after, totals, told)
        totals = tuple(map(add, totals, self.stage.returns(after)))
        last = rounds + 1 == self.params.rounds
        follows = None if last or self.params.continuation < 1 else self._start
        return RepeatedState((*past, after), follows, totals, told, last)

    def returns(self, state: RepeatedState) -> tuple[float, ...]:
        """Returns of the finished rounds and of the one in play, added up."""
        if state.current is None:
            return state.totals
        return tuple(map(add, state.totals, self.stage.returns(state.current)))

    def utility_bounds(self) -> tuple[float, float]:
        fewest = 1 if self.params.continuation < 1 else self.params.rounds
        low, high = ([_summed(bound, n) for n in (fewest, self.params.rounds)] for bound in self.stage.utility_bounds())
        return min(low), max(high)

    def max_turns(self) -> int:
        rounds = self.params.rounds
        return rounds * self.stage.max_turns() + (rounds - 1 if self.params.continuation < 1 else 0)

    def chance_outcomes(self, state: RepeatedState) -> Sequence[tuple[Any, float]]:
        if state.current is None:
            return [(CONTINUE, self.params.continuation), (STOP, 1 - self.params.continuation)]
        return self.stage.chance_outcomes(state.current)

    def sample_chance(self, state: RepeatedState, rng: random.Random) -> Any:
        if state.current is None:
            return super().sample_chance(state, rng)
        return self.stage.sample_chance(state.current, rng)

    def referee_request(self, state: RepeatedState) -> RefereeRequest:
        return self.stage.referee_request(state.current)

    def rules_text(self, seat: Seat) -> str:
        return (
            "The game below is played in rounds; you keep your role, and the other players stay the same.\n"
            f"{self._horizon()}\n"
            "After each round you are told how it went. Your result is the sum of your results of all rounds.\n"
            f"The game of one round:\n{self.stage.rules_text(seat)}"
        )

    def observation(self, state: RepeatedState, seat: Seat) -> str:
        lines = [
            f"Round {number} ended. {self.stage.observation(finished, seat)}"
            for number, finished in enumerate(state.past[state.told[seat] :], start=state.told[seat] + 1)
        ]
        total = f"{state.totals[seat]:.10g}"
        if state.over:
            return "\n".join([*lines, f"The game is over; rounds played: {len(state.past)}. Your result: {total}."])
        if state.past:
            lines.append(f"Your total so far: {total}.")
        if state.current is None:
            return "\n".join([*lines, "It is being drawn whether another round follows."])
        return "\n".join([*lines, self._headline(len(state.past) + 1), self.stage.observation(state.current, seat)])

    def information_state(self, state: RepeatedState, seat: Seat) -> RepeatedView | RepeatedState:
        """A `RepeatedView`; the state itself where seats move in turn and see everything, so that it is searchable."""
        if self.info.information is Information.PERFECT and self.info.dynamics is Dynamics.SEQUENTIAL:
            return state
        past = tuple([self.round_view(finished, seat) for finished in state.past])
        current = None if state.current is None else self.stage.information_state(state.current, seat)
        gains = tuple([self.stage.returns(finished)[seat] for finished in state.past])
        return RepeatedView(past, current, gains, state.told[seat], state.over)

    def secrets(self, state: RepeatedState, seat: Seat) -> frozenset[str]:
        """Those of the round in play only: what was secret before may be drawn again, for this very seat."""
        return frozenset() if state.current is None else self.stage.secrets(state.current, seat)

    def action_to_text(self, state: RepeatedState, seat: Seat, action: Any) -> str:
        return str(action) if state.current is None else self.stage.action_to_text(state.current, seat, action)

    def parse_action(self, state: RepeatedState, seat: Seat, text: str) -> Any:
        if state.current is None:
            return super().parse_action(state, seat, text)
        return self.stage.parse_action(state.current, seat, text)

    def example_actions(self, state: RepeatedState, seat: Seat) -> Sequence[Any]:
        return self.stage.example_actions(state.current, seat)

    def asks(self) -> bool:
        return questioned(self.stage) is not None

    def questions(self, state: RepeatedState, seat: Seat) -> tuple[Question, ...]:
        """Those of the round in play."""
        stage = questioned(self.stage)
        return () if stage is None or state.current is None else stage.questions(state.current, seat)

    def truth(self, asked: RepeatedState, end: RepeatedState, seat: Seat, topic: str) -> str | None:
        stage, number = questioned(self.stage), len(asked.past)
        assert stage is not None, "only games with questions have answers"
        finished = end.past[number] if number < len(end.past) else end.current
        return stage.truth(asked.current, finished, seat, topic)

    def render(self, state: RepeatedState) -> str:
        stages = state.past if state.current is None else (*state.past, state.current)
        rounds = [f"round {number}: {self.stage.render(stage)}" for number, stage in enumerate(stages, start=1)]
        return "\n".join([*rounds, f"totals: {self.outcome_text(state)}"])

    def _horizon(self) -> str:
        rounds, continuation, announced = self.params.rounds, self.params.continuation, self.params.announce_horizon
        if not announced:
            return "You are not told how many rounds there will be."
        if continuation < 1:
            return (
                f"After each round another one follows with probability {continuation:.10g}, "
                f"up to a limit of {rounds} rounds."
            )
        return f"There will be exactly {rounds} round{'' if rounds == 1 else 's'}."

    def _headline(self, number: int) -> str:
        if not self.params.announce_horizon:
            return f"Round {number}."
        at_most = "at most " if self.params.continuation < 1 else ""
        return f"Round {number} of {at_most}{self.params.rounds}."

    def _facts(self) -> GameInfo:
        facts = inherited(type(self).info, self.stage)
        random_end = self.params.continuation < 1
        drawn = random_end and facts.chance is Chance.NONE
        # A constant per round adds up to a constant only when the number of rounds is fixed.
        open_sum = random_end and facts.utility is Utility.CONSTANT_SUM
        return replace(
            facts,
            chance=Chance.EXPLICIT if drawn else facts.chance,
            utility=Utility.GENERAL_SUM if open_sum else facts.utility,
            solvable=facts.solvable and (self.params.rounds == 1 or self.max_turns() <= _SOLVABLE_TURNS),
        )


def _summed(value: float, times: int) -> float:
    """The value added up as returns are: a product is rounded otherwise, and actual returns could pass it."""
    return reduce(add, repeat(value, times))


class Repeated(RepeatedGame):
    """Any game, played several times."""

    Params = RepeatedParams
    params: RepeatedParams
    info = GameInfo(
        name="repeated",
        version=1,
        title="Repeated game",
        summary="The same game is played in rounds by the same players; the results of all rounds add up.",
        family="transforms",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        symmetric=True,
        tags=("transform", "repeated"),
        references=(
            "G. J. Mailath and L. Samuelson, Repeated games and reputations, 2006",
            "R. Axelrod, The evolution of cooperation, 1984 (random horizon)",
        ),
    )

    def make_stage(self) -> Game[Any, Any]:
        return load(self.params.stage)

    def _facts(self) -> GameInfo:
        return replace(super()._facts(), title=f"Repeated: {self.stage.info.title}")
