"""Choices from budgets: one player divides tokens between two goods at changing prices."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Final, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from games.core import CHANCE, Game, GameParams, Illegal, Seat, Unparsable
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import quoted

_BEST_VALUE: Final = 10
_ACCOUNTS: Final = "AB"


class Line(NamedTuple):
    """A budget: tokens to divide, and the points that a token brings in the first and in the second good."""

    tokens: int
    first: int
    second: int

    def bundle(self, tokens: int) -> tuple[int, int]:
        """The points of both goods when so many tokens go to the first one."""
        return tokens * self.first, (self.tokens - tokens) * self.second


class Payment(NamedTuple):
    """What nature draws at the end: the round that counts, from 0 on, and which good (0 or 1) is paid."""

    round: int
    good: int


ANDREONI_MILLER: Final = (
    Line(40, 3, 1),
    Line(40, 1, 3),
    Line(60, 2, 1),
    Line(60, 1, 2),
    Line(75, 2, 1),
    Line(75, 1, 2),
    Line(60, 1, 1),
    Line(100, 1, 1),
    Line(80, 1, 1),
    Line(40, 4, 1),
    Line(40, 1, 4),
)


class BudgetParams(GameParams):
    """Parameters of choices from budgets."""

    setting: Literal["assets", "giving"] = Field(
        "assets",
        description="What the goods are: two accounts of which one is paid by lot, or one's own points and those of "
        "another person.",
    )
    menu: Literal["random", "andreoni_miller"] = Field(
        "random",
        description="Budgets to draw from, none twice: tokens worth 1 to 10 points with at least one good at 5 or "
        "more, or the eleven of Andreoni and Miller.",
    )
    rounds: int = Field(25, ge=1, le=84, description="Choices; no more than the menu has budgets (84 or 11).")
    tokens: int = Field(100, ge=1, le=1000, description="Tokens of every budget of the random menu.")
    step: int = Field(1, ge=1, description="Tokens are divided in multiples of this many.")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        lines = self.lines()
        if self.rounds > len(lines):
            raise ValueError(f"the {self.menu} menu has {len(lines)} budgets, but rounds is {self.rounds}")
        uneven = [line.tokens for line in lines if line.tokens % self.step]
        if uneven:
            raise ValueError(
                f"step must divide the tokens of every budget, but {self.step} does not divide {uneven[0]}"
            )
        return self

    def lines(self) -> tuple[Line, ...]:
        """The budgets of the menu."""
        if self.menu == "andreoni_miller":
            return ANDREONI_MILLER
        values = range(1, _BEST_VALUE + 1)
        return tuple(Line(self.tokens, *pair) for pair in product(values, repeat=2) if 2 * max(pair) >= _BEST_VALUE)


class BudgetState(NamedTuple):
    """Budgets drawn so far, tokens put into the first good of each that was chosen from, and what is paid."""

    lines: tuple[Line, ...] = ()
    choices: tuple[int, ...] = ()
    paid: Payment | None = None


class BudgetChoice(Game[BudgetState, int | Line | Payment]):
    """One player's preferences, as its choices reveal them; nothing is won from anybody.

    The player's action is the number of tokens for the first good (account A, or itself). Nature draws the budgets and,
    at the end, what is paid, so that every round counts alike and choices do not depend on earlier ones.
    """

    Params = BudgetParams
    params: BudgetParams
    info = GameInfo(
        name="budget_choice",
        version=1,
        title="Choices from budgets",
        summary="One player divides tokens between two goods, round after round, at prices that change.",
        family="economic",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.EXPLICIT,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        min_players=1,
        max_players=1,
        tags=("revealed preference", "rationality", "risk", "giving", "one player"),
        references=(
            "S. Choi, R. Fisman, D. Gale and S. Kariv, Consistency and heterogeneity of individual behavior under "
            "uncertainty, American Economic Review 2007 (two accounts, the range of prices)",
            "J. Andreoni and J. Miller, Giving according to GARP, Econometrica 2002 (budgets for giving)",
            "R. Fisman, S. Kariv and D. Markovits, Individual preferences for giving, American Economic Review 2007",
        ),
    )

    def __init__(self, params: BudgetParams | None = None) -> None:
        super().__init__(params)
        self._lines = self.params.lines()
        self._gives = self.params.setting == "giving"

    def initial_state(self) -> BudgetState:
        return BudgetState()

    def to_move(self, state: BudgetState) -> tuple[Seat, ...]:
        if state.paid is not None:
            return ()
        return (0,) if len(state.lines) > len(state.choices) else (CHANCE,)

    def legal_actions(self, state: BudgetState, seat: Seat) -> Sequence[int]:
        return range(0, state.lines[-1].tokens + 1, self.params.step)

    def chance_outcomes(self, state: BudgetState) -> list[tuple[int | Line | Payment, float]]:
        outcomes: list[int | Line | Payment]
        if len(state.lines) == self.params.rounds:
            goods = range(1 if self._gives else 2)
            outcomes = [Payment(number, good) for number in range(self.params.rounds) for good in goods]
        else:
            outcomes = [line for line in self._lines if line not in state.lines]
        return [(outcome, 1 / len(outcomes)) for outcome in outcomes]

    def apply(self, state: BudgetState, actions: Mapping[Seat, int | Line | Payment]) -> BudgetState:
        (action,) = actions.values()
        if isinstance(action, Line):
            return state._replace(lines=(*state.lines, action))
        if isinstance(action, Payment):
            return state._replace(paid=action)
        return state._replace(choices=(*state.choices, action))

    def returns(self, state: BudgetState) -> tuple[float, ...]:
        if state.paid is None:
            return (0.0,)
        bundle = state.lines[state.paid.round].bundle(state.choices[state.paid.round])
        return (float(bundle[state.paid.good]),)

    def utility_bounds(self) -> tuple[float, float]:
        goods = ((line.first,) if self._gives else (line.first, line.second) for line in self._lines)
        return 0.0, float(max(line.tokens * max(values) for line, values in zip(self._lines, goods, strict=True)))

    def max_turns(self) -> int:
        return 2 * self.params.rounds + 1

    def rules_text(self, seat: Seat) -> str:
        rounds = f"{self.params.rounds} rounds" if self.params.rounds > 1 else "one round"
        text = (
            "You divide tokens between yourself and another person, who does not play and only gets what you give. "
            "A token that you keep brings points to you, a token that you give brings points to the other person; how "
            "many is told each time, together with the number of tokens.\n"
            f"There are {rounds}. At the end one round is drawn by lot, and that round alone is paid: your result is "
            "the points that you kept in it, and the other person gets the points that you gave in it.\n"
            if self._gives
            else "You divide tokens between two accounts, A and B. A token brings points in its account; how many, in "
            "A and in B, is told each time, together with the number of tokens.\n"
            f"There are {rounds}. At the end one round and one of the two accounts are drawn by lot, and they alone "
            "are paid: your result is the points in that account in that round. Each round is as likely as any other, "
            "and account A is as likely as account B.\n"
        )
        return (
            f"{text}Nobody else plays, and no choice is right or wrong: choose what you like best.\n"
            f"Write how many tokens you {self._verb()}, as a whole number{self._steps()} without other words; "
            f"the rest {'is given' if self._gives else 'goes into account B'}"
        )

    def observation(self, state: BudgetState, seat: Seat) -> str:
        number, rounds = len(state.lines), self.params.rounds
        if state.paid is not None:
            account = "" if self._gives else f", account {_ACCOUNTS[state.paid.good]}"
            return f"Paid: round {state.paid.round + 1}{account}. You get {self.returns(state)[0]:g} points."
        if number == len(state.choices):
            return f"{number} of {rounds} rounds are chosen."
        line = state.lines[-1]
        where = ("that you keep brings you", "that you give brings the other person")
        first, second = where if self._gives else ("in account A brings", "in account B brings")
        return (
            f"Round {number} of {rounds}: {line.tokens} tokens. A token {first} {_points(line.first)}, "
            f"a token {second} {_points(line.second)}. How many tokens do you {self._verb()} (0 to {line.tokens})?"
        )

    def action_to_text(self, state: BudgetState, seat: Seat, action: int | Line | Payment) -> str:
        if isinstance(action, Line):
            return f"{action.tokens} tokens at {action.first} and {action.second}"
        if isinstance(action, Payment):
            return f"round {action.round + 1}" + ("" if self._gives else f", account {_ACCOUNTS[action.good]}")
        return str(action)

    def parse_action(self, state: BudgetState, seat: Seat, text: str) -> int | Line | Payment:
        if seat == CHANCE:
            return super().parse_action(state, seat, text)
        expected = f"expected a whole number of tokens from 0 to {state.lines[-1].tokens}{self._steps()}"
        if not re.fullmatch(r"[+-]?[0-9]{1,9}", text.strip()):
            raise Unparsable(f"{quoted(text)} is not a number of tokens; {expected}")
        if int(text) not in self.legal_actions(state, seat):
            raise Illegal(f"{quoted(text)} tokens cannot be chosen; {expected}")
        return int(text)

    def outcome_text(self, state: BudgetState) -> str:
        return f"{self.returns(state)[0]:g} points of {len(state.choices)} choices"

    def render(self, state: BudgetState) -> str:
        bundles = (line.bundle(tokens) for line, tokens in zip(state.lines, state.choices, strict=False))
        return f"bundles: {' '.join(f'{first}/{second}' for first, second in bundles) or '-'}"

    def _verb(self) -> str:
        return "keep" if self._gives else "put into account A"

    def _steps(self) -> str:
        return "" if self.params.step == 1 else f" in steps of {self.params.step}"


def _points(number: int) -> str:
    return f"{number} point" if number == 1 else f"{number} points"
