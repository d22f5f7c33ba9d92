"""The onlooker: two others play a matrix game in rounds, and one who watches says what one of them will do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import starmap
from typing import NamedTuple, Self

from pydantic import Field, model_validator

from games.core import Game, GameParams, Seat
from games.framing import in_order
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.matrix.framing import unit_of
from games.matrix.matrix_game import Joint, MatrixGame
from games.parsing import choose
from games.registry import load
from games.transforms.wrapper import GameSpec

Cycle = tuple[int, ...]


class OnlookerParams(GameParams):
    """Parameters of the onlooker."""

    stage: GameSpec = Field(
        'matrix_game(table="battle_of_the_sexes")', description="Spec of the matrix game that the two others play."
    )
    cycles: tuple[Cycle, Cycle] = Field(
        ((0,), (1, 0)),
        description="What the first and the second of them play, by number from 0 in the table's order; repeated.",
    )
    watched: int = Field(
        1, ge=0, le=1, description="Whose next action is asked for: 0 the first player's, 1 the other."
    )
    rounds: int = Field(10, ge=1, le=1000, description="Rounds that they play.")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        stage = load(self.stage)
        if not isinstance(stage, MatrixGame) or stage.num_players != 2:
            raise ValueError(f"{self.stage} is no matrix game for two players")
        if stage.params.framing.story != "none":
            raise ValueError("the onlooker tells no cover story: stories are told to those who play")
        for cycle, labels in zip(self.cycles, stage.labels, strict=True):
            if not cycle or not set(cycle) <= set(range(len(labels))):
                raise ValueError(f"the cycle {list(cycle)} must hold numbers from 0 to {len(labels) - 1}, at least one")
        return self


class OnlookerState(NamedTuple):
    """What was expected so far: the number of an action for every finished round."""

    expected: tuple[int, ...] = ()


class OnlookerView(NamedTuple):
    """What the onlooker knows.

    Attributes:
        past: what the two did in each finished round, oldest first.
        expected: what it had said of the watched one.
    """

    past: tuple[Joint, ...]
    expected: tuple[int, ...]


class Onlooker(Game[OnlookerState, int]):
    """One seat foresees the actions of a player who follows a pattern, one point for each round.

    What it says changes nothing for those whom it watches: a prediction without an interest of its own.

    Attributes:
        stage: the game that is watched.
    """

    Params = OnlookerParams
    params: OnlookerParams
    info = GameInfo(
        name="onlooker",
        version=1,
        title="Onlooker",
        summary="Two others play a matrix game in rounds; before each, say what one of them will do.",
        family="matrix",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        min_players=1,
        max_players=1,
        symmetric=True,
        tags=("beliefs", "patterns", "one player"),
        references=(
            "E. Akata et al., Playing repeated games with large language models, Nature Human Behaviour, 2025 "
            "(prediction by an observer of two others)",
        ),
    )

    def __init__(self, params: OnlookerParams | None = None) -> None:
        super().__init__(params)
        stage = load(self.params.stage)
        assert isinstance(stage, MatrixGame), "the parameters were checked"
        self.stage = stage
        self._options = stage.legal_actions(stage.initial_state(), self.params.watched)

    def played(self, number: int) -> Joint:
        """What the two do in a round, numbered from 0."""
        first, second = self.params.cycles
        return first[number % len(first)], second[number % len(second)]

    def initial_state(self) -> OnlookerState:
        return OnlookerState()

    def to_move(self, state: OnlookerState) -> tuple[Seat, ...]:
        return (0,) if len(state.expected) < self.params.rounds else ()

    def legal_actions(self, state: OnlookerState, seat: Seat) -> Sequence[int]:
        return self._options

    def apply(self, state: OnlookerState, actions: Mapping[Seat, int]) -> OnlookerState:
        return OnlookerState((*state.expected, actions[0]))

    def returns(self, state: OnlookerState) -> tuple[float, ...]:
        return (float(sum(self.foreseen(state))),)

    def foreseen(self, state: OnlookerState) -> tuple[bool, ...]:
        """Whether the watched one did what was expected, round by round."""
        watched = self.params.watched
        return tuple(self.played(number)[watched] == action for number, action in enumerate(state.expected))

    def utility_bounds(self) -> tuple[float, float]:
        return 0.0, float(self.params.rounds)

    def max_turns(self) -> int:
        return self.params.rounds

    def rules_text(self, seat: Seat) -> str:
        framing = self.stage.params.framing
        outcomes = [f"- {self._told(joint)}: {self._gains(joint)}" for joint in sorted(self.stage.payoffs)]
        rounds = self.params.rounds
        return "\n".join(
            [
                f"Two others, player 1 and player 2, play a game in {rounds} round{'' if rounds == 1 else 's'}. You "
                "only watch; they do not know of you. In each round both choose one action at the same time, and then "
                "both see what was chosen.",
                f"What their choices lead to, in {unit_of(framing)}:",
                *in_order(framing, outcomes),
                f"Before each round you say what {self._watched()} will choose in it; then you see what both chose. "
                "Your result is the number of rounds in which you were right; more is better.",
                f"Write the action that you expect as one of these names: {self._names(', ')}",
            ]
        )

    def observation(self, state: OnlookerState, seat: Seat) -> str:
        done = len(state.expected)
        news = [self._news(state)] if done else []
        if done == self.params.rounds:
            return f"{news[0]} All rounds are over. Your result: {self.returns(state)[0]:g}."
        asked = f"Round {done + 1} of {self.params.rounds}. What will {self._watched()} choose: {self._names(' or ')}?"
        return " ".join([*news, asked])

    def information_state(self, state: OnlookerState, seat: Seat) -> OnlookerView:
        return OnlookerView(tuple(map(self.played, range(len(state.expected)))), state.expected)

    def action_to_text(self, state: OnlookerState, seat: Seat, action: int) -> str:
        return self.stage.labels[self.params.watched][action]

    def parse_action(self, state: OnlookerState, seat: Seat, text: str) -> int:
        legal = {label.lower(): action for action, label in enumerate(self.stage.labels[self.params.watched])}
        # Every action can always be expected, so that no text can name one that cannot: the grammar matches nothing.
        return choose(text, legal, r"(?!)")

    def outcome_text(self, state: OnlookerState) -> str:
        return f"foresaw {self.returns(state)[0]:g} of {len(state.expected)} rounds"

    def _news(self, state: OnlookerState) -> str:
        """The last finished round."""
        number = len(state.expected) - 1
        right = "right" if self.foreseen(state)[-1] else "wrong"
        expected = self.action_to_text(state, 0, state.expected[-1])
        return (
            f"Round {number + 1}: {self._told(self.played(number))}. You expected {expected} of {self._watched()} and "
            f"were {right}."
        )

    def _told(self, joint: Joint) -> str:
        return ", ".join(starmap(self._chosen, enumerate(joint)))

    def _chosen(self, seat: Seat, action: int) -> str:
        return f"player {seat + 1} {self.stage.labels[seat][action]}"

    def _gains(self, joint: Joint) -> str:
        first, second = self.stage.payoffs[joint]
        return f"player 1 gets {first:.10g}, player 2 gets {second:.10g}"

    def _watched(self) -> str:
        return f"player {self.params.watched + 1}"

    def _names(self, separator: str) -> str:
        return separator.join(self.stage.labels[self.params.watched][action] for action in self._options)
