"""Cost sharing: three airlines propose and vote on who pays how much of an airport's fee."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import floor
from typing import Final, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from games.core import Game, GameParams, Illegal, Seat, Unparsable
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose, quoted

Plan = tuple[int, ...]
"""Percent of the fee that each airline pays, in order."""

AIRLINES: Final = ("A", "B", "C")
_WHOLE: Final = 100
_Size = Literal["small", "medium", "large"]


class CostSharingParams(GameParams):
    """Parameters of cost sharing. Flights and passengers are MAgIC's released example; hours and sizes are ours."""

    rounds: int = Field(5, ge=1, le=20, description="Most rounds of proposals and votes.")
    step: Literal[5, 10, 20, 25, 50] = Field(5, description="Shares are whole multiples of this many percent.")
    fee: int = Field(1_000_000, ge=1, le=10**9, description="Yearly fee of the airport, in dollars.")
    flights: tuple[int, int, int] = Field((90, 50, 50), description="Flights per month of airlines A, B and C.")
    passengers: tuple[int, int, int] = Field((7000, 7500, 7500), description="Passengers per month.")
    hours: tuple[float, float, float] = Field((2.0, 3.0, 3.0), description="Mean duration of a flight, in hours.")
    aircraft: tuple[_Size, _Size, _Size] = Field(
        ("small", "medium", "medium"), description="Size of aircraft: small, medium or large."
    )

    @model_validator(mode="after")
    def _usage_is_positive(self) -> Self:
        if min(*self.flights, *self.passengers) < 1 or not all(0 < hours < 100 for hours in self.hours):
            raise ValueError("flights and passengers must be at least 1, and hours between 0 and 100")
        return self


class SharingRound(NamedTuple):
    """A finished round: every airline's proposal, and whose proposal each voted for."""

    proposals: tuple[Plan, ...]
    votes: tuple[Seat, ...]


class SharingState(NamedTuple):
    """Where the talks stand.

    Attributes:
        past: finished rounds, oldest first.
        proposals: those that are voted on now; empty while they are to be made, and at the end.
    """

    past: tuple[SharingRound, ...] = ()
    proposals: tuple[Plan, ...] = ()


