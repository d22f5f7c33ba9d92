"""Equilibrium quiz: find all pure equilibria of 2x2 games."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Final, Literal, NamedTuple, Self

from pydantic import AfterValidator, Field, model_validator

from games.core import Game, GameParams, Illegal, Seat, Unparsable
from games.info import ActionKind, Chance, Dynamics, GameInfo, Information, Utility
from games.matrix.ordinal import GAMES, ordinal_game
from games.parsing import quoted
from games.puzzles.nested import CELLS, Cell, Rule, equilibria, foresight, payoffs_of
from games.puzzles.tales import TALES, Tale, recast, tell

# An answer is the cells of one game, in order; an action holds an answer per game asked for.
Answer = tuple[Cell, ...]
Action = tuple[Answer, ...]

Prompt = Literal[
    "direct", "step_by_step", "first_order", "second_order", "first_order_reversed", "second_order_reversed"
]

NONE: Final = "none"
_MOST_GAMES: Final = 25
_PLAIN_NAMES: Final = (("A1", "A2"), ("B1", "B2"))
_ADVICE: Final[dict[Prompt, str]] = {
    "direct": "Answer at once, without working it out in writing.",
    "step_by_step": "Think step by step before you answer.",
    "first_order": "First consider what {second} will choose, given what {first} may do; then solve the game.",
    "second_order": "First consider what {second} believes that {first} will choose, and what {second} does about it; "
    "then solve the game.",
    "first_order_reversed": "First consider what {first} will choose, given what {second} may do; then solve the game.",
    "second_order_reversed": "First consider what {first} believes that {second} will choose, and what {first} does "
    "about it; then solve the game.",
}


def _ordinal(numbers: tuple[int, ...]) -> tuple[int, ...]:
    for number in numbers:
        ordinal_game(number)
    return numbers


class EquilibriumQuizParams(GameParams):
    """Parameters of a quiz."""

    numbers: Annotated[tuple[int, ...], AfterValidator(_ordinal)] = Field(
        (67,), min_length=1, max_length=_MOST_GAMES, description=f"The ordinal games that are asked for, 1 to {GAMES}."
    )
    together: bool = Field(False, description="Whether all games are asked in one question, or one after the other.")
    tale: int = Field(0, ge=0, le=len(TALES), description="0: as tables; else told as stories, from this topic on.")
    prompt: Prompt = Field("step_by_step", description="How to think about it, as the briefing asks.")
    rule: Rule | None = Field(
        None,
        description="For two nested games, asked in one question: which outcome of the first takes which choice of the "
        "second from whom. What players choose who look ahead is asked for then, in both games.",
    )

    @model_validator(mode="after")
    def _asks_for_foresight(self) -> Self:
        if self.rule is not None and (len(self.numbers) != 2 or foresight(*self.numbers[:2], self.rule) is None):
            raise ValueError(
                "nested games are two games, each with one equilibrium, and a rule that changes that of the second and "
                f"leads to another end of the first; {list(self.numbers)} with {self.rule!r} are not"
            )
        return self


class QuizState(NamedTuple):
    """The answers so far, in the order of the games."""

    answers: tuple[Answer, ...] = ()


class EquilibriumQuiz(Game[QuizState, Action]):
    """One seat names all pure Nash equilibria of ordinal 2x2 games; 1 point if every answer is exactly right, else 0.

    Of nested games it names the outcomes for players who look ahead.

    Attributes:
        truths: the right answer to each game.
    """

    Params = EquilibriumQuizParams
    params: EquilibriumQuizParams
    info = GameInfo(
        name="equilibrium_quiz",
        version=1,
        title="Equilibrium quiz",
        summary="Name all pure Nash equilibria of 2x2 games, given as tables or told as stories.",
        family="puzzles",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        actions=ActionKind.OPEN,
        min_players=1,
        max_players=1,
        symmetric=True,
        tags=("puzzle", "equilibrium", "one player"),
        references=(
            "H. Wang et al., TMGBench, arXiv:2410.10479 (task, prompts, composite forms; its stories are not released: "
            "these are told anew, and the rules of nested games are a reconstruction)",
            "D. Robinson and D. Goforth, The topology of the 2x2 games, 2005",
        ),
    )

    def __init__(self, params: EquilibriumQuizParams | None = None) -> None:
        super().__init__(params)
        self.truths = _truths(self.params)

    def initial_state(self) -> QuizState:
        return QuizState()

    def to_move(self, state: QuizState) -> tuple[Seat, ...]:
        return (0,) if len(state.answers) < len(self.truths) else ()

    def legal_actions(self, state: QuizState, seat: Seat) -> None:
        return None

    def apply(self, state: QuizState, actions: Mapping[Seat, Action]) -> QuizState:
        return QuizState(state.answers + actions[0])

    def returns(self, state: QuizState) -> tuple[float, ...]:
        return (float(state.answers == self.truths),)

    def utility_bounds(self) -> tuple[float, float]:
        return 0.0, 1.0

    def max_turns(self) -> int:
        return len(self.truths) // self.at_once

    # -- text ---------------------------------------------------------------------------------------------

    def rules_text(self, seat: Seat) -> str:
        advice = _ADVICE[self.params.prompt].format(first="the first player", second="the second player")
        answers = "every answer" if len(self.truths) > 1 else "the answer"
        return (
            f"{self._task()}\n{advice}\nYour result is 1 if {answers} is exactly right, else 0.\n{self._how_to_write()}"
        )

    def observation(self, state: QuizState, seat: Seat) -> str:
        if not self.to_move(state):
            right = sum(map(Answer.__eq__, state.answers, self.truths))
            return (
                f"All answers are given; right: {right} of {len(self.truths)}. Your result: {self.returns(state)[0]:g}"
            )
        first = len(state.answers)
        questions = [self._question(index) for index in range(first, first + self.at_once)]
        return "\n".join([*questions, *self._rule_lines()])

    def action_to_text(self, state: QuizState, seat: Seat, action: Action) -> str:
        first = len(state.answers)
        return "; ".join(self._pairs(first + place, answer) for place, answer in enumerate(action))

    def parse_action(self, state: QuizState, seat: Seat, text: str) -> Action:
        parts = [part.strip() for part in text.strip().rstrip(";.").split(";")]
        if len(parts) != self.at_once:
            raise Unparsable(
                f"{quoted(text)} holds {len(parts)} answers; expected {self.at_once}, with semicolons between them"
            )
        return tuple(self._parsed(len(state.answers) + place, part) for place, part in enumerate(parts))

    def example_actions(self, state: QuizState, seat: Seat) -> Sequence[Action]:
        subsets = [(), *((cell,) for cell in CELLS), ((0, 0), (1, 1)), ((0, 1), (1, 0))]
        return [(subset,) * self.at_once for subset in subsets]

    def outcome_text(self, state: QuizState) -> str:
        return "all right" if state.answers == self.truths else "not all right"

    # -- parts --------------------------------------------------------------------------------------------

    @property
    def at_once(self) -> int:
        """Games per question."""
        return len(self.truths) if self.params.together or self.params.rule else 1

    def _task(self) -> str:
        count = len(self.truths)
        if self.params.rule:
            return (
                "You are given two games that the same two players play one after the other. In each they choose at "
                "the same time; after the first they see how it ended, and that may take a choice away in the second. "
                "Each player wants as much as possible from both games together and does not care what the other "
                "gets. Both look ahead, and know that the other does. For each game find the pair of choices they end "
                "up with: the path of the only subgame-perfect equilibrium in pure strategies."
            )
        asked = "a game" if count == 1 else f"{count} games, {'all at once' if self.params.together else 'one by one'}"
        return (
            f"You are given {asked}. Each has two players who choose at the same time; a player wants to get as much "
            "as possible and does not care what the other gets. Find all pure Nash equilibria: the pairs of choices "
            "at which neither player alone can get more by choosing otherwise. There may be none, one or two."
        )

    def _how_to_write(self) -> str:
        if self.params.rule:
            return (
                "Write one pair for each game, the first player's choice first, with a semicolon between the games, "
                f"for example {self._pairs(0, CELLS[1:2])}; {self._pairs(1, CELLS[2:3])}"
            )
        several = " Write the answers for all games in their order, with a semicolon between them."
        return (
            "Write an answer as a list of pairs, the first player's choice first, for example "
            f"{self._pairs(0, CELLS[1:3])}; if there is no pure equilibrium, write: {NONE}."
            f"{several if self.at_once > 1 else ''}"
        )

    def _rule_lines(self) -> list[str]:
        rule = self.params.rule
        if rule is None:
            return []
        told = self.params.tale > 0
        who = self._tale(1).people[rule.player] if told else f"the {('first', 'second')[rule.player]} player"
        lost = f"{'decide to' if told else 'choose'} {self._names(1)[rule.player][rule.choice]}"
        return [f"Rule: if game 1 ends with {self._pairs(0, (rule.outcome,))}, {who} may not {lost} in game 2."]

    def _names(self, index: int) -> tuple[tuple[str, str], tuple[str, str]]:
        """The names of both players' choices in a game."""
        return self._tale(index).choices if self.params.tale else _PLAIN_NAMES

    def _tale(self, index: int) -> Tale:
        """The story of a game; nested games are of the same people."""
        tale = TALES[(self.params.tale - 1 + index) % len(TALES)]
        return recast(tale, TALES[self.params.tale - 1].people) if self.params.rule else tale

    def _question(self, index: int) -> str:
        title = f"Game {index + 1} of {len(self.truths)}:\n" if len(self.truths) > 1 else ""
        payoffs = ordinal_game(self.params.numbers[index]).payoffs
        if self.params.tale:
            tale = self._tale(index)
            return f"{title}{tell(tale, payoffs)} The first player is {tale.people[0]}."
        names = self._names(index)
        lines = [
            f"- ({names[0][row]}, {names[1][column]}): the first player gets {payoffs[row][column][0]}, "
            f"the second gets {payoffs[row][column][1]}"
            for row, column in CELLS
        ]
        return "\n".join([f"{title}The first player chooses A1 or A2, the second B1 or B2.", *lines])

    def _pairs(self, index: int, answer: Answer) -> str:
        names = self._names(index)
        return ", ".join(f"({names[0][row]}, {names[1][column]})" for row, column in answer) or NONE

    def _parsed(self, index: int, text: str) -> Answer:
        bare = text.strip("[] ").strip()
        if bare.casefold() in (NONE, ""):
            return ()
        cells = {_folded(self._pairs(index, (cell,))): cell for cell in CELLS}
        found = re.findall(r"\([^()]*\)", bare)
        if not found or re.sub(r"\([^()]*\)|[\s,]", "", bare):
            raise Unparsable(f"{quoted(text)} is no list of pairs; expected pairs in parentheses, or {NONE}")
        unknown = [pair for pair in found if _folded(pair) not in cells]
        if unknown:
            raise Illegal(
                f"{quoted(unknown[0])} is no outcome of game {index + 1}; they are {self._pairs(index, CELLS)}"
            )
        return tuple(sorted({cells[_folded(pair)] for pair in found}))


def pure_equilibria(number: int) -> Answer:
    """The cells of an ordinal game at which neither player gains by moving alone."""
    return equilibria(payoffs_of(number))


def _truths(params: EquilibriumQuizParams) -> tuple[Answer, ...]:
    if params.rule is None:
        return tuple(map(pure_equilibria, params.numbers))
    first, second = params.numbers
    path = foresight(first, second, params.rule)
    assert path is not None, "the parameters were checked"
    return tuple((cell,) for cell in path)


def _folded(pair: str) -> str:
    """Without case, spaces and quotation marks, which answers may add."""
    return re.sub(r"[\s'\"]", "", pair).casefold()
