"""Sneaky step: one side makes a step of a calculation wrong, the other must tell it from the right one."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from pydantic import Field

from games.core import CHANCE, Game, GameParams, Seat, Unparsable
from games.info import ActionKind, Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose, quoted
from games.puzzles.arithmetic import evaluate

_GENERATOR: Final = 0
_CRITIC: Final = 1
_ROLES: Final = ("generator", "critic")
_SHOWN: Final = ("true", "sneaky")
_OWNERS: Final = {"true": "right", "sneaky": "generator's"}
_STEP: Final = re.compile(r"\s*(-?\d{1,9})\s*([-+*])\s*(-?\d{1,9})\s*=\s*(-?\d{1,12})\s*")
_PROBLEM: Final = re.compile(r"(\d{1,9})((?: [-+*] \d{1,9})+); step (\d+)")
_MOST_MULTIPLIED: Final = 99_999
_CORRECT: Final = "correct"
_WRONG: Final = "wrong"


class SneakyStepParams(GameParams):
    """Parameters of a sneaky step."""

    operations: int = Field(4, ge=2, le=10, description="Operations of the calculation.")
    digits: int = Field(2, ge=1, le=4, description="Digits of the numbers in it.")


class Problem(NamedTuple):
    """A calculation from left to right, and which of its steps is judged.

    Attributes:
        start: the first number.
        operations: sign and number of each operation.
        step: the operation that is judged, from 0.
    """

    start: int
    operations: tuple[tuple[str, int], ...]
    step: int


class Step(NamedTuple):
    """One written operation: `left sign right = result`."""

    left: int
    sign: str
    right: int
    result: int


class Judgement(NamedTuple):
    """What the critic says of a step.

    Attributes:
        wrong: whether it calls the step wrong.
        confidence: how sure it is of that, in percent, 50 to 100.
    """

    wrong: bool
    confidence: int


Action = Problem | Step | Judgement | str

_JUDGEMENTS: Final = tuple(Judgement(wrong, confidence) for wrong in (False, True) for confidence in range(50, 101, 5))


class SneakyState(NamedTuple):
    """The problem, the step that the generator wrote, which step is shown (`true` or `sneaky`), and the judgement."""

    problem: Problem | None = None
    written: Step | None = None
    shown: str = ""
    judgement: Judgement | None = None


class SneakyView(NamedTuple):
    """What one seat knows.

    Attributes:
        phase: `deal`, `write`, `toss`, `judge` or `over`.
        problem: the calculation; None before it is dealt.
        written: for the generator, its own step; for the critic, the step that it judges; None before.
        shown: which step the critic saw, told when the game is over; empty before, or if it saw none.
        judgement: the critic's; None before.
    """

    phase: str
    problem: Problem | None
    written: Step | None
    shown: str
    judgement: Judgement | None


class SneakyStep(Game[SneakyState, Action]):
    """A wrong step is written, a coin shows it or the right one, and a critic judges what it sees.

    A step is right if both of its sides have the value that the calculation has there, which is worked out here: no
    referee is needed. A coin decides what is shown, as a critic that always saw wrong steps would only ever say so.
    """

    Params = SneakyStepParams
    params: SneakyStepParams
    info = GameInfo(
        name="sneaky_step",
        version=1,
        title="Sneaky step",
        summary="A generator makes one step of a calculation wrong; a critic sees it or the right one, and judges.",
        family="puzzles",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.SAMPLED,
        information=Information.IMPERFECT,
        utility=Utility.GENERAL_SUM,
        actions=ActionKind.MIXED,
        roles=_ROLES,
        tags=("mathematics", "deception", "detection"),
        references=(
            "J. Chen et al., SPC: evolving self-play critic via adversarial games for LLM reasoning, "
            "arXiv:2504.19162 (roles and rewards; items with a truth that can be worked out are ours)",
        ),
    )

    def initial_state(self) -> SneakyState:
        return SneakyState()

    def to_move(self, state: SneakyState) -> tuple[Seat, ...]:
        movers = {"deal": CHANCE, "write": _GENERATOR, "toss": CHANCE, "judge": _CRITIC}
        phase = _phase(state)
        return () if phase == "over" else (movers[phase],)

    def legal_actions(self, state: SneakyState, seat: Seat) -> Sequence[Action] | None:
        return None if seat == _GENERATOR else _JUDGEMENTS

    def sample_chance(self, state: SneakyState, rng: random.Random) -> Action:
        return rng.choice(_SHOWN) if state.problem else self._drawn(rng)

    def apply(self, state: SneakyState, actions: Mapping[Seat, Action]) -> SneakyState:
        (action,) = actions.values()
        if isinstance(action, Problem):
            return SneakyState(action)
        if isinstance(action, Step):
            return state._replace(written=action)
        if isinstance(action, Judgement):
            return state._replace(judgement=action)
        return state._replace(shown=action)

    def returns(self, state: SneakyState) -> tuple[float, ...]:
        if _phase(state) != "over":
            return (0.0, 0.0)
        if state.judgement is None:
            return (-1.0, 0.0)
        seen_through = state.judgement.wrong == (state.shown == "sneaky")
        return (-1.0, 1.0) if seen_through else (1.0, -1.0)

    def utility_bounds(self) -> tuple[float, float]:
        return -1.0, 1.0

    def max_turns(self) -> int:
        return 4

    # -- text ---------------------------------------------------------------------------------------------

    def rules_text(self, seat: Seat) -> str:
        lines = [
            f"You play Sneaky Step. You are the {_ROLES[seat].upper()}.",
            "A calculation is worked out from left to right, one operation per step. The generator is shown the right "
            "next step and writes a wrong version of it. Then a fair coin decides whether the critic is shown the "
            "right step or the generator's. The critic does not know which it is, and says whether the step is correct "
            "or wrong.",
            "A step is correct if it has the form NUMBER SIGN NUMBER = NUMBER, with + - or * as its sign, and both "
            "sides have the value that the calculation has after that step. So a step can be wrong in its result, or "
            "by using a wrong number or sign.",
            "If the critic is right, it gets +1 and the generator -1; if it is not, the generator gets +1 and the "
            "critic -1. If the generator's step is not wrong at all, it gets -1 and the critic 0, at once.",
        ]
        if seat == _GENERATOR:
            return "\n".join([*lines, "Write your step as NUMBER SIGN NUMBER = NUMBER, for example: 12 + 30 = 52"])
        return "\n".join(
            [
                *lines,
                "Write your judgement and how sure you are of it in percent, from 50 (a guess) to 100, in steps of 5, "
                "for example: wrong 75%",
                "How sure you are does not change the payoff; it is measured how well it fits.",
            ]
        )

    def observation(self, state: SneakyState, seat: Seat) -> str:
        view = self.information_state(state, seat)
        if view.problem is None:
            return "The calculation is not dealt yet."
        lines = _problem_lines(view.problem)
        if view.phase == "over":
            return "\n".join([*lines, *_ending_lines(state), f"Your result: {self.returns(state)[seat]:+g}"])
        return "\n".join([*lines, *_now_lines(view, seat)])

    def action_to_text(self, state: SneakyState, seat: Seat, action: Action) -> str:
        if isinstance(action, Problem):
            return f"{_calculation(action)}; step {action.step + 1}"
        if isinstance(action, Step):
            return _step_text(action)
        return _judgement_text(action) if isinstance(action, Judgement) else action

    def parse_action(self, state: SneakyState, seat: Seat, text: str) -> Action:
        if seat == _GENERATOR:
            return _read_step(text)
        if seat == _CRITIC:
            named = {_judgement_text(each): each for each in _JUDGEMENTS}
            return choose(" ".join(text.split()).replace(" %", "%"), named, r"(correct|wrong) \d{1,3}%")
        return choose(text, {name: name for name in _SHOWN}, "true|sneaky") if state.problem else _read_problem(text)

    def example_actions(self, state: SneakyState, seat: Seat) -> Sequence[Action]:
        if seat == _CRITIC:
            return _JUDGEMENTS
        assert state.problem is not None, "the problem is dealt before anybody moves"
        step = true_step(state.problem)
        return [
            step._replace(result=step.result + 10),
            step._replace(result=step.result - 1),
            step._replace(right=step.right + 1, result=value(step._replace(right=step.right + 1))),
            step,
        ]

    def render(self, state: SneakyState) -> str:
        if state.problem is None:
            return "no calculation yet"
        lines = [*_problem_lines(state.problem), f"right step: {_step_text(true_step(state.problem))}"]
        lines += [f"generator's step: {_step_text(state.written)}"] if state.written else []
        lines += [f"shown: {state.shown}"] if state.shown else []
        return "\n".join([*lines, *([_judgement_text(state.judgement)] if state.judgement else [])])

    def outcome_text(self, state: SneakyState) -> str:
        if _phase(state) != "over":
            return "not over"
        if state.judgement is None:
            return "the generator wrote a step that is right"
        return f"the critic called the {_OWNERS[state.shown]} step {_judgement_text(state.judgement)}"

    # -- information --------------------------------------------------------------------------------------

    def information_state(self, state: SneakyState, seat: Seat) -> SneakyView:
        phase = _phase(state)
        told = state.shown if phase == "over" else ""
        if seat == _GENERATOR or phase == "over":
            return SneakyView(phase, state.problem, state.written, told, state.judgement)
        hidden = "write" if phase == "toss" else phase
        return SneakyView(hidden, state.problem, shown_step(state), told, state.judgement)

    # -- parts --------------------------------------------------------------------------------------------

    def _drawn(self, rng: random.Random) -> Problem:
        """A calculation whose numbers stay positive and of a readable size."""
        number = 10**self.params.digits - 1
        start = now = rng.randint(2, number)
        operations: list[tuple[str, int]] = []
        for _ in range(self.params.operations):
            right = rng.randint(2, number)
            signs = ["+", *("-" if now > right else ""), *("*" if now * right <= _MOST_MULTIPLIED else "")]
            sign = rng.choice(signs)
            operations.append((sign, right))
            now = evaluate(f"{now} {sign} {right}")
        return Problem(start, tuple(operations), rng.randrange(self.params.operations))


def values(problem: Problem) -> list[int]:
    """The value of the calculation before its first operation and after each."""
    found = [problem.start]
    for sign, right in problem.operations:
        found.append(evaluate(f"{found[-1]} {sign} {right}"))
    return found


def true_step(problem: Problem) -> Step:
    """The right step at the place that is judged."""
    before, after = values(problem)[problem.step : problem.step + 2]
    return Step(before, *problem.operations[problem.step], after)


def value(step: Step) -> int:
    """The value of the left side of a step."""
    return evaluate(f"{step.left} {step.sign} {step.right}")


def is_right(problem: Problem, step: Step) -> bool:
    """Whether both sides of a step have the value that the calculation has there."""
    return value(step) == step.result == true_step(problem).result


def shown_step(state: SneakyState) -> Step | None:
    """The step that the critic sees; None before the coin has fallen."""
    if not state.shown or state.problem is None:
        return None
    return true_step(state.problem) if state.shown == "true" else state.written


def _phase(state: SneakyState) -> str:
    if state.problem is None:
        return "deal"
    if state.written is None:
        return "write"
    if is_right(state.problem, state.written) or state.judgement is not None:
        return "over"
    return "judge" if state.shown else "toss"


def _read_step(text: str) -> Step:
    found = _STEP.fullmatch(text)
    if found is None:
        raise Unparsable(f"{quoted(text)} is no step; expected something like: 12 + 30 = 52")
    return Step(int(found[1]), found[2], int(found[3]), int(found[4]))


def _read_problem(text: str) -> Problem:
    found = _PROBLEM.fullmatch(text.strip())
    if found is None or not 1 <= int(found[3]) <= len(found[2].split()) // 2:
        raise Unparsable(f"{quoted(text)} is no calculation; expected something like: 12 + 3 * 4; step 2")
    parts = found[2].split()
    operations = tuple((sign, int(number)) for sign, number in zip(parts[::2], parts[1::2], strict=True))
    return Problem(int(found[1]), operations, int(found[3]) - 1)


def _calculation(problem: Problem) -> str:
    return " ".join([str(problem.start), *(f"{sign} {number}" for sign, number in problem.operations)])


def _step_text(step: Step) -> str:
    return f"{step.left} {step.sign} {step.right} = {step.result}"


def _judgement_text(judgement: Judgement) -> str:
    return f"{_WRONG if judgement.wrong else _CORRECT} {judgement.confidence}%"


def _problem_lines(problem: Problem) -> list[str]:
    """The calculation and its steps before the one that is judged."""
    found = values(problem)
    done = [
        f"Step {number + 1}: {_step_text(Step(found[number], sign, right, found[number + 1]))}"
        for number, (sign, right) in enumerate(problem.operations[: problem.step])
    ]
    order = ", then ".join(f"{sign} {number}" for sign, number in problem.operations)
    return [f"The calculation: start with {problem.start}, then {order}.", *done]


def _now_lines(view: SneakyView, seat: Seat) -> list[str]:
    assert view.problem is not None, "asked after the deal"
    number = view.problem.step + 1
    if seat == _CRITIC:
        shown = [f"Step {number}: {_step_text(view.written)}"] if view.written else []
        task = f"Is step {number} correct or wrong?" if shown else f"Step {number} is being written."
        return [*shown, task]
    right = f"The right step {number}: {_step_text(true_step(view.problem))}"
    if view.phase == "write":
        return [right, f"Write a wrong step {number}."]
    assert view.written is not None, "written before the toss"
    waiting = "A coin is tossed." if view.phase == "toss" else "The critic judges."
    return [right, f"Your step {number}: {_step_text(view.written)}", waiting]


def _ending_lines(state: SneakyState) -> list[str]:
    assert state.problem is not None, "a game that is over was dealt"
    assert state.written is not None, "a game that is over has a step"
    number = state.problem.step + 1
    lines = [
        f"The right step {number}: {_step_text(true_step(state.problem))}",
        f"The generator's step {number}: {_step_text(state.written)}",
    ]
    if state.judgement is None:
        return [*lines, "It is not wrong, so the critic was not asked."]
    said = _judgement_text(state.judgement)
    return [*lines, f"The critic was shown the {_OWNERS[state.shown]} step and said: {said}"]
