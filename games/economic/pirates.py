"""The pirate game: the most senior pirate proposes how to share the gold, and all vote."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, Self

from pydantic import Field, model_validator

from games.core import Game, GameParams, Illegal, Seat, Unparsable
from games.info import ActionKind, Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose, quoted

ACCEPT: Final = "accept"
REJECT: Final = "reject"
_VOTES: Final = (ACCEPT, REJECT)

Plan = tuple[int, ...]


class PiratesParams(GameParams):
    """Parameters of the pirate game."""

    num_players: int = Field(10, ge=2, le=50, description="Pirates, in order of seniority.")
    gold: int = Field(100, ge=1, le=100_000, description="Pieces of gold to be shared.")

    @model_validator(mode="after")
    def _gold_for_all_bribes(self) -> Self:
        if self.gold < (self.num_players - 1) // 2:
            raise ValueError(
                f"gold must be at least {(self.num_players - 1) // 2} for {self.num_players} pirates, so that the "
                f"most senior one can pay for the votes it needs, but it is {self.gold}"
            )
        return self


class Ballot(NamedTuple):
    """A plan that was voted on: pieces from the proposer down, and the votes of those below it, in order."""

    plan: Plan
    votes: tuple[str, ...]


class PirateState(NamedTuple):
    """Where the sharing stands.

    Attributes:
        ballots: plans that were voted on, oldest first; the proposer of number k is seat k.
        plan: the plan that is being voted on; None while it is still to be proposed, and at the end.
        over: whether the last ballot passed.
    """

    ballots: tuple[Ballot, ...] = ()
    plan: Plan | None = None
    over: bool = False


class Pirates(Game[PirateState, Plan | str]):
    """Pirates share gold: a plan passes with half of the votes, its proposer's own included, or it costs the proposer.

    Seat 0 is the most senior and proposes first; whoever's plan fails is thrown out with nothing, and the next one
    proposes. Plans are open text: there are too many to list. With two pirates left every plan passes.
    """

    Params = PiratesParams
    params: PiratesParams
    info = GameInfo(
        name="pirates",
        version=1,
        title="Pirate game",
        summary="The most senior pirate proposes how to share the gold; if less than half agree, it is thrown out.",
        family="economic",
        dynamics=Dynamics.MIXED,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.CONSTANT_SUM,
        actions=ActionKind.MIXED,
        max_players=50,
        tags=("bargaining", "voting", "backward induction", "many players", "gama-bench"),
        references=(
            "I. Stewart, A puzzle for pirates, Scientific American, 1999",
            "J. Huang et al., How far are we on the decision-making of LLMs? (GAMA-Bench), ICLR 2025 (10 pirates, 100 "
            "pieces of gold, half of the votes suffices)",
        ),
    )

    def initial_state(self) -> PirateState:
        return PirateState()

    def to_move(self, state: PirateState) -> tuple[Seat, ...]:
        if state.over:
            return ()
        proposer = len(state.ballots)
        return (proposer,) if state.plan is None else tuple(range(proposer + 1, self.params.num_players))

    def legal_actions(self, state: PirateState, seat: Seat) -> Sequence[str] | None:
        return None if state.plan is None else _VOTES

    def example_actions(self, state: PirateState, seat: Seat) -> Sequence[Plan | str]:
        if state.plan is not None:
            return _VOTES
        left, gold = self.params.num_players - seat, self.params.gold
        equal = tuple(gold // left + (place < gold % left) for place in range(left))
        return list(dict.fromkeys((equal, equilibrium_plan(left, gold), (gold, *(0,) * (left - 1)))))

    def apply(self, state: PirateState, actions: Mapping[Seat, Plan | str]) -> PirateState:
        ballots, plan, _ = state
        if plan is None:
            (proposal,) = actions.values()
            assert isinstance(proposal, tuple), "a plan is a tuple of numbers"
            return PirateState(ballots, proposal)
        votes = tuple(str(actions[seat]) for seat in range(len(ballots) + 1, self.params.num_players))
        # The proposer's own vote counts, and half of the votes is enough.
        passed = 2 * (votes.count(ACCEPT) + 1) >= len(plan)
        return PirateState((*ballots, Ballot(plan, votes)), None, passed)

    def returns(self, state: PirateState) -> tuple[float, ...]:
        if not state.over:
            return (0.0,) * self.params.num_players
        plan = state.ballots[-1].plan
        return (*(0.0,) * (self.params.num_players - len(plan)), *map(float, plan))

    def utility_bounds(self) -> tuple[float, float]:
        return 0.0, float(self.params.gold)

    def max_turns(self) -> int:
        return 2 * (self.params.num_players - 1)

    def rules_text(self, seat: Seat) -> str:
        players, gold = self.params.num_players, self.params.gold
        return (
            f"{players} pirates share {gold} pieces of gold. You are pirate {seat + 1}; pirate 1 is the most senior, "
            f"then pirate 2, and so on down to pirate {players}.\n"
            "The most senior pirate left proposes how many pieces each pirate left gets, itself included. Then all "
            "others who are left vote at the same time; the proposer itself counts as one vote for its plan. If at "
            "least half of these votes accept, the gold is shared as planned and the game is over. Otherwise the "
            "proposer is thrown out with nothing, and the next pirate proposes. Plans and votes are seen by all.\n"
            "Your result is the gold you get; more is better.\n"
            "When you propose, write one number for each pirate left, your own first and then in order of seniority, "
            f"separated by commas and adding up to {gold}. When you vote, write one word: accept or reject"
        )

    def observation(self, state: PirateState, seat: Seat) -> str:
        proposer = len(state.ballots)
        news = [self._voted(state, seat)] if state.ballots else []
        if state.over:
            return f"{news[0]} Your result: {self.returns(state)[seat]:g}."
        if state.plan is not None:
            news.append(f"{_name(proposer, seat)} proposed: {_shares(state.plan, proposer, seat)}.")
        return " ".join([*news, self._asked(state, seat)])

    def action_to_text(self, state: PirateState, seat: Seat, action: Plan | str) -> str:
        return action if isinstance(action, str) else ", ".join(map(str, action))

    def parse_action(self, state: PirateState, seat: Seat, text: str) -> Plan | str:
        if state.plan is not None:
            return choose(text, {vote: vote for vote in _VOTES}, r"\d{1,9}( *, *\d{1,9})*")
        return self._plan(text, self.params.num_players - seat)

    def render(self, state: PirateState) -> str:
        plans = [f"plan {number}: {_cast(ballot)}" for number, ballot in enumerate(state.ballots, start=1)]
        pending = [] if state.plan is None else [f"plan {len(plans) + 1}: {', '.join(map(str, state.plan))}"]
        return "\n".join([*plans, *pending]) or "no plan yet"

    def outcome_text(self, state: PirateState) -> str:
        shares = ", ".join(f"pirate {player + 1}: {gold:g}" for player, gold in enumerate(self.returns(state)) if gold)
        return f"plan {len(state.ballots)} passed: {shares}"

    def _plan(self, text: str, left: int) -> Plan:
        """The plan that a text is; raises Unparsable or Illegal."""
        expected = f"expected {left} whole numbers that add up to {self.params.gold}, separated by commas"
        if not re.fullmatch(r"[+-]?[0-9]{1,9}( *, *[+-]?[0-9]{1,9})*", text.strip()):
            raise Unparsable(f"{quoted(text)} is not a plan; {expected}")
        plan = tuple(map(int, text.split(",")))
        if len(plan) != left or min(plan) < 0 or sum(plan) != self.params.gold:
            raise Illegal(
                f"{quoted(text)} has {len(plan)} numbers that add up to {sum(plan)}; {expected}, none below 0"
            )
        return plan

    def _voted(self, state: PirateState, seat: Seat) -> str:
        """The last ballot as a seat reads it."""
        proposer = len(state.ballots) - 1
        plan, votes = state.ballots[-1]
        cast = ", ".join(f"{_name(voter, seat)} {vote}" for voter, vote in enumerate(votes, start=proposer + 1))
        result = "passed" if state.over else f"failed, and {_name(proposer, seat)} went overboard"
        return f"The plan of {_name(proposer, seat)} ({_shares(plan, proposer, seat)}) {result}. Votes: {cast}."

    def _asked(self, state: PirateState, seat: Seat) -> str:
        proposer = len(state.ballots)
        if seat < proposer:
            return "You are out of the game."
        if state.plan is not None:
            return "The others vote on it." if seat == proposer else "Do you accept or reject this plan?"
        left = ", ".join(_name(player, seat) for player in range(proposer, self.params.num_players))
        asked = "Propose your plan." if seat == proposer else f"{_name(proposer, seat)} is to propose a plan."
        return f"Left, in order of seniority: {left}. {asked}"


def equilibrium_plan(pirates: int, gold: int) -> Plan:
    """The plan of the subgame-perfect equilibrium, from the proposer down: one piece for every second pirate below it.

    Those would get nothing under the next proposer's plan, so that one piece buys their votes. With enough gold for
    all of these pieces, and pirates who reject a plan that gives them no more than they expect (Stewart 1999).
    """
    bought = range(2, pirates, 2)
    return (gold - len(bought), *(int(place in bought) for place in range(1, pirates)))


def equilibrium_vote(state: PirateState, seat: Seat, gold: int) -> str:
    """The vote of the subgame-perfect equilibrium: for a plan that gives more than the next plan would."""
    assert state.plan is not None, "there is a plan to vote on"
    place = seat - len(state.ballots)
    expected = equilibrium_plan(len(state.plan) - 1, gold)[place - 1]
    return ACCEPT if state.plan[place] > expected else REJECT


def _name(player: Seat, seat: Seat) -> str:
    return f"pirate {player + 1}{' (you)' if player == seat else ''}"


def _cast(ballot: Ballot) -> str:
    return f"{', '.join(map(str, ballot.plan))}; {ballot.votes.count(ACCEPT)} of {len(ballot.votes)} others accept"


def _shares(plan: Plan, proposer: Seat, seat: Seat) -> str:
    return ", ".join(f"{_name(player, seat)}: {pieces}" for player, pieces in enumerate(plan, start=proposer))