class CostSharing(Game[SharingState, Plan | Seat]):
    """In each round all propose how to share the fee, then all vote for one of the proposals, the own one allowed.

    They agree when all votes are for the same proposal, or for proposals with the same numbers. MAgIC's source counts
    agreements and has no payoffs. Here an airline's payoff is the percentage of the fee that it saves: 100 minus its
    share after an agreement, and 0 without one, as it then has to pay for the whole airport by itself. So every
    agreement is at least as good for all as none, and they differ only in who saves how much: 200 are saved in all.
    """

    Params = CostSharingParams
    params: CostSharingParams
    info = GameInfo(
        name="cost_sharing",
        version=1,
        title="Cost sharing",
        summary="Three airlines propose how to share an airport's fee and vote until they agree or time is up.",
        family="economic",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        min_players=3,
        max_players=3,
        tags=("bargaining", "voting", "coordination", "fairness", "magic"),
        references=(
            "L. Xu et al., MAgIC, EMNLP 2024 (protocol and released example; payoffs, hours and aircraft are ours)",
            "S. Littlechild and G. Owen, A simple expression for the Shapley value in a special case, 1973 (the "
            "airport game)",
        ),
    )

    def __init__(self, params: CostSharingParams | None = None) -> None:
        super().__init__(params)
        marks, step = range(0, _WHOLE + 1, self.params.step), self.params.step
        self._plans = tuple((a, b, _WHOLE - a - b) for a in marks for b in range(0, _WHOLE - a + 1, step))

    def initial_state(self) -> SharingState:
        return SharingState()

    def to_move(self, state: SharingState) -> tuple[Seat, ...]:
        if not state.proposals and (len(state.past) == self.params.rounds or agreed(state) is not None):
            return ()
        return (0, 1, 2)

    def legal_actions(self, state: SharingState, seat: Seat) -> Sequence[Plan | Seat]:
        return (0, 1, 2) if state.proposals else self._plans

    def apply(self, state: SharingState, actions: Mapping[Seat, Plan | Seat]) -> SharingState:
        chosen = (actions[0], actions[1], actions[2])
        if state.proposals:
            votes = tuple(vote for vote in chosen if isinstance(vote, int))
            return SharingState((*state.past, SharingRound(state.proposals, votes)))
        return SharingState(state.past, tuple(plan for plan in chosen if isinstance(plan, tuple)))

    def returns(self, state: SharingState) -> tuple[float, ...]:
        plan = agreed(state)
        return (0.0,) * 3 if plan is None else tuple(float(_WHOLE - share) for share in plan)

    def utility_bounds(self) -> tuple[float, float]:
        return 0.0, float(_WHOLE)

    def max_turns(self) -> int:
        return 2 * self.params.rounds

    # -- text ---------------------------------------------------------------------------------------------

    def rules_text(self, seat: Seat) -> str:
        rounds, step = self.params.rounds, self.params.step
        return (
            f"Three airlines, A, B and C, use an airport together, which costs {self.params.fee:,} dollars a year. "
            f"They talk about how to share this fee. You are airline {AIRLINES[seat]}.\n"
            f"How they use the airport:\n{self._table()}\n"
            f"There {'is 1 round' if rounds == 1 else f'are at most {rounds} rounds'}. In each, all three first "
            "propose, at the same time, what percentage of the fee A, B and C should pay. Then all read the proposals "
            "and vote, at the same time, for one airline's proposal; you may vote for your own. If all three vote for "
            "the same proposal, or for proposals with the same percentages, they agree on it and the game is over. "
            "Otherwise the next round begins.\n"
            f"Your result is the percentage of the fee that you save: {_WHOLE} minus your share if you agree, and 0 if "
            "there is no agreement after the last round, since you then have to pay for an airport alone. More is "
            "better.\n"
            f"Write a proposal as three multiples of {step}, for A, B and C in this order, that add up to {_WHOLE}, "
            f"for instance (only to show the form): {written(self._plans[len(self._plans) // 2])}\n"
            "Write a vote as the airline whose proposal you choose, for example: airline B"
        )

    def observation(self, state: SharingState, seat: Seat) -> str:
        if state.proposals:
            plans = [f"{_called(player, seat)}: {_shares(plan)}" for player, plan in enumerate(state.proposals)]
            return "\n".join(["Proposals:", *plans, "Which airline's proposal do you vote for?"])
        news = [self._last_round(state, seat)] if state.past else []
        if not self.to_move(state):
            return "\n".join([*news, self._ending(state, seat)])
        ask = f"Round {len(state.past) + 1} of {self.params.rounds}. What do you propose that A, B and C pay?"
        return "\n".join([*news, ask])

    def action_to_text(self, state: SharingState, seat: Seat, action: Plan | Seat) -> str:
        return _airline(action) if isinstance(action, int) else written(action)

    def parse_action(self, state: SharingState, seat: Seat, text: str) -> Plan | Seat:
        if not state.proposals:
            return self._read_plan(text)
        called = text if text.strip().lower().startswith("airline") else f"airline {text.strip()}"
        return choose(called, {_airline(player).lower(): player for player in range(3)}, r"airline [d-z0-9]")

    def render(self, state: SharingState) -> str:
        rounds = [
            f"round {number}: proposals {'; '.join(map(written, done.proposals))}; "
            f"votes {', '.join(AIRLINES[vote] for vote in done.votes)}"
            for number, done in enumerate(state.past, start=1)
        ]
        pending = [f"proposals {'; '.join(map(written, state.proposals))}"] if state.proposals else []
        return "\n".join([*rounds, *pending]) or "no proposals yet"

    def outcome_text(self, state: SharingState) -> str:
        plan = agreed(state)
        return "no agreement" if plan is None else f"agreed in round {len(state.past)}: {_shares(plan)}"

    # -- parts --------------------------------------------------------------------------------------------

    def _table(self) -> str:
        own = self.params
        rows = zip(AIRLINES, own.flights, own.passengers, own.hours, own.aircraft, strict=True)
        return "\n".join(
            f"airline {airline}: {flights} flights and {passengers} passengers a month, {hours:g} hours a flight on "
            f"average, {size} aircraft"
            for airline, flights, passengers, hours, size in rows
        )

    def _read_plan(self, text: str) -> Plan:
        """The proposal that a text is; raises Unparsable or Illegal."""
        step = self.params.step
        example = written(self._plans[len(self._plans) // 2])
        expected = f"expected three multiples of {step} that add up to {_WHOLE}, for A, B and C, such as {example}"
        if not re.fullmatch(r"\s*[0-9]{1,3}\s*%?(\s*[,/ ]\s*[0-9]{1,3}\s*%?){2}\s*", text):
            raise Unparsable(f"{quoted(text)} is no proposal; {expected}")
        plan = tuple(map(int, re.findall("[0-9]+", text)))
        if sum(plan) != _WHOLE or any(share % step for share in plan):
            raise Illegal(f"{quoted(text)} cannot be proposed; its sum is {sum(plan)}; {expected}")
        return plan

    def _last_round(self, state: SharingState, seat: Seat) -> str:
        votes = state.past[-1].votes
        cast = ", ".join(f"{_called(voter, seat)} for airline {AIRLINES[vote]}" for voter, vote in enumerate(votes))
        return f"Votes in round {len(state.past)}: {cast}."

    def _ending(self, state: SharingState, seat: Seat) -> str:
        plan, result = agreed(state), self.returns(state)[seat]
        if plan is None:
            return f"You did not agree, and the time is up. Your result: {result:g}."
        return f"You agreed: {_shares(plan)}. Your result: {result:g}."


def agreed(state: SharingState) -> Plan | None:
    """The plan that all votes of the last finished round were for; None where there was none."""
    if not state.past or state.proposals:
        return None
    proposals, votes = state.past[-1]
    chosen = {proposals[vote] for vote in votes}
    return chosen.pop() if len(chosen) == 1 else None


def proportional_shares(usage: Sequence[float]) -> tuple[float, ...]:
    """Percent of the fee by usage, such as flights. A benchmark of ours: MAgIC names no right division."""
    return tuple(_WHOLE * each / sum(usage) for each in usage)


def airport_shares(needs: Sequence[float]) -> tuple[float, ...]:
    """Percent of the fee by the Shapley value of the airport game, given what each airline alone would need.

    A group needs what its most demanding member does; each stretch of need is shared equally by all that use it
    (Littlechild and Owen 1973). Applying it to MAgIC's airlines is ours: MAgIC names no right division.
    """
    levels = (0.0, *sorted(needs))
    paid = [
        sum((levels[k + 1] - levels[k]) / (len(needs) - k) for k in range(len(needs)) if levels[k] < need)
        for need in needs
    ]
    return tuple(_WHOLE * each / max(needs) for each in paid)


def rounded_plan(shares: Sequence[float], step: int) -> Plan:
    """The proposal nearest to some shares: rounded down, what is left going to the largest remainders."""
    units = [share / step for share in shares]
    down = [floor(unit) for unit in units]
    left = _WHOLE // step - sum(down)
    up = sorted(range(len(units)), key=lambda player: down[player] - units[player])[:left]
    return tuple(step * (unit + (player in up)) for player, unit in enumerate(down))


def _airline(seat: Seat) -> str:
    return f"airline {AIRLINES[seat]}"


def _called(player: Seat, reader: Seat) -> str:
    return f"{_airline(player)} (you)" if player == reader else _airline(player)


def written(plan: Plan) -> str:
    """A plan as it is proposed: "40, 30, 30"."""
    return ", ".join(map(str, plan))


def _shares(plan: Plan) -> str:
    return ", ".join(f"{airline} {share}%" for airline, share in zip(AIRLINES, plan, strict=True))
