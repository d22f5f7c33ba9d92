"""Public goods with a threshold: enough gifts together bring everybody a fixed benefit, fewer bring nothing."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from games.core import Seat
from games.dilemmas.contributions import EndowmentParams, GivingRound
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.transforms.joint_round import listed
from games.transforms.repeated import HorizonParams, RepeatedGame


class ThresholdRoundParams(EndowmentParams):
    """Parameters of one round of gifts towards a threshold."""

    num_players: int = Field(5, ge=2, le=10, description="Players who share the good.")
    endowment: int = Field(55, ge=1, le=1000, description="Tokens that each player gets anew in every round.")
    threshold: int = Field(125, ge=1, le=10_000, description="Tokens that all have to give together.")
    benefit: int = Field(50, ge=1, le=10_000, description="Tokens that each player gets when they do.")
    refund: bool = Field(False, description="Whether gifts are given back when they are too few.")

    @model_validator(mode="after")
    def _can_be_worth_it(self) -> Self:
        if self.threshold > self.num_players * self.endowment:
            raise ValueError(
                f"a threshold of {self.threshold} cannot be reached: all tokens together are "
                f"{self.num_players * self.endowment}"
            )
        if self.num_players * self.benefit <= self.threshold:
            raise ValueError(
                f"the good must be worth more to all together ({self.num_players * self.benefit}) than the threshold "
                f"costs ({self.threshold})"
            )
        return self


class ThresholdPublicGoodsParams(ThresholdRoundParams, HorizonParams):
    """Parameters of public goods with a threshold."""


class ThresholdRound(GivingRound):
    """One round: all give at the same time; what exceeds the threshold is lost."""

    Params = ThresholdRoundParams
    params: ThresholdRoundParams
    info = GameInfo(
        name="threshold_round",
        version=1,
        title="Gifts towards a threshold",
        summary="All players give tokens at the same time; if they reach the threshold, each gets a fixed benefit.",
        family="dilemmas",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        max_players=10,
        symmetric=True,
    )

    def provided(self, contributions: tuple[int, ...]) -> bool:
        """Whether the gifts reach the threshold."""
        return sum(contributions) >= self.params.threshold

    def payoffs(self, contributions: tuple[int, ...]) -> tuple[float, ...]:
        own = self.params
        if self.provided(contributions):
            return tuple([float(own.endowment - given + own.benefit) for given in contributions])
        return tuple([float(own.endowment - (0 if own.refund else given)) for given in contributions])

    def is_equilibrium(self, contributions: tuple[int, ...]) -> bool:
        """Whether nobody alone gets more by giving another amount: a pure Nash equilibrium of the round.

        With the good: the threshold is met exactly, and nobody gives more than the benefit. Without it: no gift is
        lost, and nobody can gain by giving what is missing (Bagnoli and Lipman 1989 with refund).
        """
        own, total = self.params, sum(contributions)
        if self.provided(contributions):
            return total == own.threshold and max(contributions) <= own.benefit
        if total and not own.refund:
            return False
        needed = (own.threshold - total + given for given in contributions)
        return all(own.endowment < each or own.benefit <= each for each in needed)

    def utility_bounds(self) -> tuple[float, float]:
        own = self.params
        least_for_the_good = max(0, own.threshold - own.endowment * (own.num_players - 1))
        most_in_vain = 0 if own.refund else min(own.endowment, own.threshold - 1)
        low = min(own.benefit, own.endowment - most_in_vain)
        return float(low), float(max(own.endowment, own.endowment - least_for_the_good + own.benefit))

    def rules_text(self, seat: Seat) -> str:
        own = self.params
        lost = "the tokens given are given back" if own.refund else "the tokens given are lost"
        return (
            f"You are player {seat + 1} of {own.num_players}. Each player gets {own.endowment} tokens and gives any "
            "whole number of them to a common pool; the rest is kept. All give at the same time, without knowing what "
            "others give.\n"
            f"If all players together give {own.threshold} tokens or more, the pool is spent and each player gets "
            f"{own.benefit} tokens, whatever it gave; nobody gets anything more for tokens above {own.threshold}. If "
            "they give fewer, nobody gets anything from the pool, and "
            f"{lost}.\n"
            "Your result is the tokens you have in the end; more is better. Then all see who gave how much.\n"
            f"Write how many tokens you give, as a whole number from 0 to {own.endowment} without other words"
        )

    def summary(self, contributions: tuple[int, ...], seat: Seat) -> str:
        total, own = sum(contributions), self.params
        if self.provided(contributions):
            outcome = f"That is enough: each player gets {own.benefit} tokens."
        else:
            outcome = f"That is too little: {'gifts are given back' if own.refund else 'gifts are lost'}."
        return (
            f"Given to the pool: {listed(contributions, seat)}; {total} in all, of {own.threshold} needed. {outcome} "
            f"You have {self.payoffs(contributions)[seat]:.10g} tokens."
        )


class ThresholdPublicGoods(RepeatedGame):
    """Rounds of gifts towards a threshold (a provision point), each with a new endowment.

    To give what is missing pays for whoever is the last to give, so that this is no social dilemma: it is a game of
    coordination about who gives how much. With a refund a failed gift costs nothing. The equal part of the threshold
    is an equilibrium with and without refund; giving nothing is one too, unless one player alone can reach the
    threshold and gains by it.

    The defaults have a step return of 2 (what the good is worth to all, over what it costs). Their numbers are those
    of Croson and Marks as they are remembered, not checked against the paper.
    """

    Params = ThresholdPublicGoodsParams
    params: ThresholdPublicGoodsParams
    info = GameInfo(
        name="threshold_public_goods",
        version=1,
        title="Public goods with a threshold",
        summary="Round after round, players give to a pool that brings all a benefit if enough is given, or nothing.",
        family="dilemmas",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        max_players=10,
        symmetric=True,
        tags=("coordination", "cooperation", "threshold", "repeated", "many players"),
        references=(
            "M. Bagnoli and B. Lipman, Provision of public goods: fully implementing the core through private "
            "contributions, 1989 (refund)",
            "R. Croson and M. Marks, Step returns in threshold public goods, Experimental Economics 1999",
        ),
    )

    def make_stage(self) -> ThresholdRound:
        return ThresholdRound(self.params)
