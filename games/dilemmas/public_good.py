"""One public good: tokens for the whole game, given in rounds, and a pool that is shared out once, at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import NamedTuple

from pydantic import Field

from games.core import Game, GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.transforms.joint_round import listed, span
from games.whole_numbers import whole_number


class PublicGoodParams(GameParams):
    """Parameters of the single public good. The defaults are MAgIC's released example."""

    num_players: int = Field(3, ge=2, le=10, description="Players who share the good.")
    endowment: int = Field(100, ge=1, le=1000, description="Tokens that each player has for the whole game.")
    rounds: int = Field(5, ge=1, le=50, description="Rounds in which tokens can be given.")
    multiplier: float = Field(
        3.5,
        gt=1,
        le=100,
        description="What the pool is multiplied by at the end. Below the number of players to give is a dilemma; "
        "above it, giving brings the giver more tokens too, and only its rank suffers.",
    )


class PublicGoodState(NamedTuple):
    """Tokens given in each finished round, seat by seat."""

    past: tuple[tuple[int, ...], ...] = ()


class PublicGood(Game[PublicGoodState, int]):
    """Rounds of giving to one pool out of one endowment.

    `public_goods` differs: there every round has an endowment of its own, and its pool is shared out at once. Here a
    seat has `endowment` tokens for all rounds together and can never give more than it has left (MAgIC's released
    program does not check this). The result is `endowment - own gifts + multiplier / players * all gifts`.

    With a multiplier below the number of players, to give nothing is dominant. In MAgIC's released example it is 3.5
    for 3 players: to give everything is dominant in tokens, while whoever gives least still ranks first. MAgIC counts
    a win by rank; here tokens count.
    """

    Params = PublicGoodParams
    params: PublicGoodParams
    info = GameInfo(
        name="public_good",
        version=1,
        title="Single public good",
        summary="Players give to a pool round by round out of one endowment; it is multiplied and shared at the end.",
        family="dilemmas",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        max_players=10,
        symmetric=True,
        tags=("dilemma", "cooperation", "many players", "magic"),
        references=("L. Xu et al., MAgIC, EMNLP 2024 (3 players, 100 tokens, 5 rounds, multiplier 3.5)",),
    )

    def __init__(self, params: PublicGoodParams | None = None) -> None:
        super().__init__(params)
        self._seats = tuple(range(self.params.num_players))

    def initial_state(self) -> PublicGoodState:
        return PublicGoodState()

    def to_move(self, state: PublicGoodState) -> tuple[Seat, ...]:
        return () if len(state.past) == self.params.rounds else self._seats

    def legal_actions(self, state: PublicGoodState, seat: Seat) -> Sequence[int]:
        return range(self.left(state, seat) + 1)

    def apply(self, state: PublicGoodState, actions: Mapping[Seat, int]) -> PublicGoodState:
        return PublicGoodState((*state.past, tuple(map(actions.__getitem__, self._seats))))

    def returns(self, state: PublicGoodState) -> tuple[float, ...]:
        share = self._share(state)
        return tuple([self.left(state, seat) + share for seat in self._seats])

    def left(self, state: PublicGoodState, seat: Seat) -> int:
        """Tokens that a seat still has."""
        return self.params.endowment - sum(given[seat] for given in state.past)

    def utility_bounds(self) -> tuple[float, float]:
        # A result is linear in each gift, so that its extremes are where all give nothing or everything.
        players, endowment = self.params.num_players, self.params.endowment
        extremes = [
            self.returns(PublicGoodState(((own, *(others,) * (players - 1)),)))[0]
            for own, others in product((0, endowment), repeat=2)
        ]
        return min(extremes), max(extremes)

    def max_turns(self) -> int:
        return self.params.rounds

    def rules_text(self, seat: Seat) -> str:
        own = self.params
        return (
            f"You are player {seat + 1} of {own.num_players}. Each player has {own.endowment} tokens for the whole "
            f"game, and there {'is 1 round' if own.rounds == 1 else f'are {own.rounds} rounds'}. In each round all "
            "give, at the same time, any whole number of the tokens that they have left to a common pool; 0 is "
            "allowed. Tokens that are given are gone, and there are no new ones. After each round all see who gave "
            "how much.\n"
            f"After the last round the pool of all rounds is multiplied by {own.multiplier:.10g} and shared equally "
            f"among all {own.num_players} players, whatever they gave: each token in the pool brings every player "
            f"{own.multiplier / own.num_players:.4g} tokens.\n"
            "Your result is the tokens you kept plus your share of the pool; more is better.\n"
            "Write how many tokens you give in this round, as a whole number without other words"
        )

    def observation(self, state: PublicGoodState, seat: Seat) -> str:
        news = []
        if state.past:
            pool = sum(map(sum, state.past))
            news.append(f"Round {len(state.past)} ended. Given: {listed(state.past[-1], seat)}. In the pool: {pool}.")
        left = self.left(state, seat)
        if not self.to_move(state):
            share, result = self._share(state), self.returns(state)[seat]
            ending = f"The game is over. You kept {left} tokens, and your share of the pool is {share:.10g}. "
            return "\n".join([*news, f"{ending}Your result: {result:.10g}."])
        number = len(state.past) + 1
        ask = f"Round {number} of {self.params.rounds}. You have {left} tokens left. How many do you give to the pool?"
        return "\n".join([*news, ask])

    def parse_action(self, state: PublicGoodState, seat: Seat, text: str) -> int:
        amounts = range(self.left(state, seat) + 1)
        return whole_number(text, amounts, span(amounts))

    def render(self, state: PublicGoodState) -> str:
        rounds = [f"round {number}: {', '.join(map(str, given))}" for number, given in enumerate(state.past, start=1)]
        return "\n".join(rounds) or "nothing given yet"

    def _share(self, state: PublicGoodState) -> float:
        """Tokens that each player gets out of the pool as it stands."""
        return self.params.multiplier * sum(map(sum, state.past)) / self.params.num_players
