"""The public goods game: what helps all is paid by those who give."""

from __future__ import annotations

from itertools import product

from pydantic import Field

from games.core import Seat
from games.dilemmas.contributions import EndowmentParams, GivingRound
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.transforms.joint_round import listed
from games.transforms.repeated import HorizonParams, RepeatedGame


class ContributionParams(EndowmentParams):
    """Parameters of one round of contributions."""

    multiplier: float = Field(
        1.6,
        gt=1,
        le=100,
        description="What the contributions are multiplied by before they are shared out. Below the number of "
        "players to give is a dilemma; above it, giving pays for the giver too.",
    )


class PublicGoodsParams(ContributionParams, HorizonParams):
    """Parameters of the public goods game."""


class ContributionRound(GivingRound):
    """One round: all seats give a part of their tokens at the same time; the pool grows and is shared equally."""

    Params = ContributionParams
    params: ContributionParams
    info = GameInfo(
        name="contribution_round",
        version=1,
        title="Contributions to a public good",
        summary="All players give tokens to a pool at the same time; the pool is multiplied and shared equally.",
        family="dilemmas",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        max_players=10,
        symmetric=True,
    )

    def payoffs(self, contributions: tuple[int, ...]) -> tuple[float, ...]:
        kept = self.params.endowment + self._share(contributions)
        return tuple([kept - given for given in contributions])

    def utility_bounds(self) -> tuple[float, float]:
        # A result is linear in each contribution, so that its extremes are where all give nothing or everything.
        extremes = [
            self.payoffs((own, *(others,) * (self.params.num_players - 1)))[0]
            for own, others in product((0, self.params.endowment), repeat=2)
        ]
        return min(extremes), max(extremes)

    def rules_text(self, seat: Seat) -> str:
        return (
            f"{self.briefing(seat)}\n"
            "Your result is the tokens you kept plus your share; more is better. Then all see who gave how much.\n"
            f"Write how many tokens you give, as a whole number from 0 to {self.params.endowment} without other words"
        )

    def briefing(self, seat: Seat) -> str:
        """How tokens are given and shared out, for games that go on from there."""
        players, endowment, multiplier = self.params.num_players, self.params.endowment, self.params.multiplier
        return (
            f"You are player {seat + 1} of {players}. Each player gets {endowment} tokens and gives any whole number "
            "of them to a common pool; the rest is kept. All give at the same time, without knowing what others give.\n"
            f"The pool is multiplied by {multiplier:.10g} and shared equally among all {players} players, whatever "
            f"they gave: each token in the pool brings every player {multiplier / players:.4g} tokens."
        )

    def summary(self, contributions: tuple[int, ...], seat: Seat) -> str:
        return (
            f"Given to the pool: {listed(contributions, seat)}; {sum(contributions)} in all. Each player's "
            f"share: {self._share(contributions):.10g}. You get {self.payoffs(contributions)[seat]:.10g} tokens."
        )

    def _share(self, contributions: tuple[int, ...]) -> float:
        """Tokens that each player gets out of the pool."""
        return self.params.multiplier * sum(contributions) / self.params.num_players


class PublicGoods(RepeatedGame):
    """Rounds of contributions to a public good, each with a new endowment.

    The rules follow GAMA-Bench: an endowment per round, results that do not carry over into the next endowment, and
    everybody's contribution shown after each round. GAMA-Bench plays 10 players, 20 rounds and a multiplier of 2;
    the defaults here are those of the laboratory (Fehr and Gaechter). MAgIC's game differs: one endowment for the
    whole game, and a pool that is shared out once, at the end.

    With `multiplier < num_players` giving nothing is dominant in a round and giving all is best for the group.

    Scripted players read the past off the information state, a `RepeatedView` whose past holds a `JointState` per
    finished round: `view.past[-1].actions == (20, 0, 5, 5)`.
    """

    Params = PublicGoodsParams
    params: PublicGoodsParams
    info = GameInfo(
        name="public_goods",
        version=1,
        title="Public goods game",
        summary="Round after round, players give tokens to a pool that is multiplied and shared equally by all.",
        family="dilemmas",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        max_players=10,
        symmetric=True,
        tags=("dilemma", "cooperation", "repeated", "many players"),
        references=(
            "J. Huang et al., How far are we on the decision-making of LLMs? (GAMA-Bench), ICLR 2025",
            "E. Fehr and S. Gaechter, Cooperation and punishment in public goods experiments, 2000 (the defaults: "
            "4 players, 20 tokens, 10 rounds, 0.4 tokens back per token)",
        ),
    )

    def make_stage(self) -> ContributionRound:
        return ContributionRound(self.params)
