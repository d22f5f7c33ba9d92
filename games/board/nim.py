"""Nim, normal and misere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple, Self

from pydantic import Field, model_validator

from games.core import Game, GameParams, Illegal, Seat, Unparsable
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import quoted

_MOVE = re.compile(r"(?:take\s+)?(\d{1,3})\s+from\s+(?:pile\s+)?(\d{1,2})", re.IGNORECASE)


class NimParams(GameParams):
    """Parameters of nim."""

    piles: tuple[int, ...] = Field((1, 3, 5, 7), min_length=1, max_length=10, description="Objects in each pile.")
    misere: bool = Field(False, description="Whether whoever takes the last object loses instead of winning.")

    @model_validator(mode="after")
    def _has_objects(self) -> Self:
        if not all(1 <= pile <= 100 for pile in self.piles):
            raise ValueError(f"every pile holds 1 to 100 objects, but got {list(self.piles)}")
        return self


class NimMove(NamedTuple):
    """Take `taken` objects from the pile with index `pile`, counted from 0."""

    pile: int
    taken: int


class NimState(NamedTuple):
    """Objects left in each pile, and the seat whose turn it is."""

    piles: tuple[int, ...]
    turn: Seat = 0


class Nim(Game[NimState, NimMove]):
    """Take any number of objects from one pile; the last object decides.

    In normal play, the player to move wins if and only if the exclusive or of the pile sizes is not 0 (Bouton 1901);
    in misere play likewise, unless all piles hold at most one object, when it is the other way round.
    """

    Params = NimParams
    params: NimParams
    info = GameInfo(
        name="nim",
        version=1,
        title="Nim",
        summary="Take turns taking objects from one pile; whoever takes the last object of all wins.",
        family="board",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.ZERO_SUM,
        solvable=True,
        tags=("combinatorial", "classic"),
        references=("C. L. Bouton, Nim, a game with a complete mathematical theory, Annals of Mathematics 3, 1901",),
    )

    def __init__(self, params: NimParams | None = None) -> None:
        super().__init__(params)
        # Every move of every pile, made once: piles only get smaller.
        self._moves = [
            [NimMove(pile, count) for count in range(1, held + 1)] for pile, held in enumerate(self.params.piles)
        ]

    def initial_state(self) -> NimState:
        return NimState(self.params.piles)

    def to_move(self, state: NimState) -> tuple[Seat, ...]:
        return (state.turn,) if any(state.piles) else ()

    def legal_actions(self, state: NimState, seat: Seat) -> list[NimMove]:
        return [move for moves, held in zip(self._moves, state.piles, strict=True) for move in moves[:held]]

    def apply(self, state: NimState, actions: Mapping[Seat, NimMove]) -> NimState:
        (move,) = actions.values()
        piles, left = state.piles, state.piles[move.pile] - move.taken
        return NimState((*piles[: move.pile], left, *piles[move.pile + 1 :]), 1 - state.turn)

    def returns(self, state: NimState) -> tuple[float, ...]:
        if any(state.piles):
            return (0.0, 0.0)
        winner = state.turn if self.params.misere else 1 - state.turn
        return (1.0, -1.0) if winner == 0 else (-1.0, 1.0)

    def utility_bounds(self) -> tuple[float, float]:
        return -1.0, 1.0

    def max_turns(self) -> int:
        return sum(self.params.piles)

    def rules_text(self, seat: Seat) -> str:
        end = "loses (-1, and +1" if self.params.misere else "wins (+1, and -1"
        return (
            f"You play nim with {len(self.params.piles)} piles of objects, numbered from 1.\n"
            f"You move {'first' if seat == 0 else 'second'}; then you take turns. A move takes one or more objects, "
            "all from one pile; nothing is ever put back.\n"
            f"Whoever takes the very last object {end} for the other player).\n"
            "Write a move like this: take 2 from pile 1"
        )

    def observation(self, state: NimState, seat: Seat) -> str:
        if not self.to_move(state):
            result = "won" if self.returns(state)[seat] > 0 else "lost"
            return f"All objects are taken, the last one by {_who(1 - state.turn, seat)}. You have {result}."
        return f"{self._piles(state)}\n{'You are' if state.turn == seat else 'The other player is'} to move."

    def action_to_text(self, state: NimState, seat: Seat, action: NimMove) -> str:
        return f"take {action.taken} from pile {action.pile + 1}"

    def parse_action(self, state: NimState, seat: Seat, text: str) -> NimMove:
        found = _MOVE.fullmatch(" ".join(text.split()))
        if found is None:
            raise Unparsable(f"{quoted(text)} is not a move; expected something like: take 2 from pile 1")
        move = NimMove(int(found[2]) - 1, int(found[1]))
        if not (0 <= move.pile < len(state.piles) and 1 <= move.taken <= state.piles[move.pile]):
            raise Illegal(f"{quoted(text)} is not possible; there are: {self._piles(state)}")
        return move

    def render(self, state: NimState) -> str:
        return self._piles(state)

    def outcome_text(self, state: NimState) -> str:
        value = self.returns(state)[0]
        return "not over" if value == 0 else f"the {'first' if value > 0 else 'second'} player wins"

    @staticmethod
    def _piles(state: NimState) -> str:
        return ", ".join(f"pile {number}: {held}" for number, held in enumerate(state.piles, 1))


def _who(mover: Seat, seat: Seat) -> str:
    return "you" if mover == seat else "the other player"
