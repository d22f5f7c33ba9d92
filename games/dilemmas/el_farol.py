"""The El Farol bar: going out is worth it as long as not too many go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import comb, floor, fsum
from typing import Final, NamedTuple, Self

from pydantic import Field, model_validator

from games.core import GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose
from games.transforms.joint_round import JointRound, JointState, listed
from games.transforms.repeated import HorizonParams, RepeatedGame

GO: Final = "go"
STAY: Final = "stay"
_ACTIONS: Final = (GO, STAY)
# Halvings of [0, 1] after which floats do not change any more.
_HALVINGS: Final = 60


class BarParams(GameParams):
    """Parameters of one evening."""

    num_players: int = Field(10, ge=2, le=100, description="Players who may go to the bar.")
    threshold: float = Field(0.6, gt=0, lt=1, description="Largest share of players with whom the bar is a pleasure.")
    pleasant: float = Field(10, allow_inf_nan=False, description="Points for going when the bar is not crowded.")
    home: float = Field(5, allow_inf_nan=False, description="Points for staying at home.")
    crowded: float = Field(0, allow_inf_nan=False, description="Points for going when the bar is crowded.")
    explicit: bool = Field(False, description="Whether all see who went; otherwise each is told its own points only.")
    totals_only: bool = Field(False, description="With `explicit`: whether all are told how many went, but not who.")

    @model_validator(mode="after")
    def _is_a_dilemma(self) -> Self:
        if not self.pleasant > self.home > self.crowded:
            raise ValueError(
                f"the bar needs pleasant > home > crowded, but got {self.pleasant:g}, {self.home:g}, {self.crowded:g}"
            )
        return self

    @model_validator(mode="after")
    def _tells_totals(self) -> Self:
        if self.totals_only and not self.explicit:
            raise ValueError("totals_only says what all are told with explicit; give explicit=True with it")
        return self


class ElFarolParams(BarParams, HorizonParams):
    """Parameters of the bar game."""


class BarView(NamedTuple):
    """What a seat knows of a finished evening when it does not see who went.

    Attributes:
        own: what it did.
        payoff: its points.
        went: how many went; None where it is told its own points only.
    """

    own: str
    payoff: float
    went: int | None = None


class BarEvening(JointRound):
    """One evening: all go or stay at the same time.

    Attributes:
        capacity: the most who can go without the bar being crowded.
    """

    Params = BarParams
    params: BarParams
    info = GameInfo(
        name="el_farol",
        version=1,
        title="El Farol bar",
        summary="Each player goes to the bar or stays at home; going pays as long as not too many go.",
        family="dilemmas",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.IMPERFECT,
        utility=Utility.GENERAL_SUM,
        max_players=100,
        symmetric=True,
        tags=("congestion", "coordination", "repeated", "many players", "gama-bench"),
        references=(
            "W. B. Arthur, Inductive reasoning and bounded rationality, 1994",
            "J. Huang et al., How far are we on the decision-making of LLMs? (GAMA-Bench), ICLR 2025 (10 players, 20 "
            "rounds, 10 / 5 / 0 points, 60 percent; each told its own points only in the scored mode, "
            "and how many went, not who, in the explicit one: totals_only)",
        ),
    )

    def __init__(self, params: BarParams | None = None) -> None:
        super().__init__(params)
        self.capacity = bar_capacity(self.params)
        if self.params.explicit and not self.params.totals_only:
            self.info = replace(self.info, information=Information.PERFECT)

    def legal_actions(self, state: JointState, seat: Seat) -> Sequence[str]:
        return _ACTIONS

    def payoffs(self, actions: tuple[str, ...]) -> tuple[float, ...]:
        fits = actions.count(GO) <= self.capacity
        bar = self.params.pleasant if fits else self.params.crowded
        return tuple([bar if action == GO else self.params.home for action in actions])

    def utility_bounds(self) -> tuple[float, float]:
        return self.params.crowded, self.params.pleasant

    def seen(self, actions: tuple[str, ...], seat: Seat) -> BarView:
        went = actions.count(GO) if self.params.totals_only else None
        return BarView(actions[seat], self.payoffs(actions)[seat], went)

    def rules_text(self, seat: Seat) -> str:
        params = self.params
        told = "your own points, and nothing about the others"
        if params.explicit:
            told = f"{'how many' if params.totals_only else 'who'} went, and your points"
        return (
            f"You are one of {params.num_players} players. Each decides, at the same time, to go to a bar or to stay "
            f"at home. If at most {self.capacity} of the {params.num_players} players go (you counted), everybody who "
            f"goes gets {params.pleasant:g} points; if more go, the bar is crowded and everybody who goes gets "
            f"{params.crowded:g}. Staying at home always brings {params.home:g} points.\n"
            f"Then you are told {told}. Your result is your points; more is better.\n"
            "Write one word: go or stay"
        )

    def question(self) -> str:
        return "Do you go to the bar or stay at home?"

    def summary(self, actions: tuple[str, ...], seat: Seat) -> str:
        did = "went to the bar" if actions[seat] == GO else "stayed at home"
        who = "" if self.params.totals_only else f"Choices: {listed(actions, seat)}; "
        others = f"{who}{actions.count(GO)} went. " if self.params.explicit else ""
        return f"{others}You {did} and get {self.payoffs(actions)[seat]:g} points."

    def parse_action(self, state: JointState, seat: Seat, text: str) -> str:
        return choose(text, {action: action for action in _ACTIONS}, r"go|stay")


class ElFarol(RepeatedGame):
    """Evenings at the El Farol bar.

    In a pure equilibrium of an evening exactly as many go as the bar holds; `mixed_probability` is the symmetric one.
    Scripted players find a `BarView` per finished evening in the past of the `RepeatedView`, or a `JointState` with
    what all did where all see it.
    """

    Params = ElFarolParams
    params: ElFarolParams
    info = BarEvening.info

    def make_stage(self) -> BarEvening:
        return BarEvening(self.params)


def bar_capacity(params: BarParams) -> int:
    """The most players who can go without the bar being crowded."""
    # A share such as 0.6 of 10 must not fall short of 6 by rounding.
    return floor(params.threshold * params.num_players + 1e-9)


def mixed_probability(params: BarParams) -> float:
    """Probability of going in the symmetric mixed equilibrium of one evening, from 0 to 1.

    With it, going and staying are worth the same: the bar is not crowded with probability
    (home - crowded) / (pleasant - crowded), given that one goes oneself and every other one does so at this
    probability. A bar that holds nobody is not visited.
    """
    room = bar_capacity(params)
    if room == 0:
        return 0.0
    wanted = (params.home - params.crowded) / (params.pleasant - params.crowded)
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        roomy = _at_most(room - 1, params.num_players - 1, middle) > wanted
        low, high = (middle, high) if roomy else (low, middle)
    return low


def _at_most(count: int, trials: int, p: float) -> float:
    """Probability of at most `count` successes in independent trials."""
    return fsum(comb(trials, hits) * p**hits * (1 - p) ** (trials - hits) for hits in range(count + 1))
