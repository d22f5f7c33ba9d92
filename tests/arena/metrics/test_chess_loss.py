from __future__ import annotations

import sys
from math import exp
from pathlib import Path

import pytest

from arena.metrics.base import Undefined, Value
from arena.metrics.chess_loss import CHESS_LOSS, ENGINE_VARIABLE, NODES, win_probability
from arena.metrics.evidence import Pool
from arena.metrics.measure import evaluate
from tests.arena.metrics.played import play, pool_of, value

chess = pytest.importorskip("chess")
engines = pytest.importorskip("chess.engine")

# An engine that counts material one move deep, and writes down what it is told.
SCRIPT = """#!{python}
import sys
import chess

WORTH = {{1: 100, 2: 300, 3: 300, 4: 500, 5: 900, 6: 0}}

def material(board, colour):
    return sum(WORTH[piece.piece_type] * (1 if piece.color == colour else -1) for piece in board.piece_map().values())

def worth(board, move):
    colour = board.turn
    board.push(move)
    found = ("mate 1", 10**6) if board.is_checkmate() else (f"cp {{material(board, colour)}}", material(board, colour))
    board.pop()
    return found

board = chess.Board()
for line in sys.stdin:
    with open({log!r}, "a") as log:
        log.write(line)
    words = line.split()
    if words[0] == "uci":
        print("id name Counter 1")
        print("option name Threads type spin default 4 min 1 max 8")
        print("uciok")
    elif words[0] == "isready":
        print("readyok")
    elif words[0] == "position":
        moves = words.index("moves") if "moves" in words else len(words)
        board = chess.Board() if words[1] == "startpos" else chess.Board(" ".join(words[2:moves]))
        for move in words[moves + 1:]:
            board.push_uci(move)
    elif words[0] == "go":
        {crash}
        searched = words[words.index("searchmoves") + 1:] if "searchmoves" in words else []
        moves = [move for move in board.legal_moves if not searched or move.uci() in searched]
        move = max(sorted(moves, key=str), key=lambda move: worth(board, move)[1])
        print(f"info depth 1 nodes 1 score {{worth(board, move)[0]}} pv {{move.uci()}}")
        print(f"bestmove {{move.uci()}}")
    elif words[0] == "quit":
        break
    sys.stdout.flush()
"""
# White wins a queen for nothing by d1d5 and mates by no move; first_legal plays d1a1.
HANGING_QUEEN = "6k1/5ppp/8/3q4/8/8/5PPP/3R2K1 w - - 0 1"


def script(folder: Path, crash: str = "pass") -> Path:
    path = folder / "counter"
    path.write_text(SCRIPT.format(python=sys.executable, log=str(folder / "log"), crash=crash))
    path.chmod(0o755)
    return path


def one_move(agent: str) -> Pool:
    spec = f'chess(max_plies=1, starting_fen="{HANGING_QUEEN}")'
    return pool_of(play(spec, (agent, "random"), 0), play(spec, (agent, "random"), 1))


def test_a_move_costs_what_it_leaves_of_the_chance_to_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(ENGINE_VARIABLE, str(script(tmp_path)))
    found = evaluate(CHESS_LOSS, one_move("first_legal"), "first_legal")
    assert isinstance(found, Value)
    before, after = (1 / (1 + exp(-0.00368208 * score)) for score in (500, -400))
    assert found.value == pytest.approx(before - after)
    assert (found.n, found.clusters) == (2, 2)
    assert found.note == f"Counter 1, {NODES} nodes"
    told = (tmp_path / "log").read_text().splitlines()
    assert "setoption name Threads value 1" in told
    assert not any("Hash" in line for line in told)
    assert sum(line == "ucinewgame" for line in told) == 4
    searches = [line for line in told if line.startswith("go ")]
    assert all(f"nodes {NODES}" in line for line in searches)
    assert [line.partition("searchmoves ")[2] for line in searches] == ["", "d1a1"] * 2


def test_the_engines_own_move_costs_nothing_and_forced_moves_do_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(ENGINE_VARIABLE, str(script(tmp_path)))
    assert value(CHESS_LOSS.compute(one_move("material_chess"), "material_chess")).value == 0
    forced = pool_of(play('chess(max_plies=1, starting_fen="7k/8/8/8/8/8/1r6/K7 w - - 0 1")', ("random", "random")))
    found = CHESS_LOSS.compute(forced, "random")
    assert isinstance(found, Undefined)
    assert found.reason == "no decision with a choice"


def test_without_an_engine_there_is_no_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pool = one_move("first_legal")
    monkeypatch.delenv(ENGINE_VARIABLE, raising=False)
    reasons = [evaluate(CHESS_LOSS, pool, "first_legal")]
    monkeypatch.setenv(ENGINE_VARIABLE, str(tmp_path / "absent"))
    reasons.append(evaluate(CHESS_LOSS, pool, "first_legal"))
    monkeypatch.setenv(ENGINE_VARIABLE, str(script(tmp_path, crash="sys.exit(3)")))
    reasons.append(evaluate(CHESS_LOSS, pool, "first_legal"))
    broken = tmp_path / "broken"
    broken.write_bytes(b"\x7fELF")
    broken.chmod(0o755)
    monkeypatch.setenv(ENGINE_VARIABLE, str(broken))
    reasons.append(evaluate(CHESS_LOSS, pool, "first_legal"))
    for found, reason in zip(
        reasons, ("needs a UCI engine", "no program", "counter failed", "broken failed"), strict=True
    ):
        assert isinstance(found, Undefined)
        assert reason in found.reason


def test_other_games_are_not_defined():
    found = evaluate(CHESS_LOSS, pool_of(play("tic_tac_toe", ("random", "random"))), "random")
    assert isinstance(found, Undefined)
    assert found.reason == "needs chess"


def test_chances_of_scores():
    assert win_probability(engines.Cp(0)) == 0.5
    assert win_probability(engines.Cp(100)) == pytest.approx(0.591, abs=0.0005)
    assert win_probability(engines.Cp(-100)) == pytest.approx(1 - win_probability(engines.Cp(100)))
    assert win_probability(engines.Mate(3)) == 1
    assert win_probability(engines.Mate(-1)) == pytest.approx(0)
