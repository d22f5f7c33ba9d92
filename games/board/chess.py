"""Chess under the FIDE laws, with the rules of the python-chess package (extra `agon[chess]`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pydantic import Field, field_validator

from games.core import Ambiguous, Game, GameParams, Illegal, Seat, Unparsable
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import quoted

if TYPE_CHECKING:
    import chess

_COLOURS: Final = ("White", "Black")
_CHECKMATE: Final = "checkmate"
_AROUND_THE_MOVE: Final = re.compile(r"^\d+\s*\.+\s*|[!?]+$")

PositionKey = tuple[int | None, ...]


class ChessParams(GameParams):
    """Parameters of chess."""

    max_plies: int = Field(200, ge=1, le=2000, description="Moves of both sides after which an open game is a draw.")
    starting_fen: str | None = Field(None, description="Position to start from, in FEN; None for the usual one.")

    @field_validator("starting_fen")
    @classmethod
    def _is_a_position(cls, fen: str | None) -> str | None:
        if fen is not None and not _new_board(fen).is_valid():
            raise ValueError(f"{fen!r} is not a position that can arise in chess")
        return fen


@dataclass(frozen=True, slots=True)
class ChessState:
    """The moves so far in UCI notation; all else is derived from them and takes no part in equality.

    Attributes:
        moves: the moves, such as `e2e4` and `e7e8q`.
        ending: how the game ended; empty while it goes on.
        dealt: number of the starting position where it is drawn by lot, -1 before that; 0 elsewhere.
    """

    moves: tuple[str, ...]
    ending: str = field(compare=False)
    _board: chess.Board = field(compare=False, repr=False)
    _sans: tuple[str, ...] = field(compare=False, repr=False)
    _since_progress: tuple[PositionKey, ...] = field(compare=False, repr=False)
    dealt: int = 0


class Chess(Game[ChessState, str]):
    """Chess; seat 0 is White. Actions are moves in UCI notation, which need no board to be told apart.

    Checkmate, stalemate, insufficient material, the 75-move rule and fivefold repetition end a game, as does
    `max_plies` (a draw). Draws that a player would have to claim (threefold repetition, 50 moves) do not, for there
    are no claims, draw offers or resignations here. The text of a move is SAN, the notation of scores and books and
    therefore the one that models know best; moves in UCI notation are read as well. To build a game without
    python-chess raises an ImportError that says what to install.
    """

    Params = ChessParams
    params: ChessParams
    info = GameInfo(
        name="chess",
        version=1,
        title="Chess",
        summary="Chess under the FIDE laws, without draw claims, and drawn when it takes too long.",
        family="board",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.ZERO_SUM,
        tags=("board", "classic"),
        references=(
            "FIDE Laws of Chess, 2023, articles 1 to 5 and 9.6 (endings without a claim), appendix C (notation)",
        ),
    )

    def __init__(self, params: ChessParams | None = None) -> None:
        super().__init__(params)
        self._start = self.starting(_new_board(self.params.starting_fen))

    def starting(self, board: chess.Board, dealt: int = 0) -> ChessState:
        """The state before the first move, in the position of a board."""
        positions = (_position_key(board),)
        return ChessState((), self._ending(board, positions, 0), board, (), positions, dealt)

    def initial_state(self) -> ChessState:
        return self._start

    def to_move(self, state: ChessState) -> tuple[Seat, ...]:
        if state.ending:
            return ()
        return (0,) if state._board.turn else (1,)

    def legal_actions(self, state: ChessState, seat: Seat) -> list[str]:
        return sorted(move.uci() for move in state._board.legal_moves)

    def apply(self, state: ChessState, actions: Mapping[Seat, str]) -> ChessState:
        (action,) = actions.values()
        board = state._board.copy(stack=False)
        san = board.san_and_push(board.parse_uci(action))
        earlier = state._since_progress if board.halfmove_clock else ()
        positions = (*earlier, _position_key(board))
        moves = (*state.moves, action)
        ending = self._ending(board, positions, len(moves))
        return ChessState(moves, ending, board, (*state._sans, san), positions, state.dealt)

    def returns(self, state: ChessState) -> tuple[float, ...]:
        if state.ending != _CHECKMATE:
            return (0.0, 0.0)
        return (-1.0, 1.0) if state._board.turn else (1.0, -1.0)

    def utility_bounds(self) -> tuple[float, float]:
        return -1.0, 1.0

    def max_turns(self) -> int:
        return self.params.max_plies

    def rules_text(self, seat: Seat) -> str:
        start = f" from this position (FEN): {self.params.starting_fen}" if self.params.starting_fen else ""
        return (
            f"You play chess under the FIDE laws{start}.\n"
            f"You are {_COLOURS[seat]}, the other player is {_COLOURS[1 - seat]}.\n"
            "Checkmate wins (+1, and -1 for the other player). A draw (0) is: stalemate; too little material to mate; "
            "a position that occurs for the fifth time; 75 moves of each side without a capture or a pawn move; or "
            f"no result after {self.params.max_plies} moves of both sides together.\n"
            "There are no draw offers, no draw claims and no resignation.\n"
            "Write one move in standard algebraic notation, for example: Nf3, exd5, O-O or e8=Q. Moves from square to "
            "square, such as g1f3 or e7e8q, are understood too."
        )

    def observation(self, state: ChessState, seat: Seat) -> str:
        occurrences = state._since_progress.count(state._since_progress[-1])
        lines = [
            f"Moves so far: {self._score(state) or 'none'}",
            f"FEN: {state._board.fen()}",
            self._diagram(state),
            f"This position has occurred {occurrences} times." if occurrences > 1 else "",
            self._status(state, seat),
        ]
        return "\n".join(line for line in lines if line)

    def action_to_text(self, state: ChessState, seat: Seat, action: str) -> str:
        # To name a move is to play it and take it back, which must not happen on the state's own board.
        board = state._board.copy(stack=False)
        return board.san(board.parse_uci(action))

    def parse_action(self, state: ChessState, seat: Seat, text: str) -> str:
        import chess

        written = _AROUND_THE_MOVE.sub("", text.strip())
        try:
            move = state._board.parse_san(written)
        except chess.AmbiguousMoveError:
            raise Ambiguous(f"{quoted(text)} fits more than one of: {self._legal_texts(state, seat)}") from None
        except chess.IllegalMoveError:
            raise Illegal(f"{quoted(text)} is not legal here; legal: {self._legal_texts(state, seat)}") from None
        except chess.InvalidMoveError:
            move = chess.Move.null()
        if not move:
            raise Unparsable(
                f"{quoted(text)} is not a chess move; expected algebraic notation, one of: "
                f"{self._legal_texts(state, seat)}"
            )
        return move.uci()

    def render(self, state: ChessState) -> str:
        return f"{self._score(state)}\n{self._diagram(state)}".strip()

    def outcome_text(self, state: ChessState) -> str:
        if state.ending == _CHECKMATE:
            return f"{_COLOURS[state._board.turn]} wins by checkmate"
        return f"draw: {state.ending}" if state.ending else "not over"

    def _ending(self, board: chess.Board, positions: tuple[PositionKey, ...], plies: int) -> str:
        """How the game is over in this position; empty when it goes on."""
        if not any(board.generate_legal_moves()):
            return _CHECKMATE if board.is_check() else "stalemate"
        if board.is_insufficient_material():
            return "insufficient material"
        if positions.count(positions[-1]) >= 5:
            return "fivefold repetition"
        if board.halfmove_clock >= 150:
            return "75 moves without a capture or a pawn move"
        return f"no result after {plies} moves" if plies >= self.params.max_plies else ""

    def _legal_texts(self, state: ChessState, seat: Seat) -> str:
        return ", ".join(self.action_to_text(state, seat, action) for action in self.legal_actions(state, seat))

    def _score(self, state: ChessState) -> str:
        """The moves as in a game score: `1. e4 e5 2. Nf3`; a start with Black to move gives `1... e5 2. Nf3`."""
        first = state._board.ply() - len(state.moves)
        parts = []
        for ply, san in enumerate(state._sans, first):
            if ply % 2 == 0 or ply == first:
                parts.append(f"{ply // 2 + 1}{'...' if ply % 2 else '.'}")
            parts.append(san)
        return " ".join(parts)

    def _status(self, state: ChessState, seat: Seat) -> str:
        if not state.ending:
            check = ", in check" if state._board.is_check() else ""
            return f"{_COLOURS[not state._board.turn]} is to move{check}; you are {_COLOURS[seat]}."
        result = {1.0: "You have won", -1.0: "You have lost", 0.0: "A draw"}[self.returns(state)[seat]]
        return f"The game is over: {self.outcome_text(state)}. {result}."

    @staticmethod
    def _diagram(state: ChessState) -> str:
        """The board from White's side; capitals are White's pieces."""
        ranks = str(state._board).splitlines()
        return "\n".join([*(f"{8 - row} {rank}" for row, rank in enumerate(ranks)), "  a b c d e f g h"])


def _new_board(fen: str | None) -> chess.Board:
    """A board in the given position, or in the usual one.

    Raises:
        ImportError: python-chess is missing.
        ValueError: the text is not a FEN.
    """
    try:
        import chess
    except ImportError as error:
        raise ImportError("the game of chess needs the python-chess package: pip install 'agon[chess]'") from error
    return chess.Board(fen or chess.STARTING_FEN)


def _position_key(board: chess.Board) -> PositionKey:
    """What makes two positions the same for repetition (FIDE article 9.2.3)."""
    return (
        board.occupied_co[True],
        board.pawns,
        board.knights,
        board.bishops,
        board.rooks,
        board.queens,
        board.kings,
        board.turn,
        board.clean_castling_rights(),
        board.ep_square if board.has_legal_en_passant() else None,
    )
