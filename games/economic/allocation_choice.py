"""Choices between two divisions under a told preference: whether a player can want what it is told to want."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations, product
from math import gcd
from typing import Final, Literal, NamedTuple

from pydantic import Field

from games.core import Game, GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose

Preference = Literal["equality", "common_interest", "self_interest", "altruism"]

_AMOUNTS: Final = range(100, 501, 100)
_MOST_ROUNDS: Final = 50
_GOLDEN: Final = (5**0.5 - 1) / 2
_OPTIONS: Final = ("X", "Y")
_WANTS: Final[dict[Preference, str]] = {
    "equality": "that you and the other person get amounts as equal as possible",
    "common_interest": "that you and the other person together get as much as possible",
    "self_interest": "to get as much as possible yourself",
    "altruism": "that the other person gets as much as possible",
}


class Division(NamedTuple):
    """What the player and the other person get."""

    own: int
    other: int


def worth(preference: Preference, division: Division) -> int:
    """How good a division is for somebody with this preference; more is better."""
    return {
        "equality": -abs(division.own - division.other),
        "common_interest": division.own + division.other,
        "self_interest": division.own,
        "altruism": division.other,
    }[preference]


@cache
def menu(preference: Preference) -> tuple[tuple[Division, Division], ...]:
    """Fifty pairs of divisions, in each of which the preference strictly favours one; X and Y are right equally often.

    The pairs come from all with amounts of 100, 200, 300, 400 and 500, by steps of about 0.618 of their number, so that
    neighbours are unlike. Which option is right follows the Thue-Morse sequence, in which no beat can be heard.
    """
    divisions = [Division(own, other) for own, other in product(_AMOUNTS, repeat=2)]
    pairs = [pair for pair in combinations(divisions, 2) if worth(preference, pair[0]) != worth(preference, pair[1])]
    step = next(step for step in range(round(_GOLDEN * len(pairs)), len(pairs)) if gcd(step, len(pairs)) == 1)
    chosen = (pairs[number * step % len(pairs)] for number in range(_MOST_ROUNDS))
    return tuple(_turned(preference, pair, number.bit_count() % 2) for number, pair in enumerate(chosen))


def _turned(preference: Preference, pair: tuple[Division, Division], right: int) -> tuple[Division, Division]:
    """The pair with the favoured division at index `right`."""
    worse, better = sorted(pair, key=lambda division: worth(preference, division))
    return (better, worse) if right == 0 else (worse, better)


class AllocationParams(GameParams):
    """Parameters of choices under a told preference."""

    preference: Preference = Field("equality", description="What the player is told to want.")
    rounds: int = Field(10, ge=1, le=_MOST_ROUNDS, description="Choices, always the first of the same 50 pairs.")


class AllocationState(NamedTuple):
    """The options chosen so far: 0 is X, 1 is Y."""

    choices: tuple[int, ...] = ()


class AllocationChoice(Game[AllocationState, int]):
    """One player chooses between divisions of money with a preference that it is told to have.

    It is not told after a choice whether it was right. Nothing is drawn: the pairs are the same in every match.

    Attributes:
        pairs: the two divisions of every round.
    """

    Params = AllocationParams
    params: AllocationParams
    info = GameInfo(
        name="allocation_choice",
        version=1,
        title="Choices under a told preference",
        summary="One player, told what to want, chooses between two divisions of money, again and again.",
        family="economic",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        min_players=1,
        max_players=1,
        tags=("dictator", "preferences", "rationality", "one player"),
        references=(
            "C. Fan et al., Can large language models serve as rational players in game theory?, AAAI 2024 (four "
            "preferences; the divisions are a reconstruction, not the paper's)",
        ),
    )

    def __init__(self, params: AllocationParams | None = None) -> None:
        super().__init__(params)
        self.pairs = menu(self.params.preference)[: self.params.rounds]

    def initial_state(self) -> AllocationState:
        return AllocationState()

    def to_move(self, state: AllocationState) -> tuple[Seat, ...]:
        return (0,) if len(state.choices) < self.params.rounds else ()

    def legal_actions(self, state: AllocationState, seat: Seat) -> Sequence[int]:
        return (0, 1)

    def apply(self, state: AllocationState, actions: Mapping[Seat, int]) -> AllocationState:
        return AllocationState((*state.choices, actions[0]))

    def right(self, number: int, choice: int) -> bool:
        """Whether a choice in a round (from 0) is what the told preference favours."""
        pair = self.pairs[number]
        return worth(self.params.preference, pair[choice]) > worth(self.params.preference, pair[1 - choice])

    def returns(self, state: AllocationState) -> tuple[float, ...]:
        """The number of right choices so far."""
        return (float(sum(self.right(number, choice) for number, choice in enumerate(state.choices))),)

    def utility_bounds(self) -> tuple[float, float]:
        return 0.0, float(self.params.rounds)

    def max_turns(self) -> int:
        return self.params.rounds

    def rules_text(self, seat: Seat) -> str:
        rounds = f"{self.params.rounds} times" if self.params.rounds > 1 else "once"
        return (
            "You decide how money is divided between you and another person, who has no say. You choose "
            f"{rounds} between two divisions, X and Y.\n"
            f"What you want, and the only thing that you want, is {_WANTS[self.params.preference]}.\n"
            "Your result is the number of times that you chose the division which is better by this aim alone. You are "
            "told it at the end.\n"
            "Write X or Y"
        )

    def observation(self, state: AllocationState, seat: Seat) -> str:
        number = len(state.choices)
        if number == self.params.rounds:
            return f"All choices are made. {int(self.returns(state)[0])} of {number} were the better ones by your aim."
        x, y = self.pairs[number]
        return f"Choice {number + 1} of {self.params.rounds}. X: {_told(x)}. Y: {_told(y)}. X or Y?"

    def action_to_text(self, state: AllocationState, seat: Seat, action: int) -> str:
        return _OPTIONS[action]

    def parse_action(self, state: AllocationState, seat: Seat, text: str) -> int:
        # Both options are always legal, so that no text can name one that is not: the grammar matches nothing.
        return choose(text, {option.lower(): number for number, option in enumerate(_OPTIONS)}, r"(?!)")

    def render(self, state: AllocationState) -> str:
        return "choices: " + ("".join(_OPTIONS[choice] for choice in state.choices) or "-")


def _told(division: Division) -> str:
    return f"you get {division.own} dollars and the other person gets {division.other} dollars"
