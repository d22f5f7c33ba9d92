"""The centipede game: a growing pot that either player may take the larger part of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, Self

from pydantic import Field, model_validator

from games.core import Game, GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose

TAKE: Final = "take"
GO_ON: Final = "pass"
_ACTIONS: Final = (TAKE, GO_ON)


class CentipedeParams(GameParams):
    """Parameters of the centipede game."""

    length: int = Field(6, ge=2, le=100, description="Most decisions: the game ends when so many have been to pass.")
    large: int = Field(4, ge=1, le=1000, description="Larger pile at the first decision, in tokens.")
    small: int = Field(1, ge=0, le=1000, description="Smaller pile at the first decision, in tokens.")
    growth: float = Field(2.0, gt=1, le=10, description="What both piles are multiplied by with each pass.")

    @model_validator(mode="after")
    def _tempts(self) -> Self:
        if self.large <= self.small * self.growth:
            raise ValueError(
                f"large must exceed small * growth, or taking is not better than being taken from next; "
                f"{self.large} does not exceed {self.small * self.growth:g}"
            )
        if self.growth**self.length > 1e9:
            raise ValueError(f"growth^length must be at most 1e9, but {self.growth:g}^{self.length} is more")
        return self


class CentipedeState(NamedTuple):
    """How often was passed, and whether the last decision was to take."""

    passes: int = 0
    taken: bool = False


class Centipede(Game[CentipedeState, str]):
    """Two seats decide in turn. Who takes gets the larger pile and the other the smaller one; passing makes both grow.

    After the last pass the piles grow once more, and the larger one goes to the seat that would be next (McKelvey
    and Palfrey). Backward induction takes at the first decision, although both do better late.
    """

    Params = CentipedeParams
    params: CentipedeParams
    info = GameInfo(
        name="centipede",
        version=1,
        title="Centipede game",
        summary="Two players in turn take the larger of two piles and end the game, or pass and let both piles grow.",
        family="economic",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        solvable=True,
        tags=("backward induction", "trust", "strategic depth"),
        references=(
            "R. Rosenthal, Games of perfect information, predatory pricing and the chain-store paradox, 1981",
            "R. McKelvey and T. Palfrey, An experimental study of the centipede game, 1992 (piles 4 to 1, doubling)",
        ),
    )

    def initial_state(self) -> CentipedeState:
        return CentipedeState()

    def to_move(self, state: CentipedeState) -> tuple[Seat, ...]:
        return () if state.taken or state.passes == self.params.length else (state.passes % 2,)

    def legal_actions(self, state: CentipedeState, seat: Seat) -> Sequence[str]:
        return _ACTIONS

    def apply(self, state: CentipedeState, actions: Mapping[Seat, str]) -> CentipedeState:
        if actions[state.passes % 2] == TAKE:
            return CentipedeState(state.passes, taken=True)
        return CentipedeState(state.passes + 1)

    def returns(self, state: CentipedeState) -> tuple[float, ...]:
        if self.to_move(state):
            return 0.0, 0.0
        large, small = self._piles(state.passes)
        return (small, large) if state.passes % 2 else (large, small)

    def utility_bounds(self) -> tuple[float, float]:
        return float(self.params.small), self._piles(self.params.length)[0]

    def max_turns(self) -> int:
        return self.params.length

    def rules_text(self, seat: Seat) -> str:
        large, small, length = self.params.large, self.params.small, self.params.length
        moves = "the first decision" if seat == 0 else "the second decision, if it comes to it"
        last = "you" if seat == length % 2 else "the other player"
        end_large, end_small = self._piles(length)
        return (
            f"There are two piles of tokens, at first one of {large} and one of {small}. You and the other player "
            f"decide in turn; you make {moves}. Who decides may take or pass.\n"
            "- take: the game ends. Who takes gets the larger pile, and the other gets the smaller one.\n"
            f"- pass: both piles are multiplied by {self.params.growth:g}, and the other decides.\n"
            f"There are at most {length} decisions. If all of them are to pass, the game ends: {last} "
            f"then {'get' if last == 'you' else 'gets'} the larger pile, {end_large:.10g} tokens, and "
            f"{'the other player' if last == 'you' else 'you'} {'gets' if last == 'you' else 'get'} the smaller one, "
            f"{end_small:.10g}.\n"
            "Your result is the tokens you get; more is better.\n"
            "Write your decision as one word: take or pass"
        )

    def observation(self, state: CentipedeState, seat: Seat) -> str:
        if not self.to_move(state):
            return f"{self._ending(state, seat)} You get {self.returns(state)[seat]:.10g} tokens."
        large, small = self._piles(state.passes)
        asked = "Do you take or pass?" if seat == state.passes % 2 else "The other player decides."
        return (
            f"Decision {state.passes + 1} of at most {self.params.length}. The larger pile has {large:.10g} tokens, "
            f"the smaller one {small:.10g}. {asked}"
        )

    def parse_action(self, state: CentipedeState, seat: Seat, text: str) -> str:
        # Both words are always legal, so that no text can name an action that is not: the grammar matches nothing.
        return choose(text, {action: action for action in _ACTIONS}, r"(?!)")

    def outcome_text(self, state: CentipedeState) -> str:
        first, second = self.returns(state)
        how = f"taken at decision {state.passes + 1}" if state.taken else "never taken"
        return f"{how}: {first:.10g} and {second:.10g} tokens"

    def _piles(self, passes: int) -> tuple[float, float]:
        """The larger and the smaller pile after some passes."""
        factor = self.params.growth**passes
        return self.params.large * factor, self.params.small * factor

    def _ending(self, state: CentipedeState, seat: Seat) -> str:
        if not state.taken:
            return f"All {self.params.length} decisions were to pass."
        taker = "You" if seat == state.passes % 2 else "The other player"
        return f"{taker} took the larger pile at decision {state.passes + 1}."
