"""What strategies of the iterated prisoner's dilemma share."""

from __future__ import annotations

import random
from abc import abstractmethod
from collections.abc import Callable, Iterator
from typing import Final, Generic, NamedTuple, TypeVar

from agents.base import DecisionRequest
from agents.bots.base import Bot, game_of
from games.dilemmas.prisoners_dilemma import COOPERATE, DEFECT, PrisonersDilemma, PrisonersDilemmaParams
from games.transforms.repeated import RepeatedView

AXELROD_1980: Final = "Axelrod, Effective choice in the prisoner's dilemma, Journal of Conflict Resolution, 1980"
_LETTERS: Final = {COOPERATE: "C", DEFECT: "D"}

Memory = TypeVar("Memory")


class Past(NamedTuple):
    """What a strategy decides on.

    Attributes:
        mine: own moves, oldest first, as letters C and D.
        theirs: the other's moves, likewise.
        points: points and horizon of the game.
        rng: makes the random stream of this decision, the same one at every call.
    """

    mine: str
    theirs: str
    points: PrisonersDilemmaParams
    rng: Callable[[], random.Random]

    @property
    def rounds(self) -> int:
        """Number of finished rounds."""
        return len(self.mine)

    @property
    def left(self) -> float:
        """Rounds still to play, this one included; infinite where seats cannot know."""
        points = self.points
        known = points.announce_horizon and points.continuation == 1
        return points.rounds - self.rounds if known else float("inf")

    def chance(self, probability: float) -> bool:
        """One draw: true with this probability. Every call in one decision gives the same draw."""
        return self.rng().random() < probability

    def until(self, rounds: int) -> Past:
        """The past as it was after so many rounds."""
        return self._replace(mine=self.mine[:rounds], theirs=self.theirs[:rounds])


class Strategy(Bot):
    """A rule over the moves played so far."""

    plays = ("prisoners_dilemma",)

    def choose(self, request: DecisionRequest) -> str:
        view, game = request.information_key, game_of(request.game)
        assert isinstance(view, RepeatedView), "the prisoner's dilemma is a repeated game"
        assert isinstance(game, PrisonersDilemma), "strategies play no other game"
        mine = "".join([_LETTERS[past.actions[request.seat]] for past in view.past])
        theirs = "".join([_LETTERS[past.actions[1 - request.seat]] for past in view.past])
        action = COOPERATE if self.cooperates(Past(mine, theirs, game.params, request.rng)) else DEFECT
        return game.action_to_text(game.initial_state(), request.seat, action)

    @abstractmethod
    def cooperates(self, past: Past) -> bool:
        """Whether to cooperate now."""


class Remembering(Strategy, Generic[Memory]):
    """A rule with a memory that the moves alone determine, so that it can be worked out anew at every decision."""

    @abstractmethod
    def start(self) -> Memory:
        """The memory before the first decision."""

    @abstractmethod
    def advance(self, memory: Memory, past: Past) -> tuple[Memory, bool]:
        """One decision: the memory after it, and whether to cooperate."""

    def answers(self, past: Past) -> Iterator[bool]:
        """Whether to cooperate in every round so far, given the moves before it, and then now."""
        memory = self.start()
        for rounds in range(past.rounds + 1):
            memory, cooperates = self.advance(memory, past.until(rounds))
            yield cooperates

    def cooperates(self, past: Past) -> bool:
        *_, now = self.answers(past)
        return now
