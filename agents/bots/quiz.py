"""Players of the equilibrium quiz."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from agents.base import DecisionRequest
from agents.bots.base import Bot, game_of
from games.puzzles.equilibrium_quiz import EquilibriumQuiz, QuizState


class _QuizBot(Bot):
    plays = ("equilibrium_quiz",)

    def choose(self, request: DecisionRequest) -> str:
        quiz, state = game_of(request.game), request.information_key
        assert isinstance(quiz, EquilibriumQuiz), "the only game this plays"
        assert isinstance(state, QuizState), "a game of perfect information"
        first = len(state.answers)
        asked = quiz.truths[first : first + quiz.at_once]
        return quiz.action_to_text(state, 0, tuple(self.answer(truth) for truth in asked))

    @abstractmethod
    def answer(self, truth: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        """The answer to one game, given the right one."""


class EquilibriumSolver(_QuizBot):
    """Answers every game rightly: what perfect play looks like."""

    title: ClassVar[str] = "Finds all pure equilibria"

    def answer(self, truth: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        return truth


class NaySayer(_QuizBot):
    """Says of every game that it has no pure equilibrium: right in 18 of 144 games."""

    title: ClassVar[str] = "Says that there is no pure equilibrium"

    def answer(self, truth: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        return ()
