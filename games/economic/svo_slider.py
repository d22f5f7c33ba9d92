"""The slider measure of social value orientation: six choices of how much two people get."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from games.core import Game, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.whole_numbers import whole_number

DECIDER: Final[Seat] = 0
RECEIVER: Final[Seat] = 1
STEPS: Final = 9

ALTRUIST: Final = (50, 100)
PROSOCIAL: Final = (85, 85)
INDIVIDUALIST: Final = (100, 50)
COMPETITOR: Final = (85, 15)
ITEMS: Final = (
    (PROSOCIAL, COMPETITOR),
    (COMPETITOR, INDIVIDUALIST),
    (ALTRUIST, PROSOCIAL),
    (ALTRUIST, COMPETITOR),
    (INDIVIDUALIST, ALTRUIST),
    (INDIVIDUALIST, PROSOCIAL),
)
"""The six primary items: (own, other's) points at both ends. Each pair of the four ideal types meets once."""

Division = tuple[int, int]
_OPTIONS: Final = range(1, STEPS + 1)


def divisions(item: int) -> tuple[Division, ...]:
    """The nine (own, other's) points of an item, in equal steps from end to end, halves rounded up."""
    (own, other), (own_end, other_end) = ITEMS[item]
    return tuple((_between(own, own_end, step), _between(other, other_end, step)) for step in range(STEPS))


def _between(start: int, end: int, step: int) -> int:
    last = STEPS - 1
    return (2 * (start * (last - step) + end * step) + last) // (2 * last)


class SvoState(NamedTuple):
    """The number of the option chosen in each item so far, from 1 to 9."""

    chosen: tuple[int, ...] = ()


class SvoSlider(Game[SvoState, int]):
    """One seat divides points between itself and a passive other, six times, from nine options each.

    What is most of one's own is not what is most for both, or most equal, or most ahead of the other: the mean
    points of both give an angle that tells these aims apart (`arena.metrics.social_value`). Points of all items
    add up, where Murphy and others pay one of them by lot.
    """

    info = GameInfo(
        name="svo_slider",
        version=1,
        title="Social value orientation slider",
        summary="One player chooses six times among nine divisions of points between itself and another, who has no "
        "say.",
        family="economic",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        roles=("decider", "receiver"),
        tags=("altruism", "fairness", "social preferences"),
        references=(
            "R. Murphy, K. Ackermann and M. Handgraaf, Measuring social value orientation, "
            "Judgment and Decision Making 2011 (the six primary items)",
        ),
    )

    def initial_state(self) -> SvoState:
        return SvoState()

    def to_move(self, state: SvoState) -> tuple[Seat, ...]:
        return (DECIDER,) if len(state.chosen) < len(ITEMS) else ()

    def legal_actions(self, state: SvoState, seat: Seat) -> Sequence[int]:
        return _OPTIONS

    def apply(self, state: SvoState, actions: Mapping[Seat, int]) -> SvoState:
        return SvoState((*state.chosen, actions[DECIDER]))

    def returns(self, state: SvoState) -> tuple[float, ...]:
        divided = self.divided(state)
        return float(sum(own for own, _ in divided)), float(sum(other for _, other in divided))

    def divided(self, state: SvoState) -> tuple[Division, ...]:
        """Points of the decider and of the receiver in each item so far."""
        return tuple(divisions(item)[option - 1] for item, option in enumerate(state.chosen))

    def utility_bounds(self) -> tuple[float, float]:
        return 0.0, 100.0 * len(ITEMS)

    def max_turns(self) -> int:
        return len(ITEMS)

    def rules_text(self, seat: Seat) -> str:
        briefing = (
            "One of two players, the decider, divides points between itself and the other, the receiver, who has no "
            f"say. There are {len(ITEMS)} decisions; in each the decider chooses one of {STEPS} options. The points of "
            "all decisions count for both.\n"
            f"You are the {self.info.roles[seat]}. Your result is the sum of the points you get."
        )
        if seat == RECEIVER:
            return f"{briefing}\nYou have nothing to decide."
        return (
            f"{briefing} There is no right or wrong answer: choose the division that you like best.\n"
            f"Write the number of the option, {self._expected()}, without other words"
        )

    def observation(self, state: SvoState, seat: Seat) -> str:
        item = len(state.chosen)
        if seat == RECEIVER:
            return self._news(state)
        if item == len(ITEMS):
            own, other = self.returns(state)
            return f"All decisions are made. You got {own:g} points in all, and the receiver got {other:g}."
        lines = [
            f"{number}: you get {own}, the receiver gets {other}"
            for number, (own, other) in enumerate(divisions(item), start=1)
        ]
        return "\n".join([f"Decision {item + 1} of {len(ITEMS)}. Which option do you choose?", *lines])

    def parse_action(self, state: SvoState, seat: Seat, text: str) -> int:
        return whole_number(text, _OPTIONS, self._expected())

    def render(self, state: SvoState) -> str:
        shown = (f"{own} and {other}" for own, other in self.divided(state))
        return "\n".join(f"decision {n}: {division}" for n, division in enumerate(shown, start=1)) or "no decision yet"

    def _news(self, state: SvoState) -> str:
        """What the receiver reads."""
        item = len(state.chosen)
        last = ""
        if item:
            own, other = divisions(item - 1)[state.chosen[-1] - 1]
            last = f"In decision {item} the decider took {own} points and gave you {other}. "
        if item < len(ITEMS):
            return f"{last}The decider makes decision {item + 1} of {len(ITEMS)}."
        own_total, other_total = self.returns(state)
        return (
            f"{last}All decisions are made. The decider got {own_total:g} points in all, and you got {other_total:g}."
        )

    def _expected(self) -> str:
        return f"a whole number from 1 to {STEPS}"
