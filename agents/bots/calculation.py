"""Players of games about calculations: they reckon, and some deceive."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, game_of
from games.puzzles.arithmetic import value_in
from games.puzzles.math_quiz import MathQuiz, MathView
from games.puzzles.sneaky_step import SneakyView, Step, is_right, true_step


class Calculator(Bot):
    """As a teacher it asks for a product less a number; it answers the longest sum that a question holds."""

    plays = ("math_quiz",)
    title: ClassVar[str] = "Asks and answers sums, and guesses at anything else"

    def choose(self, request: DecisionRequest) -> str:
        quiz, view = game_of(request.game), request.information_key
        assert isinstance(quiz, MathQuiz), "the only game this plays"
        assert isinstance(view, MathView), "what a math quiz tells a seat"
        if view.phase == "write":
            return _question(quiz, view.posed[-1].target, request)
        found = value_in(view.question)
        return str(request.rng().randint(1, quiz.params.highest) if found is None else found)


def _question(quiz: MathQuiz, target: int, request: DecisionRequest) -> str:
    """A sum with this value that does not name it."""
    rng = request.rng()
    form = "{}" if quiz.params.check == "sandbox" else "What is {}?"
    while True:
        first, second = rng.randint(11, 99), rng.randint(101, 999)
        rest = first * second - target
        question = form.format(f"{first} * {second} {'-' if rest >= 0 else '+'} {abs(rest)}")
        if target not in (first, second, abs(rest)):
            return question


class StepCheckerParams(AgentParams):
    """Parameters of the step checker."""

    honest: bool = Field(False, description="Whether it writes right steps, which costs it 1, instead of wrong ones.")


class StepChecker(Bot):
    """Works every step out again; its own are wrong in one digit, or rightly worked out from a wrong number."""

    Params = StepCheckerParams
    params: StepCheckerParams
    plays = ("sneaky_step",)
    title: ClassVar[str] = "Works out every step that it judges"

    def choose(self, request: DecisionRequest) -> str:
        view = request.information_key
        assert isinstance(view, SneakyView), "what a sneaky step tells a seat"
        assert view.problem is not None, "dealt before anybody decides"
        if view.written is not None:
            return f"{'correct' if is_right(view.problem, view.written) else 'wrong'} 100%"
        step = true_step(view.problem)
        return _written(step) if self.params.honest else _written(_spoilt(step, request))


class StepBeliever(Bot):
    """Believes every step, and not quite; its own are off by ten."""

    plays = ("sneaky_step",)
    title: ClassVar[str] = "Calls every step correct"

    def choose(self, request: DecisionRequest) -> str:
        view = request.information_key
        assert isinstance(view, SneakyView), "what a sneaky step tells a seat"
        assert view.problem is not None, "dealt before anybody decides"
        if view.written is not None:
            return "correct 60%"
        step = true_step(view.problem)
        return _written(step._replace(result=step.result + 10))


def _spoilt(step: Step, request: DecisionRequest) -> Step:
    """A step that is wrong in its result, or right but with a number that was copied wrongly."""
    rng = request.rng()
    if rng.random() < 0.5:
        return step._replace(result=step.result + rng.choice((-100, -10, -1, 1, 10, 100)))
    right = step.right + rng.choice((1, 10))
    results = {"+": step.left + right, "-": step.left - right, "*": step.left * right}
    return step._replace(right=right, result=results[step.sign])


def _written(step: Step) -> str:
    return f"{step.left} {step.sign} {step.right} = {step.result}"
