import pickle
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from games.board.chess import Chess, ChessState
from games.core import Ambiguous, Illegal, Unparsable
from games.registry import load
from games.spec import SpecError
from tests.games.trees import play

chess = pytest.importorskip("chess")

START = chess.STARTING_FEN
KIWIPETE = "r3k2r/p1ppqpb1/bn2pnp1/3PN3/1p2P3/2N2Q1p/PPPBBPPP/R3K2R w KQkq - 0 1"
ENDGAME = "8/2p5/3p4/KP5r/1R3p1k/8/4P1P1/8 w - - 0 1"
PROMOTIONS = "r3k2r/Pppp1ppp/1b3nbN/nP6/BBP1P3/q4N2/Pp1P2PP/R2Q1RK1 w kq - 0 1"
TWO_KNIGHTS = "4k3/7P/8/8/8/8/8/N1N1K3 w - - 0 1"
ROOT = Path(__file__).parents[2]
SHUFFLE = ("Nf3", "Nf6", "Ng1", "Ng8")


@pytest.fixture
def game() -> Chess:
    return Chess()


@pytest.fixture
def knights() -> Chess:
    return Chess.of(starting_fen=TWO_KNIGHTS)


def perft(game: Chess, state: ChessState, depth: int) -> int:
    if not game.to_move(state):
        return 0
    (seat,) = game.to_move(state)
    legal = game.legal_actions(state, seat)
    if depth == 1:
        return len(legal)
    return sum(perft(game, game.apply(state, {seat: action}), depth - 1) for action in legal)


@pytest.mark.parametrize(
    ("fen", "counts"),
    [
        (START, (20, 400, 8_902)),
        (KIWIPETE, (48, 2_039, 97_862)),
        (ENDGAME, (14, 191, 2_812)),
        (PROMOTIONS, (6, 264, 9_467)),
    ],
    ids=["start", "kiwipete", "endgame", "promotions"],
)
def test_perft(fen: str, counts: tuple[int, ...]) -> None:
    game = Chess.of(starting_fen=fen)
    assert tuple(perft(game, game.initial_state(), depth) for depth in (1, 2, 3)) == counts


def test_checkmate_wins(game: Chess) -> None:
    state = play(game, "f3", "e5", "g4", "Qh4")
    assert game.to_move(state) == ()
    assert game.returns(state) == (-1.0, 1.0)
    assert game.observation(state, 0).endswith("The game is over: Black wins by checkmate. You have lost.")


@pytest.mark.parametrize(
    ("fen", "move", "ending"),
    [
        ("7k/8/6K1/8/8/8/8/5Q2 w - - 0 1", "Qf7", "stalemate"),
        ("7k/8/8/8/8/8/1r6/K7 w - - 0 1", "Kxb2", "insufficient material"),
        ("7k/8/8/8/8/8/8/R6K w - - 149 100", "Ra2", "75 moves without a capture or a pawn move"),
    ],
)
def test_draws_without_a_claim(fen: str, move: str, ending: str) -> None:
    game = Chess.of(starting_fen=fen)
    assert game.to_move(game.initial_state()) == (0,)
    state = play(game, move)
    assert game.to_move(state) == ()
    assert game.returns(state) == (0.0, 0.0)
    assert game.outcome_text(state) == f"draw: {ending}"


def test_mate_on_the_150th_quiet_move_still_wins() -> None:
    game = Chess.of(starting_fen="7k/8/6K1/8/8/8/8/R7 w - - 149 100")
    assert game.returns(play(game, "Ra8")) == (1.0, -1.0)


def test_only_the_fifth_occurrence_of_a_position_draws(game: Chess) -> None:
    threefold = play(game, *SHUFFLE * 2)
    assert game.to_move(threefold) == (0,)
    assert "This position has occurred 3 times." in game.observation(threefold, 0)
    fivefold = play(game, *SHUFFLE * 4)
    assert game.outcome_text(fivefold) == "draw: fivefold repetition"


def test_positions_with_other_castling_rights_are_not_repetitions(game: Chess) -> None:
    # With their first steps the kings lose the right to castle: the position before those never comes back.
    state = play(game, "e4", "e5", *("Ke2", "Ke7", "Ke1", "Ke8") * 4)
    assert game.to_move(state) == (0,)
    assert "This position has occurred 4 times." in game.observation(state, 0)


def test_the_ply_limit_draws() -> None:
    game = Chess.of(max_plies=3)
    assert game.to_move(play(game, "e4", "e5")) == (0,)
    state = play(game, "e4", "e5", "Nf3")
    assert game.to_move(state) == ()
    assert game.outcome_text(state) == "draw: no result after 3 moves"


@pytest.mark.parametrize("seed", range(6))
def test_endings_agree_with_a_board_that_keeps_its_whole_history(seed: int) -> None:
    fen = "r3k2r/8/8/8/8/8/8/R3K2R w KQkq - 0 1" if seed % 2 else START
    game, rng, board = Chess.of(starting_fen=fen, max_plies=400), random.Random(seed), chess.Board(fen)
    state = game.initial_state()
    while seats := game.to_move(state):
        assert board.outcome() is None
        legal = game.legal_actions(state, seats[0])
        assert set(legal) == {move.uci() for move in board.legal_moves}
        # Few choices make for repetitions.
        action = rng.choice(legal[:2] if rng.random() < 0.95 else legal)
        board.push_uci(action)
        state = game.apply(state, {seats[0]: action})
    outcome = board.outcome()
    assert (outcome is None) == state.ending.startswith("no result")
    if outcome is not None:
        assert outcome.termination.name.lower().split("_")[0] in state.ending.replace("75", "seventyfive")
        assert game.returns(state)[0] == {True: 1.0, False: -1.0, None: 0.0}[outcome.winner]


