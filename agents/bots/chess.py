"""A chess player who counts pieces."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, game_of
from games.board.chess import Chess, ChessState
from games.board.chess960 import Chess960

if TYPE_CHECKING:
    import chess

# Pawn, knight, bishop, rook, queen, king, as beginners learn them.
_WORTH: Final = (1, 3, 3, 5, 9, 0)
_MATE: Final = 1000


class MaterialChessParams(AgentParams):
    """Parameters of the chess player."""

    depth: int = Field(2, ge=1, le=4, description="Plies to look ahead; each further one takes about 20 times as long.")


class MaterialChess(Bot):
    """Looks a few plies ahead and wins what pieces it can, or mates; any of equally good moves.

    Minimax with alpha-beta on the difference in material; it knows nothing of position, and of draws only stalemate.
    """

    Params = MaterialChessParams
    params: MaterialChessParams
    plays = ("chess", "chess960")
    title: ClassVar[str] = "Takes what it can in a few plies, counting pieces only"

    def choose(self, request: DecisionRequest) -> str:
        game, state = game_of(request.game), request.information_key
        assert isinstance(game, Chess), "the one game it plays"
        assert isinstance(state, ChessState), "chess is a game of perfect information"
        board = _position(game, state)
        moves = list(board.legal_moves)
        request.rng().shuffle(moves)
        return board.san(best_move(board, moves, self.params.depth))


def _position(game: Chess, state: ChessState) -> chess.Board:
    """The position that the moves of a state lead to, on a board of its own."""
    import chess

    if isinstance(game, Chess960):
        board = chess.Board.from_chess960_pos(state.dealt)
    else:
        board = chess.Board(game.params.starting_fen or chess.STARTING_FEN)
    for move in state.moves:
        board.push_uci(move)
    return board


def best_move(board: chess.Board, moves: Sequence[chess.Move], depth: int) -> chess.Move:
    """The first of the moves that no other one beats, looking some plies ahead."""
    best, low = moves[0], -math.inf
    for move in moves:
        value = -_reply_value(board, move, depth - 1, -math.inf, -low)
        if value > low:
            best, low = move, value
    return best


def _reply_value(board: chess.Board, move: chess.Move, depth: int, low: float, high: float) -> float:
    """What the position after a move is worth to the other side."""
    board.push(move)
    value = _search(board, depth, low, high)
    board.pop()
    return value


def _search(board: chess.Board, depth: int, low: float, high: float) -> float:
    """What a position is worth to the side to move, if that lies between low and high; else a bound on that side."""
    moves = list(board.legal_moves)
    if not moves:
        # A mate that comes sooner leaves more depth.
        return -_MATE - depth if board.is_check() else 0
    if depth == 0:
        return material(board)
    best = -math.inf
    for move in moves:
        best = max(best, -_reply_value(board, move, depth - 1, -high, -max(low, best)))
        if best >= high:
            break
    return best


def material(board: chess.Board) -> int:
    """Worth of the pieces of the side to move, less that of the other side's."""
    mine, theirs = board.turn, not board.turn
    return sum(
        worth * (len(board.pieces(kind, mine)) - len(board.pieces(kind, theirs)))
        for kind, worth in enumerate(_WORTH, start=1)
    )
