"""How much of the chance to win each chess move gives away, by a UCI engine that searches a fixed number of nodes.

It is computed only where the environment variable `ARENA_UCI_ENGINE` names an engine, for it takes its time: two
searches for each decision, in all about a tenth of a second with Stockfish 15.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from scipy.special import expit

from arena.metrics.base import Family, Metric, Result, Undefined
from arena.metrics.evidence import Pool, SeatPlay
from arena.metrics.intervals import mean_value
from arena.metrics.needs import kind
from arena.records import DecisionTurn
from games.board.chess import Chess

if TYPE_CHECKING:
    import chess
    import chess.engine

ENGINE_VARIABLE: Final = "ARENA_UCI_ENGINE"
NODES: Final = 40_000
# No search of so many nodes takes so long; an engine that hangs does.
_LONGEST_S: Final = 60.0
_SETTINGS: Final = {"Threads": 1, "Hash": 16}
_PER_CENTIPAWN: Final = 0.00368208
_MATE: Final = 100_000


def win_probability(score: chess.engine.Score) -> float:
    """The chance to win, draws counting half, that goes with a score of the side to move.

    1 / (1 + exp(-0.00368208 centipawns)), which Lichess fitted to games of strong players (lichess.org/page/accuracy);
    0 or 1 where a mate is seen.
    """
    return float(expit(_PER_CENTIPAWN * score.score(mate_score=_MATE)))


def move_loss(engine: chess.engine.SimpleEngine, board: chess.Board, move: chess.Move) -> float:
    """Chance to win after the engine's move minus that after a move, both searched from the same position; at least 0.

    The engine forgets what it knew before each search, so that no number depends on what was asked earlier.
    """
    import chess.engine

    limit = chess.engine.Limit(nodes=NODES, time=_LONGEST_S)
    best = engine.analyse(board, limit, game=object())
    if best["pv"][0] == move:
        return 0.0
    played = engine.analyse(board, limit, game=object(), root_moves=[move])
    return max(0.0, win_probability(best["score"].relative) - win_probability(played["score"].relative))


def _decisions(game: Chess, played: SeatPlay) -> Iterator[tuple[chess.Board, chess.Move]]:
    """Position and move of each decision of a seat that had a choice."""
    import chess

    for state, turn in zip(played.play.states, played.play.record.turns, strict=False):
        for decision in turn.decisions if isinstance(turn, DecisionTurn) else ():
            if decision.seat != played.seat or decision.action is None:
                continue
            board = chess.Board(game.params.starting_fen or chess.STARTING_FEN)
            for earlier in state.moves:
                board.push_uci(earlier)
            if board.legal_moves.count() > 1:
                yield board, chess.Move.from_uci(game.parse_action(state, played.seat, decision.action))


@contextmanager
def _engine(path: str) -> Iterator[chess.engine.SimpleEngine]:
    import chess.engine

    with chess.engine.SimpleEngine.popen_uci(path) as engine:
        engine.configure({name: value for name, value in _SETTINGS.items() if name in engine.options})
        yield engine


def _compute(pool: Pool, agent: str) -> Result:
    import chess.engine

    named = os.environ.get(ENGINE_VARIABLE)
    if not named:
        return Undefined(
            f"needs a UCI engine: name one, such as stockfish, in the environment variable {ENGINE_VARIABLE}"
        )
    path = shutil.which(named)
    if path is None:
        return Undefined(f"{ENGINE_VARIABLE} is {named!r}, which is no program that can be run here")
    try:
        return _measured(pool, agent, path)
    except (chess.engine.EngineError, OSError) as error:
        return Undefined(f"the engine {named} failed: {error or 'it does not answer'}")


def _measured(pool: Pool, agent: str, path: str) -> Result:
    assert isinstance(pool.game, Chess), "the metric needs chess"
    decisions = [
        (played.cluster, *decision) for played in pool.played_by(agent) for decision in _decisions(pool.game, played)
    ]
    with _engine(path) as engine:
        losses = [(cluster, move_loss(engine, board, move)) for cluster, board, move in decisions]
        found = mean_value(losses, "no decision with a choice")
        if isinstance(found, Undefined):
            return found
        return replace(found, note=f"{engine.id.get('name', path)}, {NODES} nodes")


CHESS_LOSS: Final = Metric(
    name="chess_loss",
    family=Family.RATIONALITY,
    meaning="Chance to win that a move gives away by an engine's judgement; a mean over decisions.",
    where=f"decisions with a choice; {NODES:,} nodes a search by the engine that {ENGINE_VARIABLE} names",
    needs=(kind("chess", Chess),),
    unit="win probability per decision",
    source="centipawns to chances by 1 / (1 + exp(-0.00368208 cp)), lichess.org/page/accuracy",
    compute=_compute,
)
