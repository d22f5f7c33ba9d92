"""A public good to which players contribute one after the other, seeing what was given before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Literal, NamedTuple, Self

from pydantic import Field, model_validator

from games.core import Game, GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.transforms.joint_round import listed
from games.whole_numbers import whole_number

FULL = 100
"""A full contribution, in percent."""

# Equally good contributions differ by rounding.
_DECIMALS = 12


class SequentialPublicGoodsParams(GameParams):
    """Parameters of the sequential public good. Contributions are percents of a full one."""

    num_players: int = Field(3, ge=2, le=10, description="Players, who contribute in the order of seats.")
    cost: float = Field(0.5, gt=0, le=100, description="Points that a full contribution costs.")
    rising: bool = Field(True, description="Whether costs rise with the square of a contribution, or in proportion.")
    bonus: float = Field(
        0.5, ge=0, le=100, description="Points for a full contribution after full ones: it multiplies both."
    )
    multiplier: float = Field(
        1.5, gt=0, le=100, description="Points that a full contribution is worth to all together."
    )
    penalty: float = Field(
        1.0, ge=0, le=100, description="Points that each player loses if all together give too little."
    )
    threshold: int = Field(150, ge=0, le=1000, description="Percent that all together must give, or be fined.")
    least: int = Field(5, ge=0, le=99, description="Least contribution in percent.")
    step: int = Field(5, ge=1, le=100, description="Contributions are the least one and every so many percent above.")
    seen: Literal["all", "previous"] = Field("all", description="Which earlier contributions a player is shown.")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (FULL - self.least) % self.step:
            raise ValueError(f"steps of {self.step} do not lead from {self.least} to {FULL}")
        if self.threshold > FULL * self.num_players:
            raise ValueError(f"{self.num_players} players can never give {self.threshold}")
        return self


class ContributionsState(NamedTuple):
    """Contributions so far, in the order of seats, in percent."""

    given: tuple[int, ...] = ()


class PartialView(NamedTuple):
    """What a player knows who sees the contribution before its own alone.

    Attributes:
        turn: number of contributions made.
        previous: the one before the seat's own turn; None for the first player, and before that turn.
        own: the seat's own; None before its turn.
        given: all contributions once the game is over; empty before.
    """

    turn: int
    previous: int | None
    own: int | None
    given: tuple[int, ...]


class SequentialPublicGoods(Game[ContributionsState, int]):
    """Players contribute in turn; a contribution costs, is worth something to all, and more after generous ones.

    With c as parts of a full contribution, u_i = -cost c_i^2 + bonus c_i mean(c_j before i) + multiplier / n sum(c) -
    penalty [sum(c) < threshold]; the mean is 0 for the first player. This is the labelled variant SPGG: the paper's own
    formula and numbers are not released, so that form and defaults are a RECONSTRUCTION from its theorem. With
    `rising=False`, no bonus and no penalty it is the plain game, where nobody gives anything in equilibrium.
    """

    Params = SequentialPublicGoodsParams
    params: SequentialPublicGoodsParams
    info = GameInfo(
        name="sequential_public_goods",
        version=1,
        title="Sequential public goods",
        summary="Players contribute to a public good one after the other, and see what was given before.",
        family="dilemmas",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        max_players=10,
        tags=("dilemma", "cooperation", "public goods", "sequential", "many players"),
        references=(
            "MAC-SPGG: sequential public goods games among language models, 2025 (order, observation, bonus and "
            "threshold; the formula is a reconstruction, not verified)",
            "H. Varian, Sequential contributions to public goods, Journal of Public Economics 53, 1994",
        ),
    )

    def __init__(self, params: SequentialPublicGoodsParams | None = None) -> None:
        super().__init__(params)
        self.options = range(self.params.least, FULL + 1, self.params.step)
        if self.params.seen == "previous" and self.params.num_players > 2:
            self.info = replace(self.info, information=Information.IMPERFECT)

    def initial_state(self) -> ContributionsState:
        return ContributionsState()

    def to_move(self, state: ContributionsState) -> tuple[Seat, ...]:
        return () if len(state.given) == self.params.num_players else (len(state.given),)

    def legal_actions(self, state: ContributionsState, seat: Seat) -> range:
        return self.options

    def apply(self, state: ContributionsState, actions: Mapping[Seat, int]) -> ContributionsState:
        (contribution,) = actions.values()
        return ContributionsState((*state.given, contribution))

    def returns(self, state: ContributionsState) -> tuple[float, ...]:
        if self.to_move(state):
            return (0.0,) * self.params.num_players
        total = sum(state.given)
        return tuple(self.payoff(seat, sum(state.given[:seat]), given, total) for seat, given in enumerate(state.given))

    def payoff(self, seat: Seat, before: int, given: int, total: int) -> float:
        """What a seat gets, given what was contributed before it, by it, and by all, in percent."""
        own, params = given / FULL, self.params
        cost = params.cost * (own**2 if params.rising else own)
        bonus = params.bonus * own * (before / FULL / seat if seat else 0.0)
        fine = params.penalty * (total < params.threshold)
        return -cost + bonus + params.multiplier / params.num_players * total / FULL - fine

    def utility_bounds(self) -> tuple[float, float]:
        own = self.params
        return -own.cost - own.penalty, own.bonus + own.multiplier

    def max_turns(self) -> int:
        return self.params.num_players

    # -- equilibrium --------------------------------------------------------------------------------------

    @cached_property
    def replies(self) -> Mapping[tuple[Seat, int], int]:
        """The subgame-perfect contribution of each seat for each sum given before it, by backward induction.

        Of equally good contributions the smallest. Holds where all earlier contributions are seen.
        """
        found: dict[tuple[Seat, int], int] = {}
        final = {total: total for total in self._sums(self.params.num_players)}
        for seat in reversed(range(self.params.num_players)):
            ends = {}
            for before in self._sums(seat):
                best = max(
                    self.options,
                    key=lambda given: (
                        round(self.payoff(seat, before, given, final[before + given]), _DECIMALS),
                        -given,
                    ),
                )
                found[seat, before], ends[before] = best, final[before + best]
            final = ends
        return found

    @cached_property
    def equilibrium(self) -> tuple[int, ...]:
        """What the seats contribute in the subgame-perfect equilibrium."""
        given: tuple[int, ...] = ()
        for seat in range(self.params.num_players):
            given = (*given, self.replies[seat, sum(given)])
        return given

    def _sums(self, players: int) -> range:
        """What so many players can have given in all."""
        return range(players * self.params.least, players * FULL + 1, self.params.step) if players else range(1)

    # -- text ---------------------------------------------------------------------------------------------

    def rules_text(self, seat: Seat) -> str:
        own, players = self.params, self.params.num_players
        cost = (
            f"costs you {own.cost:g} * C * C points, C being its part of a full contribution (50 percent: C = 0.5)"
            if own.rising
            else f"costs you {own.cost:g} * C points, C being its part of a full contribution (50 percent: C = 0.5)"
        )
        bonus = (
            f" If you are not the first, you get {own.bonus:g} * C * M points for it, M being the mean of the "
            "contributions before yours."
            if own.bonus
            else ""
        )
        fine = (
            f" If all contributions together are less than {own.threshold} percent, every player loses "
            f"{own.penalty:g} {'point' if own.penalty == 1 else 'points'}."
            if own.penalty
            else ""
        )
        seen = "all earlier contributions" if own.seen == "all" else "the contribution before your own, and no other"
        return (
            f"You are player {seat + 1} of {players}. Players contribute to a common good one after the other, player "
            f"1 first, each once. When it is your turn, you see {seen}.\n"
            f"You contribute from {own.least} to {FULL} percent, in steps of {own.step}. Your contribution {cost}."
            f"{bonus} For each full contribution in all, whoever made the parts of it, every player gets "
            f"{own.multiplier / players:.4g} points.{fine}\n"
            "Your result is the sum of these points; more is better.\n"
            f"Write your contribution as {self._expected()}, without the sign for percent"
        )

    def observation(self, state: ContributionsState, seat: Seat) -> str:
        turn = len(state.given)
        if not self.to_move(state):
            total, mine = sum(state.given), self.returns(state)[seat]
            return f"Contributed: {listed(state.given, seat)}; {total} in all. Your result: {mine:.4g} points."
        if turn > seat:
            return f"You contributed {state.given[seat]}. Others still have to."
        if turn < seat:
            return "It is not your turn yet."
        if self.params.seen == "previous" or not turn:
            before = f"The player before you contributed {state.given[-1]}. " if turn else "You are the first. "
        else:
            before = f"Contributed so far: {listed(state.given, seat)}. "
        return f"{before}How much do you contribute, in percent?"

    def parse_action(self, state: ContributionsState, seat: Seat, text: str) -> int:
        return whole_number(text.strip().removesuffix("%"), self.options, self._expected())

    def _expected(self) -> str:
        return f"a whole number from {self.params.least} to {FULL} in steps of {self.params.step}"

    def render(self, state: ContributionsState) -> str:
        return f"contributed: {', '.join(map(str, state.given)) or '-'}"

    def outcome_text(self, state: ContributionsState) -> str:
        met = "met" if sum(state.given) >= self.params.threshold else "missed"
        return f"{sum(state.given)} percent in all, threshold {met}; {super().outcome_text(state)}"

    # -- information --------------------------------------------------------------------------------------

    def information_state(self, state: ContributionsState, seat: Seat) -> ContributionsState | PartialView:
        if self.info.information is Information.PERFECT:
            return state
        turn = len(state.given)
        if not self.to_move(state):
            return PartialView(turn, None, state.given[seat], state.given)
        own = state.given[seat] if turn > seat else None
        return PartialView(turn, state.given[seat - 1] if seat and turn >= seat else None, own, ())
