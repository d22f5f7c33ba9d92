"""Chess960: chess from one of 960 starting positions, drawn by lot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pydantic import Field

from games.board.chess import Chess, ChessParams, ChessState
from games.core import CHANCE, Seat
from games.info import Chance

if TYPE_CHECKING:
    import chess

POSITIONS: Final = 960
_UNDEALT: Final = -1
_DEAL: Final = "position "


class Chess960Params(ChessParams):
    """Parameters of chess960."""

    starting_fen: None = Field(None, description="Always null: the position is drawn, or given by its number.")
    position: int | None = Field(
        None, ge=0, lt=POSITIONS, description="Number of the starting position, 518 is the usual one; null: by lot."
    )


class Chess960(Chess):
    """Chess whose pieces behind the pawns stand in an order drawn by lot, so that no memorised opening covers it.

    Positions are numbered 0 to 959 as usual. In notation from square to square, the king castles onto its rook.
    """

    Params = Chess960Params
    params: Chess960Params
    info = replace(
        Chess.info,
        name="chess960",
        title="Chess960",
        summary="Chess from a starting position drawn by lot, so that openings cannot be memorised.",
        chance=Chance.EXPLICIT,
        references=("FIDE Laws of Chess, 2023, guidelines II (Chess960)", *Chess.info.references),
    )

    def __init__(self, params: Chess960Params | None = None) -> None:
        super().__init__(params)
        self._waiting = replace(self.starting(_board(0)), dealt=_UNDEALT)
        if self.params.position is not None:
            self.info = replace(type(self).info, chance=Chance.NONE)

    def initial_state(self) -> ChessState:
        return self._waiting if self.params.position is None else self._dealt(self.params.position)

    def to_move(self, state: ChessState) -> tuple[Seat, ...]:
        return (CHANCE,) if state.dealt == _UNDEALT else super().to_move(state)

    def chance_outcomes(self, state: ChessState) -> list[tuple[str, float]]:
        return [(f"{_DEAL}{number}", 1 / POSITIONS) for number in range(POSITIONS)]

    def apply(self, state: ChessState, actions: Mapping[Seat, str]) -> ChessState:
        if CHANCE in actions:
            return self._dealt(int(actions[CHANCE].removeprefix(_DEAL)))
        return super().apply(state, actions)

    def max_turns(self) -> int:
        return 1 + super().max_turns()

    def rules_text(self, seat: Seat) -> str:
        return (
            "This is Chess960: the pieces behind the pawns stand in an order drawn by lot, the same for both sides. "
            "Castling leads king and rook to the squares where they stand after castling in usual chess; write O-O "
            "when the king goes to the g-file, O-O-O when it goes to the c-file.\n" + super().rules_text(seat)
        )

    def observation(self, state: ChessState, seat: Seat) -> str:
        if state.dealt == _UNDEALT:
            return "The starting position is not drawn yet."
        return super().observation(state, seat)

    def action_to_text(self, state: ChessState, seat: Seat, action: str) -> str:
        return action if seat == CHANCE else super().action_to_text(state, seat, action)

    def parse_action(self, state: ChessState, seat: Seat, text: str) -> str:
        if seat != CHANCE:
            return super().parse_action(state, seat, text)
        return super(Chess, self).parse_action(state, seat, text)

    def render(self, state: ChessState) -> str:
        return "no position yet" if state.dealt == _UNDEALT else super().render(state)

    def _dealt(self, number: int) -> ChessState:
        return self.starting(_board(number), number)


def _board(number: int) -> chess.Board:
    """The board in a starting position."""
    import chess

    return chess.Board.from_chess960_pos(number)
