"""The p-beauty contest: who is closest to a fraction of what all choose on average?"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from pydantic import Field

from games.core import GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.transforms.joint_round import JointRound, JointState, listed
from games.transforms.repeated import HorizonParams, RepeatedGame
from games.whole_numbers import whole_number

# As a share of the largest number: closer targets than this differ by rounding.
_ROUNDING: Final = 1e-9


class ContestParams(GameParams):
    """Parameters of one contest."""

    num_players: int = Field(4, ge=2, le=20, description="Players who choose a number.")
    ratio: float = Field(2 / 3, gt=0, lt=1, description="The target is this fraction of the mean choice.")
    highest: int = Field(100, ge=1, le=10_000, description="Numbers from 0 to this one may be chosen.")


class BeautyContestParams(ContestParams, HorizonParams):
    """Parameters of the beauty contest."""

    rounds: int = Field(4, ge=1, le=1000, description="Most rounds; with continuation=1 exactly so many are played.")


class ContestRound(JointRound):
    """One contest: all seats choose a number, and the closest to the target share a prize of 1."""

    Params = ContestParams
    params: ContestParams
    info = GameInfo(
        name="contest_round",
        version=1,
        title="One beauty contest",
        summary="All players choose a number at the same time; the closest to a fraction of the mean share a prize.",
        family="economic",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.CONSTANT_SUM,
        max_players=20,
        symmetric=True,
    )

    @property
    def options(self) -> range:
        """The numbers that may be chosen."""
        return range(self.params.highest + 1)

    def legal_actions(self, state: JointState, seat: Seat) -> range:
        return self.options

    def target(self, actions: tuple[int, ...]) -> float:
        """The fraction of the mean choice that players try to meet."""
        return self.params.ratio * sum(actions) / len(actions)

    def winners(self, actions: tuple[int, ...]) -> tuple[Seat, ...]:
        """The seats closest to the target."""
        target = self.target(actions)
        misses = [abs(action - target) for action in actions]
        closest = min(misses) + _ROUNDING * self.params.highest
        return tuple(seat for seat, miss in enumerate(misses) if miss <= closest)

    def payoffs(self, actions: tuple[int, ...]) -> tuple[float, ...]:
        winners = self.winners(actions)
        return tuple(1 / len(winners) if seat in winners else 0.0 for seat in range(len(actions)))

    def utility_bounds(self) -> tuple[float, float]:
        return 0.0, 1.0

    def rules_text(self, seat: Seat) -> str:
        players, ratio = self.params.num_players, self.params.ratio
        half = self.params.highest / 2
        return (
            f"You are player {seat + 1} of {players}. Each player chooses {self._expected()}. All choose at the same "
            "time, without knowing what others choose.\n"
            f"The target is {_fraction(ratio)} times the mean of all {players} chosen numbers, your own one included: "
            f"if the mean is {half:g}, the target is {ratio * half:.4g}.\n"
            "The player whose number is closest to the target wins 1 point; players who are equally close share it, "
            "and all others get nothing. Your result is the points you win; more is better. Then all see who chose "
            "what.\n"
            f"Write your number as {self._expected()}, without other words"
        )

    def question(self) -> str:
        return f"Which number do you choose, from 0 to {self.params.highest}?"

    def summary(self, actions: tuple[int, ...], seat: Seat) -> str:
        return (
            f"Chosen: {listed(actions, seat)}. The target was {self.target(actions):.4f}. "
            f"You get {self.payoffs(actions)[seat]:.4g} of the point."
        )

    def parse_action(self, state: JointState, seat: Seat, text: str) -> int:
        return whole_number(text, self.options, self._expected())

    def _expected(self) -> str:
        return f"a whole number from 0 to {self.params.highest}"


class BeautyContest(RepeatedGame):
    """Contests with the same players; a prize of 1 per round, shared by all who are equally close.

    What many rounds of thought lead to is 0 for everybody; with two players 0 is dominant from the start. Level k
    chooses ratio^k times the middle of the numbers. Choices are whole numbers, where Nagel allowed fractions.

    Scripted players read the past off the information state, a `RepeatedView` whose past holds a `JointState`
    per finished round: `view.past[-1].actions == (33, 22, 50, 10)`.
    """

    Params = BeautyContestParams
    params: BeautyContestParams
    info = GameInfo(
        name="beauty_contest",
        version=1,
        title="Beauty contest",
        summary="Round after round, all players choose a number; the closest to a fraction of the mean share a prize.",
        family="economic",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.CONSTANT_SUM,
        max_players=20,
        symmetric=True,
        tags=("level-k", "strategic depth", "guessing", "many players"),
        references=(
            "R. Nagel, Unraveling in guessing games: an experimental study, American Economic Review 1995 "
            "(2/3 of the mean, numbers up to 100, 4 rounds)",
            "C. Camerer, T.-H. Ho and J.-K. Chong, A cognitive hierarchy model of games, 2004",
        ),
    )

    def make_stage(self) -> ContestRound:
        return ContestRound(self.params)


def _fraction(ratio: float) -> str:
    """A ratio as people write it: 2/3 rather than 0.666667."""
    simple = Fraction(ratio).limit_denominator(12)
    return str(simple) if float(simple) == ratio else f"{ratio:.10g}"