@pytest.mark.parametrize("text", ["Nf3", " Nf3! ", "g1f3", "1. Nf3", "Ng1f3", "Ng1-f3"])
def test_a_move_is_read_in_both_notations(game: Chess, text: str) -> None:
    assert game.parse_action(game.initial_state(), 0, text) == "g1f3"


@pytest.mark.parametrize("text", ["O-O", "0-0", "e1g1", "O-O+"])
def test_castling_is_read_in_both_notations(text: str) -> None:
    kiwipete = Chess.of(starting_fen=KIWIPETE)
    assert kiwipete.parse_action(kiwipete.initial_state(), 0, text) == "e1g1"


def test_an_ambiguous_move_names_the_candidates(knights: Chess) -> None:
    with pytest.raises(Ambiguous, match=r"Nab3, .*Ncb3"):
        knights.parse_action(knights.initial_state(), 0, "Nb3")
    assert knights.parse_action(knights.initial_state(), 0, "Nab3") == "a1b3"


@pytest.mark.parametrize("text", ["Ke3", "Nd5", "h8", "h7h8", "O-O", "e2e4"])
def test_a_move_that_the_rules_forbid_is_illegal(knights: Chess, text: str) -> None:
    with pytest.raises(Illegal, match=r"is not legal here; legal: .*h8=Q"):
        knights.parse_action(knights.initial_state(), 0, text)


@pytest.mark.parametrize("text", ["", "--", "0000", "Z0", "resign", "I play Nb3", "e9", "1-0"])
def test_anything_else_is_unparsable(knights: Chess, text: str) -> None:
    with pytest.raises(Unparsable, match="is not a chess move; expected algebraic notation"):
        knights.parse_action(knights.initial_state(), 0, text)


def test_every_text_is_unique_and_read_back() -> None:
    for fen in (START, KIWIPETE, ENDGAME, PROMOTIONS, TWO_KNIGHTS):
        game = Chess.of(starting_fen=fen)
        state = game.initial_state()
        legal = game.legal_actions(state, 0)
        texts = [game.action_to_text(state, 0, action) for action in legal]
        assert [game.parse_action(state, 0, text) for text in texts] == legal
        assert Counter(texts).most_common(1)[0][1] == 1


def test_states_are_equal_when_their_moves_are(game: Chess) -> None:
    one, same = play(game, "Nf3", "Nf6", "Nc3"), play(game, "g1f3", "g8f6", "b1c3")
    transposed = play(game, "Nc3", "Nf6", "Nf3")
    assert one == same == pickle.loads(pickle.dumps(one))
    assert hash(one) == hash(same)
    assert one != transposed


def test_neither_moves_nor_their_texts_change_a_state(game: Chess) -> None:
    state = play(game, "e4")
    before = game.observation(state, 0)
    for action in game.legal_actions(state, 1):
        game.action_to_text(state, 1, action)
        game.apply(state, {1: action})
    assert game.observation(state, 0) == before


def test_the_observation_has_score_fen_board_and_turn(game: Chess) -> None:
    assert game.observation(play(game, "e4", "c5", "Nf3"), 1).splitlines() == [
        "Moves so far: 1. e4 c5 2. Nf3",
        "FEN: rnbqkbnr/pp1ppppp/8/2p5/4P3/5N2/PPPP1PPP/RNBQKB1R b KQkq - 1 2",
        "8 r n b q k b n r",
        "7 p p . p p p p p",
        "6 . . . . . . . .",
        "5 . . p . . . . .",
        "4 . . . . P . . .",
        "3 . . . . . N . .",
        "2 P P P P . P P P",
        "1 R N B Q K B . R",
        "  a b c d e f g h",
        "Black is to move; you are Black.",
    ]


def test_a_score_may_begin_with_black() -> None:
    game = Chess.of(starting_fen="rnbqkbnr/pppppppp/8/8/4P3/8/PPPP1PPP/RNBQKBNR b KQkq - 0 1")
    assert game.to_move(game.initial_state()) == (1,)
    assert game.render(play(game, "e5", "Nf3")).startswith("1... e5 2. Nf3\n")


@pytest.mark.parametrize("fen", ["nonsense", "8/8/8/8/8/8/8/8 w - - 0 1"])
def test_a_starting_position_must_be_one(fen: str) -> None:
    with pytest.raises(SpecError, match="starting_fen"):
        load(f"chess(starting_fen={fen!r})")


def test_a_missing_package_is_named_when_a_game_is_built() -> None:
    code = "import sys; sys.modules['chess'] = None; from games.board.chess import Chess; print('imported'); Chess()"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.stdout == "imported\n"
    assert run.stderr.endswith(
        "ImportError: the game of chess needs the python-chess package: pip install 'agon[chess]'\n"
    )
